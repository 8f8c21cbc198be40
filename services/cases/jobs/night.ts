import { dayIn } from '@recourse/kit/day.ts';
import { now } from '@recourse/kit/clock.ts';
import type { Db, Tx } from '@recourse/kit/db.ts';
import { emitAll } from '@recourse/kit/events.ts';
import type { Job } from '@recourse/kit/jobs.ts';
import { creditorZone } from '../rules/in-force.ts';
import { audienceOf, openCaseIds } from '../store/cases.ts';
import { tellJoined } from '../store/joining.ts';
import { joinOverdue } from '../store/opening.ts';
import { casesWithAgreedOver } from '../store/promises.ts';
import { endPlansOfClosed } from '../store/plans.ts';
import { joined, settleTerms } from '../store/plan-settling.ts';
import { endLapsedClosings } from '../store/closing-ending.ts';
import { lockCasesOf, refreshCases } from '../store/refresh.ts';
import { settlePromises } from '../store/settling.ts';
import { settlementNews } from '../store/settlement-settling.ts';
import { endSettlementsOfClosed } from '../store/settlements.ts';
import { note } from '../store/timeline.ts';
import { casesTopic } from '../topic.ts';

/**
 * What a new day changes: promises, instalments and settlements that are over, debts that became
 * overdue, ages and next steps.
 */

/** Cases of one transaction, so that the night never holds many rows for long. */
const batch = 1_000;
const first = '00000000-0000-0000-0000-000000000000';

/** Does something to batches of cases in the order of their ids; each batch is one transaction. */
async function inBatches(
  db: Db,
  orgId: string,
  signal: AbortSignal,
  read: (tx: Tx, after: string) => Promise<readonly string[]>,
  work: (tx: Tx, caseIds: readonly string[]) => Promise<unknown>,
): Promise<number> {
  let done = 0;
  for (let after: string | undefined = first; after !== undefined;) {
    signal.throwIfAborted();
    const from: string = after;
    const caseIds = await db.tenant(orgId, async (tx) => {
      const found = await read(tx, from);
      if (found.length > 0) await work(tx, found);
      return found;
    });
    done += caseIds.length;
    after = caseIds.length < batch ? undefined : caseIds.at(-1);
  }
  return done;
}

async function settleOver(tx: Tx, caseIds: readonly string[], at: Temporal.Instant): Promise<void> {
  const locked = new Map((await lockCasesOf(tx, { caseIds })).map((one) => [one.caseId, one]));
  const today = dayIn(creditorZone, at);
  const promises = await settlePromises(tx, caseIds, today, at);
  const settled = joined(promises, await settleTerms(tx, [...locked.keys()], today, at));
  const told = [...settled].map(([caseId, events]) => {
    const row = locked.get(caseId);
    const audience = row === undefined ? [tx.orgId] : audienceOf(row);
    return { about: { aggregateId: caseId, at, audience }, events };
  });
  await emitAll(tx, casesTopic, told);
  await refreshCases(tx, { caseIds }, at);
}

/** A case that was paid or withdrawn by an import, or paid with less, leaves its plan behind. */
async function endPlans(tx: Tx, at: Temporal.Instant): Promise<void> {
  const ended = await endPlansOfClosed(tx, at);
  const happenings = ended.map(({ caseId, planId }) => {
    const facts = { plan_id: planId };
    return { caseId, kind: 'plan' as const, what: 'plan_cancelled', actor: undefined, facts };
  });
  await note(tx, at, happenings);
  const told = ended.map((value) => ({
    about: { aggregateId: value.caseId, at, audience: [tx.orgId] },
    events: [{ $case: 'planCancelled' as const, value }],
  }));
  await emitAll(tx, casesTopic, told);
}

/** The same of a settlement that nobody decided or paid. */
async function endSettlements(tx: Tx, at: Temporal.Instant): Promise<void> {
  const ended = await endSettlementsOfClosed(tx, at);
  const happenings = ended.map(({ caseId, settlementId }) => {
    const facts = { settlement_id: settlementId };
    const what = 'settlement_withdrawn';
    return { caseId, kind: 'settlement' as const, what, actor: undefined, facts };
  });
  await note(tx, at, happenings);
  const told = ended.map((one) => ({
    about: { aggregateId: one.caseId, at, audience: [tx.orgId] },
    events: [settlementNews(one, 'WITHDRAWN')],
  }));
  await emitAll(tx, casesTopic, told);
}

/** One creditor's night; run again it finds nothing to do. */
export async function night(
  db: Db,
  orgId: string,
  at: Temporal.Instant,
  signal: AbortSignal,
): Promise<{ settled: number; refreshed: number }> {
  const today = dayIn(creditorZone, at);
  await db.tenant(orgId, async (tx) => {
    await endPlans(tx, at);
    await endSettlements(tx, at);
    await endLapsedClosings(tx, at);
  });
  const settled = await inBatches(
    db,
    orgId,
    signal,
    (tx, after) => casesWithAgreedOver(tx, today, after, batch),
    (tx, caseIds) => settleOver(tx, caseIds, at),
  );
  await db.tenant(orgId, async (tx) => tellJoined(tx, await joinOverdue(tx, today), { at }));
  const refreshed = await inBatches(
    db,
    orgId,
    signal,
    (tx, after) => openCaseIds(tx, after, batch),
    (tx, caseIds) => refreshCases(tx, { caseIds }, at),
  );
  return { settled, refreshed };
}

/** Ten past midnight of the creditor, when what was agreed for yesterday is over. */
export function nightJob(db: Db): Job {
  return {
    name: 'cases-night',
    schedule: { cron: '10 0 * * *', zone: creditorZone },
    run: async ({ orgId, signal, log }) => {
      const done = await night(db, orgId, now(), signal);
      log.info(done, 'cases refreshed');
    },
  };
}
