import { halfWidth } from './cell.ts';

/**
 * Digits of `d.ddde±x`, exactly; empty when a display format cut some, undefined for other text.
 */
function expand(text: string): string | undefined {
  const match = /^(\d)(?:[.,](\d+))?e(\+?)0*(\d{1,2})$/i.exec(text);
  if (match === null) return undefined;
  const [, first = '', fraction = '', plus = '', power = ''] = match;
  // `12E5` may be a name; a number in exponents has a fraction or a plus.
  if (fraction === '' && plus === '') return undefined;
  const kept = fraction.replace(/0+$/, '');
  const places = Number(power);
  if (kept.length > places) return undefined;
  // Excel shows at most six digits so; Java and Python write all there are, less trailing zeros.
  if (fraction.length <= 5 && places > fraction.length) return '';
  return first + kept.padEnd(places, '0');
}

/**
 * The identity of a document number or customer number, whatever its formatting: `0000611365`,
 * `611365`, `611365.0`, `6.11365E5` and `611,365` are one; a purely numeric one loses leading
 * zeros and float dress. Anything with a letter or another mark keeps every character (`INV-001`
 * is not `INV-1`, `A12b` is not `A12B`), only full-width forms become ASCII and runs of blanks
 * one. Undefined when digits are lost: `1.93E+09`, as a spreadsheet shows it, stands for ten
 * million documents.
 */
export function numberKey(text: string): string | undefined {
  const plain = halfWidth(text).trim();
  const digits = /^\d+$/.test(plain)
    ? plain
    : /^\d+[.,]0+$/.test(plain) && !/^\d{1,3},0{3}$/.test(plain)
      ? plain.replace(/[.,]0+$/, '')
      : /^\d{1,3}(?:,\d{3})+(?:\.0+)?$/.test(plain)
        ? plain.replace(/\.0+$/, '').replaceAll(',', '')
        : expand(plain);
  if (digits === undefined) return plain.replaceAll(/\s+/g, ' ');
  if (digits === '') return undefined;
  const short = digits.replace(/^0+/, '');
  return short === '' ? '0' : short;
}

/** These separate the parts of a key; no cleaned cell holds them. */
const unit = '\u001f';
const ofYear = '\u001e';

/** A fiscal year for keys: `2025` of `2025.0`, `FY2025` and `2025年`; other texts as they are. */
export function yearKey(text: string): string {
  const plain = halfWidth(text).trim();
  const years = plain.match(/(?:19|20)\d\d/g) ?? [];
  const [only = ''] = years;
  return years.length === 1 ? only : plain.toLowerCase();
}

/**
 * Identity of a receivable in an organisation: the company code, where the file has one (two
 * companies of a group may both have an invoice 1001), the document number, and the fiscal year,
 * where that is mapped (SAP begins its numbers anew each year). The document's type is not part of
 * it: an export without it must still meet the stored document.
 */
export function documentKey(companyCode: string, number: string, year = ''): string {
  const own = companyCode === '' ? number : `${companyCode}${unit}${number}`;
  return year === '' ? own : `${own}${ofYear}${year}`;
}

/** A name for comparing: one case, one width, single blanks; company forms are kept. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/**
 * Identity of a customer in an organisation, from the best there is: its number, else its credit
 * code, else its name. Empty when the row has none of them.
 */
export function customerKey(numberKeyText: string, creditCode: string, name: string): string {
  if (numberKeyText !== '') return `n${unit}${numberKeyText}`;
  if (creditCode !== '') return `c${unit}${creditCode}`;
  const folded = nameKey(name);
  return folded === '' ? '' : `a${unit}${folded}`;
}
