import { halfWidth } from './cell.ts';

/** The side of an account that a row stands on: what is owed, or what lessens it. */
export type Side = 'debit' | 'credit';

/** Words as data, of SAP (S and H), Kingdee and Yonyou (借, 贷) and of ledgers in other tongues. */
const sides: ReadonlyMap<string, Side> = new Map(
  Object.entries({
    debit: 'd dr debit debits debe débit soll s dare дт дебет 借 借方 借项',
    credit: 'c cr credit credits crédit haber haben h avere кт кредит 贷 贷方 贷项 貸 貸方',
  }).flatMap(([side, words]) => words.split(' ').map((word) => [word, side as Side])),
);

/** Kinds of documents that are credits, wherever the words stand in the kind. */
const creditKind = new RegExp(
  String.raw`credit[\s_-]*(?:memo|note|adjustment)|credit_?memo|\bavoir\b|gutschrift` +
    String.raw`|not[ae] d[ei] cr[eé]dit|nota de abono|creditnota|kreditnota|sales return` +
    '|红字|红冲|冲红|红票|负数发票|贷项|贷记|销售退|退货|折让',
  'i',
);

/** A document that another one has taken back is no credit itself. */
const takenBack = /被红|已红|被冲|已冲/;

const longest = 40;

/** The side by its own word, `借` or `H`; undefined for any other text. */
export function sideWord(text: string): Side | undefined {
  if (text === '' || text.length > longest) return undefined;
  return sides.get(halfWidth(text).toLowerCase().replace(/[.:]$/, ''));
}

/** Whether a kind of document is a credit: `Credit Memo`, `红字发票`. */
export function isCreditKind(text: string): boolean {
  if (text === '' || text.length > longest) return false;
  return creditKind.test(text) && !takenBack.test(text);
}

const either = String.raw`(?:s\/?h|d\/?c|dr\/?cr|debits?\/?(?:or)?credits?|soll\/?haben|借\/?贷)`;
const indicator =
  '(?:kz|kennzeichen|ind|indicator|flag|code|type|sign|mark|方向|标志|标识|标记|类型|性质|别)';
const sideHeadings = new RegExp(`^(?:shkzg|drcrk|${either}${indicator}?|方向|发生方向|收付方向)$`);

function plainHeading(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-.:]+/g, '');
}

/** Whether a heading asks for the side and nothing else, as `SHKZG` and `借贷方向` do. */
export function asksSide(header: string): boolean {
  return sideHeadings.test(plainHeading(header));
}

const debitPart = /借方|借项|debits?|\bdr\b|soll(?!\/)|\bdebe\b|дебет/;
const creditPart = /贷方|贷项|credits?|\bcr\b|haben|\bhaber\b|кредит/;
/** Other things than what a row moves: balances, the account on the other side, terms, names. */
const notMoved = new RegExp(
  '余额|期初|期末|累计|科目|方向|数量|标|对方|balance|memo|note|limit|terms|days|code|date' +
    '|account|type|card|score|rating|indicator|number|name',
);

/** What two headings of one pair have in common; undefined for a heading that is of none. */
function restOf(header: string, part: RegExp, other: RegExp): string | undefined {
  const plain = header.normalize('NFKC').toLowerCase().replaceAll('_', ' ');
  if (!part.test(plain) || other.test(plain) || notMoved.test(plain)) return undefined;
  return plain.replace(part, '').replaceAll(/[\s\-.:]+/g, '');
}

/** The first pair of columns that have debits and credits apart: `借方金额` and `贷方金额`. */
export function debitAndCredit(
  names: readonly string[],
): { debit: number; credit: number } | undefined {
  const credits = names.map((name) => restOf(name, creditPart, debitPart));
  for (const [debit, name] of names.entries()) {
    const rest = restOf(name, debitPart, creditPart);
    const credit = rest === undefined ? -1 : credits.indexOf(rest);
    if (credit >= 0) return { debit, credit };
  }
  return undefined;
}

/** A balance, which may be what is open of a document or what all rows so far come to. */
export function isBalance(header: string): boolean {
  return /余额|餘額|结余|结存|balance|saldo|solde/i.test(header);
}
