import { fault } from '@recourse/kit/fault.ts';

import type { SubjectKind } from './listing.ts';

/** A row of a list. About a person it needs that person's own consent (征信业管理条例 art. 18). */
export type BulkQuestion = {
  kind: SubjectKind;
  name: string;
  creditCode: string;
  idNumber: string;
  consentReference: string;
};

const nameHeadings = ['name', '姓名', '名称', '企业名称', '公司名称', '客户名称'];
const codeHeadings = ['credit_code', 'uscc', '统一社会信用代码', '信用代码', '税号'];
const kindHeadings = ['kind', '类型', '主体类型'];
const idHeadings = ['id_number', '身份证号', '身份证号码', '证件号码'];
const consentHeadings = ['consent_reference', 'consent', '授权书编号', '授权编号', '同意书编号'];
const personWords = ['person', '个人', '自然人'];

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

/** A person is named as one, or has an ID number and no credit code. */
function kindOf(cell: string, idNumber: string, creditCode: string): SubjectKind {
  if (cell !== '') return personWords.includes(cell.toLowerCase()) ? 'PERSON' : 'COMPANY';
  return idNumber !== '' && creditCode === '' ? 'PERSON' : 'COMPANY';
}

/**
 * The questions of a table. Faults: `invalid` file_without_rows, columns_unknown (neither a name
 * nor a code column is there).
 */
export function bulkQuestions(text: string): BulkQuestion[] {
  const [heading = [], ...rows] = readCells(text).filter((row) => row.some((cell) => cell !== ''));
  if (rows.length === 0) throw fault('invalid', 'file_without_rows');
  const at = {
    name: columnOf(heading, nameHeadings),
    code: columnOf(heading, codeHeadings),
    kind: columnOf(heading, kindHeadings),
    id: columnOf(heading, idHeadings),
    consent: columnOf(heading, consentHeadings),
  };
  if (at.name < 0 && at.code < 0 && at.id < 0) {
    throw fault('invalid', 'columns_unknown', { headings: heading.join(', ').slice(0, 200) });
  }
  return rows.map((row) => {
    const cell = (column: keyof typeof at): string => (row[at[column]] ?? '').trim();
    const [creditCode, idNumber] = [cell('code'), cell('id')];
    return {
      kind: kindOf(cell('kind'), idNumber, creditCode),
      name: cell('name'),
      creditCode,
      idNumber,
      consentReference: cell('consent'),
    };
  });
}

/** Why a row is not asked; empty when it may be. */
export function unaskedReason(row: BulkQuestion): string {
  const { kind, name, creditCode, idNumber, consentReference } = row;
  if (name + creditCode + (kind === 'PERSON' ? idNumber : '') === '') {
    return 'row_without_name_or_code';
  }
  return kind === 'PERSON' && consentReference === '' ? 'query_consent_missing' : '';
}
