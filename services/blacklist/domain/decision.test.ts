import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { termsOn } from '../rules/in-force.ts';
import { decide, keepAfterReview, protect } from './decision.ts';
import { type AnswerCommand, answerDispute, openDispute, reply } from './dispute.ts';
import { nextClockDay, nextStep, passDay, remove, settle, withdraw } from './ending.ts';
import type { Listing, Steward } from './listing.ts';
import { byOn, listing, noticed, publishedListing, steward } from './sample.ts';

const terms = termsOn(day('2026-03-18'));
const by = byOn('2026-03-18', terms);
const papers = { reportingLicence: '', impactAssessment: '' };
const yes = { agrees: true, reason: '充分' };

const objection = {
  disputeId: 'o1',
  kind: 'OBJECTION' as const,
  ground: 'NOT_OWED' as const,
  receivedOn: day('2026-03-10'),
  statement: '不欠',
  papers: [],
};

const vote = (userId: string) => ({
  steward: { userId, name: '', orgId: '', orgName: '' },
  agrees: true,
  reason: '',
  at: '',
});

describe('a listing that was told of', () => {
  it('is published by the second vote, never by the same person', () => {
    const first = decide(noticed(), yes, { steward: steward(), papers }, by);
    expect(first.state).toMatchObject({ state: 'NOTICED', votes: [{ agrees: true }] });
    expect(() => decide(first.state, yes, { steward: steward(), papers }, by)).toThrow(
      'steward_has_decided',
    );
    const second = decide(
      first.state,
      yes,
      { steward: steward(), papers },
      { ...byOn('2026-03-18', terms, 'u2') },
    );
    expect(second.state).toMatchObject({
      state: 'PUBLISHED',
      publishedOn: '2026-03-18',
      expiresOn: '2028-12-31',
      reviewDue: '2027-03-18',
    });
    expect(second.events.map((event) => event.$case)).toEqual(['listingPublished']);
  });

  it('is rejected by one who does not agree', () => {
    const no = { agrees: false, reason: '不足' };
    const { state } = decide(
      noticed({ votes: [vote('u9')] }),
      no,
      { steward: steward(), papers },
      by,
    );
    expect(state).toMatchObject({ state: 'REJECTED', endReason: 'steward_disagreed' });
  });

  it.each<[string, Partial<Listing>, Steward | undefined, string]>([
    ['a draft', { state: 'DRAFT' }, steward(), 'listing_not_decidable'],
    ['an undeclared steward', {}, undefined, 'steward_not_declared'],
    ['one who left', {}, steward({ active: false }), 'steward_not_declared'],
    ['the reporter’s man', {}, steward({ employerId: 'm1' }), 'steward_of_reporting_member'],
    ['the group’s man', {}, steward({ employerGroup: '远望集团' }), 'steward_of_reporting_group'],
    ['an open objection', { state: 'OBJECTED' }, steward(), 'objection_open'],
    [
      'its protection',
      { protectedUntil: '2026-03-18' },
      steward(),
      'temporary_difficulty_protected',
    ],
    ['missing evidence', { evidence: [] }, steward(), 'evidence_incomplete'],
    ['a conduct too old', { conductUntil: '2023-03-17' }, steward(), 'conduct_too_old'],
  ])('is not decided with %s', (_name, more, who, reason) => {
    expect(() => decide(noticed(more), yes, { steward: who, papers }, by)).toThrow(reason);
  });

  it('is not decided on the last day to object, but on the next', () => {
    const last = byOn('2026-03-17', terms);
    expect(() => decide(noticed(), yes, { steward: steward(), papers }, last)).toThrow(
      'notice_period_running',
    );
    expect(nextStep(noticed(), '2026-03-17')).toEqual({ step: 'wait', due: '2026-03-17' });
    expect(nextStep(noticed(), '2026-03-18')).toEqual({ step: 'decide', due: '' });
    expect(nextClockDay(noticed(), '2026-03-17')).toBe('2026-03-18');
  });

  it('loses votes given before an objection', () => {
    const { state } = openDispute(noticed({ votes: [vote('u9')] }), objection, by);
    expect(state).toMatchObject({ state: 'OBJECTED', votes: [] });
    expect(state.disputes[0]).toMatchObject({ late: false, answerBy: '2026-03-30' });
  });

  it('hears an objection that comes late', () => {
    const late = { ...objection, receivedOn: day('2026-03-18') };
    expect(openDispute(noticed(), late, by).state.disputes[0]?.late).toBe(true);
  });
});

