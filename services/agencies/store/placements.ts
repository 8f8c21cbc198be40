import type { Tx } from '@recourse/kit/db.ts';
import { day } from '@recourse/kit/day.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import { CommissionTerms as TermsCodec } from '@recourse/proto/agencies/v1/agencies.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { Placement, PlacementState } from '../domain/placement.ts';
import { termsFrom } from './agencies.ts';

/** A placement as its reader may see it: `masked` when the debtor's name is not for them. */
export type Seen = Placement & { masked: boolean };

type Row = {
  orgId: string;
  placementId: string;
  caseId: string;
  caseNumber: string;
  debtorName: string | null;
  maskedName: string;
  creditorName: string;
  agencyId: string;
  agencyName: string;
  state: PlacementState;
  terms: unknown;
  rateBps: number;
  term: string;
  currency: string;
  placedMinor: bigint;
  loadMinor: bigint;
  placedDaysOverdue: number;
  region: string;
  industry: string;
  note: string;
  recoveredMinor: bigint;
  commissionMinor: bigint;
  placedAt: string;
  acceptedAt: string | null;
  endedAt: string | null;
  endReason: string;
  answerBy: string;
  contentHash: string;
  version: bigint;
};

const own = `p.org_id AS "orgId", p.placement_id AS "placementId", p.case_id AS "caseId",
  p.case_number AS "caseNumber", p.masked_name AS "maskedName", p.creditor_name AS "creditorName",
  p.agency_id AS "agencyId", p.agency_name AS "agencyName", p.state, p.terms,
  p.rate_bps AS "rateBps", p.term, p.currency, p.placed_minor AS "placedMinor",
  p.load_minor AS "loadMinor", p.placed_days_overdue AS "placedDaysOverdue", p.region,
  p.industry, p.note,
  p.recovered_minor AS "recoveredMinor", p.commission_minor AS "commissionMinor",
  p.placed_at AS "placedAt", p.accepted_at AS "acceptedAt", p.ended_at AS "endedAt",
  p.end_reason AS "endReason", p.answer_by::text AS "answerBy", p.content_hash AS "contentHash",
  p.version`;

/** The database shows the name to the creditor, and to the agency while the placement is active. */
const columns = `${own}, d.debtor_name AS "debtorName"`;
const besides = `LEFT JOIN placement_debtor d
  ON d.org_id = p.org_id AND d.placement_id = p.placement_id`;
const joined = `FROM placement p ${besides}`;

function instant(text: string | null): Temporal.Instant | undefined {
  return text === null ? undefined : Temporal.Instant.from(text);
}

function seenFrom(row: Row): Seen {
  const { orgId, debtorName, terms, currency, placedMinor, recoveredMinor, commissionMinor } = row;
  const { placementId, caseId, caseNumber, maskedName, creditorName, agencyId, agencyName } = row;
  const { state, rateBps, term, placedDaysOverdue, region, industry, note, endReason } = row;
  const { contentHash, loadMinor, version } = row;
  return {
    placementId,
    caseId,
    caseNumber,
    maskedName,
    creditorName,
    agencyId,
    agencyName,
    state,
    rateBps,
    term,
    placedDaysOverdue,
    region,
    industry,
    note,
    endReason,
    contentHash,
    version,
    creditorId: orgId,
    debtorName: debtorName ?? maskedName,
    masked: debtorName === null,
    terms: termsFrom(terms),
    placedAmount: { currency, minor: placedMinor },
    loadMinor,
    recovered: { currency, minor: recoveredMinor },
    commission: { currency, minor: commissionMinor },
    placedAt: Temporal.Instant.from(row.placedAt),
    acceptedAt: instant(row.acceptedAt),
    endedAt: instant(row.endedAt),
    answerBy: day(row.answerBy),
  };
}

/** The creditor's placements by id, locked in the order of their ids. */
export async function placementsForUpdate(
  tx: Tx,
  placementIds: readonly string[],
): Promise<Map<string, Placement>> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} ${joined} WHERE p.org_id = $1 AND p.placement_id = ANY ($2::uuid[])
      ORDER BY p.placement_id FOR UPDATE OF p`,
    [tx.orgId, placementIds],
  );
  return new Map(rows.map((row) => [row.placementId, seenFrom(row)]));
}

/** The live placements of cases, by case, locked in the order of their ids. */
export async function livePlacements(
  tx: Tx,
  caseIds: readonly string[],
): Promise<Map<string, Placement>> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} ${joined} WHERE p.org_id = $1 AND p.case_id = ANY ($2::uuid[])
        AND p.state IN ('OFFERED', 'ACTIVE')
      ORDER BY p.placement_id FOR UPDATE OF p`,
    [tx.orgId, caseIds],
  );
  return new Map(rows.map((row) => [row.caseId, seenFrom(row)]));
}

