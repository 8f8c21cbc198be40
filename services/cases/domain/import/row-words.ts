import { isCurrency } from '@recourse/kit/check.ts';
import { readHeading } from './heading-words.ts';
import { headingScore } from './mapping.ts';
import { nameKey } from './identity.ts';

/** The whole of a cell: a customer may well be named `Total`-something. */
const totalWords = new RegExp(
  '^(?:(?:(?:grand |sub-?|report |overall )?totals?|sum|summe|gesamt(?:summe)?|result' +
    '|zwischensumme|合 ?计|总 ?计|小 ?计|本页合计|累计|總計|小計|合計' +
    '|期末余额|期末餘額)' +
    String.raw`[\s:：]*|\*{1,4}|total for .+|.{1,30}(?:合计|小计|累计|合計|小計))$`,
  'i',
);

const longestTotal = 40;

/** Whether a cell says by itself that its row adds up others. */
export function saysTotal(cell: string): boolean {
  return cell.length <= longestTotal ? totalWords.test(cell) : /^total for /i.test(cell);
}

const leading = /^(?:(?:grand |sub-?)?total|summe|合计|小计|总计)[\s:：]/i;
const trailing = /[\s\-–:：](?:(?:sub-?)?total|subtotals?)$/i;

/**
 * Whether a cell begins or ends with a word for total: enough where nothing but amounts stands
 * beside it.
 */
export function mentionsTotal(cell: string): boolean {
  return saysTotal(cell) || leading.test(cell) || trailing.test(cell);
}

/**
 * Whether a cell is the total of this customer: `Total ACME`, `ACME Total`, `ACME - Subtotal:`.
 * Only beside the name itself, for a customer may be named `Total Energies`.
 */
export function saysTotalOf(cell: string, customer: string): boolean {
  const [said, name] = [nameKey(cell), nameKey(customer)];
  if (name === '' || said.length <= name.length || said.length > name.length + 24) return false;
  if (said.startsWith(name)) return saysTotal(said.slice(name.length).replace(/^[\s:：\-–—]+/, ''));
  if (!said.endsWith(name)) return false;
  return saysTotal(
    said
      .slice(0, -name.length)
      .replace(/[\s:：\-–—]+$/, '')
      .replace(/ for$/, ''),
  );
}

const amountText = new RegExp(
  String.raw`^[(<+\-−$€£¥￥]?\s?(?:[A-Z]{2,3}\s?)?[$€£¥￥(+\-−]?\s?\d[\d.,' \u00a0\u202f]*` +
    String.raw`\s?[)>\-%元€]?(?:\s?(?:CR|DR))?$`,
  'i',
);

/** Whether a cell is made of digits and the marks of money: an amount, a number, a bare date. */
export function isAmountText(cell: string): boolean {
  return amountText.test(cell);
}

/** What a labelled cell in a heading above lines says of the customer. */
export type LabelField = 'CUSTOMER_NUMBER' | 'CUSTOMER_NAME' | 'CREDIT_CODE';

/** `Customer: ACME`, `客户名称：某公司`, `Customer    100234`: a label and its value. */
export type Label = { field: LabelField; label: string; value: string };

const labelFields: readonly LabelField[] = ['CUSTOMER_NUMBER', 'CUSTOMER_NAME', 'CREDIT_CODE'];

/** A value without words is a number of the customer, whatever its label leaves open. */
function isCode(value: string): boolean {
  return /^[A-Za-z]{0,4}[-_]?\d[\d-]*$/.test(value);
}