describe('a dispute', () => {
  const open = (present: Listing) => openDispute(present, objection, by).state;
  const answer = (more: Partial<AnswerCommand> = {}): AnswerCommand => ({
    disputeId: 'o1',
    outcome: 'REJECTED',
    answer: '核实',
    correction: undefined,
    ...more,
  });

  it.each<[string, Listing, AnswerCommand['outcome'], Partial<Listing>]>([
    ['upheld before publication', noticed(), 'UPHELD', { state: 'REJECTED' }],
    ['rejected before publication', noticed(), 'REJECTED', { state: 'NOTICED' }],
    [
      'upheld after',
      publishedListing(),
      'UPHELD',
      { state: 'REMOVED', endReason: 'dispute_upheld' },
    ],
    ['rejected after', publishedListing(), 'REJECTED', { state: 'PUBLISHED' }],
    ['unresolved', publishedListing(), 'UNRESOLVED', { state: 'PUBLISHED' }],
  ])('%s', (_name, present, outcome, expected) => {
    const { state } = answerDispute(open(present), answer({ outcome }), steward(), by);
    expect(state).toMatchObject(expected);
  });

  it('corrects the facts, from which expiry counts anew', () => {
    const correction = {
      name: undefined,
      creditCode: undefined,
      amountBand: 'UNDER_100K' as const,
      conductUntil: '2025-09-30',
    };
    const upheld = answer({ outcome: 'UPHELD', correction });
    const { state } = answerDispute(open(publishedListing()), upheld, steward(), by);
    expect(state).toMatchObject({
      state: 'PUBLISHED',
      amountBand: 'UNDER_100K',
      expiresOn: '2028-09-30',
    });
    const coded = { ...correction, creditCode: '9131' };
    expect(() =>
      answerDispute(
        open(publishedListing()),
        answer({ outcome: 'UPHELD', correction: coded }),
        steward(),
        by,
      ),
    ).toThrow('credit_code_malformed');
    const worse = { ...correction, amountBand: 'FROM_5M' as const };
    expect(() =>
      answerDispute(
        open(publishedListing()),
        answer({ outcome: 'UPHELD', correction: worse }),
        steward(),
        by,
      ),
    ).toThrow('correction_worsens');
  });

  it('appealed is answered by somebody else', () => {
    const first = answerDispute(open(publishedListing()), answer(), steward(), by).state;
    const appeal = { ...objection, disputeId: 'o2', kind: 'APPEAL' as const };
    const { state } = openDispute(first, appeal, by);
    const same = () => answerDispute(state, answer({ disputeId: 'o2' }), steward(), by);
    expect(same).toThrow('appeal_needs_another_steward');
    const another = byOn('2026-03-18', terms, 'u2');
    const done = answerDispute(state, answer({ disputeId: 'o2' }), steward(), another).state;
    expect(done.disputes[1]?.outcome).toBe('REJECTED');
  });

  it.each<[string, () => unknown, string]>([
    ['before the notice', () => open(listing({ state: 'SUBMITTED' })), 'listed_party_not_told_yet'],
    ['when it has ended', () => open(noticed({ state: 'WITHDRAWN' })), 'listing_ended'],
    [
      'received before the notice',
      () => openDispute(noticed(), { ...objection, receivedOn: day('2026-03-01') }, by),
      'received_before_notice',
    ],
    [
      'as an appeal against nothing',
      () => openDispute(noticed(), { ...objection, kind: 'APPEAL' }, by),
      'nothing_to_appeal',
    ],
    [
      'answered twice',
      () => {
        const done = answerDispute(open(publishedListing()), answer(), steward(), by).state;
        return answerDispute(done, answer(), steward(), by);
      },
      'dispute_answered',
    ],
  ])('is refused %s', (_name, bad, reason) => {
    expect(bad).toThrow(reason);
  });

  it('keeps a thread in which a repeated message changes nothing', () => {
    const message = {
      disputeId: 'o1',
      messageId: 'x',
      side: 'REPORTER' as const,
      text: '见合同',
      papers: [],
    };
    const { state } = reply(open(noticed()), message, by);
    expect(state.disputes[0]?.messages).toHaveLength(2);
    expect(reply(state, message, by).lines).toEqual([]);
    expect(() => reply(state, { ...message, text: 'y' }, by)).toThrow(
      'message_exists_with_other_content',
    );
  });
});

