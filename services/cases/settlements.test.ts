import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall } from '@recourse/kit/client.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import { CaseOutcome, CaseState, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { type Settlement, SettlementVerdict } from '@recourse/proto/cases/v1/settlements.ts';
import { agencyCall, creditorCall, dayFromToday, oneCase, type Rig, startRig } from './book-rig.ts';
import { night } from './jobs/night.ts';
import {
  eventTypes,
  handlingIs,
  payment,
  placementOf,
  plan,
  reversal,
  settlement,
} from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const { APPROVE, REFUSE } = SettlementVerdict;

/**
 * A creditor with a case of 1,000 minor units, two years old, so that 52.5 % less are suggested;
 * who proposes and who decides.
 */
async function stage(amountMinor = 1_000n, daysAgo = 731) {
  const { orgId, file } = await oneCase(rig, [{ amountMinor, daysAgo }]);
  const { caseId } = file;
  const as = (role: string) => creditorCall(rig, orgId, role, { userId: namedUuid(orgId, role) });
  const [collector, supervisor] = [await as('collector'), await as('supervisor')];
  const settlements = async () =>
    (await rig.settlements.listSettlements({ caseId }, collector)).settlements;
  const decide = async (
    settlementId: string,
    by: ClientCall,
    verdict: SettlementVerdict = APPROVE,
    note = '',
  ) => {
    const request = { caseId, settlementId, requestId: randomUUIDv7(), verdict, note };
    return (await rig.settlements.decideSettlement(request, by)).settlement;
  };
  const propose = async (minor: bigint, more = {}, by = collector) => {
    const request = settlement(caseId, minor, more);
    await rig.settlements.proposeSettlement(request, by);
    return request.settlementId;
  };
  /** A settlement for 800 of 1,000 that a supervisor has approved. */
  const approved = async () => decide(await propose(800n), supervisor);
  const found = async () => (await rig.cases.getCase({ caseId }, supervisor)).case;
  const pay = async (minor: bigint) => {
    const made = await rig.work.recordPayment(payment(caseId, minor), supervisor);
    return made.payment?.paymentId ?? '';
  };
  const takeBack = (paymentId: string) =>
    rig.work.reversePayment(reversal(caseId, paymentId), supervisor);
  const nightIn = (days: number) => {
    const at = Temporal.Now.instant().add({ hours: 24 * days });
    return night(rig.service.db, orgId, at, AbortSignal.timeout(60_000));
  };
  const whats = async () => {
    const asked = { caseId, kinds: ['settlement', 'case'], page: undefined };
    const { entries } = await rig.cases.getTimeline(asked, collector);
    return entries.map((one) => one.what).toReversed();
  };
  const made = { orgId, file, caseId, as, collector, supervisor };
  return { ...made, settlements, decide, propose, approved, found, pay, takeBack, nightIn, whats };
}

/** A settlement in short: its state and what was received. */
function said(one: Settlement | undefined): string {
  return `${one?.state.replace('SETTLEMENT_STATE_', '')} ${one?.received?.minor}`;
}

