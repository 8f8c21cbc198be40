import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseOutcome, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import {
  Attitude, Channel, ContactResult, Excuse, Party, PromiseState, type RecordContactRequest,
  type RecordPaymentRequest, type RecordPromiseRequest,
} from '@recourse/proto/cases/v1/work.ts';
import {
  caseOf, creditorCall, dayFromToday, listOf, noonZone, oneCase, openAll, type Rig, startRig,
  writeBook,
} from './book-rig.ts';
import { night } from './jobs/night.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
}, 60_000);

afterAll(() => rig.stop());

function contact(caseId: string, more: Partial<RecordContactRequest> = {}): RecordContactRequest {
  return {
    caseId, contactId: randomUUIDv7(), channel: Channel.CALL, party: Party.DEBTOR,
    result: ContactResult.REACHED, attitude: Attitude.WILLING, excuse: Excuse.UNSPECIFIED, note: '',
    happenedAt: undefined, companion: '', ...more,
  };
}

function payment(caseId: string, minor: bigint, more: Partial<RecordPaymentRequest> = {}): RecordPaymentRequest {
  return {
    caseId, paymentId: randomUUIDv7(), amount: { currency: 'CNY', minor },
    receivedOn: dayFromToday(0), means: 'bank_transfer', reference: '', note: '', ...more,
  };
}

function promise(caseId: string, minor: bigint, more: Partial<RecordPromiseRequest> = {}): RecordPromiseRequest {
  return {
    caseId, promiseId: randomUUIDv7(), amount: { currency: 'CNY', minor }, dueDay: dayFromToday(3),
    channel: Channel.CALL, promisedBy: '王总', ...more,
  };
}

const reversal = (caseId: string, paymentId: string) => ({
  caseId, paymentId, requestId: randomUUIDv7(), reason: '支票退票',
});

async function eventTypes(orgId: string): Promise<string[]> {
  const rows = await rig.service.ownerQuery<{ type: string }>(
    'SELECT type FROM outbox WHERE org_id = $1 ORDER BY aggregate_id, version', [orgId]);
  return rows.map((row) => row.type);
}

describe('contacts', () => {
  it('are permitted three times a day, however many come at once and from whichever case', async () => {
    const orgId = randomUUIDv7();
    await writeBook(rig, orgId, [
      { key: 'K', name: '双币公司', zone: noonZone(), documents: [
        { number: 'C1', amountMinor: 100n, dueDate: dayFromToday(-9) },
        { number: 'U1', amountMinor: 100n, dueDate: dayFromToday(-9), currency: 'USD' },
      ] },
    ]);
    await openAll(rig, orgId);
    const call = await creditorCall(rig, orgId, 'collector');
    const { cases } = await rig.cases.listCases(listOf({}), call);
    const [yuan, dollars] = cases.map((one) => one.caseId);
    const attempts = Array.from({ length: 10 }, (_, place) =>
      rig.work.recordContact(contact((place % 2 === 0 ? yuan : dollars) ?? ''), call));
    const answers = await Promise.all(attempts);
    const permitted = answers.filter((one) => one.contact?.verdict?.permitted === true);
    const refused = answers.filter((one) => one.contact?.verdict?.rule === 'daily_limit');
    expect([permitted.length, refused.length]).toEqual([3, 7]);
    expect(permitted.map((one) => one.allowance?.usedToday).sort()).toEqual([1, 2, 3]);
    const { case: after } = await rig.cases.getCase({ caseId: yuan ?? '' }, call);
    expect(after?.allowance).toMatchObject({
      usedToday: 3, limitToday: 3, permittedNow: false, refusalRule: 'daily_limit',
    });
    expect((await eventTypes(orgId)).filter((type) => type === 'contactLogged')).toHaveLength(10);
  });

  it('are logged when refused, with the rule, its source and the phrase', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const said = await rig.work.recordContact(contact(file.caseId, { note: '不还钱就让你坐牢' }), call);
    expect(said.contact?.verdict).toMatchObject({
      permitted: false, rule: 'forbidden_phrase', phrase: '坐牢',
      why: { facts: { group: 'false_consequence' } },
    });
    expect(said.allowance).toMatchObject({ usedToday: 0, permittedNow: true });
    const page = undefined;
    const { entries } = await rig.cases.getTimeline({ caseId: file.caseId, kinds: ['contact'], page }, call);
    expect(entries[0]).toMatchObject({ what: 'contact_refused', facts: { phrase: '坐牢' } });
    expect((await rig.cases.getCase({ caseId: file.caseId }, call)).case?.lastContactAt).toBeUndefined();
  });

  it('move the next step and the last contact of the case', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    expect(file.nextAction).toMatchObject({ step: 'first_call', dueDay: dayFromToday(0) });
    await rig.work.recordContact(contact(file.caseId), call);
    const { case: after } = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(after?.nextAction).toMatchObject({ step: 'follow_up', dueDay: dayFromToday(3) });
    expect(after?.lastContactAt).toBeDefined();
    expect(after?.version).toBe(file.version + 1n);
  });

  it('answer a repeat as before and refuse other content under the same id', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const request = contact(file.caseId, { note: '约好周五回电' });
    const first = await rig.work.recordContact(request, call);
    const again = await rig.work.recordContact(request, call);
    expect(again.contact).toEqual(first.contact);
    expect(again.allowance?.usedToday).toBe(1);
    await expect(rig.work.recordContact({ ...request, note: '别的' }, call)).rejects.toMatchObject({
      kind: 'exists', reason: 'contact_exists_with_other_content',
    });
  });

  it('may be asked for before they are made, and asking changes nothing', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const ask = (text: string, at?: string) =>
      rig.work.checkContact(
        { caseId: file.caseId, channel: Channel.SMS, party: Party.DEBTOR, at, text }, call);
    expect((await ask('请尽快付款')).verdict).toMatchObject({ permitted: true, rule: 'permitted' });
    expect((await ask('弄死你')).verdict).toMatchObject({ permitted: false, phrase: '弄死' });
    const noon = Temporal.Now.zonedDateTimeISO(noonZone()).with({ hour: 12, minute: 0 });
    const night = noon.with({ hour: 23 }).toInstant().toString();
    expect((await ask('', night)).verdict).toMatchObject({ permitted: false, rule: 'quiet_hours' });
    expect((await ask('')).allowance?.usedToday).toBe(0);
  });

  it.each([
    ['contact_in_future', 2],
    ['contact_too_old', -24 * 7 - 1],
  ])('are refused as %s', async (reason, hours) => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 100n, daysAgo: 9 }]);
    const happenedAt = Temporal.Now.instant().add({ hours }).toString();
    await expect(
      rig.work.recordContact(contact(file.caseId, { happenedAt }), await creditorCall(rig, orgId, 'collector')),
    ).rejects.toMatchObject({ kind: 'refused', reason });
  });
});