/** The field a label names; undefined for labels of anything else than the customer. */
function labelField(label: string, value: string, afterCustomer: boolean): LabelField | undefined {
  if (label.length > 30) return undefined;
  const heading = readHeading(label);
  const said = new Set(heading.concepts);
  if (heading.unknown > 0 || heading.concepts.length === 0) return undefined;
  const isName = said.size === 1 && said.has('name');
  const isAccount = said.size === 1 && said.has('account');
  const isTaxNumber = headingScore(heading, 'CREDIT_CODE') >= 0.8;
  if (afterCustomer && (isName || isTaxNumber)) return isName ? 'CUSTOMER_NAME' : 'CREDIT_CODE';
  if (!said.has('customer') && !isAccount) return undefined;
  const scored = labelFields
    .map((field) => ({ field, score: headingScore(heading, field) }))
    .toSorted((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (best === undefined || best.score < 0.5) return undefined;
  const open = next !== undefined && next.score > 0 && best.score - next.score <= 0.12;
  if (best.field === 'CREDIT_CODE' || !open) return best.field;
  return isCode(value) ? 'CUSTOMER_NUMBER' : 'CUSTOMER_NAME';
}

const marked = /^([^:：]{1,30})[:：]\s*(.*)$/s;
const spaced = /^(\S(?:.{0,28}?\S)?)\s{2,}(\S.*)$/s;

/** A cell that is label and value, or a label whose value stands in the next filled cell. */
function cut(cell: string, next: string | undefined, alone: boolean): [string, string] | undefined {
  const both = marked.exec(cell);
  if (both !== null) {
    const [, label = '', value = ''] = both;
    return [label.trim(), value === '' ? (next ?? '') : value];
  }
  const parted = spaced.exec(cell);
  if (parted !== null) return [parted[1] ?? '', parted[2] ?? ''];
  return alone && next !== undefined ? [cell, next] : undefined;
}

/**
 * What a row of few cells says of a customer by labels; `afterCustomer` when the row before did,
 * for then `Name` alone is the customer's. Empty for other rows.
 */
export function labelsOf(filled: readonly string[], afterCustomer: boolean): Label[] {
  const labels: Label[] = [];
  filled.forEach((cell, at) => {
    const parts = cut(cell, filled[at + 1], filled.length === 2 && at === 0);
    if (parts === undefined || parts[1] === '') return;
    const [label, value] = parts;
    const field = labelField(label, value, afterCustomer || labels.length > 0);
    // A heading beside another is the table's header, no label and value.
    if (field === undefined || labelField(value, '', true) !== undefined) return;
    labels.push({ field, label, value });
  });
  return labels;
}

const pageWords = /^(?:page|seite|página|pagina|第)\s*\d|\bcontinued\b|续表|续上|接上/i;

/** How people begin a remark between the lines of a report. */
const noteWord = new RegExp(
  '^(?:notes?|n\\.?b\\.?|remarks?|comments?|prepared|printed|generated|created|exported|checked' +
    '|approved|reviewed|see|please|including|excluding|as (?:of|at|per|agreed)|the following' +
    '|hinweis|anmerkung|bemerkung|stand|erstellt|siehe|bitte|nota|observaci[oó]n|elaborado' +
    '|preparado|voir|remarque|imprimé)',
  'i',
);
const noteAfter = /^(?:$|\s*[:：.–-]|\s+[\p{Ll}\d])/u;
const chineseNote =
  /^(?:备注|附注|注[:：\d]|说明|以下|以上|如下|上述|其中|请|截[至止]|制表|复核|审核|打印日期|编制|注意)/;
const company = /(?:公司|厂|店|集团|中心|行|部|会|院|所)$/;

/** A remark by how it begins: `Prepared by …`, but not `Printed Circuits Ltd`. */
function isRemark(cell: string): boolean {
  if (chineseNote.test(cell)) return !company.test(cell);
  const begin = noteWord.exec(cell)?.[0];
  return begin !== undefined && noteAfter.test(cell.slice(begin.length));
}

const telling = new Set(
  (
    'are is was were be been has have had not below above following this these those only by ' +
    'sind ist wird werden wurde sont est ont son están fueron sono'
  ).split(' '),
);

/** A sentence: words of one in small letters among several, or a mark at the end of Chinese. */
function isSentence(cell: string): boolean {
  if (/\p{Script=Han}{4}.*[。；！？]$/u.test(cell)) return true;
  const words = cell.split(/\s+/);
  return words.length >= 4 && words.some((word) => telling.has(word));
}

/** Whether a lone text is plainly a remark and no name. */
export function isNoteText(cell: string): boolean {
  return isRemark(cell) || isSentence(cell);
}

/** Whether a lone text may be a name above lines: no page number, no word for other things. */
export function mayBeName(cell: string): boolean {
  if (cell.length < 2 || cell.length > 120 || pageWords.test(cell) || saysTotal(cell)) return false;
  if (isNoteText(cell)) return false;
  if (isAmountText(cell) || !/\p{L}/u.test(cell) || /\d:\d\d/.test(cell)) return false;
  // `Current`, `1 - 30 days overdue`, `USD`: what many reports group by besides customers.
  if (/\d\s*[-–+~至到]\s*\d*\s*(?:days?|tage|天|日|$)/i.test(cell)) return false;
  if (isCurrency(cell) || /^\s*(?:not (?:yet )?due|current|overdue)/i.test(cell)) return false;
  const heading = readHeading(cell);
  return heading.unknown > 0 || heading.concepts.length === 0;
}
