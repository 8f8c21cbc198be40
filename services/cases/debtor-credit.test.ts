import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Promised } from '@recourse/kit/client.ts';
import { CaseOutcome, CaseState, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import type { DebtorCreditServiceClient } from '@recourse/proto/cases/v1/debtor_credit.ts';
import { agencyCall, creditorCall, dayFromToday, oneCase, type Rig, startRig } from './book-rig.ts';
import {
  application,
  brokenCredit,
  creditOf,
  movesOf,
  overpaid,
  owesAgain,
  refund,
  yuan,
} from './credit-rig.ts';
import { assert, up } from './migrations/0013-credit-movements.ts';
import { eventTypes, handlingIs, payment, placementOf, reversal } from './work-rig.ts';

let rig: Rig;
let credit: Promised<DebtorCreditServiceClient>;

beforeAll(async () => {
  rig = await startRig();
  credit = creditOf(rig);
});

afterAll(() => rig.stop());

const page = undefined;

describe('what is paid above a debt', () => {
  it('is held, shown on every case of the debtor, and no recovery', async () => {
    const { orgId, paid, paymentId, call } = await overpaid(rig, 450n);
    expect(paid.recovered).toEqual(yuan(300n));
    const again = await owesAgain(rig, paid, 70n);
    for (const { caseId } of [paid, again]) {
      const read = await rig.cases.getCase({ caseId }, call);
      expect(read.case?.credits).toEqual([yuan(150n)]);
      const held = await credit.listCredit({ caseId }, call);
      expect(held).toMatchObject({ credit: yuan(150n), hasMore: false });
      expect(held.movements).toEqual([
        expect.objectContaining({
          place: 1n,
          kind: 'overpaid',
          day: dayFromToday(0),
          sourceId: paymentId,
          caseId: paid.caseId,
          caseNumber: paid.number,
          reference: 'R-1',
        }),
      ]);
    }
    const { entries } = await rig.cases.getTimeline(
      { caseId: paid.caseId, kinds: ['payment'], page },
      call,
    );
    expect(entries.map((one) => [one.what, one.amount?.minor])).toEqual([
      ['credit_held', 150n],
      ['payment_recorded', 450n],
    ]);
    expect(await brokenCredit(rig, orgId)).toEqual([]);
  });

  it('is told apart from what went onto the claim, so that it earns no commission', async () => {
    const { orgId, paymentId } = await overpaid(rig, 450n);
    const { rows } = await toldMoney(orgId);
    expect(rows).toEqual([
      { type: 'paymentRecorded', paymentId, amount: yuan(300n), credit: yuan(150n) },
    ]);
  });

  it('is gone when the payment is taken back before it was used', async () => {
    const { orgId, paid, paymentId, call } = await overpaid(rig, 450n);
    const { caseId } = paid;
    const { case: after } = await rig.work.reversePayment(reversal(caseId, paymentId), call);
    expect(after).toMatchObject({ open: yuan(300n), recovered: yuan(0n) });
    const held = await credit.listCredit({ caseId }, call);
    expect(movesOf(held)).toEqual(['overpaid 150 150', 'overpaid_reversed -150 0']);
    expect(held.movements[0]).toMatchObject({ reason: '支票退票', sourceId: paymentId });
    expect((await rig.cases.getCase({ caseId }, call)).case?.credits).toEqual([]);
    expect((await toldMoney(orgId)).rows.at(-1)).toMatchObject({
      type: 'paymentReversed',
      amount: yuan(300n),
    });
  });

  it('is no business of the agency that works another case of the debtor', async () => {
    const { paid } = await overpaid(rig, 450n);
    const again = await owesAgain(rig, paid, 70n);
    const placement = placementOf(rig, again);
    await placement.accept();
    await handlingIs(rig, again, Handling.PLACED);
    const agent = await agencyCall(rig, placement.agencyId);
    const read = await rig.cases.getCase({ caseId: again.caseId }, agent);
    expect(read.case).toMatchObject({ caseId: again.caseId, credits: [] });
    for (const role of ['agency_agent', 'agency_manager']) {
      const call = await agencyCall(rig, placement.agencyId, role);
      await expect(credit.listCredit({ caseId: again.caseId }, call)).rejects.toMatchObject({
        kind: 'denied',
      });
      await expect(credit.applyCredit(application(again.caseId, 1n), call)).rejects.toMatchObject({
        kind: 'denied',
      });
    }
  });
});

/** What was told of money, in the order of telling. */
async function toldMoney(orgId: string) {
  const found = await rig.service.ownerQuery<{ type: string; payload: Buffer }>(
    `SELECT type, payload FROM outbox
      WHERE org_id = $1 AND type IN ('paymentRecorded', 'paymentReversed', 'creditApplied',
        'creditFreed') ORDER BY at, version`,
    [orgId],
  );
  const rows = found.map(({ type, payload }) => {
    const { event } = CasesEvent.decode(payload);
    const value = event?.value ?? {};
    const paymentId = 'paymentId' in value ? value.paymentId : '';
    const amount = 'amount' in value ? value.amount : undefined;
    const more = 'credit' in value ? { credit: value.credit } : {};
    return { type, paymentId, amount, ...more };
  });
  return { rows };
}

describe('credit put onto a case', () => {
  it('pays what is open like money, is a payment of its own, and comes back exactly', async () => {
    const { orgId, paid, call } = await overpaid(rig, 450n);
    const file = await owesAgain(rig, paid, 200n);
    const { caseId } = file;
    const request = application(caseId, 120n, { note: '与客户约定' });
    const made = await credit.applyCredit(request, call);
    expect(made).toMatchObject({
      payment: { paymentId: request.applicationId, means: 'credit', amount: yuan(120n) },
      case: { open: yuan(80n), recovered: yuan(120n), version: file.version + 1n },
      credit: yuan(30n),
    });
    expect(made.payment?.allocations.map((one) => [one.part, one.amount?.minor])).toEqual([
      ['principal', 120n],
    ]);
    const { payments } = await rig.work.listPayments({ caseId, page }, call);
    expect(payments).toEqual([made.payment]);
    const ledger = await rig.work.listLedger({ caseId }, call);
    expect(ledger.entries).toMatchObject([
      { kind: 'payment', what: 'credit', change: yuan(-120n), balance: yuan(80n) },
    ]);
    const undone = await rig.work.reversePayment(reversal(caseId, request.applicationId), call);
    expect(undone.case).toMatchObject({ open: yuan(200n), recovered: yuan(0n) });
    expect(movesOf(await credit.listCredit({ caseId }, call))).toEqual([
      'overpaid 150 150',
      'applied -120 30',
      'applied_reversed 120 150',
    ]);
    const told = await toldMoney(orgId);
    expect(told.rows.map((one) => one.type)).toEqual([
      'paymentRecorded',
      'creditApplied',
      'creditFreed',
    ]);
    expect(await brokenCredit(rig, orgId)).toEqual([]);
    const { entries } = await rig.cases.getTimeline({ caseId, kinds: ['payment'], page }, call);
    expect(entries.map((one) => one.what)).toEqual(['credit_freed', 'credit_applied']);
  });

  it('of all that is owed closes the case as paid, and taken back opens it', async () => {
    const { orgId, paid, call } = await overpaid(rig, 450n);
    const { caseId } = await owesAgain(rig, paid, 150n);
    const request = application(caseId, 150n);
    const made = await credit.applyCredit(request, call);
    expect(made.case).toMatchObject({ state: CaseState.CLOSED, outcome: CaseOutcome.PAID });
    expect(made.credit).toEqual(yuan(0n));
    const undone = await rig.work.reversePayment(reversal(caseId, request.applicationId), call);
    expect(undone.case).toMatchObject({ state: CaseState.OPEN, open: yuan(150n) });
    expect(await eventTypes(rig, orgId)).toEqual(expect.arrayContaining(['caseReopened']));
  });

  it('given again is answered as before; with other content it is refused', async () => {
    const { orgId, paid, call } = await overpaid(rig, 450n);
    const { caseId } = await owesAgain(rig, paid, 200n);
    const request = application(caseId, 50n);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => credit.applyCredit(request, call)),
    );
    for (const one of answers) {
      expect(one.payment).toEqual(answers[0]?.payment);
      expect(one.credit).toEqual(yuan(100n));
    }
    await expect(credit.applyCredit({ ...request, amount: yuan(51n) }, call)).rejects.toMatchObject(
      { kind: 'exists', reason: 'payment_exists_with_other_content' },
    );
    expect(await brokenCredit(rig, orgId)).toEqual([]);
  });

  it('many times at once is never more than is held', async () => {
    const { orgId, paid, call } = await overpaid(rig, 450n);
    const { caseId } = await owesAgain(rig, paid, 1_000n);
    const all = await Promise.allSettled(
      Array.from({ length: 6 }, () => credit.applyCredit(application(caseId, 40n), call)),
    );
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
    for (const one of all) {
      if (one.status === 'rejected') {
        expect(one.reason).toMatchObject({ kind: 'refused', reason: 'credit_too_small' });
      }
    }
    expect(await credit.listCredit({ caseId }, call)).toMatchObject({ credit: yuan(30n) });
    expect(await brokenCredit(rig, orgId)).toEqual([]);
  });

  it.each([
    ['more than is held', 151n, { reason: 'credit_too_small' }],
    ['more than is owed', 101n, { reason: 'credit_above_open' }],
    ['nothing', 0n, { kind: 'invalid' }],
  ])('for %s is refused', async (_what, minor, expected) => {
    const { paid, call } = await overpaid(rig, 450n);
    const { caseId } = await owesAgain(rig, paid, 100n);
    await expect(credit.applyCredit(application(caseId, minor), call)).rejects.toMatchObject(
      expected,
    );
  });

  it('of another organisation is missing', async () => {
    const { paid } = await overpaid(rig, 450n);
    const stranger = await creditorCall(rig, randomUUIDv7(), 'finance');
    const expected = { kind: 'missing', reason: 'case_unknown' };
    const { caseId } = paid;
    const asked = [
      () => credit.applyCredit(application(caseId, 1n), stranger),
      () => credit.refundCredit(refund(caseId, 1n), stranger),
      () => credit.listCredit({ caseId }, stranger),
    ];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject(expected);
  });

  it('is not money that came in again', async () => {
    const { paid, call } = await overpaid(rig, 450n);
    const { caseId } = await owesAgain(rig, paid, 200n);
    await credit.applyCredit(application(caseId, 150n), call);
    const board = await rig.cases.getDashboard({ asOf: '' }, call);
    expect(board.recoveredMonth).toEqual([yuan(450n)]);
  });
});