describe('a payment', () => {
  const documents = [
    { amountMinor: 300n, daysAgo: 40 },
    { amountMinor: 500n, daysAgo: 10 },
  ];

  it('is allocated to the debt due first, in one version, with its event', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    const made = await rig.work.recordPayment(payment(file.caseId, 400n), call);
    expect(made.payment?.allocations).toEqual([
      expect.objectContaining({ documentNumber: 'D1', part: 'principal', amount: { currency: 'CNY', minor: 300n } }),
      expect.objectContaining({ documentNumber: 'D2', part: 'principal', amount: { currency: 'CNY', minor: 100n } }),
    ]);
    expect(made.case).toMatchObject({
      open: { minor: 400n }, overdue: { minor: 400n }, recovered: { minor: 400n }, daysOverdue: 10,
      receivableCount: 1n, version: file.version + 1n, state: CaseState.OPEN,
    });
    const read = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(read.case).toEqual({ ...made.case, contacts: [], allowance: read.case?.allowance });
    const page = undefined;
    const { receivables } = await rig.cases.listCaseReceivables({ caseId: file.caseId, page }, call);
    expect(receivables.map((one) => [one.open?.minor, one.settledDate])).toEqual([
      [0n, dayFromToday(0)], [400n, ''],
    ]);
    expect(await eventTypes(orgId)).toEqual(['caseOpened', 'paymentRecorded']);
  });

  it('given again is answered as before; with other content it is refused', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    const request = payment(file.caseId, 100n);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => rig.work.recordPayment(request, call)));
    for (const one of answers) expect(one.payment).toEqual(answers[0]?.payment);
    expect((await rig.cases.getCase({ caseId: file.caseId }, call)).case?.recovered?.minor).toBe(100n);
    await expect(
      rig.work.recordPayment({ ...request, note: '补记' }, call),
    ).rejects.toMatchObject({ kind: 'exists', reason: 'payment_exists_with_other_content' });
  });

  it('that comes with many others at once is counted once each', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    await Promise.all(
      Array.from({ length: 16 }, () => rig.work.recordPayment(payment(file.caseId, 7n), call)));
    const { case: after } = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(after).toMatchObject({ open: { minor: 800n - 112n }, recovered: { minor: 112n } });
  });

  it('of all that is owed closes the case; taken back it opens again, exactly as it was', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    const made = await rig.work.recordPayment(payment(file.caseId, 801n), call);
    expect(made.payment?.allocations.at(-1)).toMatchObject({ part: 'credit', amount: { minor: 1n } });
    expect(made.case).toMatchObject({
      state: CaseState.CLOSED, outcome: CaseOutcome.PAID, open: { minor: 0n }, nextAction: undefined,
    });
    const credit = () => rig.service.ownerQuery(
      'SELECT credit_minor FROM debtor_credit WHERE org_id = $1', [orgId]);
    expect(await credit()).toEqual([{ credit_minor: 1n }]);
    await expect(
      rig.work.recordPayment(payment(file.caseId, 1n), call),
    ).rejects.toMatchObject({ kind: 'refused', reason: 'case_closed' });
    const undo = reversal(file.caseId, made.payment?.paymentId ?? '');
    const undone = await rig.work.reversePayment(undo, call);
    expect(undone.payment).toMatchObject({ reversed: true, reversalReason: '支票退票' });
    expect(undone.case).toMatchObject({
      state: CaseState.OPEN, outcome: CaseOutcome.UNSPECIFIED, open: { minor: 800n },
      recovered: { minor: 0n }, daysOverdue: 40, receivableCount: 2n,
    });
    expect(await credit()).toEqual([{ credit_minor: 0n }]);
    expect(await rig.work.reversePayment(undo, call)).toEqual(undone);
    await expect(
      rig.work.reversePayment({ ...undo, requestId: randomUUIDv7() }, call),
    ).rejects.toMatchObject({ kind: 'refused', reason: 'payment_already_reversed' });
    const lines = await rig.service.ownerQuery<{ sum: string; count: bigint }>(
      'SELECT sum(amount_minor), count(*) FROM allocation WHERE org_id = $1', [orgId]);
    expect(lines).toEqual([{ sum: '0', count: 6n }]);
    expect(await eventTypes(orgId)).toEqual([
      'caseOpened', 'paymentRecorded', 'caseClosed', 'paymentReversed',
    ]);
  });

  it('taken back after the debtor got another case is worked in that one', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 300n, daysAgo: 40 }]);
    const call = await creditorCall(rig, orgId, 'finance');
    const made = await rig.work.recordPayment(payment(file.caseId, 300n), call);
    await rig.service.db.tenant(orgId, (tx) =>
      tx.query(
        `INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
                due_date, currency, amount_minor, open_minor, delivered_open_minor, content_hash)
         VALUES ($1, $2, 'D9', 'D9', $3, $4, 'CNY', 50, 50, 50, 'x')`,
        [orgId, randomUUIDv7(), file.debtorId, dayFromToday(-2)]));
    await openAll(rig, orgId);
    const undo = reversal(file.caseId, made.payment?.paymentId ?? '');
    const undone = await rig.work.reversePayment(undo, call);
    expect(undone.case).toMatchObject({ state: CaseState.CLOSED, recovered: { minor: 0n } });
    const { cases } = await rig.cases.listCases(listOf({ states: [CaseState.OPEN] }), call);
    expect(cases.map((one) => one.open?.minor)).toEqual([350n]);
  });

  it('pays costs, then interest, then principal', async () => {
    const orgId = randomUUIDv7();
    await writeBook(rig, orgId, [
      { key: 'K', name: '利息公司', documents: [
        { number: 'I1', amountMinor: 100n, dueDate: dayFromToday(-9), costsMinor: 5n, interestMinor: 3n },
      ] },
    ]);
    await openAll(rig, orgId);
    const file = await caseOf(rig, orgId, '利息公司');
    expect(file.open?.minor).toBe(108n);
    const call = await creditorCall(rig, orgId, 'finance');
    const made = await rig.work.recordPayment(payment(file.caseId, 10n), call);
    expect(made.payment?.allocations.map((one) => [one.part, one.amount?.minor])).toEqual([
      ['costs', 5n], ['interest', 3n], ['principal', 2n],
    ]);
    expect(made.case?.open?.minor).toBe(98n);
  });

  it.each<[string, Partial<RecordPaymentRequest>, object]>([
    ['of another currency', { amount: { currency: 'USD', minor: 1n } }, { reason: 'currencies_differ' }],
    ['of tomorrow', { receivedOn: dayFromToday(1) }, { kind: 'refused', reason: 'received_in_future' }],
    ['of nothing', { amount: { currency: 'CNY', minor: 0n } }, { kind: 'invalid' }],
    ['of less than nothing', { amount: { currency: 'CNY', minor: -5n } }, { kind: 'invalid' }],
    ['on an unknown case', { caseId: randomUUIDv7() }, { kind: 'missing', reason: 'case_unknown' }],
  ])('%s is refused', async (_what, more, expected) => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    await expect(
      rig.work.recordPayment(payment(file.caseId, 1n, more), call),
    ).rejects.toMatchObject(expected);
  });

  it('is listed with what it did', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    const first = await rig.work.recordPayment(payment(file.caseId, 1n), call);
    const second = await rig.work.recordPayment(payment(file.caseId, 2n), call);
    const page = { size: 1, cursor: '' };
    const found = await rig.work.listPayments({ caseId: file.caseId, page }, call);
    expect(found.payments).toEqual([second.payment]);
    const cursor = found.page?.nextCursor ?? '';
    const rest = await rig.work.listPayments({ caseId: file.caseId, page: { size: 1, cursor } }, call);
    expect(rest.payments).toEqual([first.payment]);
  });
});

