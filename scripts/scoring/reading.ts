import { existsSync, readFileSync } from 'node:fs';
import { readTable } from '@recourse/credit/domain/fitting/reading.ts';
import type { TextTable } from '@recourse/credit/domain/fitting/delimited.ts';
import { fault } from '@recourse/kit/fault.ts';

/** UTF-8 where it is, else GB18030, which takes GBK and GB 2312 in; else Latin-1. */
function decoded(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next encoding is tried.
    }
  }
  return new TextDecoder('latin1').decode(bytes);
}

/** Reads a table's file. Faults: `missing` file_not_found, `invalid` file_is_not_text. */
export function readFile(path: string): TextTable {
  if (!existsSync(path)) throw fault('missing', 'file_not_found', { path });
  const bytes = readFileSync(path);
  if (bytes.subarray(0, 4_096).includes(0)) throw fault('invalid', 'file_is_not_text', { path });
  return readTable(decoded(bytes));
}
