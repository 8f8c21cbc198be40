import { existsSync, readFileSync } from 'node:fs';
import { readTable } from '@recourse/credit/domain/fitting/reading.ts';
import type { TextTable } from '@recourse/credit/domain/fitting/delimited.ts';
import { fault } from '@recourse/kit/fault.ts';
import { decoded } from '@recourse/kit/decoded.ts';

/** Reads a table's file. Faults: `missing` file_not_found, `invalid` file_is_not_text. */
export function readFile(path: string): TextTable {
  if (!existsSync(path)) throw fault('missing', 'file_not_found', { path });
  const bytes = readFileSync(path);
  const text = decoded(bytes);
  if (text.slice(0, 4_096).includes('\0') || text.startsWith('PK\u0003\u0004')) {
    const repair = 'Save the table as CSV.';
    throw fault('invalid', 'file_is_not_text', { path, expected: 'CSV or ARFF', repair });
  }
  return readTable(text);
}