describe('an end', () => {
  it.each<[string, Listing, string, string]>([
    ['the notice period', noticed(), 'WITHDRAWN', 'paid'],
    ['an objection', noticed({ state: 'OBJECTED' }), 'WITHDRAWN', 'paid'],
    ['publication', publishedListing(), 'REMOVED', 'paid'],
  ])(
    'comes by payment in %s, and a bounce undoes exactly that',
    (_name, present, state, reason) => {
      const paid = settle(present, true, by).state;
      expect(paid).toMatchObject({ state, endReason: reason });
      expect(settle(paid, true, by).lines).toEqual([]);
      const back = settle(paid, false, by).state;
      // Published again without anybody's decision: a steward is to look at it now.
      const shown = present.state === 'PUBLISHED' ? { reviewDue: by.today.toString() } : {};
      expect({ ...back, version: present.version }).toEqual({ ...present, ...shown });
    },
  );

  it('by hand is not undone by any fact', () => {
    const removed = remove(publishedListing(), 'paid', '', by).state;
    expect(settle(removed, false, by).state).toEqual(removed);
    expect(() => remove(removed, 'error', '', by)).toThrow('listing_ended');
    expect(() => withdraw(publishedListing(), 'x', by)).toThrow('listing_published');
  });

  it('comes the day after the last day of the entry', () => {
    const last = byOn('2028-12-31', terms);
    expect(passDay(publishedListing(), last).lines).toEqual([]);
    const after = byOn('2029-01-01', terms);
    expect(passDay(publishedListing(), after).state.state).toBe('EXPIRED');
    expect(passDay(noticed(), after).state).toMatchObject({ endReason: 'conduct_too_old' });
  });

  it('is put off a year by a review', () => {
    const due = byOn('2027-04-01', terms);
    const { state } = keepAfterReview(publishedListing(), '仍未履行', steward(), due);
    expect(state.reviewDue).toBe('2028-04-01');
  });
});

describe('temporary difficulty', () => {
  it('protects a company for half a year at most', () => {
    const { state } = protect(noticed(), day('2026-06-30'), '重组中', by);
    expect(nextStep(state, '2026-03-18')).toEqual({ step: 'wait', due: '2026-06-30' });
    expect(() => protect(noticed(), day('2026-12-31'), 'x', by)).toThrow('protection_too_long');
    expect(() => protect(noticed(), day('2026-03-18'), 'x', by)).toThrow('protection_in_the_past');
  });

  it.each<[Partial<Listing>, string]>([
    [{ category: 'FRAUD' }, 'category_not_protectable'],
    [{ kind: 'PERSON' }, 'protection_is_for_companies'],
    [{ state: 'REMOVED' }, 'listing_not_alive'],
  ])('does not protect %j', (more, reason) => {
    expect(() => protect(noticed(more), day('2026-04-01'), 'x', by)).toThrow(reason);
  });
});
