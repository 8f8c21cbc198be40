import type { Limits } from './limits.ts';
import { spool } from './spool.ts';
import type { Table } from './table.ts';
import { textTable } from './text-table.ts';
import { workbookTable } from './workbook-table.ts';

/**
 * Opens an uploaded CSV or XLSX file by its bytes alone. Throws a fault of kind `invalid` (or
 * `exhausted` past the size limit) that names what was found and how to repair it; nothing stays on
 * disk then.
 */
export async function openTable(source: AsyncIterable<Uint8Array>, limits: Limits): Promise<Table> {
  const file = await spool(source, limits);
  try {
    return file.kind === 'zip' ? await workbookTable(file, limits) : await textTable(file);
  } catch (error) {
    await file.remove();
    throw error;
  }
}