/** Offers of the creditor whose last day to answer is before a day, locked; at most 500. */
export async function unansweredBefore(tx: Tx, today: string): Promise<Placement[]> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} ${joined}
      WHERE p.org_id = $1 AND p.state = 'OFFERED' AND p.answer_by < $2::date
      ORDER BY p.placement_id LIMIT 500 FOR UPDATE OF p`,
    [tx.orgId, today],
  );
  return rows.map(seenFrom);
}

/**
 * Takes the locks of cases, making their rows when there are none, and tells which are closed.
 * Placing and closing both begin here.
 */
export async function lockStandings(tx: Tx, caseIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ caseId: string; closedAt: string | null }>(
    `INSERT INTO case_standing AS s (org_id, case_id)
     SELECT $1, id FROM (SELECT DISTINCT unnest($2::uuid[]) AS id ORDER BY 1) ids
     ON CONFLICT (org_id, case_id) DO UPDATE SET case_id = excluded.case_id
     RETURNING s.case_id AS "caseId", s.closed_at AS "closedAt"`,
    [tx.orgId, caseIds],
  );
  return new Set(rows.filter((row) => row.closedAt !== null).map((row) => row.caseId));
}

/** What cases told of a case: closed at an instant, or open again; the newest version counts. */
export type ToldStanding = {
  caseId: string;
  closedAt: Temporal.Instant | undefined;
  version: number;
};

/**
 * Keeps whether a case is closed, with its lock. Gives back whether that was news, and the closing
 * that stood before; what arrives after something newer changes nothing.
 */
export async function keepStanding(
  tx: Tx,
  told: ToldStanding,
): Promise<{ isNews: boolean; closedBefore: Temporal.Instant | undefined }> {
  await lockStandings(tx, [told.caseId]);
  const [row] = await tx.query<{ closedBefore: string | null }>(
    `UPDATE case_standing s SET closed_at = $3, told_version = $4
      WHERE s.org_id = $1 AND s.case_id = $2 AND s.told_version < $4
      RETURNING old.closed_at AS "closedBefore"`,
    [tx.orgId, told.caseId, told.closedAt ?? null, told.version],
  );
  return { isNews: row !== undefined, closedBefore: instant(row?.closedBefore ?? null) };
}

/** The completed placements of a case, the newest ending first, locked. */
export async function completedPlacements(tx: Tx, caseId: string): Promise<Placement[]> {
  const rows = await tx.query<Row>(
    `SELECT ${columns} ${joined}
      WHERE p.org_id = $1 AND p.case_id = $2 AND p.state = 'COMPLETED'
      ORDER BY p.ended_at DESC, p.placement_id FOR UPDATE OF p`,
    [tx.orgId, caseId],
  );
  return rows.map(seenFrom);
}

function shownTo(placement: Placement): string | null {
  return placement.state === 'ACTIVE' ? placement.agencyId : null;
}

/** Adds new placements in one statement each for the rows and the names. */
export async function addPlacements(tx: Tx, placements: readonly Placement[]): Promise<void> {
  const rows = placements.map((one) => ({
    placement_id: one.placementId,
    case_id: one.caseId,
    case_number: one.caseNumber,
    masked_name: one.maskedName,
    creditor_name: one.creditorName,
    agency_id: one.agencyId,
    agency_name: one.agencyName,
    state: one.state,
    terms: TermsCodec.toJSON(one.terms),
    rate_bps: one.rateBps,
    term: one.term,
    currency: one.placedAmount.currency,
    placed_minor: String(one.placedAmount.minor),
    load_minor: String(one.loadMinor),
    placed_days_overdue: one.placedDaysOverdue,
    region: one.region,
    industry: one.industry,
    note: one.note,
    placed_at: one.placedAt.toString(),
    answer_by: one.answerBy.toString(),
    content_hash: one.contentHash,
    version: String(one.version),
    debtor_name: one.debtorName,
  }));
  await tx.query(
    `WITH given AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS r(placement_id uuid,
       case_id uuid, case_number text, masked_name text, creditor_name text, agency_id uuid,
       agency_name text, state text, terms jsonb, rate_bps integer, term text, currency text,
       placed_minor bigint, load_minor bigint, placed_days_overdue integer, region text,
       industry text, note text, placed_at timestamptz, answer_by date, content_hash text,
       version bigint, debtor_name text)),
     added AS (
       INSERT INTO placement (org_id, placement_id, case_id, case_number, masked_name,
         creditor_name, agency_id, agency_name, state, terms, rate_bps, term, currency,
         placed_minor, load_minor, placed_days_overdue, region, industry, note, placed_at,
         answer_by, content_hash, version)
       SELECT $1, placement_id, case_id, case_number, masked_name, creditor_name, agency_id,
         agency_name, state, terms, rate_bps, term, currency, placed_minor, load_minor,
         placed_days_overdue, region, industry, note, placed_at, answer_by, content_hash, version
         FROM given)
     INSERT INTO placement_debtor (org_id, placement_id, debtor_name)
     SELECT $1, placement_id, debtor_name FROM given`,
    [tx.orgId, JSON.stringify(rows)],
  );
}

/** Writes where placements stand now, and who may read the debtor's name with it. */
export async function moveAll(tx: Tx, placements: readonly Placement[]): Promise<void> {
  const rows = placements.map((one) => ({
    placement_id: one.placementId,
    state: one.state,
    end_reason: one.endReason,
    accepted_at: one.acceptedAt?.toString() ?? null,
    ended_at: one.endedAt?.toString() ?? null,
    version: String(one.version),
    shown_to: shownTo(one),
  }));
  await tx.query(
    `WITH given AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS r(placement_id uuid, state text,
       end_reason text, accepted_at timestamptz, ended_at timestamptz, version bigint,
       shown_to uuid)),
     moved AS (
       UPDATE placement p SET state = g.state, end_reason = g.end_reason,
         accepted_at = g.accepted_at, ended_at = g.ended_at, version = g.version
        FROM given g WHERE p.org_id = $1 AND p.placement_id = g.placement_id)
     UPDATE placement_debtor d SET shown_to = g.shown_to
       FROM given g WHERE d.org_id = $1 AND d.placement_id = g.placement_id`,
    [tx.orgId, JSON.stringify(rows)],
  );
}

/** Whose placements these are, as far as the transaction's agency is named in them. */
export async function creditorsOf(
  tx: Tx,
  placementIds: readonly string[],
): Promise<{ creditorId: string; placementId: string }[]> {
  return tx.query<{ creditorId: string; placementId: string }>(
    `SELECT org_id AS "creditorId", placement_id AS "placementId" FROM placement
      WHERE agency_id = $1 AND placement_id = ANY ($2::uuid[]) ORDER BY org_id, placement_id`,
    [tx.orgId, placementIds],
  );
}

/** One placement that the transaction's organisation gave or was given. */
export async function getPlacement(tx: Tx, placementId: string): Promise<Seen | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} ${joined}
      WHERE (p.org_id = $1 OR p.agency_id = $1) AND p.placement_id = $2 ORDER BY p.org_id LIMIT 1`,
    [tx.orgId, placementId],
  );
  return row === undefined ? undefined : seenFrom(row);
}

