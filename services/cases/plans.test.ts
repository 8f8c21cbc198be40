import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseOutcome, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { type Plan, PlanPeriod } from '@recourse/proto/cases/v1/plans.ts';
import { agencyCall, creditorCall, dayFromToday, oneCase, type Rig, startRig } from './book-rig.ts';
import { night } from './jobs/night.ts';
import {
  contact,
  eventTypes,
  handlingIs,
  payment,
  placementOf,
  plan,
  promise,
  reversal,
} from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

/** A creditor with a case of 1,000 minor units, and its director. */
async function stage(amountMinor = 1_000n) {
  const { orgId, file } = await oneCase(rig, [{ amountMinor, daysAgo: 9 }]);
  const { caseId } = file;
  const director = await creditorCall(rig, orgId, 'director');
  const plans = async () => (await rig.plans.listPlans({ caseId }, director)).plans;
  const step = async () =>
    (await rig.cases.getCase({ caseId }, director)).case?.nextAction?.step ?? '';
  const nightIn = (days: number) => {
    const at = Temporal.Now.instant().add({ hours: 24 * days });
    return night(rig.service.db, orgId, at, AbortSignal.timeout(20_000));
  };
  const whats = async () => {
    const asked = { caseId, kinds: ['plan'], page: undefined };
    const { entries } = await rig.cases.getTimeline(asked, director);
    return entries.map((one) => one.what).toReversed();
  };
  return { orgId, file, caseId, director, plans, step, nightIn, whats };
}

/** A plan in short: its state, then each instalment with what came of it. */
function said(one: Plan | undefined): string {
  const parts = one?.instalments.map((part) => {
    const state = part.state.replace('INSTALMENT_STATE_', '');
    return `${state} ${part.received?.minor}`;
  });
  return [one?.state.replace('PLAN_STATE_', ''), ...(parts ?? [])].join(' ');
}

const two = [
  [5, 100n],
  [12, 150n],
] as const;

describe('a plan', () => {
  it('is agreed once for one id, and shows what is left', async () => {
    const { caseId, director, plans, whats, orgId } = await stage();
    const request = plan(caseId, two, { consequences: '按日万分之五计违约金' });
    const made = await rig.plans.agreePlan(request, director);
    expect(made.plan).toMatchObject({
      planId: request.planId,
      received: { minor: 0n },
      left: { minor: 250n },
      agreedOn: dayFromToday(0),
      actor: { name: '陈静' },
      confirmedOn: '',
      consequences: '按日万分之五计违约金',
    });
    expect(said(made.plan)).toBe('ACTIVE PENDING 0 PENDING 0');
    expect(await rig.plans.agreePlan(request, director)).toEqual(made);
    await expect(
      rig.plans.agreePlan({ ...request, agreedWith: '李总' }, director),
    ).rejects.toMatchObject({ kind: 'exists', reason: 'plan_exists_with_other_content' });
    expect(await plans()).toEqual([made.plan]);
    expect(await whats()).toEqual(['plan_agreed']);
    expect((await eventTypes(rig, orgId)).filter((type) => type === 'planAgreed')).toHaveLength(1);
  });

  it('is one at a time, also when two agree at once', async () => {
    const { caseId, director, plans } = await stage();
    const both = await Promise.allSettled([
      rig.plans.agreePlan(plan(caseId, two), director),
      rig.plans.agreePlan(plan(caseId, two), director),
    ]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({
      reason: { kind: 'refused', reason: 'plan_under_way' },
    });
    expect(await plans()).toHaveLength(1);
  });

  it('is proposed in equal parts by the same rules', async () => {
    const { caseId, director } = await stage();
    const amount = { currency: 'CNY', minor: 1_000n };
    const firstDueDay = dayFromToday(3);
    const base = { caseId, amount, count: 3, firstDueDay, period: PlanPeriod.WEEK };
    const { instalments } = await rig.plans.previewPlan({ ...base, restFirst: false }, director);
    expect(instalments.map((one) => [one.dueDay, one.amount?.minor])).toEqual([
      [dayFromToday(3), 333n],
      [dayFromToday(10), 333n],
      [dayFromToday(17), 334n],
    ]);
    await expect(
      rig.plans.previewPlan({ ...base, restFirst: true, firstDueDay: dayFromToday(-1) }, director),
    ).rejects.toMatchObject({ reason: 'instalment_in_past' });
  });

  it('above a million is for the general manager', async () => {
    const { caseId, director, orgId } = await stage(100_000_001n);
    await expect(rig.plans.agreePlan(plan(caseId, two), director)).rejects.toMatchObject({
      kind: 'denied',
      reason: 'plan_above_authority',
    });
    const manager = await creditorCall(rig, orgId, 'general_manager');
    expect(said((await rig.plans.agreePlan(plan(caseId, two), manager)).plan)).toContain('ACTIVE');
  });

  it('is not for a supervisor, nor for another creditor', async () => {
    const { caseId, orgId } = await stage();
    await expect(
      rig.plans.agreePlan(plan(caseId, two), await creditorCall(rig, orgId, 'supervisor')),
    ).rejects.toMatchObject({ kind: 'denied' });
    const foreign = await creditorCall(rig, randomUUIDv7(), 'director');
    const unknown = { kind: 'missing', reason: 'case_unknown' };
    await expect(rig.plans.agreePlan(plan(caseId, two), foreign)).rejects.toMatchObject(unknown);
    await expect(rig.plans.listPlans({ caseId }, foreign)).rejects.toMatchObject(unknown);
  });

  it('names the field that is wrong', async () => {
    const { caseId, director } = await stage();
    const wrong = plan(caseId, two, { amount: { currency: 'CNY', minor: 249n } });
    await expect(rig.plans.agreePlan(wrong, director)).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'plan_sum_differs',
      facts: { difference: '0.01' },
      violations: [{ field: '/instalments', rule: 'plan_sum_differs' }],
    });
    const none = plan(caseId, [[5, 0n]], { amount: { currency: 'CNY', minor: 1n } });
    await expect(rig.plans.agreePlan(none, director)).rejects.toMatchObject({
      reason: 'fields_invalid',
      violations: [{ field: '/instalments/0/amount/minor' }],
    });
  });
});

