import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseOutcome, CaseState } from '@recourse/proto/cases/v1/cases.ts';
import { ClosingCaseState, ClosingKind, ClosingReason } from '@recourse/proto/cases/v1/closings.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { dayFromToday, type Document, openingOf, type Rig, startRig } from './book-rig.ts';
import { closingStage, refused } from './closing-rig.ts';
import { eventTypes, payment, plan, saleAt, settlement } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const stage = (amounts: readonly bigint[], more: Partial<Document> = {}) =>
  closingStage(rig, amounts, more);

describe('a write-off', () => {
  it('takes what is open off to the cent, and closes with plan and settlement', async () => {
    const at = await stage([1_000n], { costsMinor: 30n, interestMinor: 70n });
    const { approved, found, ledger, openOn, orgId, caseId, director, pay } = at;
    await pay(50n, -10);
    await rig.plans.agreePlan(plan(caseId, [[5, 100n]]), director);
    expect(await openOn(0)).toBe(1_000n);
    const done = await approved();
    expect(done).toMatchObject({ open: { minor: 1_050n }, loss: { minor: 1_050n } });
    expect(await found()).toMatchObject({
      state: CaseState.CLOSED,
      outcome: CaseOutcome.WRITTEN_OFF,
      open: { minor: 0n },
      overdue: { minor: 0n },
      recovered: { minor: 50n },
      receivableCount: 0n,
    });
    expect((await ledger())[0]).toBe('write_off -1050 0');
    expect([await openOn(0), await openOn(-1), await openOn(-11)]).toEqual([0n, 1_000n, 1_000n]);
    const lines = await rig.service.ownerQuery<{ part: string; amount_minor: bigint }>(
      'SELECT part, amount_minor FROM write_down WHERE org_id = $1 ORDER BY line',
      [orgId],
    );
    expect(lines.map((one) => `${one.part} ${one.amount_minor}`)).toEqual([
      'interest 50',
      'principal 1000',
    ]);
    const { plans } = await rig.plans.listPlans({ caseId }, director);
    expect(plans.map((one) => one.state)).toEqual(['PLAN_STATE_CANCELLED']);
    const told = await eventTypes(rig, orgId);
    expect(told).toEqual(expect.arrayContaining(['caseClosed', 'closingChanged']));
    expect(told).not.toContain('receivablesSold');
    expect((await rig.cases.openCases(openingOf({}), director)).opened).toBe(0n);
  });

  it('ends a settlement that waits for its money', async () => {
    const { propose, decide, caseId, director, collector } = await stage([1_000n]);
    const request = settlement(caseId, 900n);
    await rig.settlements.proposeSettlement(request, collector);
    await decide(await propose());
    const { settlements } = await rig.settlements.listSettlements({ caseId }, director);
    expect(settlements.map((one) => one.state)).toEqual(['SETTLEMENT_STATE_WITHDRAWN']);
  });

  it('is brought back by exactly what comes in later, and the rest is credit', async () => {
    const { approved, found, pay, ledger, read, takeBack, openOn } = await stage([1_000n]);
    const closingId = (await approved())?.closingId ?? '';
    const first = await pay(400n);
    expect(first?.allocations).toMatchObject([{ part: 'principal', amount: { minor: 400n } }]);
    expect(await found()).toMatchObject({
      outcome: CaseOutcome.WRITTEN_OFF,
      open: { minor: 0n },
      recovered: { minor: 400n },
      nextAction: undefined,
    });
    expect((await read(closingId)).closing?.received?.minor).toBe(400n);
    expect(await ledger()).toEqual([
      'payment -400 0',
      'write_off_reversed 400 400',
      'write_off -1000 0',
    ]);
    const second = await pay(700n, -5);
    expect(second?.allocations.map((one) => `${one.part} ${one.amount?.minor}`)).toEqual([
      'principal 600',
      'credit 100',
    ]);
    expect(await found()).toMatchObject({
      recovered: { minor: 1_000n },
      credits: [{ minor: 100n }],
    });
    await takeBack(second?.paymentId);
    expect(await found()).toMatchObject({
      state: CaseState.CLOSED,
      recovered: { minor: 400n },
      credits: [],
    });
    expect((await read(closingId)).closing?.received?.minor).toBe(400n);
    expect([await openOn(0), await openOn(-3)]).toEqual([0n, 1_000n]);
  });

  it('tells of later money what is left of the debt, which is owed all the same', async () => {
    const { approved, pay, orgId, caseId } = await stage([1_000n]);
    await approved();
    await pay(400n);
    const [row] = await rig.service.ownerQuery<{ payload: Buffer }>(
      `SELECT payload FROM outbox
        WHERE org_id = $1 AND aggregate_id = $2 AND type = 'paymentRecorded'`,
      [orgId, caseId],
    );
    expect(CasesEvent.decode(row?.payload ?? Buffer.of()).event).toMatchObject({
      value: { amount: { minor: 400n }, effects: [{ open: { minor: 600n }, settledDate: '' }] },
    });
  });

  it('is undone with all of it when money of the time before is taken back', async () => {
    const { pay, approved, takeBack, found, read, openOn, ledger } = await stage([1_000n]);
    const before = await pay(100n, -2);
    const closingId = (await approved())?.closingId ?? '';
    const late = await pay(300n);
    await takeBack(before?.paymentId);
    expect(await found()).toMatchObject({
      state: CaseState.OPEN,
      outcome: CaseOutcome.UNSPECIFIED,
      open: { minor: 700n },
      recovered: { minor: 300n },
    });
    expect((await read(closingId)).cases[0]?.state).toBe(ClosingCaseState.REOPENED);
    expect(await openOn(0)).toBe(700n);
    await takeBack(late?.paymentId);
    expect(await found()).toMatchObject({ open: { minor: 1_000n }, recovered: { minor: 0n } });
    expect((await ledger())[0]).toMatch(/ 1000$/);
  });
});

