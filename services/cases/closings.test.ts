import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall } from '@recourse/kit/client.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import { CaseOutcome, CaseStage, CaseState, Handling } from '@recourse/proto/cases/v1/cases.ts';
import {
  ClosingCaseState,
  ClosingKind,
  ClosingReason,
  ClosingState,
  ClosingVerdict,
  ListClosingsRequest,
} from '@recourse/proto/cases/v1/closings.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  creditorCall,
  dayFromToday,
  type Document,
  listOf,
  noonZone,
  openAll,
  openingOf,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { night } from './jobs/night.ts';
import {
  closing,
  eventTypes,
  handlingIs,
  payment,
  placementOf,
  plan,
  reversal,
  saleAt,
  settlement,
} from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const { APPROVE, REFUSE } = ClosingVerdict;
const names = ['甲厂', '乙厂', '丙厂'];

/** A creditor with a case of each amount in minor units, due 400 days ago; who proposes, decides. */
async function stage(amounts: readonly bigint[], more: Partial<Document> = {}) {
  const orgId = randomUUIDv7();
  const debtors = amounts.map((amountMinor, place) => ({
    key: `K${place}`,
    name: names[place] ?? `${place}`,
    zone: noonZone(),
    documents: [{ number: `D${place}`, amountMinor, dueDate: dayFromToday(-400), ...more }],
  }));
  await writeBook(rig, orgId, debtors);
  await openAll(rig, orgId);
  const as = (role: string) => creditorCall(rig, orgId, role, { userId: namedUuid(orgId, role) });
  const [collector, director] = [await as('collector'), await as('director')];
  const { cases } = await rig.cases.listCases(listOf({ sort: 'debtor_name' }), director);
  const files = names.flatMap((name) => cases.filter((one) => one.debtorName === name));
  const caseIds = files.map((one) => one.caseId);
  const [caseId = ''] = caseIds;
  const propose = async (what = {}, by = collector, ids = caseIds) => {
    const request = closing(ids, what);
    await rig.closings.proposeClosing(request, by);
    return request.closingId;
  };
  const decide = async (
    closingId: string,
    by = director,
    verdict: ClosingVerdict = APPROVE,
    note = '',
  ) => {
    const request = { closingId, requestId: randomUUIDv7(), verdict, note, expectedVersion: 0n };
    return (await rig.closings.decideClosing(request, by)).closing;
  };
  const approved = async (what = {}) => decide(await propose(what));
  const found = async (id = caseId) => (await rig.cases.getCase({ caseId: id }, director)).case;
  const read = (closingId: string) => rig.closings.getClosing({ closingId }, director);
  const pay = async (minor: bigint, day = 0) => {
    const paid = payment(caseId, minor, { receivedOn: dayFromToday(day) });
    return (await rig.work.recordPayment(paid, director)).payment;
  };
  const takeBack = (paymentId = '') =>
    rig.work.reversePayment(reversal(caseId, paymentId), director);
  const openOn = async (day: number) => {
    const asked = { asOf: dayFromToday(day), debtorId: '' };
    const { agings } = await rig.receivables.getAging(asked, director);
    return agings[0]?.total?.minor ?? 0n;
  };
  const ledger = async () => {
    const { entries } = await rig.work.listLedger({ caseId }, director);
    return entries.map((one) => `${one.kind} ${one.change?.minor} ${one.balance?.minor}`);
  };
  const made = { orgId, files, caseIds, caseId, as, collector, director };
  return { ...made, propose, decide, approved, found, read, pay, takeBack, openOn, ledger };
}

const refused = (reason: string, facts = {}) => ({ kind: 'refused', reason, facts });

