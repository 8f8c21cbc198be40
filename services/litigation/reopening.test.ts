import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { now } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { creditorDay } from './domain/clock-zone.ts';
import { alarmsTold, type Creditor, debtorId, morning, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Creditor;

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
});

afterAll(() => stage.stop());

async function listed(): Promise<string[]> {
  const asked = { expiresBy: '', matterId: '', query: '', includeClosed: false };
  const page = { size: 50, cursor: '' };
  const call = await creditor.as('legal_officer');
  const { debts } = await stage.limitation.listDebts({ ...asked, page }, call);
  return debts.map((debt) => debt.debtId);
}

describe('the debt of a closed case', () => {
  it('is watched and listed again when the payment that closed it bounces', async () => {
    const debtId = randomUUIDv7();
    // 170 days before the three years of 民法典 art. 188 are over.
    const oldestDueDate = creditorDay(now()).subtract({ years: 3 }).add({ days: 170 }).toString();
    const overdue = { currency: 'CNY', minor: 10_000_000n };
    const told = { caseId: debtId, caseNumber: 'C-2026-000901', debtorId, overdue, oldestDueDate };
    await stage.tell(creditor, debtId, { $case: 'caseOpened', value: told });
    await eventually(async () => expect(await listed()).toContain(debtId));
    const closed = { caseId: debtId, debtorId, outcome: 'CASE_OUTCOME_PAID' as const };
    await stage.tell(creditor, debtId, { $case: 'caseClosed', value: closed });
    await eventually(async () => expect(await listed()).not.toContain(debtId));
    await morning(stage, creditor.orgId);
    expect(await alarmsTold(stage, creditor.orgId, debtId)).toEqual([]);
    const reopened = { caseId: debtId, debtorId, paymentId: randomUUIDv7() };
    await stage.tell(creditor, debtId, { $case: 'caseReopened', value: reopened });
    await eventually(async () => expect(await listed()).toContain(debtId));
    await morning(stage, creditor.orgId);
    expect(await alarmsTold(stage, creditor.orgId, debtId)).toMatchObject([{ days: 180 }]);
  });
});
