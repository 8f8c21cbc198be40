import { Fault } from '@recourse/kit/fault.ts';
import { analyser } from '../domain/import/analysis.ts';
import type { Analysis } from '../domain/import/analysis.ts';
import type { Table } from './table.ts';

/** Told how many rows have been read, now and then; throwing stops the work. */
export type Watch = (rows: number) => Promise<void>;

/**
 * Looks at every row of a table. Throws `file_without_rows` when there is nothing below the
 * header.
 */
export async function analyse(table: Table, watch?: Watch): Promise<Analysis> {
  const work = analyser();
  let rows = 0;
  for await (const batch of table.rows()) {
    work.add(batch);
    rows += batch.length;
    await watch?.(rows);
  }
  const analysis = rows === 0 ? undefined : work.finish();
  if (analysis !== undefined && analysis.rowCount > 0) return analysis;
  const repair = 'Export again with at least one open item.';
  throw new Fault(
    'invalid',
    'file_without_rows',
    { found: '0 rows', repair },
    {
      violations: [{ field: 'file', rule: 'file_without_rows', repair }],
    },
  );
}
