import { analyse } from '../intake/analyse.ts';
import type { Row } from '../domain/import/csv.ts';
import { applyProfile, headerHash } from '../domain/import/source-profile.ts';
import { summarise } from '../domain/import/summary.ts';
import type { Table } from '../intake/table.ts';
import { findProfile } from '../store/import-profiles.ts';
import type { ImportRow } from '../store/imports.ts';
import {
  advance,
  type AskUndo,
  type ImportDeps,
  type ImportRun,
  inState,
  teller,
  withTable,
} from './import-work.ts';

/** Rows kept for the preview, and how much of a cell. */
const sampleSize = 100;
const sampleChars = 300;

async function firstRows(table: Table, headerRow: number): Promise<Row[]> {
  const sample: Row[] = [];
  for await (const batch of table.rows()) {
    for (const { line, cells } of batch) {
      if (line <= headerRow) continue;
      sample.push({ line, cells: cells.map((cell) => cell.slice(0, sampleChars).toWellFormed()) });
      if (sample.length === sampleSize) return sample;
    }
  }
  return sample;
}

/** PostgreSQL's JSON has no zero character. */
function clean(rows: readonly Row[]): Row[] {
  return rows.map(({ line, cells }) => ({
    line,
    cells: cells.map((cell) => cell.replaceAll('\0', '')),
  }));
}

/** Keeps the uploaded file beside work that reads it; given to the work, to be awaited. */
async function keeping<T>(
  { files }: ImportDeps,
  orgId: string,
  row: ImportRow,
  work: (kept: Promise<unknown>) => Promise<T>,
): Promise<T> {
  const kept = files.keep(orgId, row.uploadId, { passing: true });
  try {
    return await work(kept);
  } finally {
    // Nothing is copied any more when the import ends, which lets the copy go.
    await kept.catch(() => undefined);
  }
}

/** Reads the whole file and says what it is; a saved profile of the source takes its place. */
export async function runAnalyse(
  deps: ImportDeps,
  run: ImportRun,
  askUndo: AskUndo,
): Promise<void> {
  const read = async (row: ImportRow, table: Table, kept: Promise<unknown>): Promise<void> => {
    const analysis = await analyse(table, teller(deps, run, 'reading', table));
    const sample = clean(await firstRows(table, analysis.header.line));
    const hash = headerHash(analysis.header.names);
    const profile = await deps.db.tenant(run.orgId, (tx) => findProfile(tx, row.source, hash));
    const { encoding, byteOrderMark, sheet } = table;
    const delimiter = table.delimiter === '\t' ? 'tab' : table.delimiter;
    const file = { encoding, byteOrderMark, delimiter, sheet };
    const found = summarise(analysis, file);
    const summary = profile === undefined ? found : applyProfile(found, profile);
    await kept;
    await advance(deps, run, 'ANALYSING', { state: 'MAPPING', analysis: summary, sample });
  };
  await inState(deps, run, 'ANALYSING', askUndo, (row) =>
    keeping(deps, run.orgId, row, (kept) =>
      withTable(deps, row, run.orgId, (table) => read(row, table, kept)),
    ),
  );
}
