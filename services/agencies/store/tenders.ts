import type { Tx } from '@recourse/kit/db.ts';
import { page, where } from '@recourse/kit/page.ts';
import { TenderSummary } from '@recourse/proto/agencies/v1/tenders.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { AwardResult, Tender, TenderCase, TenderState } from '../domain/tender.ts';
import type { Fit } from '../domain/tender-summary.ts';
import { lockByName } from './lock.ts';

type Row = {
  orgId: string;
  tenderId: string;
  title: string;
  note: string;
  creditorName: string;
  openToAll: boolean;
  deadline: string;
  summary: unknown;
  state: Tender['decided'];
  publishedAt: string;
  openedAt: string | null;
  closedAt: string | null;
  endedAt: string | null;
  cancelReason: string;
  contentHash: string;
};

const columns = `t.org_id AS "orgId", t.tender_id AS "tenderId", t.title, t.note,
  t.creditor_name AS "creditorName", t.open_to_all AS "openToAll", t.deadline, t.summary, t.state,
  t.published_at AS "publishedAt", t.opened_at AS "openedAt", t.closed_at AS "closedAt",
  t.ended_at AS "endedAt", t.cancel_reason AS "cancelReason", t.content_hash AS "contentHash"`;

function instant(text: string | null): Temporal.Instant | undefined {
  return text === null ? undefined : Temporal.Instant.from(text);
}

function tenderFrom({ orgId, state, deadline, publishedAt, ...row }: Row): Tender {
  return {
    ...row,
    creditorId: orgId,
    decided: state,
    summary: TenderSummary.fromJSON(row.summary),
    deadline: Temporal.Instant.from(deadline),
    publishedAt: Temporal.Instant.from(publishedAt),
    openedAt: instant(row.openedAt),
    closedAt: instant(row.closedAt),
    endedAt: instant(row.endedAt),
  };
}

/**
 * One of the creditor's tenders, locked: bids, opening, award and cancelling wait for each other.
 */
export async function tenderForUpdate(tx: Tx, tenderId: string): Promise<Tender | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM tender t WHERE t.org_id = $1 AND t.tender_id = $2 FOR UPDATE`,
    [tx.orgId, tenderId],
  );
  return row && tenderFrom(row);
}

/**
 * The creditor's tenders whose deadline has passed and of which that was not told, locked; at most
 * `most`, the longest over first.
 */
export async function tendersToClose(
  tx: Tx,
  at: Temporal.Instant,
  most: number,
): Promise<Tender[]> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} FROM tender t
      WHERE t.org_id = $1 AND t.state = 'OPEN' AND t.opened_at IS NULL AND t.closed_at IS NULL
        AND t.deadline <= $2
      ORDER BY t.deadline, t.tender_id LIMIT $3 FOR UPDATE`,
    [tx.orgId, at, most],
  );
  return rows.map(tenderFrom);
}

