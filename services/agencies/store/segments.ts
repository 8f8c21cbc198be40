import type { Tx } from '@recourse/kit/db.ts';
import type { SegmentTally } from '../domain/segment.ts';

type Row = SegmentTally & { shareSumBps: number };

const sums = `from_days AS "fromDays", from_minor AS "fromMinor", industry`;

/** What all agencies of the platform have measured together, per segment. */
export async function platformSegments(tx: Tx): Promise<SegmentTally[]> {
  return tx.query<Row>(
    `SELECT ${sums}, sum(sample)::int AS sample, sum(share_sum_bps)::float8 AS "shareSumBps"
       FROM agency_segment GROUP BY 1, 2, 3`,
  );
}

/** What agencies have measured, by agency; of all of them when none are named. */
export async function segmentsOfAgencies(
  tx: Tx,
  agencyIds: readonly string[],
): Promise<Map<string, SegmentTally[]>> {
  const rows = await tx.query<Row & { agencyId: string }>(
    `SELECT agency_id AS "agencyId", ${sums}, sample, share_sum_bps::float8 AS "shareSumBps"
       FROM agency_segment WHERE $1::uuid[] = '{}' OR agency_id = ANY ($1::uuid[])`,
    [agencyIds],
  );
  return Map.groupBy(rows, (row) => row.agencyId);
}

/** Writes what was measured in place of what was, in the agency's own transaction. */
export async function saveSegments(tx: Tx, tallies: readonly SegmentTally[]): Promise<void> {
  await tx.query('DELETE FROM agency_segment WHERE org_id = $1', [tx.orgId]);
  await tx.query(
    `INSERT INTO agency_segment (org_id, agency_id, from_days, from_minor, industry, sample,
       share_sum_bps)
     SELECT $1, $1, from_days, from_minor, industry, sample, share_sum_bps
       FROM jsonb_to_recordset($2::jsonb) AS r(from_days integer, from_minor bigint, industry text,
         sample integer, share_sum_bps bigint)`,
    [
      tx.orgId,
      JSON.stringify(
        tallies.map((one) => ({
          from_days: one.fromDays,
          from_minor: String(one.fromMinor),
          industry: one.industry,
          sample: one.sample,
          share_sum_bps: one.shareSumBps,
        })),
      ),
    ],
  );
}
