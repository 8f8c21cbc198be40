import type { Tx } from '@recourse/kit/db.ts';
import type { Counted } from '../domain/list-insight.ts';

/**
 * What was handed in to an association, without names, evidence and words, and how much of it waits
 * for a step.
 */
export async function countedListings(tx: Tx): Promise<{ listings: Counted[]; waiting: number }> {
  const rows = await tx.query<Counted & { nextStep: string }>(
    `SELECT state, category, next_step AS "nextStep", file->>'submittedAt' AS "submittedAt",
            file->>'publishedOn' AS "publishedOn", file->>'endReason' AS "endReason",
            file->>'endedAt' AS "endedAt",
            (SELECT coalesce(jsonb_agg(jsonb_build_object('receivedOn', d->'receivedOn',
               'answerBy', d->'answerBy', 'answeredAt', d->'answeredAt')
               || CASE WHEN d ? 'outcome' THEN jsonb_build_object('outcome', d->'outcome')
                       ELSE '{}' END), '[]')
               FROM jsonb_array_elements(file->'disputes') d) AS disputes
       FROM listing WHERE association_id = $1 AND state <> 'DRAFT'`,
    [tx.orgId],
  );
  return { listings: rows, waiting: rows.filter((one) => one.nextStep !== '').length };
}

/** Members' look-ups that met one of an association's entries, by month of its calendar. */
export async function looksByMonth(
  tx: Tx,
  since: Temporal.Instant,
  zone: string,
): Promise<Map<string, number>> {
  const rows = await tx.query<{ month: string; looks: number }>(
    `SELECT to_char(at AT TIME ZONE $3, 'YYYY-MM') AS month, count(*)::int AS looks
       FROM look_up_hit WHERE association_id = $1 AND at >= $2 GROUP BY 1`,
    [tx.orgId, since, zone],
  );
  return new Map(rows.map((row) => [row.month, row.looks]));
}
