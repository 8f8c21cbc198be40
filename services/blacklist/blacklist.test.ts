import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { ClientCall } from '@recourse/kit/client.ts';
import { now } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { namedAndKept } from '@recourse/kit/kept-rig.ts';
import {
  Delivery,
  DisputeGround,
  DisputeKind,
  DisputeOutcome,
  ListingState,
  RemovalReason,
} from '@recourse/proto/blacklist/v1/listings.ts';
import { SubjectKind, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import { CaseOutcome } from '@recourse/proto/cases/v1/cases.ts';
import {
  draftOf,
  goodCode,
  type House,
  passDays,
  type Person,
  publishedBy,
  type Rig,
  screenOf,
  setUp,
  submitted,
} from './rig.ts';
import { namedFiles } from './store/named-files.ts';

let rig: Rig;
let reporter: Person;
let other: Person;
let stranger: Person;
let house: House;

beforeAll(async () => {
  rig = await setUp();
  [reporter, other] = [rig.creditor(), rig.creditor('新联电气')];
  stranger = rig.creditor('远方贸易');
  house = await rig.association([reporter, other]);
});

afterAll(() => rig.stop());

const today = (): string => now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
const fresh = () => ({ requestId: randomUUIDv7(), expectedVersion: 0n });

function steward(at: number) {
  const found = house.stewards[at];
  if (found === undefined) throw new Error(`there is no steward ${at}`);
  return found;
}

async function noticed(listingId: string) {
  const served = { delivery: Delivery.EMS, servedOn: today(), reference: 'EMS1', uploadId: '' };
  return rig.listings.serveNotice({ listingId, ...served, ...fresh() }, steward(0));
}

function vote(listingId: string, at: number, agrees = true) {
  const asked = { listingId, agrees, reason: '证据充分', ...fresh() };
  return rig.listings.decideListing(asked, steward(at));
}

/** A code of its own for each listing, so that tests do not meet each other's entries. */
let codes = 0;
const codeOf = (): string => {
  codes += 1;
  return `9131000000000${String(codes).padStart(4, '0')}X`;
};

function published(more: Parameters<typeof submitted>[3] = {}) {
  return publishedBy(rig, house, reporter, { creditCode: codeOf(), ...more });
}

async function stateOf(listingId: string): Promise<ListingState | undefined> {
  const call = await reporter.as('auditor');
  return (await rig.listings.getListing({ listingId }, call)).listing?.state;
}

async function verdictOf(creditCode: string, who = other) {
  const call = await who.as('credit_manager');
  const { lookUp } = await rig.screening.screen(screenOf({ name: '', creditCode }), call);
  return lookUp?.answer?.verdict;
}

describe('a listing', () => {
  it('goes from evidence to publication, and another member finds it', async () => {
    const draft = draftOf(house, { creditCode: goodCode });
    const call = await reporter.as('legal_officer');
    await rig.listings.putListing(draft, call);
    const early = rig.listings.submitListing({ listingId: draft.listingId, ...fresh() }, call);
    await expect(early).rejects.toMatchObject({
      reason: 'evidence_incomplete',
      facts: { missing: 'GROUNDS, PROOF, CASE, CONSEQUENCE' },
    });
    const { listingId } = await submitted(rig, house, reporter, draft);
    const { listing } = await noticed(listingId);
    expect(listing).toMatchObject({ state: ListingState.NOTICED, nextStep: 'wait' });
    await expect(vote(listingId, 0)).rejects.toMatchObject({ reason: 'notice_period_running' });
    expect(await verdictOf(goodCode)).toBe(Verdict.CLEAR);
    passDays(16);
    await vote(listingId, 0);
    await expect(vote(listingId, 0)).rejects.toMatchObject({ reason: 'steward_has_decided' });
    const done = await vote(listingId, 1);
    expect(done.listing).toMatchObject({ state: ListingState.PUBLISHED, disputed: false });
    const until = Temporal.PlainDate.from(draft.conductUntil).add({ years: 3 }).toString();
    expect(done.listing?.expiresOn).toBe(until);
    expect(await verdictOf(goodCode)).toBe(Verdict.LISTED);
    expect(await rig.told(listingId)).toEqual([
      'listingSubmitted',
      'listingNoticed',
      'listingPublished',
    ]);
  });

  it('shows members neither the reporter nor the evidence', async () => {
    const { listingId, creditCode } = await published();
    const call = await other.as('credit_manager');
    const { lookUp } = await rig.screening.screen(screenOf({ name: '', creditCode }), call);
    const text = JSON.stringify(lookUp, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(text).not.toContain(reporter.orgId);
    expect(text).not.toContain('合同.pdf');
    await expect(rig.listings.getListing({ listingId }, call)).rejects.toMatchObject({
      reason: 'listing_unknown',
    });
  });

  it('is not decided by a steward whom the reporter employs', async () => {
    const { listingId } = await submitted(rig, house, reporter, { creditCode: codeOf() });
    await noticed(listingId);
    passDays(16);
    const { userId } = steward(2).caller;
    const employed = { userId, name: '钱', employerId: reporter.orgId, active: true };
    await rig.associations.putSteward({ ...employed, expectedVersion: 1n }, house.admin);
    await expect(vote(listingId, 2)).rejects.toMatchObject({
      reason: 'steward_of_reporting_member',
    });
  });

  it('shows the reporter’s papers to stewards who may judge it, and to nobody else', async () => {
    const draft = await submitted(rig, house, reporter, { creditCode: codeOf() });
    const { listingId } = draft;
    const { listing } = await rig.listings.getListing({ listingId }, steward(0));
    const fileId = listing?.evidence[0]?.file?.fileId ?? '';
    const open = (call: ClientCall) => rig.listings.checkFile({ fileId }, call);
    await expect(open(steward(0))).resolves.toEqual({});
    // The association holds the file itself, so that what was handed in stays.
    const files = createFiles({ bus: rig.service.bus });
    const { stream } = await files.get(house.orgId, fileId);
    stream.destroy();
    for (const { orgId } of [house, reporter]) {
      const known = await namedAndKept(rig.service, namedFiles, { orgId, fileId });
      expect(known).toEqual({ named: true, kept: true });
    }
    await expect(open(house.admin)).rejects.toMatchObject({ reason: 'steward_not_declared' });
    const { userId } = steward(1).caller;
    const employed = { userId, name: '赵', employerId: reporter.orgId, active: true };
    await rig.associations.putSteward({ ...employed, expectedVersion: 1n }, house.admin);
    await expect(open(steward(1))).rejects.toMatchObject({ reason: 'steward_of_reporting_member' });
    const free = { ...employed, employerId: '' };
    await rig.associations.putSteward({ ...free, expectedVersion: 2n }, house.admin);
    const outside = await rig.association([reporter]);
    const [strange] = outside.stewards;
    await expect(open(strange ?? house.admin)).rejects.toMatchObject({ reason: 'file_not_found' });
    const agent = await rig.platform.call({ role: 'agency_manager' });
    for (const call of [await other.as('credit_manager'), agent]) {
      await expect(open(call)).rejects.toMatchObject({ kind: 'denied' });
    }
    const back = { listingId, reason: '补充证据', expectedVersion: 0n, requestId: randomUUIDv7() };
    await rig.listings.returnListing(back, steward(0));
    await expect(open(steward(0))).rejects.toMatchObject({ reason: 'file_not_found' });
  });

  it('of a conduct that is listed already is refused', async () => {
    const first = await submitted(rig, house, reporter, { creditCode: codeOf() });
    const again = draftOf(house, { creditCode: first.creditCode, debtorId: first.debtorId });
    const call = await reporter.as('legal_officer');
    await expect(rig.listings.putListing(again, call)).rejects.toMatchObject({
      reason: 'conduct_already_listed',
      facts: { listingId: first.listingId },
    });
  });

  it('of a person without a legal basis is refused', async () => {
    const draft = draftOf(house, {
      kind: SubjectKind.PERSON,
      creditCode: '',
      idNumber: '11010519491231002X',
      name: '张三',
    });
    const refused = rig.listings.putListing(draft, await reporter.as('legal_officer'));
    await expect(refused).rejects.toMatchObject({ reason: 'person_without_legal_basis' });
  });

  it('is not for those who are no members, nor for agencies', async () => {
    const refused = rig.listings.putListing(draftOf(house), await stranger.as('legal_officer'));
    await expect(refused).rejects.toMatchObject({ reason: 'not_a_member' });
    const agent = await rig.platform.call({ role: 'agency_manager' });
    await expect(rig.listings.putListing(draftOf(house), agent)).rejects.toMatchObject({
      kind: 'denied',
    });
    await expect(rig.screening.screen(screenOf(), agent)).rejects.toMatchObject({
      kind: 'denied',
    });
  });

  it('removed for an error is gone at once', async () => {
    const { listingId, creditCode } = await published();
    const asked = { listingId, reason: RemovalReason.ERROR, note: '主体有误', ...fresh() };
    await rig.listings.removeListing(asked, await reporter.as('director'));
    expect(await verdictOf(creditCode)).toBe(Verdict.CLEAR);
    expect((await rig.told(listingId)).at(-1)).toBe('listingRemoved');
  });
});

function disputeOf(listingId: string, kind: DisputeKind = DisputeKind.OBJECTION) {
  return {
    listingId,
    kind,
    disputeId: randomUUIDv7(),
    ground: DisputeGround.NOT_OWED,
    receivedOn: today(),
    statement: '货物有瑕疵,已书面通知',
    uploadIds: [],
  };
}

function answer(listingId: string, disputeId: string, outcome: DisputeOutcome) {
  const said = { answer: '经核实', correction: undefined, ...fresh() };
  return rig.listings.answerDispute({ listingId, disputeId, outcome, ...said }, steward(1));
}

describe('an objection', () => {
  it('in the notice period stops the decision until it is answered', async () => {
    const { listingId } = await submitted(rig, house, reporter, { creditCode: codeOf() });
    await noticed(listingId);
    const dispute = disputeOf(listingId);
    const { listing } = await rig.listings.openDispute(dispute, steward(0));
    expect(listing).toMatchObject({ state: ListingState.OBJECTED, nextStep: 'answer_dispute' });
    passDays(16);
    await expect(vote(listingId, 0)).rejects.toMatchObject({ reason: 'objection_open' });
    const upheld = await answer(listingId, dispute.disputeId, DisputeOutcome.UPHELD);
    expect(upheld.listing).toMatchObject({
      state: ListingState.REJECTED,
      endReason: 'dispute_upheld',
    });
  });

  it('after publication marks the entry at once, and unresolved the mark stays', async () => {
    const { listingId, creditCode } = await published();
    const dispute = disputeOf(listingId, DisputeKind.CORRECTION);
    await rig.listings.openDispute(dispute, steward(0));
    const call = await other.as('credit_manager');
    const seen = async () => {
      const { lookUp } = await rig.screening.screen(screenOf({ name: '', creditCode }), call);
      return lookUp?.answer?.hits[0]?.entry?.disputed;
    };
    expect(await seen()).toBe(true);
    await answer(listingId, dispute.disputeId, DisputeOutcome.UNRESOLVED);
    expect(await seen()).toBe(true);
    const { view } = await rig.listings.getListedPartyView({ listingId }, steward(0));
    expect(view?.lookUps).toEqual([expect.objectContaining({ count: 2n })]);
  });
});

describe('a payment', () => {
  function recorded(debtorId: string, receivableId: string, open: bigint) {
    const amount = { currency: 'CNY', minor: 100_000n };
    const effects = [{ receivableId, open: { currency: 'CNY', minor: open }, settledDate: '' }];
    const about = { caseId: randomUUIDv7(), paymentId: randomUUIDv7(), debtorId, amount, effects };
    return { ...about, receivedOn: today(), recordedAt: undefined, credit: undefined };
  }

  async function owes(debtorId: string, receivableId: string, at = now()): Promise<void> {
    const money = { currency: 'CNY', minor: 100_000n };
    const dates = { documentDate: '2026-01-01', dueDate: '2026-02-01', settledDate: '' };
    const receivable = { receivableId, debtorId, amount: money, open: money, disputed: false };
    const receivables = [{ ...receivable, ...dates }];
    const value = { importId: randomUUIDv7(), customers: [], receivables };
    await rig.tellCases(reporter.orgId, receivableId, { $case: 'receivablesImported', value }, at);
    await eventually(async () => {
      const rows = await rig.service.ownerQuery(
        'SELECT 1 FROM receivable_fact WHERE receivable_id = $1 AND due_on IS NOT NULL',
        [receivableId],
      );
      expect(rows).toHaveLength(1);
    });
  }

  it('told before the debt itself removes the listing all the same', async () => {
    const [debtorId, receivableId] = [randomUUIDv7(), randomUUIDv7()];
    const { listingId } = await published({ debtorId });
    await rig.tellCases(reporter.orgId, receivableId, {
      $case: 'paymentRecorded',
      value: recorded(debtorId, receivableId, 0n),
    });
    await eventually(async () => {
      const rows = await rig.service.ownerQuery(
        'SELECT 1 FROM receivable_fact WHERE receivable_id = $1',
        [receivableId],
      );
      expect(rows).toHaveLength(1);
    });
    expect(await stateOf(listingId)).toBe(ListingState.PUBLISHED);
    await owes(debtorId, receivableId, now().subtract({ hours: 24 * 30 }));
    await eventually(async () => expect(await stateOf(listingId)).toBe(ListingState.REMOVED));
  });

  it('of the whole claim removes it at once, and a bounce brings it back', async () => {
    const [debtorId, receivableId] = [randomUUIDv7(), randomUUIDv7()];
    await owes(debtorId, receivableId);
    const { listingId, creditCode } = await published({ debtorId });
    await rig.tellCases(reporter.orgId, receivableId, {
      $case: 'paymentRecorded',
      value: recorded(debtorId, receivableId, 0n),
    });
    await eventually(async () => expect(await stateOf(listingId)).toBe(ListingState.REMOVED));
    expect(await verdictOf(creditCode)).toBe(Verdict.CLEAR);
    const { recordedAt: _at, ...payment } = recorded(debtorId, receivableId, 100_000n);
    await rig.tellCases(reporter.orgId, receivableId, {
      $case: 'paymentReversed',
      value: { ...payment, reversedAt: undefined },
    });
    await eventually(async () => expect(await stateOf(listingId)).toBe(ListingState.PUBLISHED));
  });

  it('from credit of the debtor removes it as well, until the credit is freed', async () => {
    const [debtorId, receivableId] = [randomUUIDv7(), randomUUIDv7()];
    await owes(debtorId, receivableId);
    const { listingId } = await published({ debtorId });
    const { receivedOn: appliedOn, credit: _c, ...paid } = recorded(debtorId, receivableId, 0n);
    await rig.tellCases(reporter.orgId, receivableId, {
      $case: 'creditApplied',
      value: { ...paid, appliedOn },
    });
    await eventually(async () => expect(await stateOf(listingId)).toBe(ListingState.REMOVED));
    const { effects } = recorded(debtorId, receivableId, 100_000n);
    const { recordedAt: freedAt, ...about } = paid;
    await rig.tellCases(reporter.orgId, receivableId, {
      $case: 'creditFreed',
      value: { ...about, appliedOn, freedAt, effects },
    });
    await eventually(async () => expect(await stateOf(listingId)).toBe(ListingState.PUBLISHED));
  });

  it('that closed the case removes it; its bounce brings it back to a steward', async () => {
    const [debtorId, caseId, receivableId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
    await owes(debtorId, receivableId);
    const { listingId, creditCode } = await published({ debtorId, caseId });
    const payment = { ...recorded(debtorId, receivableId, 0n), caseId };
    const { orgId } = reporter;
    // As cases tells it: payment and closing, then the reversal and the reopening.
    await rig.tellCases(orgId, caseId, { $case: 'paymentRecorded', value: payment });
    const closed = { caseId, debtorId, outcome: CaseOutcome.PAID };
    await rig.tellCases(orgId, caseId, { $case: 'caseClosed', value: closed });
    await eventually(async () => expect(await stateOf(listingId)).toBe(ListingState.REMOVED));
    const { recordedAt: _at, ...about } = { ...recorded(debtorId, receivableId, 100_000n), caseId };
    const reversed = { ...about, reversedAt: undefined };
    await rig.tellCases(orgId, caseId, { $case: 'paymentReversed', value: reversed });
    const { paymentId } = about;
    const reopened = { caseId, debtorId, paymentId };
    await rig.tellCases(orgId, caseId, { $case: 'caseReopened', value: reopened });
    await eventually(async () => expect(await stateOf(listingId)).toBe(ListingState.PUBLISHED));
    expect(await verdictOf(creditCode)).not.toBe(Verdict.CLEAR);
    const { listing } = await rig.listings.getListing({ listingId }, steward(0));
    expect(listing).toMatchObject({ nextStep: 'review', nextDue: today() });
  });

  it('in the notice period ends it', async () => {
    const [debtorId, caseId] = [randomUUIDv7(), randomUUIDv7()];
    const { listingId } = await submitted(rig, house, reporter, {
      creditCode: codeOf(),
      debtorId,
      caseId,
    });
    await noticed(listingId);
    await rig.tellCases(reporter.orgId, caseId, {
      $case: 'caseClosed',
      value: { caseId, debtorId, outcome: CaseOutcome.PAID },
    });
    await eventually(async () => expect(await stateOf(listingId)).toBe(ListingState.WITHDRAWN));
    await expect(vote(listingId, 0)).rejects.toMatchObject({ reason: 'listing_not_decidable' });
  });
});

describe('the calendar', () => {
  it('expires an entry whose time is over', async () => {
    const { listingId, creditCode } = await published();
    passDays(3 * 366);
    await rig.run('listing-clock', reporter.orgId);
    expect(await stateOf(listingId)).toBe(ListingState.EXPIRED);
    expect(await verdictOf(creditCode)).toBe(Verdict.CLEAR);
  });
});
