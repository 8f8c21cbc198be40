import { cleanCell } from './cell.ts';
import { addCreditAmounts, signOf } from './credit-amounts.ts';
import type { CreditAmounts } from './credit-amounts.ts';
import type { SideColumn } from './side-column.ts';

/** A program's codes for kinds of documents. */
type Codes = {
  all: ReadonlySet<string>;
  /** Kinds that are owed: without one of them codes of two letters may be anything. */
  invoices: ReadonlySet<string>;
  /**
   * Kinds that are always credits of a customer. Others may be either: SAP's RV has the credit
   * memos of sales, too, and AB and ZP what a clearing or a payment run leaves.
   */
  credits: ReadonlySet<string>;
};

function codes(all: string, invoices: string, credits: string): Codes {
  const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));
  return {
    all: set(`${all} ${invoices} ${credits}`),
    invoices: set(invoices),
    credits: set(credits),
  };
}

const systems: readonly Codes[] = [
  // SAP's document types as delivered (table T003): DR invoice, RV billing document, DA customer
  // document, DV interest; DG credit memo, DZ payment.
  codes(
    'AB DB DE DP EU KA KG KN KP KR KZ PR RA RE RN SA SB SK SU WA WE WL ZP ZR ZS ZV',
    'DA DR DV RV',
    'DG DZ',
  ),
  // Oracle Receivables (AR_PAYMENT_SCHEDULES_ALL.CLASS).
  codes('BR CB DEP DM GUAR', 'INV', 'CM PMT'),
];

/** Whether a kind of document is a credit by its code, as SAP's `DZ` is. */
export function isCreditCode(text: string): boolean {
  return systems.some(({ credits }) => credits.has(text));
}

const mostKinds = 200;
/** Nearly all kinds have the form of codes, and of those half are the program's own. */
const inForm = 0.98;
const known = 0.5;

/** Whether the kinds of a column, with how often each comes, are a program's codes. */
function areCodes(kinds: ReadonlyMap<string, number>): boolean {
  const count = (fits: (kind: string) => boolean): number =>
    [...kinds].reduce((sum, [kind, times]) => sum + (fits(kind) ? times : 0), 0);
  const filled = count(() => true);
  if (kinds.size > mostKinds || count((kind) => /^[A-Z\d]{2,4}$/.test(kind)) < filled * inForm) {
    return false;
  }
  return systems.some(
    ({ all, invoices, credits }) =>
      count((kind) => all.has(kind)) >= filled * known &&
      [...invoices].some((kind) => kinds.has(kind)) &&
      [...credits].some((kind) => kinds.has(kind)),
  );
}

/** Watches a column of kinds of documents for the codes of a program. */
export function codeScan(position: number): {
  add(cells: readonly string[]): void;
  finish(): SideColumn | undefined;
} {
  const kinds = new Map<string, number>();
  const amounts = new Map<number, CreditAmounts>();
  const signed = new Set<number>();
  let credits = 0;
  let sample = '';
  function add(cells: readonly string[]): void {
    const kind = cleanCell(cells[position] ?? '');
    if (kind !== '' && kinds.size <= mostKinds) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    cells.forEach((cell, at) => {
      if (!signed.has(at) && signOf(cleanCell(cell)) === -1) signed.add(at);
    });
    if (!isCreditCode(kind)) return;
    credits += 1;
    if (sample === '') sample = kind;
    addCreditAmounts(amounts, cells);
  }
  function finish(): SideColumn | undefined {
    if (!areCodes(kinds)) return undefined;
    return { position, credits, sample, amounts: [...amounts.values()], signed: [...signed] };
  }
  return { add, finish };
}