describe('an instalment', () => {
  it('is reminded of two days before and awaited after', async () => {
    const { caseId, director, orgId, step, nightIn } = await stage();
    await rig.plans.agreePlan(plan(caseId, [[9, 100n]]), director);
    const file = await rig.cases.getCase({ caseId }, director);
    expect(file.case?.nextAction).toMatchObject({
      step: 'instalment_reminder',
      dueDay: dayFromToday(7),
      why: { facts: { instalment_due_day: dayFromToday(9) } },
    });
    await nightIn(7);
    expect(await step()).toBe('instalment_reminder');
    await rig.work.recordPayment(payment(caseId, 100n), director);
    expect(await step()).not.toContain('instalment');
    const soon = await stage();
    await rig.plans.agreePlan(plan(soon.caseId, [[2, 100n]]), soon.director);
    const worker = await creditorCall(rig, soon.orgId, 'collector');
    await rig.work.recordContact(contact(soon.caseId), worker);
    expect(await soon.step()).toBe('instalment_due');
    expect(orgId).not.toBe(soon.orgId);
  });

  it('is met by payments, above it the next, and open again when they bounce', async () => {
    const { caseId, director, plans, whats, orgId } = await stage();
    await rig.plans.agreePlan(plan(caseId, two), director);
    await rig.work.recordPromise(promise(caseId, 100n), director);
    const first = await rig.work.recordPayment(payment(caseId, 60n), director);
    const second = await rig.work.recordPayment(payment(caseId, 70n), director);
    expect(said((await plans())[0])).toBe('ACTIVE MET 100 PENDING 30');
    const third = await rig.work.recordPayment(payment(caseId, 120n), director);
    expect(said((await plans())[0])).toBe('KEPT MET 100 MET 150');
    const undo = async (made: typeof first) =>
      rig.work.reversePayment(reversal(caseId, made.payment?.paymentId ?? ''), director);
    await undo(third);
    expect(said((await plans())[0])).toBe('ACTIVE MET 100 PENDING 30');
    const undone = await undo(second);
    expect(said((await plans())[0])).toBe('ACTIVE PENDING 60 PENDING 0');
    expect(undone.case?.nextAction?.step).toMatch(/instalment_reminder|promise_reminder/);
    expect(await whats()).toEqual([
      'plan_agreed',
      'instalment_met',
      'instalment_met',
      'plan_kept',
      'instalment_open_again',
      'plan_active_again',
      'instalment_open_again',
    ]);
    const told = (await eventTypes(rig, orgId)).filter((type) => /instalment|plan/.test(type));
    expect(told.filter((type) => type === 'planSettled')).toHaveLength(2);
    expect(told.filter((type) => type === 'instalmentSettled')).toHaveLength(4);
  });

  it('that is missed breaks the plan and makes the rest due at once', async () => {
    const { caseId, director, plans, whats, nightIn, orgId, step } = await stage();
    await rig.plans.agreePlan(plan(caseId, two), director);
    await rig.work.recordPayment(payment(caseId, 40n), director);
    expect(await nightIn(5)).toEqual({ settled: 0, refreshed: 1 });
    expect(await nightIn(6)).toEqual({ settled: 1, refreshed: 1 });
    expect(await nightIn(6)).toEqual({ settled: 0, refreshed: 1 });
    expect(said((await plans())[0])).toBe('BROKEN MISSED 40 ACCELERATED 0');
    expect(await step()).not.toContain('instalment');
    expect((await whats()).slice(1)).toEqual(['instalment_missed', 'plan_broken']);
    const [news] = await rig.service.ownerQuery<{ payload: unknown }>(
      `SELECT encode(payload, 'escape') AS payload FROM outbox
        WHERE org_id = $1 AND type = 'planSettled'`,
      [orgId],
    );
    expect(String(news?.payload)).toContain('BROKEN');
  });

  it('that is missed without the clause stays owed', async () => {
    const { caseId, director, plans, nightIn, step } = await stage();
    await rig.plans.agreePlan(plan(caseId, two, { accelerates: false }), director);
    await nightIn(6);
    expect(said((await plans())[0])).toBe('ACTIVE MISSED 0 PENDING 0');
    expect(await step()).toBe('instalment_reminder');
    await nightIn(13);
    expect(said((await plans())[0])).toBe('BROKEN MISSED 0 MISSED 0');
  });
});

