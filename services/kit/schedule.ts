import { CronExpressionParser } from 'cron-parser';
import type { Tx } from './db.ts';
import { namedUuid } from './hash.ts';

/** Five fields of cron, read by the clock of a zone of the IANA database. */
export type Schedule = { cron: string; zone: string };

/** Work that a service does by itself, for every organisation. */
export type ScheduledJob = { name: string; schedule: Schedule };

function times({ cron, zone }: Schedule, at: Temporal.Instant) {
  return CronExpressionParser.parse(cron, {
    currentDate: new Date(at.epochMilliseconds),
    tz: zone,
  });
}

const instant = (date: { getTime(): number }) =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime());

/** The latest time before `at` that the schedule names. */
export function lastDue(schedule: Schedule, at: Temporal.Instant): Temporal.Instant {
  return instant(times(schedule, at).prev());
}

/** The first time after `at` that the schedule names. */
export function nextDue(schedule: Schedule, at: Temporal.Instant): Temporal.Instant {
  return instant(times(schedule, at).next());
}

/**
 * Organisations that this service has ever had to do with, found by hopping from one to the next in
 * the index, however many rows each has.
 */
function knownOrganisations(tx: Tx): Promise<{ org_id: string }[]> {
  const hop = (table: string) => `(
    WITH RECURSIVE seen AS (
      (SELECT org_id FROM ${table} ORDER BY org_id LIMIT 1)
      UNION ALL
      SELECT (SELECT t.org_id FROM ${table} t WHERE t.org_id > s.org_id ORDER BY t.org_id LIMIT 1)
        FROM seen s WHERE s.org_id IS NOT NULL)
    SELECT org_id FROM seen WHERE org_id IS NOT NULL)`;
  return tx.query(`${hop('aggregate_version')} UNION ${hop('inbox_receipt')}`);
}

/**
 * Asks for a scheduled job once per organisation, in a transaction of the system role; gives how
 * many that are. The same tick once more asks for nothing.
 */
export async function tick(tx: Tx, name: string, tickId: string): Promise<number> {
  const orgIds = (await knownOrganisations(tx)).map((row) => row.org_id);
  await tx.query(
    `INSERT INTO job (org_id, id, name, data, scheduled)
     SELECT o.org_id, o.id, $3, '{}', true FROM unnest($1::uuid[], $2::uuid[]) AS o(org_id, id)
     ON CONFLICT DO NOTHING`,
    [orgIds, orgIds.map((orgId) => namedUuid(tickId, orgId)), name],
  );
  await tx.query(
    `INSERT INTO schedule_tick (name) VALUES ($1)
     ON CONFLICT (name) DO UPDATE SET ticked_at = now()`,
    [name],
  );
  tx.wake('jobs');
  return orgIds.length;
}

/** When each schedule last came about, by its job's name; ISO 8601. */
export async function lastTicks(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ name: string; ticked_at: string }>(
    'SELECT name, ticked_at FROM schedule_tick',
  );
  return new Map(rows.map((row) => [row.name, row.ticked_at]));
}

/** Replicas that start at one time name the tick of one due time alike. */
const caughtUp = '6d6b3f8e-2f0e-4c1b-9b0a-2f1d7c0e5a11';

/**
 * Makes up for the latest time of each schedule that passed while nothing ran: a night that fell
 * into an outage is a night too. However many were missed, one is made up for.
 */
export async function catchUp(
  tx: Tx,
  jobs: readonly ScheduledJob[],
  at: Temporal.Instant,
): Promise<string[]> {
  const ticks = await lastTicks(tx);
  const missed: string[] = [];
  for (const { name, schedule } of jobs) {
    const due = lastDue(schedule, at);
    const last = ticks.get(name);
    if (last !== undefined && Temporal.Instant.compare(Temporal.Instant.from(last), due) >= 0) {
      continue;
    }
    await tick(tx, name, namedUuid(caughtUp, `${name} ${due.toString()}`));
    missed.push(name);
  }
  return missed;
}
