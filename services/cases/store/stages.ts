import type { Tx } from '@recourse/kit/db.ts';
import { further, type StageFact, stageOf } from '../domain/stage.ts';

/** What put a case into a stage: a letter's or a matter's id, and how far it came. */
export type ToldStage = StageFact & { caseId: string; sourceId: string };

/**
 * Lays in what brought a case to a stage and makes the case's stage what all of it says. A matter
 * only comes further and ends once, so the result is the same in any order of telling; a case that
 * is not of the organisation is left out.
 */
export async function keepStage(tx: Tx, told: ToldStage): Promise<void> {
  const { caseId, sourceId } = told;
  const known = await tx.query(
    `SELECT FROM case_file WHERE org_id = $1 AND case_id = $2 FOR NO KEY UPDATE`,
    [tx.orgId, caseId],
  );
  if (known.length === 0) return;
  const rows = await tx.query<StageFact & { sourceId: string }>(
    `SELECT source_id AS "sourceId", stage, ended FROM case_stage_fact
      WHERE org_id = $1 AND case_id = $2`,
    [tx.orgId, caseId],
  );
  const before = rows.find((row) => row.sourceId === sourceId);
  const stage = further(before?.stage ?? told.stage, told.stage);
  const ended = told.ended || before?.ended === true;
  const others = rows.filter((row) => row.sourceId !== sourceId);
  await tx.query(
    `WITH kept AS (
       INSERT INTO case_stage_fact (org_id, case_id, source_id, stage, ended)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (org_id, case_id, source_id) DO UPDATE
          SET stage = excluded.stage, ended = excluded.ended)
     UPDATE case_file SET stage = $6, version = version + 1
      WHERE org_id = $1 AND case_id = $2 AND stage <> $6`,
    [tx.orgId, caseId, sourceId, stage, ended, stageOf([{ stage, ended }, ...others])],
  );
}
