import type { Tx } from '@recourse/kit/db.ts';
import { type Actor, emit } from '@recourse/kit/events.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import { Matter as MatterCodec } from '@recourse/proto/litigation/v1/matters.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { Matter, Told } from '../domain/matter.ts';
import { litigationTopic } from '../topic.ts';
import { lockByName } from './lock.ts';

type Row = { content: unknown };

function matterFrom(row: Row): Matter {
  return MatterCodec.fromJSON(row.content);
}

/** What is derived when it is shown is not kept. */
function contentOf(matter: Matter): string {
  return JSON.stringify(MatterCodec.toJSON(MatterCodec.fromPartial(matter)));
}

/** A matter, locked for the transaction. */
export async function matterForUpdate(tx: Tx, matterId: string): Promise<Matter | undefined> {
  await lockByName(tx, `matter ${matterId}`);
  return getMatter(tx, matterId);
}

export async function getMatter(tx: Tx, matterId: string): Promise<Matter | undefined> {
  const [row] = await tx.query<Row>(
    'SELECT content FROM matter WHERE org_id = $1 AND matter_id = $2',
    [tx.orgId, matterId],
  );
  return row === undefined ? undefined : matterFrom(row);
}

/** The next number of the organisation; others that open a matter wait until the commit. */
export async function nextSerial(tx: Tx): Promise<number> {
  await lockByName(tx, 'matter serial');
  const [row] = await tx.query<{ serial: number }>(
    'SELECT coalesce(max(serial), 0) + 1 AS serial FROM matter WHERE org_id = $1',
    [tx.orgId],
  );
  return row?.serial ?? 1;
}

/** An open matter that claims for one of the cases. */
export async function openMatterOf(
  tx: Tx,
  caseIds: readonly string[],
): Promise<{ caseId: string; matterNumber: string } | undefined> {
  const [row] = await tx.query<{ caseId: string; matterNumber: string }>(
    `SELECT c.case_id AS "caseId", m.number AS "matterNumber"
       FROM matter_case c JOIN matter m ON m.org_id = c.org_id AND m.matter_id = c.matter_id
      WHERE c.org_id = $1 AND c.case_id = ANY ($2::uuid[]) AND c.matter_open LIMIT 1`,
    [tx.orgId, caseIds],
  );
  return row;
}

/** Writes a new matter with its number and its cases. */
export async function addMatter(tx: Tx, matter: Matter, serial: number): Promise<void> {
  await tx.query(
    `INSERT INTO matter (org_id, matter_id, serial, number, state, debtor_id, procedures,
       search_text, opened_at, content, version)
     VALUES ($1, $2, $3, $4, 'OPEN', $5, '{}', $6, $7, $8::jsonb, $9)`,
    [
      tx.orgId,
      matter.matterId,
      serial,
      matter.number,
      matter.debtorId,
      searchText(matter),
      matter.openedAt,
      contentOf(matter),
      matter.version,
    ],
  );
  await tx.query(
    `INSERT INTO matter_case (org_id, matter_id, case_id, matter_open)
     SELECT $1::uuid, $2::uuid, unnest($3::uuid[]), true`,
    [tx.orgId, matter.matterId, matter.cases.map((one) => one.caseId)],
  );
}

function searchText(matter: Matter): string {
  const parties = matter.parties.map((one) => one.name);
  const dockets = matter.proceedings.map((one) => one.docketNumber);
  return [matter.number, matter.title, matter.debtorName, ...parties, ...dockets]
    .join(' ')
    .toLowerCase();
}

const isOpen = (matter: Matter): boolean => matter.state === 'MATTER_STATE_OPEN';

/** Writes a matter as a decision left it. */
export async function saveMatter(tx: Tx, matter: Matter): Promise<void> {
  const procedures = [...new Set(matter.proceedings.map((one) => one.procedure))];
  await tx.query(
    `UPDATE matter SET state = $3, procedures = $4, search_text = $5, content = $6::jsonb,
        version = $7
      WHERE org_id = $1 AND matter_id = $2`,
    [
      tx.orgId,
      matter.matterId,
      isOpen(matter) ? 'OPEN' : 'CLOSED',
      procedures,
      searchText(matter),
      contentOf(matter),
      matter.version,
    ],
  );
  if (!isOpen(matter)) {
    await tx.query(
      'UPDATE matter_case SET matter_open = false WHERE org_id = $1 AND matter_id = $2',
      [tx.orgId, matter.matterId],
    );
  }
}

export type MatterFilter = {
  states: readonly ('OPEN' | 'CLOSED')[];
  procedures: readonly string[];
  caseId: string;
  debtorId: string;
  query: string;
};

/** A page of matters, newest first. */
export async function listMatters(tx: Tx, filter: MatterFilter, asked: PageRequest | undefined) {
  const likeText = filter.query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&');
  const { sql, values } = where([
    ['m.org_id = ?', tx.orgId],
    unlessEmpty('m.state = ANY (?)', filter.states),
    unlessEmpty('m.procedures && ?::text[]', filter.procedures),
    unlessEmpty('m.debtor_id = ?', filter.debtorId),
    filter.query === '' ? undefined : ['m.search_text LIKE ?', `%${likeText}%`],
    filter.caseId === ''
      ? undefined
      : [
          `EXISTS (SELECT FROM matter_case c WHERE c.org_id = m.org_id
             AND c.matter_id = m.matter_id AND c.case_id = ?)`,
          filter.caseId,
        ],
  ]);
  const listing = {
    table: 'matter',
    alias: 'm',
    conditions: sql,
    values,
    besides: '',
    columns: 'm.content',
    sortColumn: 'm.opened_at',
    idColumn: 'm.matter_id',
    descending: true,
  };
  const found = await page<Row>(tx, listing, asked, { matters: filter });
  return { matters: found.rows.map(matterFrom), page: found.page };
}

/** When and by whom a change was made; jobs and events have no person. */
export type Made = { at: Temporal.Instant; actor?: Actor };

/** Tells what happened to a matter, within `tx`. */
export async function tell(
  tx: Tx,
  matterId: string,
  made: Made,
  events: readonly Told[],
): Promise<void> {
  await emit(tx, litigationTopic, { aggregateId: matterId, ...made }, events);
}
