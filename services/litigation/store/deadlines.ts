import type { Tx } from '@recourse/kit/db.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import { Deadline as DeadlineCodec, Hearing } from '@recourse/proto/litigation/v1/deadlines.ts';
import type { Deadline } from '@recourse/proto/litigation/v1/deadlines.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';

type Row = { content: unknown; toldDays: number | null };

const codec = {
  from: (row: Pick<Row, 'content'>): Deadline => DeadlineCodec.fromJSON(row.content),
  text: (deadline: Deadline): string => JSON.stringify(DeadlineCodec.toJSON(deadline)),
};

const stateWord = (deadline: Deadline): string => deadline.state.replace('DEADLINE_STATE_', '');

/** Writes deadlines as they are now; new ones are added. */
export async function saveDeadlines(
  tx: Tx,
  deadlines: readonly Deadline[],
  toldDays?: number,
): Promise<void> {
  for (const one of deadlines) {
    await tx.query(
      `INSERT INTO deadline (org_id, deadline_id, matter_id, state, due_day, fatal, confirmed,
         content, version, told_days)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)
       ON CONFLICT (org_id, deadline_id) DO UPDATE SET state = excluded.state,
         due_day = excluded.due_day, confirmed = excluded.confirmed, content = excluded.content,
         version = excluded.version, fatal = excluded.fatal,
         told_days = CASE WHEN excluded.due_day = deadline.due_day
           THEN coalesce(excluded.told_days, deadline.told_days) END`,
      [
        tx.orgId,
        one.deadlineId,
        one.matterId,
        stateWord(one),
        one.dueDay,
        one.fatal,
        one.confirmedBy !== undefined,
        codec.text(one),
        one.version,
        toldDays ?? null,
      ],
    );
  }
}

/** All deadlines of matters, whatever their state. */
export async function deadlinesOf(tx: Tx, matterIds: readonly string[]): Promise<Deadline[]> {
  const rows = await tx.query<Row>(
    `SELECT content FROM deadline WHERE org_id = $1 AND matter_id = ANY ($2::uuid[])
      ORDER BY due_day, deadline_id`,
    [tx.orgId, matterIds],
  );
  return rows.map(codec.from);
}

