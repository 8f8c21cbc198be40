import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emitAll, type Told } from '@recourse/kit/events.ts';
import { CaseOutcome } from '@recourse/proto/cases/v1/cases.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import type { Outcome } from '../domain/case.ts';
import { creditorZone, rulesOn } from '../rules/in-force.ts';
import { casesTopic } from '../topic.ts';
import { standingOf } from '../domain/standing.ts';
import type { CaseRow } from './cases.ts';
import { earliestAwaited } from './promises.ts';
import { lockFacts, saveStandings, type StandingFacts, standingFrom, workOf } from './standing.ts';

/** Which cases to refresh; ids of other organisations match nothing. */
export type RefreshScope =
  | { caseIds: readonly string[] }
  | { debtorIds: readonly string[] }
  | { receivableIds: readonly string[] };

function condition(scope: RefreshScope): { which: string; ids: readonly string[] } {
  if ('caseIds' in scope) return { which: 'c.case_id = ANY($3)', ids: scope.caseIds };
  if ('debtorIds' in scope) return { which: 'c.debtor_id = ANY($3)', ids: scope.debtorIds };
  return {
    which: `c.case_id IN (SELECT r.case_id FROM receivable r
              WHERE r.org_id = $1 AND r.receivable_id = ANY($3))`,
    ids: scope.receivableIds,
  };
}

/**
 * Makes the figures, tier and next step of open cases what their receivables say, within the
 * transaction that changed those (an import, its undo, the night). A case with nothing left to
 * collect is closed: PAID when its receivables were settled, WITHDRAWN when they are gone. A few
 * thousand ids at a time. Call `lockCasesOf` before the receivables are written, so that locks keep
 * their order.
 */
export async function refreshCases(
  tx: Tx,
  scope: RefreshScope,
  at: Temporal.Instant,
): Promise<{ refreshed: number; closed: number }> {
  const today = dayIn(creditorZone, at);
  const { which, ids } = condition(scope);
  // A plan for any list of ids: one for each list took ten times as long as carrying it out.
  tx.withCommit(tx.query('SET LOCAL plan_cache_mode = force_generic_plan'));
  const rules = rulesOn(today).standing;
  await detachStrangers(tx, which, ids);
  const facts = await lockFacts(tx, today, which, [ids]);
  await saveStandings(
    tx,
    facts.map((one) => ({
      caseId: one.caseId,
      standing: standingFrom(one, today, creditorZone, rules),
    })),
  );
  const ended = facts.filter((one) => one.openMinor === 0n);
  await closeEnded(tx, ended, at);
  return { refreshed: facts.length, closed: ended.length };
}

/** Makes the next step of one open case what it is for who works it now; the case is locked. */
export async function refreshNext(tx: Tx, row: CaseRow, at: Temporal.Instant): Promise<void> {
  const today = dayIn(creditorZone, at);
  const work = workOf(row, await earliestAwaited(tx, row.caseId), creditorZone);
  const { caseId, currency, oldestDueDate } = row;
  const { standing: rules } = rulesOn(today);
  const standing = standingOf(currency, row, work, oldestDueDate, today, rules);
  await saveStandings(tx, [{ caseId, standing }]);
}

/**
 * A delivery may give a document to another customer or currency; it then leaves the case it was
 * in.
 */
async function detachStrangers(tx: Tx, which: string, ids: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE receivable r SET case_id = NULL FROM case_file c
      WHERE c.org_id = $1 AND c.state = 'OPEN' AND ${which.replace('$3', '$2')}
        AND r.org_id = $1 AND r.case_id = c.case_id
        AND (r.debtor_id <> c.debtor_id OR r.currency <> c.currency)`,
    [tx.orgId, ids],
  );
}

export type LockedCase = {
  orgId: string;
  caseId: string;
  handling: 'INTERNAL' | 'OFFERED' | 'PLACED';
  agencyId: string | null;
};

/** Locks the open cases of receivables or debtors in the order of their ids. */
export async function lockCasesOf(tx: Tx, scope: RefreshScope): Promise<LockedCase[]> {
  const { which, ids } = condition(scope);
  return tx.query<LockedCase>(
    `SELECT c.org_id AS "orgId", c.case_id AS "caseId", c.handling, c.agency_id AS "agencyId"
       FROM case_file c WHERE c.org_id = $1 AND c.state = 'OPEN'
        AND ${which.replace('$3', '$2')} ORDER BY c.case_id FOR NO KEY UPDATE`,
    [tx.orgId, ids],
  );
}

type Closed = { caseId: string; debtorId: string; agencyId: string | null; outcome: Outcome };

async function closeEnded(
  tx: Tx,
  ended: readonly StandingFacts[],
  at: Temporal.Instant,
): Promise<void> {
  if (ended.length === 0) return;
  const outcomes = ended.map((one) => (one.attachedCount > 0n ? 'PAID' : 'WITHDRAWN'));
  const closed = await tx.query<Closed>(
    `WITH closed AS (
       UPDATE case_file c SET state = 'CLOSED', outcome = e.outcome, closed_at = $4, next_step = '',
              next_day = 'infinity', next_why = NULL, version = c.version + 1
         FROM unnest($2::uuid[], $3::text[]) AS e(case_id, outcome)
        WHERE c.org_id = $1 AND c.case_id = e.case_id
        RETURNING c.case_id, c.debtor_id, c.handling, c.agency_id, c.outcome),
     told AS (
       INSERT INTO timeline_entry (org_id, case_id, at, kind, what, facts)
       SELECT $1, case_id, $4, 'case', 'case_closed', jsonb_build_object('outcome', outcome)
         FROM closed)
     SELECT case_id AS "caseId", debtor_id AS "debtorId", outcome,
            CASE WHEN handling = 'PLACED' THEN agency_id END AS "agencyId" FROM closed`,
    [tx.orgId, ended.map((one) => one.caseId), outcomes, at],
  );
  await emitAll(
    tx,
    casesTopic,
    closed.map((one) => closedNews(tx.orgId, one, at)),
  );
}

function closedNews(orgId: string, closed: Closed, at: Temporal.Instant): Told<CasesEvent> {
  const { caseId, debtorId, agencyId } = closed;
  const outcome = CaseOutcome[closed.outcome];
  return {
    about: { aggregateId: caseId, at, audience: agencyId === null ? [orgId] : [orgId, agencyId] },
    events: [{ $case: 'caseClosed', value: { caseId, debtorId, outcome } }],
  };
}
