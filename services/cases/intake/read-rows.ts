import { apartReader, apartScan, mayStandApart } from '../domain/import/apart.ts';
import { type FileReader, fileReader } from '../domain/import/check.ts';
import type { Row } from '../domain/import/csv.ts';
import { rowPlan } from '../domain/import/plan.ts';
import { type AnalysisSummary, confirmedBy, type Mapping } from '../domain/import/summary.ts';
import type { Table } from './table.ts';

/** Hands every row below the header to `take`. */
async function each(
  table: Table,
  headerRow: number,
  signal: AbortSignal | undefined,
  take: (row: Row) => void,
): Promise<void> {
  for await (const batch of table.rows()) {
    signal?.throwIfAborted();
    for (const row of batch) if (row.line > headerRow) take(row);
  }
}

/**
 * The reader of a table by its confirmed mapping. Where rows of one document stand apart the table
 * is read twice before: once to find them, once to bring them together; so the check, and a commit
 * that goes on after a crash, come to the same.
 */
export async function readerOf(
  table: Table,
  analysis: AnalysisSummary,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<FileReader> {
  const plan = rowPlan(confirmedBy(analysis, mapping));
  if (!mayStandApart(plan)) return fileReader(plan);
  const { headerRow } = analysis;
  const scan = apartScan(plan);
  await each(table, headerRow, signal, scan.add);
  const apart = scan.finish();
  if (apart === undefined) return fileReader(plan);
  const reading = apartReader(apart);
  await each(table, headerRow, signal, reading.add);
  const settled = reading.finish();
  return settled === undefined ? fileReader(plan) : fileReader(apart.plan, settled);
}
