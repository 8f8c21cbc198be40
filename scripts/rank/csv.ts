import { readFileSync } from 'node:fs';

/** A table as its file has it: names of the columns, and rows of as many texts. */
export type Sheet = { columns: string[]; rows: string[][] };

/** UTF-8 with or without a BOM; what is not UTF-8 is read as GB 18030. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function separatorOf(text: string): string {
  const first = text.slice(0, text.search(/\r|\n|$/));
  const counted = [',', ';', '\t', '|'].map((one) => ({ one, count: first.split(one).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).one;
}

/** Fields by RFC 4180, quotes doubled; rows that are empty are not rows. */
function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(field.trim());
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
    field = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text.charAt(at + 1) === '"') field += text.charAt((at += 1));
      else quoted = false;
    } else if (sign === '"' && field.trim() === '') {
      field = '';
      quoted = true;
    } else if (sign === separator) {
      row.push(field.trim());
      field = '';
    } else if (sign === '\n' || sign === '\r') endRow();
    else field += sign;
  }
  endRow();
  return rows;
}

/** Reads a file of separated values; the first row names the columns. */
export function readSheet(path: string): Sheet {
  const text = textOf(path);
  const [columns = [], ...rows] = rowsOf(text, separatorOf(text));
  return { columns, rows };
}

/** What stands for nothing in exports. */
const nothing = /^(|\?|-|-0-|nan|na|n\/a|null|none)$/i;

export function isNothing(text: string): boolean {
  return nothing.test(text.trim());
}

/** A number with or without thousands' commas and a currency sign; undefined for anything else. */
export function numberOf(text: string): number | undefined {
  if (isNothing(text)) return undefined;
  const plain = text.replaceAll(/[,\s¥$€£￥]/g, '').replace(/^\((.*)\)$/, '-$1');
  const value = Number(plain);
  return plain === '' || !Number.isFinite(value) ? undefined : value;
}
