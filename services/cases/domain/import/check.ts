import type { Row } from './csv.ts';
import { duplicateFinder } from './duplicates.ts';
import { finding } from './finding.ts';
import { rowReader } from './record.ts';
import type { Verdict } from './record.ts';
import type { RowPlan } from './reading.ts';

/**
 * The reader of a whole file: each row judged alone, then against the rows before it. A document
 * that comes twice with the same content counts once and is noted; with other content the later
 * row is rejected and names the earlier one, for nobody can tell here which is right and the first
 * is at least what a reader of the file sees first. Rows must come in file order, from the first.
 */
export function fileReader(plan: RowPlan): (row: Row) => Verdict {
  const read = rowReader(plan);
  const duplicates = duplicateFinder();
  const column = plan.names[plan.fields.DOCUMENT_NUMBER ?? -1] ?? '';
  return (row) => {
    const verdict = read(row);
    if (verdict.kind !== 'accepted') return verdict;
    const { record } = verdict;
    const earlier = duplicates.earlier(record);
    record.contentMark = duplicates.mark();
    if (earlier === undefined) return verdict;
    const found = `${record.documentNumber} (row ${earlier.row})`;
    if (earlier.same) {
      return {
        kind: 'skipped',
        findings: [finding('duplicate_same_content', row.line, column, found)],
      };
    }
    return {
      kind: 'rejected',
      findings: [finding('duplicate_other_content', row.line, column, found)],
    };
  };
}
