import type { Tx } from '@recourse/kit/db.ts';
import {
  RankedAgency,
  RankingModel,
  type RankingSegment,
  type Standing,
} from '@recourse/proto/agencies/v1/ranking.ts';

/** A ranking as it was made. */
export type KnownRanking = {
  madeAt: string;
  firstDay: string;
  lastDay: string;
  model: RankingModel;
  agencies: RankedAgency[];
};

type Of = { month: string; kind: '' | 'industry' | 'region'; segment: string };

/** The creditor's ranking of a month and segment; none while it has not been made. */
export async function readRanking(tx: Tx, of: Of): Promise<KnownRanking | undefined> {
  const key = [tx.orgId, of.month, of.kind, of.segment];
  const [row] = await tx.query<{
    madeAt: string;
    firstDay: string;
    lastDay: string;
    model: unknown;
  }>(
    `SELECT made_at AS "madeAt", first_day::text AS "firstDay", last_day::text AS "lastDay", model
       FROM ranking WHERE org_id = $1 AND month = $2 AND segment_kind = $3 AND segment = $4`,
    key,
  );
  if (row === undefined) return undefined;
  const entries = await tx.query<{ entry: unknown }>(
    `SELECT entry FROM ranking_standing
      WHERE org_id = $1 AND month = $2 AND segment_kind = $3 AND segment = $4 ORDER BY place`,
    key,
  );
  return {
    ...row,
    model: RankingModel.fromJSON(row.model),
    agencies: entries.map(({ entry }) => RankedAgency.fromJSON(entry)),
  };
}

/** Segments of a month that have a ranking, most cases first. */
export async function rankedSegments(tx: Tx, month: string): Promise<RankingSegment[]> {
  return tx.query<RankingSegment>(
    `SELECT segment_kind AS kind, segment AS name, cases FROM ranking
      WHERE org_id = $1 AND month = $2 AND segment_kind <> '' ORDER BY cases DESC, segment`,
    [tx.orgId, month],
  );
}

/** Months with a ranking, newest first. */
export async function rankedMonths(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ month: string }>(
    `SELECT month FROM ranking WHERE org_id = $1 AND segment_kind = '' ORDER BY month DESC`,
    [tx.orgId],
  );
  return rows.map((row) => row.month);
}

/** Whether a ranking is being made or waits to be. */
export async function isAsked(tx: Tx, jobName: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM job
      WHERE org_id = $1 AND name = $2 AND state IN ('asked', 'queued', 'running') LIMIT 1`,
    [tx.orgId, jobName],
  );
  return rows.length > 0;
}

type StandingRow = Omit<Standing, 'own'> & { entry: unknown };

/**
 * The transaction's agency's own standing with each creditor, of a month or the latest of each; the
 * condition on the agency is the database's as well.
 */
export async function readStandings(
  tx: Tx,
  filter: { month: string; creditorId: string },
): Promise<Standing[]> {
  const rows = await tx.query<StandingRow>(
    `SELECT DISTINCT ON (s.org_id) s.org_id AS "creditorId", s.creditor_name AS "creditorName",
            s.month, s.first_day::text AS "firstDay", s.last_day::text AS "lastDay",
            s.made_at AS "madeAt", s.agencies, s.entry
       FROM ranking_standing s
      WHERE s.agency_id = $1 AND s.segment_kind = ''
        AND ($2 = '' OR s.month = $2) AND ($3::uuid IS NULL OR s.org_id = $3)
      ORDER BY s.org_id, s.month DESC`,
    [tx.orgId, filter.month, filter.creditorId || null],
  );
  return rows
    .map(({ entry, ...about }) => ({ ...about, own: RankedAgency.fromJSON(entry) }))
    .sort((a, b) => (a.creditorName < b.creditorName ? -1 : 1));
}