describe('a proposal', () => {
  it('is made once for one id, and tells what it means', async () => {
    const { caseId, collector, settlements, whats, orgId } = await stage();
    const request = settlement(caseId, 800n);
    const made = await rig.settlements.proposeSettlement(request, collector);
    expect(made.settlement).toMatchObject({
      settlementId: request.settlementId,
      amount: { currency: 'CNY', minor: 800n },
      terms: {
        open: { minor: 1_000n },
        discount: { minor: 200n },
        discountBps: 2_000,
        suggestedBps: 5_250,
        suggestedAmount: { minor: 475n },
        deeper: false,
        deciders: ['supervisor', 'director', 'general_manager'],
      },
      mayDecide: false,
      mayWithdraw: true,
    });
    expect(said(made.settlement)).toBe('PROPOSED 0');
    expect(await rig.settlements.proposeSettlement(request, collector)).toEqual(made);
    await expect(
      rig.settlements.proposeSettlement({ ...request, reason: '改写' }, collector),
    ).rejects.toMatchObject({ kind: 'exists', reason: 'settlement_exists_with_other_content' });
    expect(await settlements()).toEqual([made.settlement]);
    expect(await whats()).toEqual(['case_opened', 'settlement_proposed']);
    expect(await eventTypes(rig, orgId)).toContain('settlementChanged');
  });

  it('is one at a time, also when two propose at once, and none beside a plan', async () => {
    const { caseId, propose, settlements, as } = await stage();
    const both = await Promise.allSettled([propose(800n), propose(700n)]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({
      reason: { kind: 'refused', reason: 'settlement_under_way' },
    });
    expect(await settlements()).toHaveLength(1);
    const director = await as('director');
    await expect(rig.plans.agreePlan(plan(caseId, [[5, 100n]]), director)).rejects.toMatchObject({
      kind: 'refused',
      reason: 'settlement_under_way',
    });
    const other = await stage();
    const agreed = plan(other.caseId, [[5, 100n]]);
    await rig.plans.agreePlan(agreed, await other.as('director'));
    await expect(other.propose(800n)).rejects.toMatchObject({ reason: 'plan_under_way' });
  });

  it('is looked at before: what policy suggests, and which field is wrong', async () => {
    const { caseId, collector } = await stage();
    const base = { caseId, amount: undefined, dueDay: '' };
    const asked = (more: object) =>
      rig.settlements.previewSettlement({ ...base, ...more }, collector);
    expect(await asked({})).toMatchObject({
      amount: { minor: 475n },
      terms: { deeper: false, why: { rule: 'settlement_policy' } },
      latestDueDay: dayFromToday(90),
    });
    const amount = { currency: 'CNY', minor: 474n };
    expect((await asked({ amount })).terms).toMatchObject({
      deeper: true,
      deciders: ['director', 'general_manager'],
    });
    const field = (name: string) => ({ violations: [{ field: name }] });
    const all = { currency: 'CNY', minor: 1_000n };
    await expect(asked({ amount: all })).rejects.toMatchObject(field('/amount'));
    await expect(asked({ dueDay: dayFromToday(-1) })).rejects.toMatchObject(field('/dueDay'));
    await expect(asked({ dueDay: dayFromToday(91) })).rejects.toMatchObject(field('/dueDay'));
  });

  it('is withdrawn by who made it, not by a colleague', async () => {
    const { caseId, collector, propose, as, settlements, whats } = await stage();
    const settlementId = await propose(800n);
    const request = { caseId, settlementId, requestId: randomUUIDv7(), reason: '客户反悔' };
    await expect(
      rig.settlements.withdrawSettlement(request, await as('legal_officer')),
    ).rejects.toMatchObject({ kind: 'denied', reason: 'settlement_of_another' });
    await rig.settlements.withdrawSettlement(request, collector);
    expect((await settlements())[0]).toMatchObject({ withdrawReason: '客户反悔' });
    await propose(700n);
    expect((await settlements()).map(said)).toEqual(['PROPOSED 0', 'WITHDRAWN 0']);
    expect(await whats()).toContain('settlement_withdrawn');
  });
});

describe('a decision', () => {
  it('is never by who proposed it', async () => {
    const { propose, decide, as, settlements } = await stage();
    const manager = await as('general_manager');
    const settlementId = await propose(800n, {}, manager);
    await expect(decide(settlementId, manager)).rejects.toMatchObject({
      kind: 'denied',
      reason: 'settlement_is_own',
    });
    const decided = await decide(settlementId, await as('supervisor'), APPROVE, '同意');
    expect(decided).toMatchObject({ decisionNote: '同意', decidedBy: { name: '陈静' } });
    expect(said((await settlements())[0])).toBe('APPROVED 0');
  });

  it('keeps to the limits of what is open, and to one level more for a deep discount', async () => {
    const limit = await stage(50_000_000n);
    await limit.decide(await limit.propose(40_000_000n), limit.supervisor);
    const above = await stage(50_000_001n);
    const settlementId = await above.propose(40_000_000n);
    await expect(above.decide(settlementId, above.supervisor)).rejects.toMatchObject({
      kind: 'denied',
      reason: 'settlement_above_authority',
      facts: { decider: 'director' },
    });
    await above.decide(settlementId, await above.as('director'));
    const deep = await stage();
    const deepId = await deep.propose(474n);
    await expect(deep.decide(deepId, deep.supervisor)).rejects.toMatchObject({
      reason: 'settlement_deeper_than_policy',
    });
    await deep.decide(deepId, await deep.as('director'));
    const collector = deep.decide(deepId, deep.collector);
    await expect(collector).rejects.toMatchObject({ kind: 'denied' });
  });

  it('is awaited on the list of who may make it only', async () => {
    const { propose, decide, as, supervisor } = await stage();
    const settlementId = await propose(474n);
    const waiting = async (by: ClientCall) =>
      (await rig.settlements.listWaitingSettlements({}, by)).settlements;
    const director = await as('director');
    expect(await waiting(supervisor)).toEqual([]);
    expect(await waiting(director)).toMatchObject([
      { settlementId, debtorName: '苏州华成机械有限公司', mayDecide: true },
    ]);
    await expect(decide(settlementId, director, REFUSE)).rejects.toMatchObject({
      violations: [{ field: '/note', rule: 'refusal_note_missing' }],
    });
    const refused = await decide(settlementId, director, REFUSE, '折让过高');
    expect(said(refused)).toBe('REFUSED 0');
    expect(await waiting(director)).toEqual([]);
    await expect(decide(settlementId, director)).rejects.toMatchObject({
      kind: 'refused',
      reason: 'settlement_not_proposed',
    });
  });

  it('approves nothing that payments have overtaken', async () => {
    const { propose, decide, pay, supervisor } = await stage();
    const settlementId = await propose(800n);
    await pay(200n);
    await expect(decide(settlementId, supervisor)).rejects.toMatchObject({
      reason: 'settlement_overtaken',
    });
  });
});

describe('an approved settlement', () => {
  it('is fulfilled to the cent, and closes the case as settled', async () => {
    const { approved, pay, settlements, found, whats, orgId, nightIn } = await stage();
    await pay(100n);
    await approved();
    await pay(799n);
    expect(said((await settlements())[0])).toBe('APPROVED 799');
    expect((await found())?.state).toBe(CaseState.OPEN);
    await pay(1n);
    expect((await settlements())[0]).toMatchObject({
      left: { minor: 0n },
      fulfilledOn: dayFromToday(0),
    });
    expect(await found()).toMatchObject({
      state: CaseState.CLOSED,
      outcome: CaseOutcome.SETTLED,
      open: { minor: 100n },
      recovered: { minor: 900n },
    });
    expect((await whats()).slice(-2)).toEqual(['settlement_fulfilled', 'case_closed']);
    expect((await eventTypes(rig, orgId)).filter((type) => type === 'caseClosed')).toHaveLength(1);
    await nightIn(9);
    expect(said((await settlements())[0])).toBe('FULFILLED 800');
  });

  it('lapses in the night after its day, and the full claim stands', async () => {
    const { approved, pay, settlements, found, whats, nightIn } = await stage();
    await approved();
    await pay(799n);
    await nightIn(5);
    expect(said((await settlements())[0])).toBe('APPROVED 799');
    await nightIn(6);
    await nightIn(6);
    expect(said((await settlements())[0])).toBe('LAPSED 799');
    expect(await found()).toMatchObject({ state: CaseState.OPEN, open: { minor: 201n } });
    expect((await whats()).filter((what) => what === 'settlement_lapsed')).toHaveLength(1);
  });

  it('over since midnight is lapsed at once: another may follow', async () => {
    const { approved, propose, decide, supervisor, settlements, orgId } = await stage();
    await approved();
    const days = `UPDATE settlement SET due_day = due_day - 6 WHERE org_id = $1`;
    await rig.service.ownerQuery(days, [orgId]);
    const settlementId = await propose(700n);
    expect((await settlements()).map(said)).toEqual(['PROPOSED 0', 'LAPSED 0']);
    await rig.service.ownerQuery(days, [orgId]);
    await expect(decide(settlementId, supervisor)).rejects.toMatchObject({
      reason: 'settlement_not_proposed',
    });
    await propose(800n);
    expect((await settlements()).map(said)).toEqual(['PROPOSED 0', 'WITHDRAWN 0', 'LAPSED 0']);
  });

  it('comes back with the case when a payment is taken back', async () => {
    const { approved, pay, takeBack, settlements, found, orgId, whats } = await stage();
    await approved();
    const first = await pay(500n);
    const second = await pay(300n);
    await takeBack(second);
    expect(said((await settlements())[0])).toBe('APPROVED 500');
    expect(await found()).toMatchObject({
      state: CaseState.OPEN,
      outcome: CaseOutcome.UNSPECIFIED,
      open: { minor: 500n },
      recovered: { minor: 500n },
    });
    expect((await whats()).slice(-2).toSorted()).toEqual([
      'case_reopened',
      'settlement_approved_again',
    ]);
    expect(await eventTypes(rig, orgId)).toContain('caseReopened');
    await pay(300n);
    expect((await found())?.outcome).toBe(CaseOutcome.SETTLED);
    await takeBack(first);
    expect(said((await settlements())[0])).toBe('APPROVED 300');
  });

  it('that is paid in full closes as paid, and as settled when that bounces in part', async () => {
    const { approved, pay, takeBack, settlements, found } = await stage();
    await approved();
    const small = await pay(100n);
    await pay(900n);
    expect(said((await settlements())[0])).toBe('FULFILLED 1000');
    expect((await found())?.outcome).toBe(CaseOutcome.PAID);
    await takeBack(small);
    expect(said((await settlements())[0])).toBe('FULFILLED 900');
    expect(await found()).toMatchObject({
      state: CaseState.CLOSED,
      outcome: CaseOutcome.SETTLED,
    });
  });

  it('settles nothing that joined its case later', async () => {
    const { approved, pay, orgId, caseId, found } = await stage();
    await approved();
    await rig.service.ownerQuery(
      `INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
              due_date, currency, amount_minor, open_minor, delivered_open_minor, content_hash,
              case_id)
       SELECT org_id, uuidv7(), 'later', 'later', debtor_id, current_date - 1, currency, 50, 50, 50,
              'later', case_id FROM receivable WHERE org_id = $1`,
      [orgId],
    );
    await pay(800n);
    expect((await found())?.outcome).toBe(CaseOutcome.SETTLED);
    const rows = await rig.service.ownerQuery<{ document_number: string; case_id: string | null }>(
      'SELECT document_number, case_id FROM receivable WHERE org_id = $1 ORDER BY 1',
      [orgId],
    );
    expect(rows.map((row) => [row.document_number, row.case_id])).toEqual([
      ['D1', caseId],
      ['later', null],
    ]);
  });

  it('ends with the case that is closed by hand, and in the night after another end', async () => {
    const { caseId, approved, supervisor, settlements, found } = await stage();
    await approved();
    const expectedVersion = (await found())?.version ?? 0n;
    const closing = { caseId, outcome: CaseOutcome.SETTLED, reason: '债务人注销' };
    const request = { ...closing, expectedVersion, requestId: randomUUIDv7() };
    await rig.cases.closeCase(request, supervisor);
    expect((await settlements())[0]).toMatchObject({ withdrawReason: '债务人注销' });
    const other = await stage();
    await other.approved();
    await rig.service.ownerQuery(
      `UPDATE case_file SET state = 'CLOSED', outcome = 'PAID', closed_at = now(), next_step = '',
              next_day = 'infinity', next_why = NULL WHERE org_id = $1`,
      [other.orgId],
    );
    await other.nightIn(0);
    expect((await other.settlements()).map(said)).toEqual(['WITHDRAWN 0']);
    expect((await other.settlements())[0]?.withdrawnBy).toBeUndefined();
  });
});

describe('the agency of a placed case', () => {
  it('sees and proposes, but nothing of policy, and decides none', async () => {
    const { caseId, file, decide, supervisor } = await stage();
    const placement = placementOf(rig, file);
    const agent = await agencyCall(rig, placement.agencyId);
    const unknown = { kind: 'missing', reason: 'case_unknown' };
    const request = settlement(caseId, 800n);
    await expect(rig.settlements.listSettlements({ caseId }, agent)).rejects.toMatchObject(unknown);
    await expect(rig.settlements.proposeSettlement(request, agent)).rejects.toMatchObject(unknown);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const looked = { caseId, amount: request.amount, dueDay: request.dueDay };
    const { terms } = await rig.settlements.previewSettlement(looked, agent);
    const { settlement: made } = await rig.settlements.proposeSettlement(request, agent);
    for (const told of [terms, made?.terms]) {
      expect(told).toMatchObject({ discountBps: 2_000, suggestedBps: 0, deciders: [] });
      expect(told?.why ?? told?.suggestedAmount).toBeUndefined();
    }
    await expect(decide(request.settlementId, agent)).rejects.toMatchObject({ kind: 'denied' });
    await decide(request.settlementId, supervisor);
    const seen = await rig.settlements.listSettlements({ caseId }, agent);
    expect(seen.settlements.map(said)).toEqual(['APPROVED 0']);
    await placement.recall();
    await handlingIs(rig, file, Handling.INTERNAL);
    await expect(rig.settlements.listSettlements({ caseId }, agent)).rejects.toMatchObject(unknown);
    const foreign = await creditorCall(rig, randomUUIDv7());
    const stranger = rig.settlements.listSettlements({ caseId }, foreign);
    await expect(stranger).rejects.toMatchObject(unknown);
  });
});
