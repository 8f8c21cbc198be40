import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseOutcome, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { type RecordPaymentRequest } from '@recourse/proto/cases/v1/work.ts';
import {
  caseOf,
  creditorCall,
  dayFromToday,
  listOf,
  oneCase,
  openAll,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { eventTypes, payment, reversal } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

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
      expect.objectContaining({
        documentNumber: 'D1',
        part: 'principal',
        amount: { currency: 'CNY', minor: 300n },
      }),
      expect.objectContaining({
        documentNumber: 'D2',
        part: 'principal',
        amount: { currency: 'CNY', minor: 100n },
      }),
    ]);
    expect(made.case).toMatchObject({
      open: { minor: 400n },
      overdue: { minor: 400n },
      recovered: { minor: 400n },
      daysOverdue: 10,
      receivableCount: 1n,
      version: file.version + 1n,
      state: CaseState.OPEN,
    });
    const read = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(read.case).toEqual({ ...made.case, contacts: [], allowance: read.case?.allowance });
    const page = undefined;
    const { receivables } = await rig.cases.listCaseReceivables(
      { caseId: file.caseId, page },
      call,
    );
    expect(receivables.map((one) => [one.open?.minor, one.settledDate])).toEqual([
      [0n, dayFromToday(0)],
      [400n, ''],
    ]);
    expect(await eventTypes(rig, orgId)).toEqual([
      'caseOpened',
      'receivablesJoined',
      'paymentRecorded',
    ]);
  });

  it('given again is answered as before; with other content it is refused', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    const request = payment(file.caseId, 100n);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => rig.work.recordPayment(request, call)),
    );
    for (const one of answers) expect(one.payment).toEqual(answers[0]?.payment);
    expect((await rig.cases.getCase({ caseId: file.caseId }, call)).case?.recovered?.minor).toBe(
      100n,
    );
    await expect(rig.work.recordPayment({ ...request, note: '补记' }, call)).rejects.toMatchObject({
      kind: 'exists',
      reason: 'payment_exists_with_other_content',
    });
  });

  it('that comes with many others at once is counted once each', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    await Promise.all(
      Array.from({ length: 16 }, () => rig.work.recordPayment(payment(file.caseId, 7n), call)),
    );
    const { case: after } = await rig.cases.getCase({ caseId: file.caseId }, call);
    expect(after).toMatchObject({ open: { minor: 800n - 112n }, recovered: { minor: 112n } });
  });

  it('of all that is owed closes the case, and taken back opens it as it was', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    const made = await rig.work.recordPayment(payment(file.caseId, 801n), call);
    expect(made.payment?.allocations.at(-1)).toMatchObject({
      part: 'credit',
      amount: { minor: 1n },
    });
    expect(made.case).toMatchObject({
      state: CaseState.CLOSED,
      outcome: CaseOutcome.PAID,
      open: { minor: 0n },
      nextAction: undefined,
    });
    const credit = () =>
      rig.service.ownerQuery('SELECT credit_minor FROM debtor_credit WHERE org_id = $1', [orgId]);
    expect(await credit()).toEqual([{ credit_minor: 1n }]);
    await expect(rig.work.recordPayment(payment(file.caseId, 1n), call)).rejects.toMatchObject({
      kind: 'refused',
      reason: 'case_closed',
    });
    const undo = reversal(file.caseId, made.payment?.paymentId ?? '');
    const undone = await rig.work.reversePayment(undo, call);
    expect(undone.payment).toMatchObject({ reversed: true, reversalReason: '支票退票' });
    expect(undone.case).toMatchObject({
      state: CaseState.OPEN,
      outcome: CaseOutcome.UNSPECIFIED,
      open: { minor: 800n },
      recovered: { minor: 0n },
      daysOverdue: 40,
      receivableCount: 2n,
    });
    expect(await credit()).toEqual([{ credit_minor: 0n }]);
    expect(await rig.work.reversePayment(undo, call)).toEqual(undone);
    await expect(
      rig.work.reversePayment({ ...undo, requestId: randomUUIDv7() }, call),
    ).rejects.toMatchObject({ kind: 'refused', reason: 'payment_already_reversed' });
    const lines = await rig.service.ownerQuery<{ sum: string; count: bigint }>(
      'SELECT sum(amount_minor), count(*) FROM allocation WHERE org_id = $1',
      [orgId],
    );
    expect(lines).toEqual([{ sum: '0', count: 6n }]);
    expect(await eventTypes(rig, orgId)).toEqual([
      'caseOpened',
      'receivablesJoined',
      'paymentRecorded',
      'caseClosed',
      'paymentReversed',
      'caseReopened',
    ]);
  });

  it('counts for its month until it is taken back', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'finance');
    const recovered = async () => {
      const { recoveredMonth, months } = await rig.cases.getDashboard({ asOf: '' }, call);
      const last = months.at(-1)?.recovered?.minor;
      return [recoveredMonth.map((sum) => sum.minor), last];
    };
    const first = await rig.work.recordPayment(payment(file.caseId, 100n), call);
    await rig.work.recordPayment(payment(file.caseId, 30n), call);
    expect(await recovered()).toEqual([[130n], 130n]);
    await rig.work.reversePayment(reversal(file.caseId, first.payment?.paymentId ?? ''), call);
    expect(await recovered()).toEqual([[30n], 30n]);
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
        [orgId, randomUUIDv7(), file.debtorId, dayFromToday(-2)],
      ),
    );
    await openAll(rig, orgId);
    const undo = reversal(file.caseId, made.payment?.paymentId ?? '');
    const undone = await rig.work.reversePayment(undo, call);
    expect(undone.case).toMatchObject({ state: CaseState.CLOSED, recovered: { minor: 0n } });
    const { cases } = await rig.cases.listCases(listOf({ states: [CaseState.OPEN] }), call);
    expect(cases.map((one) => one.open?.minor)).toEqual([350n]);
    const told = await eventTypes(rig, orgId);
    expect(told.filter((type) => type === 'receivablesJoined')).toHaveLength(3);
    expect(told).not.toContain('caseReopened');
  });

  it('pays costs, then interest, then principal', async () => {
    const orgId = randomUUIDv7();
    await writeBook(rig, orgId, [
      {
        key: 'K',
        name: '利息公司',
        documents: [
          {
            number: 'I1',
            amountMinor: 100n,
            dueDate: dayFromToday(-9),
            costsMinor: 5n,
            interestMinor: 3n,
          },
        ],
      },
    ]);
    await openAll(rig, orgId);
    const file = await caseOf(rig, orgId, '利息公司');
    expect(file.open?.minor).toBe(108n);
    const call = await creditorCall(rig, orgId, 'finance');
    const made = await rig.work.recordPayment(payment(file.caseId, 10n), call);
    expect(made.payment?.allocations.map((one) => [one.part, one.amount?.minor])).toEqual([
      ['costs', 5n],
      ['interest', 3n],
      ['principal', 2n],
    ]);
    expect(made.case?.open?.minor).toBe(98n);
  });

  it.each<[string, Partial<RecordPaymentRequest>, object]>([
    [
      'of another currency',
      { amount: { currency: 'USD', minor: 1n } },
      { reason: 'currencies_differ' },
    ],
    [
      'of tomorrow',
      { receivedOn: dayFromToday(1) },
      { kind: 'refused', reason: 'received_in_future' },
    ],
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
    const rest = await rig.work.listPayments(
      { caseId: file.caseId, page: { size: 1, cursor } },
      call,
    );
    expect(rest.payments).toEqual([first.payment]);
  });
});
