import type { Settled } from './apart.ts';
import type { Row } from './csv.ts';
import { duplicateFinder } from './duplicates.ts';
import { lineJoiner } from './lines.ts';
import type { Judged } from './lines.ts';
import { outline } from './outline.ts';
import { rowReader } from './record.ts';
import type { Verdict } from './record.ts';
import type { RowPlan } from './reading.ts';

/** Takes the rows of a file in order, from the first below the header. */
export type FileReader = {
  /** The rows whose fate this one settles, in the order of the file; the last ones wait. */
  add(row: Row): readonly Judged[];
  /** What waits at the end of the file. */
  finish(): readonly Judged[];
};

/** Reads rows with what stands above them, each for itself. */
function reader(plan: RowPlan): (row: Row) => Judged {
  const outlined = outline(plan);
  const read = rowReader(plan);
  return (each) => {
    const { row, left } = outlined(each);
    const verdict: Verdict = left === undefined ? read(row) : { kind: 'skipped', findings: [left] };
    return { row, verdict };
  };
}

/**
 * The reader of a whole file: each row judged with what stands above it, then against the rows
 * before it (`lines.ts` has the rules). A document that comes twice with the same content counts
 * once and is noted; with other content the later row is rejected and names the earlier one, for
 * nobody can tell here which is right and the first is at least what a reader of the file sees
 * first. `settled` are the rows whose fate a reading before has decided (`apart.ts`).
 */
export function fileReader(plan: RowPlan, settled?: Settled): FileReader {
  const read = reader(plan);
  const lines = lineJoiner(plan, duplicateFinder());
  return {
    add: (each) => {
      const { row, verdict } = read(each);
      return lines.add(row, verdict, settled?.get(row.line));
    },
    finish: lines.finish,
  };
}

/** Judges some rows at once, as the first rows of a file for a preview. */
export function judgeRows(plan: RowPlan, rows: readonly Row[]): Judged[] {
  const file = fileReader(plan);
  return [...rows.flatMap((row) => file.add(row)), ...file.finish()];
}