describe('a promise', () => {
  it('is pending until money or the night decides it', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'collector');
    const kept = promise(file.caseId, 100n);
    const broken = promise(file.caseId, 300n, { dueDay: dayFromToday(5) });
    const made = await rig.work.recordPromise(kept, call);
    expect(made.promise).toMatchObject({
      state: PromiseState.PENDING, caseNumber: file.number, received: { minor: 0n },
    });
    expect(await rig.work.recordPromise(kept, call)).toEqual(made);
    await rig.work.recordPromise(broken, call);
    const waiting = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(waiting.case?.nextAction).toMatchObject({ step: 'promise_reminder', dueDay: dayFromToday(2) });
    await rig.work.recordPayment(payment(file.caseId, 140n), call);
    const states = async () => {
      const request = { caseId: file.caseId, states: [], dueFrom: '', dueTo: '', page: undefined };
      const { promises } = await rig.work.listPromises(request, call);
      return promises.map((one) => [one.state, one.received?.minor]);
    };
    expect(await states()).toEqual([[PromiseState.KEPT, 100n], [PromiseState.PENDING, 40n]]);
    const later = Temporal.Now.instant().add({ hours: 24 * 6 });
    const nightOf = () => night(rig.service.db, orgId, later, AbortSignal.timeout(20_000));
    expect(await nightOf()).toEqual({ settled: 1, refreshed: 1 });
    expect(await nightOf()).toEqual({ settled: 0, refreshed: 1 });
    expect(await states()).toEqual([[PromiseState.KEPT, 100n], [PromiseState.PARTLY_KEPT, 40n]]);
    expect((await eventTypes(orgId)).filter((type) => type === 'promiseSettled')).toHaveLength(2);
  });

  it('that was kept by money that bounced is pending again', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'supervisor');
    await rig.work.recordPromise(promise(file.caseId, 100n), call);
    const made = await rig.work.recordPayment(payment(file.caseId, 100n), call);
    const undo = reversal(file.caseId, made.payment?.paymentId ?? '');
    const undone = await rig.work.reversePayment(undo, call);
    expect(undone.case?.nextAction?.step).toBe('promise_reminder');
    const request = {
      caseId: '', states: [PromiseState.PENDING], dueFrom: dayFromToday(3), dueTo: dayFromToday(3),
      page: undefined,
    };
    expect((await rig.work.listPromises(request, call)).promises).toHaveLength(1);
  });

  it.each([
    ['promise_in_past', { dueDay: dayFromToday(-1) }],
    ['promise_too_far', { dueDay: dayFromToday(366) }],
    ['currencies_differ', { amount: { currency: 'USD', minor: 1n } }],
  ])('is refused as %s', async (reason, more) => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 1_000n, daysAgo: 9 }]);
    await expect(
      rig.work.recordPromise(promise(file.caseId, 1n, more), await creditorCall(rig, orgId)),
    ).rejects.toMatchObject({ reason });
  });
});

describe('the night', () => {
  it('ages cases, moves their next steps and takes in what became overdue', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 2_100_000n, daysAgo: 29 }]);
    await rig.service.db.tenant(orgId, (tx) =>
      tx.query(
        `INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
                due_date, currency, amount_minor, open_minor, delivered_open_minor, content_hash)
         VALUES ($1, $2, 'D9', 'D9', $3, $4, 'CNY', 50, 50, 50, 'x')`,
        [orgId, randomUUIDv7(), file.debtorId, dayFromToday(1)]));
    const inThreeDays = Temporal.Now.instant().add({ hours: 72 });
    await night(rig.service.db, orgId, inThreeDays, AbortSignal.timeout(20_000));
    const after = await caseOf(rig, orgId, file.debtorName);
    expect(file.tier).toBe('PRIORITY_TIER_LOW');
    expect(after).toMatchObject({
      tier: 'PRIORITY_TIER_MEDIUM', open: { minor: 2_100_050n }, receivableCount: 2n,
      nextAction: { step: 'third_letter', dueDay: dayFromToday(1) },
    });
  });
});
