import type { Tx } from '@recourse/kit/db.ts';
import { type Day, dayIn } from '@recourse/kit/day.ts';
import type { Handled } from '../domain/grant.ts';
import type { Deeds } from '../domain/next-action.ts';
import {
  type Owed,
  type Standing,
  standingOf,
  type StandingRules,
  type Work,
} from '../domain/standing.ts';
import type { Awaited } from './promises.ts';

/** Where cases stand, read and written set by set. */

/** All that the standing of a case is made of. */
export type StandingFacts = (Owed & Awaited) & {
  caseId: string;
  debtorId: string;
  currency: string;
  lastOldestDueDate: string;
  openedAt: string;
  lastContactAt: string;
  missedCalls: number;
  deeds: Deeds;
  escalations: number;
  handling: Handled['handling'];
  grade: string | null;
  /** Receivables that belong to the case, open or not. */
  attachedCount: bigint;
};

/** What `CaseWork` needs of a row; `-infinity` is no contact yet. */
export function workOf(
  row: {
    openedAt: string;
    lastContactAt: string;
    missedCalls: number;
    deeds: Deeds;
    escalations: number;
    handling: Handled['handling'];
    grade: string | null;
  },
  awaited: Awaited,
  zone: string,
): Work {
  const hasContact = row.lastContactAt !== '-infinity';
  return {
    openedOn: dayIn(zone, Temporal.Instant.from(row.openedAt)),
    lastContactOn: hasContact ? dayIn(zone, Temporal.Instant.from(row.lastContactAt)) : undefined,
    missedCalls: row.missedCalls,
    promiseDueDay: awaited.promiseDueDay ?? undefined,
    instalmentDueDay: awaited.instalmentDueDay ?? undefined,
    settlementDueDay: awaited.settlementDueDay ?? undefined,
    deeds: row.deeds,
    escalations: row.escalations,
    isPlaced: row.handling === 'PLACED',
    grade: row.grade ?? undefined,
  };
}

/**
 * The facts of open cases, their rows locked in the order of their ids. `which` is a condition on
 * `case_file c` whose parameters begin at $3.
 */
export async function lockFacts(
  tx: Tx,
  today: Day,
  which: string,
  params: readonly unknown[],
): Promise<StandingFacts[]> {
  return tx.query<StandingFacts>(
    `WITH locked AS MATERIALIZED (
       SELECT c.* FROM case_file c
        WHERE c.org_id = $1 AND c.state = 'OPEN' AND ${which}
        ORDER BY c.case_id FOR NO KEY UPDATE),
     owed AS (
       SELECT r.case_id, count(*) AS attached,
              count(*) FILTER (WHERE r.open_minor + r.costs_minor + r.interest_minor > 0)
                AS open_count,
              sum(r.open_minor + r.costs_minor + r.interest_minor) AS open_minor,
              sum(r.open_minor + r.costs_minor + r.interest_minor)
                FILTER (WHERE r.due_date < $2) AS overdue_minor,
              min(r.due_date)
                FILTER (WHERE r.open_minor + r.costs_minor + r.interest_minor > 0) AS oldest
         FROM receivable r WHERE r.org_id = $1 AND r.case_id IN (SELECT case_id FROM locked)
        GROUP BY r.case_id)
     SELECT c.case_id AS "caseId", c.debtor_id AS "debtorId", c.currency,
            c.oldest_due_date AS "lastOldestDueDate", c.opened_at AS "openedAt",
            c.last_contact_at AS "lastContactAt", c.missed_calls AS "missedCalls",
            c.deeds, c.escalations, c.handling, (SELECT g.grade FROM debtor_grade g
               WHERE g.org_id = c.org_id AND g.debtor_id = c.debtor_id) AS grade,
            (SELECT min(p.due_day) FROM promise p WHERE p.org_id = c.org_id
               AND p.case_id = c.case_id AND p.state = 'PENDING') AS "promiseDueDay",
            (SELECT min(i.due_day) FROM instalment i WHERE i.org_id = c.org_id
               AND i.case_id = c.case_id AND i.state = 'PENDING') AS "instalmentDueDay",
            (SELECT s.due_day FROM settlement s WHERE s.org_id = c.org_id
               AND s.case_id = c.case_id AND s.state = 'APPROVED') AS "settlementDueDay",
            coalesce(o.attached, 0) AS "attachedCount",
            coalesce(o.open_count, 0) AS "receivableCount",
            coalesce(o.open_minor, 0)::bigint AS "openMinor",
            coalesce(o.overdue_minor, 0)::bigint AS "overdueMinor", o.oldest AS "oldestDueDate"
       FROM locked c LEFT JOIN owed o ON o.case_id = c.case_id`,
    [tx.orgId, today, ...params],
  );
}

export function standingFrom(
  facts: StandingFacts,
  today: Day,
  zone: string,
  rules: StandingRules,
): Standing {
  const owed = { ...facts, oldestDueDate: facts.oldestDueDate ?? undefined };
  const work = workOf(facts, facts, zone);
  return standingOf(facts.currency, owed, work, facts.lastOldestDueDate, today, rules);
}

const saveSql = `
  UPDATE case_file c SET
         open_minor = s.open_minor, overdue_minor = s.overdue_minor,
         receivable_count = s.receivable_count, oldest_due_date = s.oldest_due_date, tier = s.tier,
         tier_why = s.tier_why, next_step = s.next_step, next_day = s.next_day,
         next_why = s.next_why, version = c.version + 1
    FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::date[], $7::text[],
                $8::jsonb[], $9::text[], $10::date[], $11::jsonb[])
      AS s(case_id, open_minor, overdue_minor, receivable_count, oldest_due_date, tier, tier_why,
           next_step, next_day, next_why)
   WHERE c.org_id = $1 AND c.case_id = s.case_id
     AND (c.open_minor, c.overdue_minor, c.receivable_count, c.oldest_due_date, c.tier,
          c.next_step, c.next_day)
      IS DISTINCT FROM (s.open_minor, s.overdue_minor, s.receivable_count, s.oldest_due_date,
          s.tier, s.next_step, s.next_day)`;

/** Columns of standings as arrays, in the order of `saveSql`. */
export function standingColumns(standings: readonly Standing[]): unknown[] {
  return [
    standings.map((one) => one.openMinor),
    standings.map((one) => one.overdueMinor),
    standings.map((one) => one.receivableCount),
    standings.map((one) => one.oldestDueDate),
    standings.map((one) => one.tier),
    standings.map((one) => JSON.stringify(one.tierWhy)),
    standings.map((one) => one.nextStep),
    standings.map((one) => one.nextDay),
    standings.map((one) => JSON.stringify(one.nextWhy)),
  ];
}

/** Writes standings where they differ from what stands; unchanged cases keep their version. */
export async function saveStandings(
  tx: Tx,
  standings: readonly { caseId: string; standing: Standing }[],
): Promise<void> {
  if (standings.length === 0) return;
  const columns = standingColumns(standings.map((one) => one.standing));
  await tx.query(saveSql, [tx.orgId, standings.map((one) => one.caseId), ...columns]);
}
