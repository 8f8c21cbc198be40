import { readFileSync } from 'node:fs';
import { decoded } from '@recourse/kit/decoded.ts';

export type Table = {
  /** Lower case with underscores; empty when the file has none. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** The text of a file in whichever of the known encodings. */
export function readText(path: string): string {
  return decoded(readFileSync(path));
}

/** Cells of a delimited text; quotes as RFC 4180 has them. */
export function readCells(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell.trim() === '') {
      cell = '';
      isQuoted = true;
    } else if (letter === delimiter) endCell();
    else if (letter === '\n') {
      endCell();
      rows.push(row);
      row = [];
    } else if (letter !== '\r') cell += letter;
  }
  endCell();
  rows.push(row);
  return rows.filter((cells) => cells.some((one) => one !== ''));
}

/** An empty cell as lists write it. */
export function isEmpty(cell: string | undefined): boolean {
  return cell === undefined || /^(|-0-|\?|nan|null|none|n\/a)$/i.test(cell);
}

/** Words of which a header of names, people or pairs has one at least. */
const headingWord = new RegExp(
  '(^|[_ .-])(id|no|nr|uid|key|type|kind|schema|label|match|query|left|right|a|b|dob|city|state)' +
    '([_ .-]|$)|name|alias|caption|birth|date|entity|company|surname|address|country|match|' +
    'code|cluster',
  'i',
);

/** The same in Chinese; the whole cell, for 公司 and 企业 stand in most names, too. */
const chineseHeading = new RegExp(
  '^(序号|编号|.{0,4}代码|.{0,4}证件.{0,4}|出生(日期|年月)?|(实体|主体|客户|名单)?(类型|类别)|标签|标注|结果|是否.*|' +
    '(左|右|查询|候选|目标|标准|原始|待匹配)?(公司|企业|单位|客户|机构|主体|实体|证券|股票|供应商|当事人)?(中文|英文)?' +
    '(名|名称|全称|简称|姓名|别名|公司|企业|单位|客户|机构)[\\dABab一二甲乙]?)$',
);

/** A name that ends in `Company`, as the first row of a list without a header may. */
const ownName = /^\p{Lu}\S*( \S+)* (company|entity|corporation)$/iu;
const ofPair =
  /^(left|right|first|second|other|query|matched|candidate|target|source|parent) \S+$/i;

function isHeading(cell: string): boolean {
  if (/\p{Script=Han}/u.test(cell)) return chineseHeading.test(cell);
  return headingWord.test(cell) && (!ownName.test(cell) || ofPair.test(cell));
}

/** A first row of distinct words without a number of their own, one of them a heading's. */
function hasHeader(first: readonly string[]): boolean {
  const words = first.filter((cell) => !isEmpty(cell));
  const isWords = words.every((cell) => /^[\p{L}_#][\p{L}\p{N}_ .()/#:-]*$/u.test(cell));
  const isDistinct = words.length === first.length && new Set(words).size === words.length;
  return isWords && isDistinct && words.some(isHeading);
}

/** Lists open with the day of their making, above the header: `Last Updated,31/01/2022`. */
function withoutTitle(rows: string[][]): string[][] {
  const filled = (row: readonly string[] = []) => row.filter((cell) => cell !== '').length;
  const isTitle = filled(rows[0]) * 2 < filled(rows[1]) && hasHeader(rows[1] ?? []);
  return isTitle ? rows.slice(1) : rows;
}

export function readTable(path: string): Table {
  // Lists of the nineties' programs still end in Ctrl-Z, which is no row.
  const text = readText(path)
    .replace(/^\uFEFF/, '')
    .replaceAll('\u001A', '');
  const line = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'));
  const counts = [',', ';', '\t', '|'].map((one) => [one, line.split(one).length] as const);
  const [delimiter] = counts.reduce((best, one) => (one[1] > best[1] ? one : best));
  const rows = withoutTitle(readCells(text, delimiter));
  const [first = [], ...rest] = rows;
  if (!hasHeader(first)) return { header: [], rows };
  return { header: first.map((cell) => cell.toLowerCase().replace(/[\s.-]+/g, '_')), rows: rest };
}

/** The first column whose heading fits one of the patterns, tried in their order; -1 when none. */
export function columnOf(table: Table, patterns: readonly RegExp[]): number {
  for (const pattern of patterns) {
    const at = table.header.findIndex((word) => pattern.test(word));
    if (at >= 0) return at;
  }
  return -1;
}

/** In a file without a header: the column with the most different texts of letters. */
export function nameColumn(table: Table): number {
  const named = columnOf(table, [
    /^((full|whole|legal|primary|entity|company|sdn)_?)?name$/,
    /(full|whole)_?name$/,
    /^(公司|企业|单位|机构|客户)(中文)?(名称|全称|名)$|全称$/,
    /name|caption|alias|query|姓名|名称|全称|企业|公司|单位|客户|机构|简称/,
  ]);
  if (named >= 0) return named;
  const width = Math.max(...table.rows.slice(0, 200).map((row) => row.length));
  let best = 0;
  let most = -1;
  for (let at = 0; at < width; at += 1) {
    const cells = table.rows.map((row) => row[at] ?? '').filter((cell) => /\p{L}{2}/u.test(cell));
    const different = new Set(cells).size * (cells.length / Math.max(table.rows.length, 1));
    if (different > most) [best, most] = [at, different];
  }
  return best;
}

/**
 * The columns that make up a name, in their order: one, or the parts of it where a list has no
 * column for the whole (`Name 1` … `Name 6`; first and last name).
 */
export function nameParts(table: Table): readonly number[] {
  const whole = nameColumn(table);
  if (/^(.*_)?(full|whole)?_?name$/.test(table.header[whole] ?? '') && !isPart(table, whole)) {
    return [whole];
  }
  const numbered = table.header.flatMap((word, at) => (/^name_\d$/.test(word) ? [at] : []));
  if (numbered.length > 1) {
    return numbered.toSorted((a, b) =>
      (table.header[a] ?? '').localeCompare(table.header[b] ?? ''),
    );
  }
  const first = columnOf(table, [/^(first|given|fore)_?names?$/]);
  const last = columnOf(table, [/^(last|family)_?name$|^surname$/]);
  return first >= 0 && last >= 0 ? [first, last] : [whole];
}

function isPart(table: Table, at: number): boolean {
  return /(first|given|fore|middle|last|family|sur)_?names?$/.test(table.header[at] ?? '');
}

export function percent(share: number): string {
  return Number.isFinite(share) ? share.toFixed(3) : '–';
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}
