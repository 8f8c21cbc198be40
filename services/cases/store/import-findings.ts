import type { CursorValue } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { PageInfo } from '@recourse/proto/type/v1/type.ts';
import { type Finding, finding, type Rule } from '../domain/import/finding.ts';
import { cutPage, type Wanted } from './page.ts';

/** Findings kept for reading on the screen: some of each rule, in the order of the file. */

export async function clearFindings(tx: Tx, importId: string): Promise<void> {
  await tx.query('DELETE FROM import_finding WHERE org_id = $1 AND import_id = $2', [
    tx.orgId,
    importId,
  ]);
}

/** `place` numbers them through the import. */
export async function addFindings(
  tx: Tx,
  importId: string,
  findings: readonly (Finding & { place: number })[],
): Promise<void> {
  await tx.query(
    `INSERT INTO import_finding (org_id, import_id, rule, row, place, column_name, found)
     SELECT $1, $2, f.* FROM unnest($3::text[], $4::int[], $5::int[], $6::text[], $7::text[]) f`,
    [
      tx.orgId,
      importId,
      findings.map((one) => one.rule),
      findings.map((one) => one.row),
      findings.map((one) => one.place),
      findings.map((one) => one.column),
      findings.map((one) => one.found),
    ],
  );
}

type FindingRow = { rule: Rule; row: number; place: number; column: string; found: string };

/** Findings of one rule, or of all, by row. */
export async function listFindings(
  tx: Tx,
  importId: string,
  rule: string,
  wanted: Wanted,
): Promise<{ findings: Finding[]; page: PageInfo }> {
  const from = `FROM import_finding
    WHERE org_id = $1 AND import_id = $2 AND ($3 = '' OR rule = $3)`;
  const params = [tx.orgId, importId, rule];
  const [row, place] = wanted.after ?? [null, null];
  const rows = await tx.query<FindingRow>(
    `SELECT rule, row, place, column_name AS "column", found ${from}
        AND ($4::int IS NULL OR (row, place) > ($4::int, $5::int))
      ORDER BY row, place LIMIT $6`,
    [...params, row, place, wanted.size + 1],
  );
  const keyOf = (one: FindingRow): readonly [CursorValue, CursorValue] => [one.row, one.place];
  const cut = await cutPage(tx, wanted, { from, params }, rows, keyOf);
  return {
    findings: cut.rows.map((one) => finding(one.rule, one.row, one.column, one.found)),
    page: cut.page,
  };
}