/** A deadline of a matter, locked. */
export async function deadlineForUpdate(
  tx: Tx,
  matterId: string,
  deadlineId: string,
): Promise<Deadline | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT content FROM deadline WHERE org_id = $1 AND matter_id = $2 AND deadline_id = $3
      FOR UPDATE`,
    [tx.orgId, matterId, deadlineId],
  );
  return row === undefined ? undefined : codec.from(row);
}

/** Open deadlines by a day, locked, with how near they were told before: for the morning's job. */
export async function openBy(
  tx: Tx,
  by: string,
): Promise<{ deadline: Deadline; toldDays: number | undefined }[]> {
  const rows = await tx.query<Row>(
    `SELECT content, told_days AS "toldDays" FROM deadline
      WHERE org_id = $1 AND state = 'OPEN' AND due_day <= $2
      ORDER BY deadline_id FOR UPDATE`,
    [tx.orgId, by],
  );
  return rows.map((row) => ({ deadline: codec.from(row), toldDays: row.toldDays ?? undefined }));
}

export type DeadlineFilter = {
  matterId: string;
  states: readonly string[];
  dueFrom: string;
  dueTo: string;
  onlyFatal: boolean;
  onlyUnconfirmed: boolean;
};

/** A page of deadlines, soonest first. */
export async function listDeadlines(
  tx: Tx,
  filter: DeadlineFilter,
  asked: PageRequest | undefined,
) {
  const { sql, values } = where([
    ['d.org_id = ?', tx.orgId],
    unlessEmpty('d.matter_id = ?', filter.matterId),
    unlessEmpty('d.state = ANY (?)', filter.states),
    filter.states.length > 0 ? undefined : [`d.state <> 'VOID'`],
    unlessEmpty('d.due_day >= ?', filter.dueFrom),
    unlessEmpty('d.due_day <= ?', filter.dueTo),
    filter.onlyFatal ? ['d.fatal'] : undefined,
    filter.onlyUnconfirmed ? [`d.fatal AND NOT d.confirmed AND d.state = 'OPEN'`] : undefined,
  ]);
  const listing = {
    table: 'deadline',
    alias: 'd',
    conditions: sql,
    values,
    besides: '',
    columns: 'd.content',
    sortColumn: 'd.due_day',
    idColumn: 'd.deadline_id',
    descending: false,
  };
  const found = await page<Row>(tx, listing, asked, { deadlines: filter });
  return { deadlines: found.rows.map(codec.from), page: found.page };
}

/** Writes a hearing as it is now. */
export async function saveHearing(tx: Tx, hearing: Hearing): Promise<void> {
  await tx.query(
    `INSERT INTO hearing (org_id, hearing_id, matter_id, at, content, version)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6)
     ON CONFLICT (org_id, hearing_id) DO UPDATE SET at = excluded.at, content = excluded.content,
       version = excluded.version`,
    [
      tx.orgId,
      hearing.hearingId,
      hearing.matterId,
      hearing.at,
      JSON.stringify(Hearing.toJSON(hearing)),
      hearing.version,
    ],
  );
}

/** All hearings of a matter by their time. */
export async function hearingsOf(tx: Tx, matterId: string): Promise<Hearing[]> {
  const rows = await tx.query<{ content: unknown }>(
    `SELECT content FROM hearing WHERE org_id = $1 AND matter_id = $2 ORDER BY at, hearing_id`,
    [tx.orgId, matterId],
  );
  return rows.map((row) => Hearing.fromJSON(row.content));
}

export type HearingFilter = { matterId: string; from: string; to: string };

/** A page of hearings by time; `from` and `to` are instants, `to` is not included. */
export async function listHearings(tx: Tx, filter: HearingFilter, asked: PageRequest | undefined) {
  const { sql, values } = where([
    ['h.org_id = ?', tx.orgId],
    unlessEmpty('h.matter_id = ?', filter.matterId),
    unlessEmpty('h.at >= ?', filter.from),
    unlessEmpty('h.at < ?', filter.to),
  ]);
  const listing = {
    table: 'hearing',
    alias: 'h',
    conditions: sql,
    values,
    besides: '',
    columns: 'h.content',
    sortColumn: 'h.at',
    idColumn: 'h.hearing_id',
    descending: false,
  };
  const found = await page<{ content: unknown }>(tx, listing, asked, { hearings: filter });
  return { hearings: found.rows.map((row) => Hearing.fromJSON(row.content)), page: found.page };
}

/** More entries of a kind than anyone reads in a calendar; beyond it the calendar says so. */
export const calendarMost = 5_000;

/** What stands in calendars; `more` when there is further on than calendars take. */
export type CalendarEntries = { deadlines: Deadline[]; hearings: Hearing[]; more: boolean };

/**
 * Our own open deadlines, and the hearings of open matters from an instant on: the soonest first,
 * so that neither the opponent's deadlines nor hearings of the past crowd out what comes.
 */
export async function calendarEntries(tx: Tx, since: Temporal.Instant): Promise<CalendarEntries> {
  const deadlines = await tx.query<{ content: unknown }>(
    `SELECT content FROM deadline
      WHERE org_id = $1 AND state = 'OPEN' AND content ->> 'boundParty' = 'us'
      ORDER BY due_day, deadline_id LIMIT $2`,
    [tx.orgId, calendarMost + 1],
  );
  const hearings = await tx.query<{ content: unknown }>(
    `SELECT h.content FROM hearing h
       JOIN matter m ON m.org_id = $1 AND m.matter_id = h.matter_id AND m.state = 'OPEN'
      WHERE h.org_id = $1 AND h.at >= $3 ORDER BY h.at, h.hearing_id LIMIT $2`,
    [tx.orgId, calendarMost + 1, since],
  );
  return {
    deadlines: deadlines.slice(0, calendarMost).map(codec.from),
    hearings: hearings.slice(0, calendarMost).map((row) => Hearing.fromJSON(row.content)),
    more: deadlines.length > calendarMost || hearings.length > calendarMost,
  };
}