/** One of the creditor's tenders. */
export async function ownTender(tx: Tx, tenderId: string): Promise<Tender | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM tender t WHERE t.org_id = $1 AND t.tender_id = $2`,
    [tx.orgId, tenderId],
  );
  return row && tenderFrom(row);
}

/**
 * Holds other tendering of the creditor back and tells which of the cases are in a tender that is
 * not decided, with its id.
 */
export async function lockTendered(
  tx: Tx,
  caseIds: readonly string[],
): Promise<Map<string, string>> {
  await lockByName(tx, 'tender');
  const rows = await tx.query<{ caseId: string; tenderId: string }>(
    `SELECT c.case_id AS "caseId", c.tender_id AS "tenderId" FROM tender_case c
       JOIN tender t ON t.org_id = c.org_id AND t.tender_id = c.tender_id AND t.state = 'OPEN'
      WHERE c.org_id = $1 AND c.case_id = ANY ($2::uuid[])`,
    [tx.orgId, caseIds],
  );
  return new Map(rows.map((row) => [row.caseId, row.tenderId]));
}

/** An agency that a tender names. */
export type Invited = { agencyId: string; name: string };

/** Adds a new tender with its cases and whom it invites. */
export async function addTender(
  tx: Tx,
  tender: Tender,
  cases: readonly TenderCase[],
  invited: readonly Invited[],
): Promise<void> {
  const { tenderId, summary } = tender;
  await tx.query(
    `INSERT INTO tender (org_id, tender_id, title, note, creditor_name, open_to_all, deadline,
       summary, regions, sectors, state, published_at, content_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10::jsonb, $11, $12, $13)`,
    [
      tx.orgId,
      tenderId,
      tender.title,
      tender.note,
      tender.creditorName,
      tender.openToAll,
      tender.deadline,
      JSON.stringify(TenderSummary.toJSON(summary)),
      JSON.stringify(summary.regions.map(({ name }) => name)),
      JSON.stringify(summary.sectors.map(({ name }) => name)),
      tender.decided,
      tender.publishedAt,
      tender.contentHash,
    ],
  );
  const rows = cases.map((one, place) => ({
    case_id: one.caseId,
    case_number: one.caseNumber,
    debtor_name: one.debtorName,
    place,
  }));
  await tx.query(
    `INSERT INTO tender_case (org_id, tender_id, case_id, place, case_number, debtor_name)
     SELECT $1, $2, case_id, place, case_number, debtor_name FROM jsonb_to_recordset($3::jsonb)
       AS r(case_id uuid, place integer, case_number text, debtor_name text)`,
    [tx.orgId, tenderId, JSON.stringify(rows)],
  );
  await addInvited(tx, tenderId, invited, true);
}

/** Adds agencies to a tender, those left out that are there already. */
export async function addInvited(
  tx: Tx,
  tenderId: string,
  invited: readonly Invited[],
  named: boolean,
): Promise<void> {
  if (invited.length === 0) return;
  await tx.query(
    `INSERT INTO tender_invitation (org_id, tender_id, agency_id, agency_name, named)
     SELECT $1, $2, id, name, $5 FROM unnest($3::uuid[], $4::text[]) AS given(id, name)
     ON CONFLICT DO NOTHING`,
    [
      tx.orgId,
      tenderId,
      invited.map(({ agencyId }) => agencyId),
      invited.map(({ name }) => name),
      named,
    ],
  );
}

/** Whom tenders of the creditor have named, by tender. */
export async function invitedTo(
  tx: Tx,
  tenderIds: readonly string[],
): Promise<Map<string, Invited[]>> {
  const rows = await tx.query<Invited & { tenderId: string }>(
    `SELECT tender_id AS "tenderId", agency_id AS "agencyId", agency_name AS name
       FROM tender_invitation WHERE org_id = $1 AND tender_id = ANY ($2::uuid[]) AND named
      ORDER BY agency_name, agency_id`,
    [tx.orgId, tenderIds],
  );
  return Map.groupBy(rows, (row) => row.tenderId);
}

/** The cases of one of the creditor's tenders, in the order in which they were given. */
export async function casesOf(tx: Tx, tenderId: string): Promise<TenderCase[]> {
  return tx.query<TenderCase>(
    `SELECT case_id AS "caseId", case_number AS "caseNumber", debtor_name AS "debtorName",
            coalesce(placement_id::text, '') AS "placementId", reason
       FROM tender_case WHERE org_id = $1 AND tender_id = $2 ORDER BY place`,
    [tx.orgId, tenderId],
  );
}

/** Writes where a tender stands now. */
export async function saveTender(tx: Tx, tender: Tender): Promise<void> {
  const { tenderId, decided, openedAt, closedAt, endedAt, cancelReason } = tender;
  await tx.query(
    `UPDATE tender SET state = $3, opened_at = $4, ended_at = $5, cancel_reason = $6, closed_at = $7
      WHERE org_id = $1 AND tender_id = $2`,
    [
      tx.orgId,
      tenderId,
      decided,
      openedAt ?? null,
      endedAt ?? null,
      cancelReason,
      closedAt ?? null,
    ],
  );
}

/** Writes what an award made of each case. */
export async function saveResults(
  tx: Tx,
  tenderId: string,
  results: readonly AwardResult[],
): Promise<void> {
  const rows = results.map(({ caseId, placementId, reason }) => ({
    case_id: caseId,
    placement_id: reason === '' ? placementId : null,
    reason,
  }));
  await tx.query(
    `UPDATE tender_case c SET placement_id = r.placement_id, reason = r.reason
       FROM jsonb_to_recordset($3::jsonb) AS r(case_id uuid, placement_id uuid, reason text)
      WHERE c.org_id = $1 AND c.tender_id = $2 AND c.case_id = r.case_id`,
    [tx.orgId, tenderId, JSON.stringify(rows)],
  );
}

/** Who reads tenders: their creditor, or an agency with what it fits (nothing without profile). */
export type TenderReader =
  | { side: 'creditor' }
  | { side: 'agency'; fit: Fit | undefined; at: Temporal.Instant };

type Condition = readonly [sql: string, ...values: unknown[]];

const invitedSql = `EXISTS (SELECT FROM tender_invitation i
  WHERE i.org_id = t.org_id AND i.tender_id = t.tender_id AND i.agency_id = ?)`;

/** Words that stand in open tenders and are covered. */
async function coveredWords(
  tx: Tx,
  column: 'regions' | 'sectors',
  covers: (word: string) => boolean,
): Promise<string[]> {
  const rows = await tx.query<{ word: string }>(
    `SELECT DISTINCT jsonb_array_elements_text(${column}) AS word FROM tender
      WHERE open_to_all AND state = 'OPEN'`,
  );
  return rows.map((row) => row.word).filter(covers);
}

/** The tenders that a reader may see; of what is open to all an agency sees what it fits. */
async function seenBy(tx: Tx, reader: TenderReader): Promise<Condition> {
  if (reader.side === 'creditor') return ['t.org_id = ?', tx.orgId];
  const { fit, at } = reader;
  if (fit?.hasPapers !== true) return [invitedSql, tx.orgId];
  const regions = await coveredWords(tx, 'regions', fit.coversRegion);
  const sectors = await coveredWords(tx, 'sectors', fit.coversSector);
  return [
    `(${invitedSql} OR (t.open_to_all AND t.state = 'OPEN' AND t.opened_at IS NULL
        AND t.deadline > ? AND jsonb_exists_any(t.regions, ?::text[])
        AND jsonb_exists_any(t.sectors, ?::text[])))`,
    tx.orgId,
    at,
    regions,
    sectors,
  ];
}

/** One tender that the reader may see. */
export async function seenTender(
  tx: Tx,
  reader: TenderReader,
  tenderId: string,
): Promise<Tender | undefined> {
  const one = { conditions: [['t.tender_id = ?', tenderId] as const], ...newestFirst };
  const { tenders } = await listSeen(tx, reader, one, undefined, { tenderId });
  return tenders[0];
}

/** States as they are computed from the clock, in SQL; the same as `stateOf`. */
function inStates(states: readonly TenderState[], at: Temporal.Instant): Condition | undefined {
  if (states.length === 0) return undefined;
  return [
    `CASE WHEN t.state <> 'OPEN' THEN t.state
          WHEN t.opened_at IS NOT NULL OR t.deadline <= ? THEN 'CLOSED'
          ELSE 'OPEN' END = ANY (?::text[])`,
    at,
    states,
  ];
}

/** What of the tenders is listed, and in which order. */
type Asked = {
  conditions: readonly (Condition | undefined)[];
  sortColumn: 't.published_at' | 't.deadline';
  descending: boolean;
};

const newestFirst = { sortColumn: 't.published_at', descending: true } as const;

async function listSeen(
  tx: Tx,
  reader: TenderReader,
  { conditions, sortColumn, descending }: Asked,
  request: PageRequest | undefined,
  asked: object,
): Promise<{ tenders: Tender[]; page: PageInfo }> {
  const { sql, values } = where([await seenBy(tx, reader), ...conditions]);
  const list = {
    table: 'tender',
    alias: 't',
    conditions: sql,
    values,
    besides: '',
    columns,
    sortColumn,
    idColumn: 't.tender_id',
    descending,
  };
  const found = await page<Row>(tx, list, request, { list: 'tenders', ...asked });
  return { tenders: found.rows.map(tenderFrom), page: found.page };
}

/** Which tenders are asked for; `unanswered` are those for which an agency has never bid. */
export type TenderFilter = {
  states: readonly TenderState[];
  deadlineTo: Temporal.Instant | undefined;
  unanswered: boolean;
  /** As the contract words it. */
  sort: string;
};

const neverBid = `NOT EXISTS (SELECT FROM tender_bid b
  WHERE b.org_id = t.org_id AND b.tender_id = t.tender_id AND b.agency_id = ?)`;

/** Tenders that the reader may see; the newest first when nothing is said of the order. */
export async function listTenders(
  tx: Tx,
  reader: TenderReader,
  filter: TenderFilter,
  request: PageRequest | undefined,
  at: Temporal.Instant,
): Promise<{ tenders: Tender[]; page: PageInfo }> {
  const { states, deadlineTo, unanswered, sort } = filter;
  const conditions = [
    inStates(states, at),
    deadlineTo && (['t.deadline <= ?', deadlineTo] as const),
    unanswered && reader.side === 'agency' ? ([neverBid, tx.orgId] as const) : undefined,
  ];
  const order: Pick<Asked, 'sortColumn' | 'descending'> = {
    sortColumn: sort.endsWith('deadline') ? 't.deadline' : 't.published_at',
    descending: sort === '' || sort.startsWith('-'),
  };
  const asked = { side: reader.side, ...filter, deadlineTo: deadlineTo?.toString() ?? '' };
  return listSeen(tx, reader, { conditions, ...order }, request, asked);
}
