import { likeReceivables } from '../domain/import/analysis.ts';
import type { Row } from '../domain/import/csv.ts';

/** A sheet of a workbook of any format; `passed` is told how much of it has been read. */
export type Sheet = {
  name: string;
  hidden: boolean;
  rows(passed?: (units: number) => void): AsyncIterable<readonly Row[]>;
};

/** Rows from which a sheet is judged. */
const judgedRows = 200;

type Judged = { rows: number; like: number };

async function judge(sheet: Sheet): Promise<Judged> {
  let rows = 0;
  const first: Row[] = [];
  for await (const batch of sheet.rows()) {
    rows += batch.length;
    if (first.length < judgedRows) first.push(...batch.slice(0, judgedRows - first.length));
  }
  return { rows, like: likeReceivables(first) };
}

/**
 * The sheet most like receivables, of several the one with the most rows: payments or customers
 * may well stand in a longer one. Hidden ones only when there are no others.
 */
export async function chooseSheet<One extends Sheet>(
  sheets: readonly One[],
): Promise<One | undefined> {
  const visible = sheets.filter((sheet) => !sheet.hidden);
  const among = visible.length > 0 ? visible : sheets;
  if (among.length < 2) return among[0];
  let best: (Judged & { sheet: One }) | undefined;
  for (const sheet of among) {
    const found = await judge(sheet);
    const better =
      best === undefined ||
      found.like > best.like ||
      (found.like === best.like && found.rows > best.rows);
    if (better) best = { ...found, sheet };
  }
  return best?.sheet;
}