export type PlacementFilter = {
  states: readonly PlacementState[];
  caseId: string;
  agencyId: string;
  creditorId: string;
  sort: string;
};

const sortColumns: Readonly<Record<string, string>> = {
  placed_at: 'p.placed_at',
  placed_amount: 'p.placed_minor',
  placed_days_overdue: 'p.placed_days_overdue',
};

/** Placements that the transaction's organisation gave (`creditor`) or was given (`agency`). */
export async function listPlacements(
  tx: Tx,
  side: 'creditor' | 'agency',
  filter: PlacementFilter,
  request: PageRequest | undefined,
): Promise<{ placements: Seen[]; page: PageInfo }> {
  const { sql, values } = where([
    [side === 'creditor' ? 'p.org_id = ?' : 'p.agency_id = ?', tx.orgId],
    unlessEmpty('p.state = ANY (?::text[])', filter.states),
    unlessEmpty('p.case_id = ?', filter.caseId),
    unlessEmpty('p.agency_id = ?', filter.agencyId),
    unlessEmpty('p.org_id = ?', filter.creditorId),
  ]);
  const sort = filter.sort === '' ? '-placed_at' : filter.sort;
  const list = {
    table: 'placement',
    alias: 'p',
    conditions: sql,
    values,
    besides,
    columns,
    sortColumn: sortColumns[sort.replace(/^-/, '')] ?? 'p.placed_at',
    idColumn: 'p.placement_id',
    descending: sort.startsWith('-'),
  };
  const found = await page<Row>(tx, list, request, { side, filter });
  return { placements: found.rows.map(seenFrom), page: found.page };
}
