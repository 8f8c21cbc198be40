import type { Limits } from './limits.ts';
import { markupTable } from './markup-table.ts';
import { spool } from './spool.ts';
import type { Table } from './table.ts';
import { textTable } from './text-table.ts';
import { workbookTable } from './workbook-table.ts';
import { xlsTable } from './xls-table.ts';

/**
 * Opens an uploaded table by its bytes alone: CSV, XLSX, XLS, or the HTML and XML that programs
 * name XLS. Throws a fault of kind `invalid` (or `exhausted` past a size limit) that names what was
 * found and how to repair it; nothing stays on disk then.
 */
export async function openTable(source: AsyncIterable<Uint8Array>, limits: Limits): Promise<Table> {
  const file = await spool(source, limits);
  try {
    if (file.kind === 'zip') return await workbookTable(file, limits);
    if (file.kind === 'compound' || file.kind === 'biff') return await xlsTable(file, limits);
    return file.kind === 'text' ? await textTable(file) : await markupTable(file);
  } catch (error) {
    await file.remove();
    throw error;
  }
}
