import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { termsOn } from '../rules/in-force.ts';
import { addEvidence, draft, giveBack, serveNotice, submit } from './draft.ts';
import type { FilingFacts } from './draft.ts';
import type { Listing } from './listing.ts';
import { byOn, command, facts, listing, noticed, paper, publishedListing } from './sample.ts';

const by = byOn('2026-03-01', termsOn(day('2026-03-01')));

const basis = {
  kind: 'COURT_LIST' as const,
  courtReference: '(2025)沪0115执1234号',
  courtPublishedOn: '2025-05-01',
  subjectRefused: false,
  bornOn: '1980-01-01',
};

describe('a draft', () => {
  it('is written and edited', () => {
    const made = draft(undefined, command, facts, by);
    expect(made.state).toMatchObject({ state: 'DRAFT', version: 1n, groupName: '远望集团' });
    const edit = { ...command, note: '更正', expectedVersion: 1n };
    expect(draft(made.state, edit, facts, by).state).toMatchObject({ note: '更正', version: 2n });
  });

  it('again with the same content is the same, with other content refused', () => {
    const { state } = draft(undefined, command, facts, by);
    expect(draft(state, command, facts, by)).toEqual({ state, events: [], lines: [] });
    expect(() => draft(state, { ...command, note: 'x' }, facts, by)).toThrow(
      'listing_exists_with_other_content',
    );
  });

  it.each<[string, Partial<typeof command>, Partial<FilingFacts>, string]>([
    ['no member', {}, { membership: undefined }, 'not_a_member'],
    [
      'a suspended member',
      {},
      { membership: { state: 'SUSPENDED', groupName: '' } },
      'membership_not_active',
    ],
    ['no code', { creditCode: '' }, {}, 'subject_without_identifier'],
    ['a code too short', { creditCode: '9131000' }, {}, 'credit_code_malformed'],
    ['a code of wrong letters', { creditCode: '91310000MA1FI1LH8R' }, {}, 'credit_code_malformed'],
    ['days turned round', { conductFrom: '2026-01-01' }, {}, 'conduct_ends_before_it_begins'],
    ['days to come', { conductUntil: '2026-03-02' }, {}, 'conduct_in_future'],
    [
      'a conduct that ended more than three years ago',
      { conductFrom: '2022-01-01', conductUntil: '2023-02-28' },
      {},
      'conduct_too_old',
    ],
    ['a person', { kind: 'PERSON', idHash: 'h' }, {}, 'person_without_legal_basis'],
    [
      'the same case',
      {},
      { others: [publishedListing({ listingId: 'l2', category: 'FRAUD', debtorId: 'd9' })] },
      'conduct_already_listed',
    ],
    [
      'the same subject, category and days',
      { caseId: '' },
      { others: [noticed({ listingId: 'l2', caseId: 'c2', conductFrom: '2025-12-31' })] },
      'conduct_already_listed',
    ],
    [
      'the same person under another debtor',
      {
        kind: 'PERSON',
        idHash: 'h',
        creditCode: '',
        caseId: '',
        debtorId: 'd2',
        legalBasis: basis,
      },
      { others: [noticed({ listingId: 'l2', caseId: 'c2', creditCode: '', idHash: 'h' })] },
      'conduct_already_listed',
    ],
  ])('is refused for %s', (_name, more, known, reason) => {
    const bad = () => draft(undefined, { ...command, ...more }, { ...facts, ...known }, by);
    expect(bad).toThrow(reason);
  });

  it('of another category or of other days is another conduct', () => {
    const others = [
      noticed({ listingId: 'l2', caseId: 'c2', category: 'FRAUD' }),
      noticed({ listingId: 'l3', caseId: 'c3', conductUntil: '2025-05-31' }),
    ];
    const apart = [others[0], { ...others[1], conductFrom: '2025-01-01' }] as Listing[];
    expect(draft(undefined, command, { ...facts, others: apart }, by).state.state).toBe('DRAFT');
  });

  it('takes evidence only with the digest that was stated', () => {
    const one = { evidenceId: 'e1', kind: 'CONTRACT' as const, note: '', paper, sha256: 'bb' };
    expect(() => addEvidence(listing(), one, by)).toThrow('evidence_digest_differs');
    const gone = { ...one, paper: undefined };
    expect(() => addEvidence(listing(), gone, by)).toThrow('evidence_file_unknown');
    const added = addEvidence(listing(), { ...one, sha256: 'aa' }, by).state;
    expect(added.evidence).toHaveLength(7);
  });

  it('is handed in when its evidence stands', () => {
    const { state, events } = submit(listing(), facts, by);
    expect(state).toMatchObject({ state: 'SUBMITTED', expiresOn: '2028-12-31' });
    expect(events.map((event) => event.$case)).toEqual(['listingSubmitted']);
  });

  it('is not handed in when the claim is paid', () => {
    expect(() => submit(listing(), { ...facts, paid: true }, by)).toThrow('claim_is_paid');
  });

  it('of malicious default needs proof that the debtor could pay', () => {
    const bad = () => submit(listing({ category: 'MALICIOUS_DEFAULT' }), facts, by);
    expect(bad).toThrow('evidence_incomplete');
    expect(bad).toThrow(expect.objectContaining({ facts: { missing: 'CASE' } }));
  });

  it.each<[string, Partial<typeof basis> | undefined, Partial<FilingFacts['papers']>, string]>([
    ['no basis', undefined, {}, 'person_without_legal_basis'],
    ['no day of birth', { bornOn: '' }, {}, 'birth_day_missing'],
    ['a minor', { bornOn: '2008-03-02' }, {}, 'person_is_minor'],
    ['no impact assessment', {}, { impactAssessment: '' }, 'impact_assessment_missing'],
    ['one who refused', { subjectRefused: true }, {}, 'subject_refused_processing'],
    ['no court reference', { courtReference: '' }, {}, 'court_reference_missing'],
    ['a list to come', { courtPublishedOn: '2026-03-02' }, {}, 'court_list_in_future'],
    ['consent without a licence', { kind: 'CONSENT' as never }, {}, 'reporting_licence_missing'],
    [
      'consent without proof',
      { kind: 'CONSENT' as never },
      { reportingLicence: 'L1' },
      'consent_evidence_missing',
    ],
  ])('of a person is refused with %s', (_name, more, papers, reason) => {
    const legalBasis = more === undefined ? undefined : { ...basis, ...more };
    const person = listing({ kind: 'PERSON', idHash: 'h', legalBasis });
    const known = { ...facts.papers, impactAssessment: 'PIA', ...papers };
    expect(() => submit(person, { ...facts, papers: known }, by)).toThrow(reason);
  });

  it('of a person on a court list, grown up that very day, is handed in', () => {
    const legalBasis = { ...basis, bornOn: '2008-03-01' };
    const person = listing({ kind: 'PERSON', idHash: 'h', legalBasis });
    const papers = { reportingLicence: '', impactAssessment: 'PIA' };
    expect(submit(person, { ...facts, papers }, by).state.state).toBe('SUBMITTED');
  });
});

describe('a listing that was handed in', () => {
  const waiting = listing({ state: 'SUBMITTED' });
  const served = { delivery: 'EMS' as const, reference: 'E1', paper: undefined };

  it('is told of, and the time to object is 15 days after service', () => {
    const { state } = serveNotice(waiting, { ...served, servedOn: day('2026-03-01') }, by);
    expect(state).toMatchObject({ state: 'NOTICED', notice: { objectBy: '2026-03-16' } });
  });

  it.each([
    ['2026-03-02', 'served_in_future'],
    ['2026-02-28', 'served_before_submission'],
  ])('is not served on %s', (on, reason) => {
    const bad = () => serveNotice(waiting, { ...served, servedOn: day(on) }, by);
    expect(bad).toThrow(reason);
  });

  it('is given back once only', () => {
    const { state } = giveBack(waiting, '证据不清');
    expect(state.state).toBe('DRAFT');
    expect(() => giveBack(state, 'x')).toThrow('listing_not_submitted');
  });
});