describe('an active plan', () => {
  it('is cancelled with a reason, once, and another may follow', async () => {
    const { caseId, director, plans, step, whats } = await stage();
    const { planId } = (await rig.plans.agreePlan(plan(caseId, two), director)).plan ?? {};
    const request = {
      caseId,
      planId: planId ?? '',
      requestId: randomUUIDv7(),
      reason: '债务人改为一次付清',
    };
    const ended = await rig.plans.cancelPlan(request, director);
    expect(said(ended.plan)).toBe('CANCELLED CANCELLED 0 CANCELLED 0');
    expect(ended.plan).toMatchObject({
      cancelReason: request.reason,
      cancelledBy: { name: '陈静' },
    });
    expect(await rig.plans.cancelPlan(request, director)).toEqual(ended);
    await expect(
      rig.plans.cancelPlan({ ...request, requestId: randomUUIDv7() }, director),
    ).rejects.toMatchObject({ kind: 'refused', reason: 'plan_not_active' });
    expect(await step()).not.toContain('instalment');
    await rig.plans.agreePlan(plan(caseId, two), director);
    await rig.work.recordPayment(payment(caseId, 100n), director);
    expect((await plans()).map(said)).toEqual([
      'ACTIVE MET 100 PENDING 0',
      'CANCELLED CANCELLED 0 CANCELLED 0',
    ]);
    expect(await whats()).toContain('plan_cancelled');
  });

  it('missed since midnight is broken: it is not cancelled, and another may follow', async () => {
    const { caseId, director, plans, orgId } = await stage();
    const { planId = '' } = (await rig.plans.agreePlan(plan(caseId, two), director)).plan ?? {};
    await rig.service.ownerQuery(`UPDATE instalment SET due_day = due_day - 6 WHERE org_id = $1`, [
      orgId,
    ]);
    const request = { caseId, planId, requestId: randomUUIDv7(), reason: '重新约定' };
    await expect(rig.plans.cancelPlan(request, director)).rejects.toMatchObject({
      reason: 'plan_not_active',
    });
    await rig.plans.agreePlan(plan(caseId, [[3, 900n]]), director);
    expect((await plans()).map(said)).toEqual([
      'ACTIVE PENDING 0',
      'BROKEN MISSED 0 ACCELERATED 0',
    ]);
    expect(await eventTypes(rig, orgId)).toContain('planSettled');
  });

  it('ends in the night after its case was closed, by an import say', async () => {
    const { caseId, director, plans, orgId, whats } = await stage();
    await rig.plans.agreePlan(plan(caseId, two), director);
    await rig.service.ownerQuery(
      `UPDATE case_file SET state = 'CLOSED', outcome = 'PAID', closed_at = now(), next_step = '',
              next_day = 'infinity', next_why = NULL WHERE org_id = $1`,
      [orgId],
    );
    for (const _again of [1, 2]) {
      await night(rig.service.db, orgId, Temporal.Now.instant(), AbortSignal.timeout(60_000));
    }
    expect((await plans()).map(said)).toEqual(['CANCELLED CANCELLED 0 CANCELLED 0']);
    expect((await whats()).filter((what) => what === 'plan_cancelled')).toHaveLength(1);
    expect(await eventTypes(rig, orgId)).toContain('planCancelled');
  });

  it('is confirmed in writing once', async () => {
    const { caseId, director, orgId } = await stage();
    const { planId = '' } = (await rig.plans.agreePlan(plan(caseId, two), director)).plan ?? {};
    const collector = await creditorCall(rig, orgId, 'collector');
    const request = {
      caseId,
      planId,
      requestId: randomUUIDv7(),
      confirmedOn: dayFromToday(0),
      confirmationReference: 'HK-2026-18',
    };
    await expect(
      rig.plans.confirmPlan({ ...request, confirmedOn: dayFromToday(1) }, collector),
    ).rejects.toMatchObject({ reason: 'confirmed_in_future' });
    const { plan: confirmed } = await rig.plans.confirmPlan(
      { ...request, requestId: randomUUIDv7() },
      collector,
    );
    expect(confirmed).toMatchObject({
      confirmedOn: dayFromToday(0),
      confirmationReference: 'HK-2026-18',
    });
    await expect(
      rig.plans.confirmPlan({ ...request, requestId: randomUUIDv7() }, collector),
    ).rejects.toMatchObject({ reason: 'plan_already_confirmed' });
  });

  it('of another case is unknown', async () => {
    const { caseId, director } = await stage();
    const other = await stage();
    const { planId = '' } = (await rig.plans.agreePlan(plan(caseId, two), director)).plan ?? {};
    const request = { planId, requestId: randomUUIDv7(), reason: '登记错误' };
    await expect(
      rig.plans.cancelPlan({ ...request, caseId: other.caseId }, director),
    ).rejects.toMatchObject({ kind: 'missing' });
    await expect(
      rig.plans.cancelPlan({ ...request, caseId }, other.director),
    ).rejects.toMatchObject({ kind: 'missing' });
  });

  it('ends with the case that is closed by hand', async () => {
    const { caseId, director, plans, file } = await stage();
    await rig.plans.agreePlan(plan(caseId, two), director);
    const { case: now } = await rig.cases.getCase({ caseId }, director);
    await rig.cases.closeCase(
      {
        caseId,
        outcome: CaseOutcome.SETTLED,
        reason: '双方和解',
        expectedVersion: now?.version ?? file.version,
        requestId: randomUUIDv7(),
      },
      director,
    );
    expect(said((await plans())[0])).toBe('CANCELLED CANCELLED 0 CANCELLED 0');
  });
});

describe('the agency of a placed case', () => {
  it('sees its plan and agrees none', async () => {
    const { caseId, director, file } = await stage();
    await rig.plans.agreePlan(plan(caseId, two), director);
    const placement = placementOf(rig, file);
    const agent = await agencyCall(rig, placement.agencyId);
    await expect(rig.plans.listPlans({ caseId }, agent)).rejects.toMatchObject({ kind: 'missing' });
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const { plans } = await rig.plans.listPlans({ caseId }, agent);
    expect(plans.map(said)).toEqual(['ACTIVE PENDING 0 PENDING 0']);
    await expect(rig.plans.agreePlan(plan(caseId, two), agent)).rejects.toMatchObject({
      kind: 'denied',
    });
    await placement.recall();
    await handlingIs(rig, file, Handling.INTERNAL);
    await expect(rig.plans.listPlans({ caseId }, agent)).rejects.toMatchObject({ kind: 'missing' });
  });
});
