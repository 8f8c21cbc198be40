import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Promised } from '@recourse/kit/client.ts';
import type { DebtorCreditServiceClient } from '@recourse/proto/cases/v1/debtor_credit.ts';
import { creditorCall, dayFromToday, type Rig, startRig } from './book-rig.ts';
import { brokenCredit, creditOf, movesOf, overpaid, refund, yuan } from './credit-rig.ts';
import { eventTypes } from './work-rig.ts';

let rig: Rig;
let credit: Promised<DebtorCreditServiceClient>;

beforeAll(async () => {
  rig = await startRig();
  credit = creditOf(rig);
});

afterAll(() => rig.stop());

const page = undefined;

describe('credit paid back', () => {
  it('is no longer held, and is held again when the refund is taken back', async () => {
    const { orgId, paid, call } = await overpaid(rig, 450n);
    const { caseId } = paid;
    const request = refund(caseId, 150n);
    const made = await credit.refundCredit(request, call);
    expect(made).toMatchObject({
      refund: { amount: yuan(150n), reference: 'T-1', reason: '客户要求退回', reversed: false },
      credit: yuan(0n),
    });
    expect(await credit.refundCredit(request, call)).toEqual(made);
    await expect(credit.refundCredit({ ...request, reference: 'T-2' }, call)).rejects.toMatchObject(
      { reason: 'credit_refund_exists_with_other_content' },
    );
    const { refundId } = request;
    const back = { refundId, requestId: randomUUIDv7(), reason: '银行退回' };
    const undone = await credit.reverseRefund(back, call);
    expect(undone).toMatchObject({
      refund: { reversed: true, reversalReason: '银行退回' },
      credit: yuan(150n),
    });
    expect(await credit.reverseRefund(back, call)).toEqual(undone);
    await expect(
      credit.reverseRefund({ ...back, requestId: randomUUIDv7() }, call),
    ).rejects.toMatchObject({ kind: 'refused', reason: 'refund_already_reversed' });
    const held = await credit.listCredit({ caseId }, call);
    expect(movesOf(held)).toEqual([
      'overpaid 150 150',
      'refunded -150 0',
      'refund_reversed 150 150',
    ]);
    expect(held.movements.map((one) => one.reversed)).toEqual([false, true, false]);
    const { entries } = await rig.cases.getTimeline({ caseId, kinds: ['payment'], page }, call);
    expect(entries.slice(0, 2).map((one) => [one.what, one.amount?.minor, one.text])).toEqual([
      ['refund_reversed', 150n, '银行退回'],
      ['credit_refunded', 150n, '客户要求退回'],
    ]);
    expect(await eventTypes(rig, orgId)).toEqual(
      expect.arrayContaining(['creditRefunded', 'refundReversed']),
    );
    expect(await brokenCredit(rig, orgId)).toEqual([]);
  });

  it.each<[string, bigint, object, object]>([
    ['above what is held', 151n, {}, { reason: 'credit_too_small' }],
    ['of tomorrow', 1n, { paidOn: dayFromToday(1) }, { reason: 'refund_in_future' }],
    ['without a reference', 1n, { reference: '' }, { kind: 'invalid' }],
  ])('%s is refused', async (_what, minor, more, expected) => {
    const { paid, call } = await overpaid(rig, 450n);
    const asked = credit.refundCredit(refund(paid.caseId, minor, more), call);
    await expect(asked).rejects.toMatchObject(expected);
  });

  it('is for finance and the director', async () => {
    const { orgId, paid } = await overpaid(rig, 450n);
    const { caseId } = paid;
    for (const role of ['collector', 'supervisor', 'auditor']) {
      const call = await creditorCall(rig, orgId, role);
      const asked = credit.refundCredit(refund(caseId, 1n), call);
      await expect(asked).rejects.toMatchObject({ kind: 'denied' });
    }
    const call = await creditorCall(rig, orgId, 'director');
    expect((await credit.refundCredit(refund(caseId, 1n), call)).credit).toEqual(yuan(149n));
  });

  it('of another organisation is missing', async () => {
    const { paid, call } = await overpaid(rig, 450n);
    const request = refund(paid.caseId, 10n);
    await credit.refundCredit(request, call);
    const stranger = await creditorCall(rig, randomUUIDv7(), 'finance');
    const { refundId } = request;
    const back = { refundId, requestId: randomUUIDv7(), reason: '错记' };
    await expect(credit.reverseRefund(back, stranger)).rejects.toMatchObject({
      kind: 'missing',
      reason: 'refund_unknown',
    });
  });
});
