import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall } from '@recourse/kit/client.ts';
import { CaseStage, Handling } from '@recourse/proto/cases/v1/cases.ts';
import {
  ClosingCaseState,
  ClosingKind,
  ClosingReason,
  ClosingState,
  ClosingVerdict,
  ListClosingsRequest,
} from '@recourse/proto/cases/v1/closings.ts';
import {
  dayFromToday,
  type Document,
  listOf,
  openAll,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { closingStage, refused } from './closing-rig.ts';
import { night } from './jobs/night.ts';
import { closing, eventTypes, handlingIs, payment, placementOf, saleAt } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const { APPROVE, REFUSE } = ClosingVerdict;

const stage = (amounts: readonly bigint[], more: Partial<Document> = {}) =>
  closingStage(rig, amounts, more);

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
    const said = { verdict: REFUSE, note: '再催', open: undefined };
    const stale = { closingId, requestId: '', ...said, expectedVersion: 9n };
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

  it('approves what was seen, and of a sale no more than the price was agreed for', async () => {
    const { propose, decide, pay, orgId, caseId, director } = await stage([1_000n]);
    const closingId = await propose(saleAt(900n));
    await pay(200n);
    await expect(decide(closingId)).rejects.toMatchObject(
      refused('price_above_open', { open: '8.00' }),
    );
    await decide(closingId, director, REFUSE, '价格高于未清');
    const seen = { currency: 'CNY', minor: 1_000n };
    const written = await propose();
    const request = { closingId: written, requestId: '', verdict: APPROVE, note: '', open: seen };
    await expect(
      rig.closings.decideClosing({ ...request, expectedVersion: 0n }, director),
    ).rejects.toMatchObject({ kind: 'stale', reason: 'closing_open_changed' });
    await decide(written, director, REFUSE, '再催');
    const other = await propose(saleAt(500n));
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
    await decide(other, director, REFUSE, '另行报价');
    expect((await decide(await propose()))?.loss?.minor).toBe(900n);
  });
});
