import { fault } from '@recourse/kit/fault.ts';

export type BulkQuestion = { name: string; creditCode: string };

const nameHeadings = ['name', '名称', '企业名称', '公司名称', '客户名称'];
const codeHeadings = ['credit_code', 'uscc', '统一社会信用代码', '信用代码', '税号'];

/** Text as UTF-8, or as GB 18030 when it is none: both are what spreadsheets write in China. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Cells of RFC 4180 text: quotes double, line ends of any system. */
export function readCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quoted && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (quoted) cell += letter;
    else if (letter === ',') {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

function columnOf(heading: readonly string[], words: readonly string[]): number {
  return heading.findIndex((cell) => words.includes(cell.trim().toLowerCase()));
}

/**
 * The questions of a table. Faults: `invalid` file_without_rows, columns_unknown (neither a name
 * nor a code column is there).
 */
export function bulkQuestions(text: string): BulkQuestion[] {
  const [heading = [], ...rows] = readCells(text).filter((row) => row.some((cell) => cell !== ''));
  if (rows.length === 0) throw fault('invalid', 'file_without_rows');
  const name = columnOf(heading, nameHeadings);
  const code = columnOf(heading, codeHeadings);
  if (name < 0 && code < 0) {
    throw fault('invalid', 'columns_unknown', { headings: heading.join(', ').slice(0, 200) });
  }
  return rows.map((row) => ({
    name: (row[name] ?? '').trim(),
    creditCode: (row[code] ?? '').trim(),
  }));
}
