import { readArff } from './arff.ts';
import { readDelimited, type TextTable } from './delimited.ts';

/** Reads a table from its text, whichever of the known formats it is in. */
export function readTable(text: string): TextTable {
  const isArff = /^\s*(%.*\s+)*@relation\b/i.test(text.slice(0, 20_000).replace(/^\uFEFF/, ''));
  return isArff ? readArff(text) : readDelimited(text);
}