describe('the payment that credit came from', () => {
  it('is not taken back while its credit is used, but after that was taken back', async () => {
    const { orgId, paid, paymentId, call } = await overpaid(rig, 450n);
    const { caseId } = await owesAgain(rig, paid, 200n);
    const used = application(caseId, 100n);
    await credit.applyCredit(used, call);
    const undo = () => rig.work.reversePayment(reversal(paid.caseId, paymentId), call);
    await expect(undo()).rejects.toMatchObject({
      kind: 'refused',
      reason: 'credit_already_used',
      facts: { wanted: '1.50', held: '0.50', currency: 'CNY' },
    });
    await rig.work.reversePayment(reversal(caseId, used.applicationId), call);
    expect((await undo()).payment?.reversed).toBe(true);
    expect(await credit.listCredit({ caseId }, call)).toMatchObject({ credit: yuan(0n) });
    expect(await brokenCredit(rig, orgId)).toEqual([]);
  });

  it('may be taken back as long as other credit covers it', async () => {
    const { orgId, paid, paymentId, call } = await overpaid(rig, 400n);
    const second = await owesAgain(rig, paid, 100n);
    await rig.work.recordPayment(payment(second.caseId, 250n), call);
    await credit.refundCredit(refund(paid.caseId, 150n), call);
    const undone = await rig.work.reversePayment(reversal(paid.caseId, paymentId), call);
    expect(undone.payment?.reversed).toBe(true);
    expect(await credit.listCredit({ caseId: paid.caseId }, call)).toMatchObject({
      credit: yuan(0n),
    });
    expect(await brokenCredit(rig, orgId)).toEqual([]);
  });
});

