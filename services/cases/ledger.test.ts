import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creditorCall, dayFromToday, oneCase, type Rig, startRig } from './book-rig.ts';
import { payment, reversal } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const documents = [{ amountMinor: 1_000n, daysAgo: 9 }];

describe('the ledger of a case', () => {
  it('begins with its documents', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const call = await creditorCall(rig, orgId, 'auditor');
    const { entries, opening, open, hasMore } = await rig.work.listLedger(
      { caseId: file.caseId },
      call,
    );
    const all = { currency: 'CNY', minor: 1_000n };
    expect({ entries, opening, open, hasMore }).toEqual({
      entries: [],
      opening: all,
      open: all,
      hasMore: false,
    });
  });

  it('has each payment with what was open after it, its reversal, and no credit', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const { caseId } = file;
    const call = await creditorCall(rig, orgId, 'finance');
    const earlier = payment(caseId, 300n, { receivedOn: dayFromToday(-2), reference: 'R-1' });
    const later = payment(caseId, 800n, { receivedOn: dayFromToday(-1) });
    await rig.work.recordPayment(earlier, call);
    await rig.work.recordPayment(later, call);
    await rig.work.reversePayment(reversal(caseId, later.paymentId), call);
    const { entries, opening } = await rig.work.listLedger({ caseId }, call);
    const seen = entries.map((one) => [
      one.kind,
      one.day,
      one.amount?.minor,
      one.change?.minor,
      one.balance?.minor,
      one.reference,
    ]);
    expect(seen).toEqual([
      ['payment_reversed', dayFromToday(0), 800n, 700n, 700n, '支票退票'],
      ['payment', dayFromToday(-1), 800n, -700n, 0n, ''],
      ['payment', dayFromToday(-2), 300n, -300n, 700n, 'R-1'],
    ]);
    expect(opening?.minor).toBe(1_000n);
  });

  it('of another organisation is missing', async () => {
    const { file } = await oneCase(rig, documents);
    const stranger = await creditorCall(rig, file.caseId, 'finance');
    await expect(rig.work.listLedger({ caseId: file.caseId }, stranger)).rejects.toMatchObject({
      kind: 'missing',
      reason: 'case_unknown',
    });
  });
});