describe('a proposal', () => {
  it('tells what it may bring against the cost, once for one id', async () => {
    const { caseIds, collector, read, orgId } = await stage([1_000_000n, 2_000_000n]);
    const looked = await rig.closings.previewClosing({ caseIds }, collector);
    expect(looked).toMatchObject({
      open: { minor: 3_000_000n },
      // A quarter by an age of 400 days, four fifths of that unrated; 300 a month for a year each.
      stopLoss: { expected: { minor: 600_000n }, chanceBps: 2_000, cost: { minor: 720_000n } },
      deciders: ['collector', 'supervisor', 'director', 'general_manager'],
      lapsesOn: dayFromToday(30),
    });
    expect(looked.stopLoss?.worthIt).toBe(false);
    const request = closing(caseIds);
    const made = await rig.closings.proposeClosing(request, collector);
    expect(made.closing).toMatchObject({
      kind: ClosingKind.WRITE_OFF,
      reason: ClosingReason.NO_ASSETS,
      state: ClosingState.PROPOSED,
      caseCount: 2,
      loss: { minor: 3_000_000n },
      mayDecide: false,
      mayWithdraw: true,
    });
    expect(await rig.closings.proposeClosing(request, collector)).toEqual(made);
    await expect(
      rig.closings.proposeClosing({ ...request, note: '改写' }, collector),
    ).rejects.toMatchObject({ reason: 'closing_exists_with_other_content' });
    const { cases } = await read(request.closingId);
    expect(cases.map((one) => one.stopLoss?.why?.facts['chance_by_age'])).toEqual(['25 %', '25 %']);
    expect(await eventTypes(rig, orgId)).toContain('closingChanged');
  });

  it('is one at a time over a case, also when two propose at once', async () => {
    const { propose, caseId } = await stage([1_000n, 2_000n]);
    const both = await Promise.allSettled([propose(), propose({}, undefined, [caseId])]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({
      reason: refused('closing_under_way', { caseNumber: expect.any(String) }),
    });
  });

  it('is of no case that an agency holds, a court is seized of, or that is closed', async () => {
    const { propose, files, orgId, director, caseId } = await stage([1_000n]);
    const [file] = files;
    if (file === undefined) throw new Error('no case');
    const placement = placementOf(rig, file);
    await placement.offer();
    await handlingIs(rig, file, Handling.OFFERED);
    await expect(propose()).rejects.toMatchObject(
      refused('case_with_agency', { agency: '安信商账', handling: 'OFFERED' }),
    );
    await placement.decline();
    await handlingIs(rig, file, Handling.INTERNAL);
    const stageIs = `UPDATE case_file SET stage = $2 WHERE org_id = $1`;
    await rig.service.ownerQuery(stageIs, [orgId, 'LITIGATION']);
    expect((await rig.cases.getCase({ caseId }, director)).case?.stage).toBe(CaseStage.LITIGATION);
    await expect(propose()).rejects.toMatchObject(refused('case_in_court'));
    await rig.service.ownerQuery(stageIs, [orgId, 'SOFT_COLLECTION']);
    await rig.work.recordPayment(payment(caseId, 1_000n), director);
    await expect(propose()).rejects.toMatchObject(refused('case_closed'));
    const other = await stage([1_000n]);
    await expect(propose({}, undefined, [other.caseId])).rejects.toMatchObject({
      kind: 'missing',
      reason: 'case_unknown',
    });
  });

  it('of a sale names buyer and day, at no price above what is open, in one currency', async () => {
    const { propose, orgId, director } = await stage([1_000n, 500n]);
    const above = propose(saleAt(1_501n));
    await expect(above).rejects.toMatchObject(refused('price_above_open', { open: '15.00' }));
    const ahead = propose(saleAt(900n, { agreedOn: dayFromToday(1) }));
    await expect(ahead).rejects.toMatchObject({ violations: [{ field: '/sale/agreedOn' }] });
    const bare = propose({ ...saleAt(900n), sale: undefined });
    await expect(bare).rejects.toMatchObject({ reason: 'sale_terms_missing' });
    const unfit = propose({ sale: saleAt(900n).sale });
    await expect(unfit).rejects.toMatchObject({ reason: 'sale_terms_unfit' });
    const reason = propose({ reason: ClosingReason.RELATIONSHIP });
    await expect(reason).rejects.toMatchObject({ reason: 'closing_reason_unfit' });
    const key = 'KUSD';
    const documents = [{ number: 'U', amountMinor: 9n, currency: 'USD', dueDate: '2026-01-01' }];
    await writeBook(rig, orgId, [{ key, name: '丁厂', documents }]);
    await openAll(rig, orgId);
    const { cases } = await rig.cases.listCases(listOf({}), director);
    const all = cases.map((one) => one.caseId);
    await expect(propose(saleAt(900n), undefined, all)).rejects.toMatchObject(
      refused('cases_of_several_currencies', { currencies: 'CNY, USD' }),
    );
  });

  it('is withdrawn by who made it, and lapses when nobody decides or a case ends', async () => {
    const { propose, caseIds, orgId, read, as, director } = await stage([1_000n, 2_000n]);
    const [first = '', second = ''] = caseIds;
    const mine = await propose({}, undefined, [first]);
    const request = { closingId: mine, requestId: '', reason: '另行处理', expectedVersion: 0n };
    await expect(
      rig.closings.withdrawClosing(request, await as('legal_officer')),
    ).rejects.toMatchObject({ kind: 'denied', reason: 'closing_of_another' });
    await rig.closings.withdrawClosing(request, await as('collector'));
    expect((await read(mine)).cases[0]?.state).toBe(ClosingCaseState.ENDED);
    const [late, paid] = [
      await propose({}, undefined, [first]),
      await propose({}, undefined, [second]),
    ];
    await rig.work.recordPayment(payment(second, 2_000n), director);
    const nightIn = (days: number) => {
      const at = Temporal.Now.instant().add({ hours: 24 * days });
      return night(rig.service.db, orgId, at, AbortSignal.timeout(60_000));
    };
    await nightIn(30);
    const states = async () =>
      [await read(late), await read(paid)].map((one) => one.closing?.state);
    expect(await states()).toEqual([ClosingState.PROPOSED, ClosingState.WITHDRAWN]);
    await nightIn(31);
    expect(await states()).toEqual([ClosingState.WITHDRAWN, ClosingState.WITHDRAWN]);
    expect((await read(late)).closing?.withdrawnBy).toBeUndefined();
  });
});

describe('a decision', () => {
  it('is never by who proposed it, and keeps to the limits of what is open', async () => {
    const at = async (minor: bigint, role: string) => {
      const { propose, decide, as } = await stage([minor]);
      const own = await as(role);
      const closingId = await propose({}, own);
      await expect(decide(closingId, own)).rejects.toMatchObject({ reason: 'closing_is_own' });
      return { closingId, decide, as };
    };
    const small = await at(10_000_000n, 'supervisor');
    await small.decide(small.closingId, await small.as('collector'));
    const above = await at(10_000_001n, 'director');
    await expect(above.decide(above.closingId, await above.as('collector'))).rejects.toMatchObject({
      kind: 'denied',
      reason: 'closing_above_authority',
      facts: { decider: 'supervisor' },
    });
    await above.decide(above.closingId, await above.as('supervisor'));
    const large = await at(100_000_001n, 'collector');
    await expect(large.decide(large.closingId, await large.as('director'))).rejects.toMatchObject({
      facts: { decider: 'general_manager' },
    });
    const by = await large.as('general_manager');
    expect((await large.decide(large.closingId, by))?.state).toBe(ClosingState.APPROVED);
  });

  it('waits on the list of who may make it, and refuses with a note only', async () => {
    const { propose, decide, as, collector, director } = await stage([20_000_000n]);
    const closingId = await propose();
    const waiting = async (by: ClientCall) =>
      (await rig.closings.listWaitingClosings({}, by)).closings.map((one) => one.closingId);
    expect(await waiting(collector)).toEqual([]);
    expect(await waiting(await as('supervisor'))).toEqual([closingId]);
    await expect(decide(closingId, director, REFUSE)).rejects.toMatchObject({
      violations: [{ field: '/note' }],
    });
    const stale = { closingId, requestId: '', verdict: REFUSE, note: '再催', expectedVersion: 9n };
    await expect(rig.closings.decideClosing(stale, director)).rejects.toMatchObject({
      kind: 'stale',
    });
    const request = { ...stale, requestId: randomUUIDv7(), expectedVersion: 1n };
    const done = await rig.closings.decideClosing(request, director);
    expect(done.closing).toMatchObject({ state: ClosingState.REFUSED, decisionNote: '再催' });
    expect(await rig.closings.decideClosing(request, director)).toEqual(done);
    await expect(decide(closingId)).rejects.toMatchObject(refused('closing_not_proposed'));
    await propose();
    const asked = { query: '甲', states: [ClosingState.REFUSED] };
    const list = ListClosingsRequest.fromPartial(asked);
    const { closings, page } = await rig.closings.listClosings(list, director);
    expect(closings.map((one) => one.closingId)).toEqual([closingId]);
    expect(page?.count).toBe(1n);
  });

  it('approves less than was proposed, never more', async () => {
    const { propose, decide, pay, orgId, caseId, director } = await stage([1_000n]);
    const closingId = await propose(saleAt(900n));
    await pay(200n);
    await expect(decide(closingId)).rejects.toMatchObject(
      refused('price_above_open', { open: '8.00' }),
    );
    await decide(closingId, director, REFUSE, '价格高于未清');
    const other = await propose();
    await rig.service.ownerQuery(
      `UPDATE receivable SET open_minor = 900, version = version + 1 WHERE org_id = $1`,
      [orgId],
    );
    await rig.service.ownerQuery(
      `UPDATE case_file SET open_minor = 900, overdue_minor = 900 WHERE case_id = $1`,
      [caseId],
    );
    await expect(decide(other)).rejects.toMatchObject(
      refused('closing_overtaken', { open: '9.00', proposed: '8.00' }),
    );
  });
});

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
      'write_off -1000 0',
      'payment -400 1000',
      'write_off_reversed 400 1400',
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