describe('the movements of credit', () => {
  it('are added to and never rewritten, and no agency sees them', async () => {
    const { orgId, paid } = await overpaid(rig, 450n);
    for (const table of ['credit_movement', 'credit_refund', 'credit_refund_reversal']) {
      await expect(
        rig.service.db.tenant(orgId, (tx) => tx.query(`DELETE FROM ${table}`)),
      ).rejects.toMatchObject({ code: '42501' });
    }
    const again = await owesAgain(rig, paid, 70n);
    const placement = placementOf(rig, again);
    await placement.accept();
    await handlingIs(rig, again, Handling.PLACED);
    const seen = await rig.service.db.tenant(placement.agencyId, (tx) =>
      tx.query('SELECT FROM credit_movement'),
    );
    expect(seen).toEqual([]);
  });

  it('of a debtor without credit are none', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 300n, daysAgo: 9 }]);
    const call = await creditorCall(rig, orgId, 'auditor');
    expect(await credit.listCredit({ caseId: file.caseId }, call)).toEqual({
      movements: [],
      credit: yuan(0n),
      hasMore: false,
    });
  });
});

describe('credit that was held before its movements were kept', () => {
  it('is carried over: payments as they were, what came of matters as one', async () => {
    const { orgId, paid, call } = await overpaid(rig, 450n);
    const { caseId } = await owesAgain(rig, paid, 70n);
    const bounced = payment(caseId, 100n);
    await rig.work.recordPayment(bounced, call);
    await rig.work.reversePayment(reversal(caseId, bounced.paymentId), call);
    await rig.service.ownerQuery('DELETE FROM credit_movement');
    await rig.service.ownerQuery('UPDATE debtor_credit SET movements = 0');
    await rig.service.ownerQuery(
      'UPDATE debtor_credit SET credit_minor = credit_minor + 40 WHERE org_id = $1',
      [orgId],
    );
    const carryOver = up.find((sql) => sql.includes("'carried'") && sql.includes('WITH told'));
    for (const sql of carryOver?.split(';') ?? []) {
      if (sql.trim() !== '') await rig.service.ownerQuery(sql);
    }
    expect(movesOf(await credit.listCredit({ caseId }, call))).toEqual([
      'overpaid 150 150',
      'overpaid 30 180',
      'overpaid_reversed -30 150',
      'carried 40 190',
    ]);
    expect(await rig.service.ownerQuery(assert)).toEqual([]);
    expect(await brokenCredit(rig, orgId)).toEqual([]);
  });
});