describe('a sale', () => {
  it('divides the price to the cent by what is open, and pays no debt', async () => {
    const { approved, read, caseIds, found, director, openOn } = await stage([1_000n, 500n, 500n]);
    const closingId = (await approved(saleAt(1_001n)))?.closingId ?? '';
    const { closing: done, cases } = await read(closingId);
    expect(done).toMatchObject({
      loss: { minor: 999n },
      sale: { buyerName: '江南资产管理有限公司', price: { minor: 1_001n } },
    });
    const price = (at: number) =>
      cases.find((one) => one.caseId === caseIds[at])?.price?.minor ?? 0n;
    const smaller = caseIds.slice(1).toSorted()[0];
    expect(price(0)).toBe(501n - (price(1) + price(2) - 500n));
    expect([0, 1, 2].reduce((sum, at) => sum + price(at), 0n)).toBe(1_001n);
    expect(smaller).toBeDefined();
    for (const caseId of caseIds) {
      expect(await found(caseId)).toMatchObject({
        outcome: CaseOutcome.SOLD,
        open: { minor: 0n },
        recovered: { minor: 0n },
      });
    }
    expect(await openOn(0)).toBe(0n);
    const [caseId = ''] = caseIds;
    await expect(rig.work.recordPayment(payment(caseId, 100n), director)).rejects.toMatchObject(
      refused('case_sold', { buyer: '江南资产管理有限公司' }),
    );
  });

  it('tells of each case what is the buyer’s now, with nothing open and nothing paid', async () => {
    const { approved, caseIds, orgId, files } = await stage([1_000n, 500n], { costsMinor: 30n });
    const closingId = (await approved(saleAt(700n)))?.closingId ?? '';
    const rows = await rig.service.ownerQuery<{ aggregate_id: string; payload: Buffer }>(
      `SELECT aggregate_id, payload FROM outbox WHERE org_id = $1 AND type = 'receivablesSold'`,
      [orgId],
    );
    expect(rows.map((row) => row.aggregate_id).toSorted()).toEqual(caseIds.toSorted());
    for (const { aggregate_id: caseId, payload } of rows) {
      const { debtorId = '' } = files.find((one) => one.caseId === caseId) ?? {};
      const owned = await rig.service.ownerQuery<{ id: string }>(
        'SELECT receivable_id AS id FROM receivable WHERE org_id = $1 AND case_id = $2',
        [orgId, caseId],
      );
      const effects = owned.map(({ id: receivableId }) => {
        return { receivableId, open: { currency: 'CNY', minor: 0n }, settledDate: '' };
      });
      expect(CasesEvent.decode(payload).event).toEqual({
        $case: 'receivablesSold',
        value: { caseId, closingId, debtorId, soldOn: dayFromToday(0), effects },
      });
    }
  });

  it('leaves what bounces later with who was not paid for it', async () => {
    const { pay, approved, takeBack, found, openOn } = await stage([1_000n]);
    const before = await pay(100n, -2);
    await approved(saleAt(200n));
    await takeBack(before?.paymentId);
    expect(await found()).toMatchObject({ state: CaseState.OPEN, open: { minor: 100n } });
    expect(await openOn(0)).toBe(100n);
  });
});

describe('a withdrawal', () => {
  it('gives nothing up: the debt goes back to the book and may be opened again', async () => {
    const { approved, found, openOn, director } = await stage([1_000n]);
    const what = { kind: ClosingKind.WITHDRAWAL, reason: ClosingReason.RELATIONSHIP };
    expect((await approved(what))?.loss?.minor).toBe(0n);
    expect((await found())?.outcome).toBe(CaseOutcome.WITHDRAWN);
    expect(await openOn(0)).toBe(1_000n);
    expect((await rig.cases.openCases(openingOf({}), director)).opened).toBe(1n);
  });
});
