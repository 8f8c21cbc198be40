import { cleanCell, isNullWord } from './cell.ts';
import { readHeading } from './heading-words.ts';
import { addCreditAmounts } from './credit-amounts.ts';
import type { CreditAmounts } from './credit-amounts.ts';
import { codeScan } from './kind-codes.ts';
import type { SideColumn } from './side-column.ts';
import { asksSide, debitAndCredit, isBalance, isCreditKind, sideWord } from './side-words.ts';

/** Two columns of which a row fills the one or the other. */
export type SidePair = {
  debit: number;
  credit: number;
  /** Rows with a credit alone, and whether (nearly) no row has both. */
  credits: number;
  exclusive: boolean;
  sample: string;
  /** Columns that add up the rows above: no amount of a document. */
  running: readonly number[];
};

/** How a file tells debits from credits, whichever column is its amount. */
export type Sides = { side: SideColumn | undefined; pair: SidePair | undefined };

export type SidesScan = { add(cells: readonly string[]): void; finish(): Sides };

/** Of the filled cells under a heading that asks for the side, so many must say one. */
const enoughSaid = 0.9;
/** Under a heading of kinds plain debit and credit are the side only where all say it. */
const allSay = 0.98;
const mostBoth = 0.02;
const mostKinds = 4;
const kindsRemembered = 1000;

type Said = 'debit' | 'credit' | 'credit_kind' | 'other' | 'nothing';

type Watched = {
  position: number;
  asks: boolean;
  known: Map<string, Said>;
  counts: Record<Said, number>;
  credits: number;
  sample: string;
  amounts: Map<number, CreditAmounts>;
};

function said(text: string): Said {
  if (text === '' || isNullWord(text)) return 'nothing';
  return sideWord(text) ?? (isCreditKind(text) ? 'credit_kind' : 'other');
}

function watched(position: number, asks: boolean): Watched {
  return {
    position,
    asks,
    known: new Map(),
    counts: { debit: 0, credit: 0, credit_kind: 0, other: 0, nothing: 0 },
    credits: 0,
    sample: '',
    amounts: new Map(),
  };
}

/** The columns that may tell the side: by their own heading, else by the kind of the document. */
function candidates(names: readonly string[]): Watched[] {
  const asking = names.flatMap((name, at) => (asksSide(name) ? [watched(at, true)] : []));
  const kinds = names.flatMap((name, at) => {
    const { concepts } = readHeading(name);
    const isKind = concepts.includes('type') && !concepts.includes('customer');
    return isKind && !asksSide(name) ? [watched(at, false)] : [];
  });
  return [...asking, ...kinds.slice(0, mostKinds)];
}

function addSide(column: Watched, cells: readonly string[]): void {
  const text = cleanCell(cells[column.position] ?? '');
  const known = column.known.get(text) ?? said(text);
  if (column.known.size < kindsRemembered) column.known.set(text, known);
  column.counts[known] += 1;
  if (known !== 'credit' && known !== 'credit_kind') return;
  if (column.sample === '') column.sample = text;
  column.credits += 1;
  addCreditAmounts(column.amounts, cells);
}

/** Whether what a column says is the side of its rows. */
function tells({ asks, counts }: Watched): boolean {
  const { debit, credit, credit_kind: kinds, other } = counts;
  const filled = debit + credit + kinds + other;
  if (filled === 0) return false;
  if (asks) return debit + credit + kinds >= filled * enoughSaid;
  if (debit > 0 && credit > 0) return debit + credit + kinds >= filled * allSay;
  // `Credit` beside kinds of other documents may be how a sale is paid.
  return kinds > 0 && credit === 0;
}

/** Roughly what a text comes to, without its sign: enough to compare sizes. */
function size(text: string | undefined): number {
  const digits = cleanCell(text ?? '').replaceAll(/[^\d.,]/g, '');
  const plain = digits.replaceAll(/[.,](?=\d{3}(?!\d))/g, '').replace(',', '.');
  return Number(plain) || 0;
}

function pairScan(names: readonly string[]) {
  const pair = debitAndCredit(names);
  const balances = names.flatMap((name, at) => (isBalance(name) ? [{ at, beyond: 0 }] : []));
  let rows = 0;
  let both = 0;
  let credits = 0;
  let sample = '';
  function add(cells: readonly string[]): void {
    if (pair === undefined) return;
    const debit = size(cells[pair.debit]);
    const credit = size(cells[pair.credit]);
    if (debit === 0 && credit === 0) return;
    rows += 1;
    if (debit > 0 && credit > 0) both += 1;
    else if (credit > 0) credits += 1;
    if (credit > 0 && sample === '') sample = cleanCell(cells[pair.credit] ?? '').slice(0, 40);
    for (const balance of balances) {
      if (size(cells[balance.at]) > Math.max(debit, credit) + 0.005) balance.beyond += 1;
    }
  }
  function finish(): SidePair | undefined {
    if (pair === undefined || rows === 0) return undefined;
    const running = balances.filter(({ beyond }) => beyond > rows * mostBoth).map(({ at }) => at);
    return { ...pair, credits, exclusive: both <= rows * mostBoth, sample, running };
  }
  return { add, finish };
}

/** Watches the columns that may tell debits from credits, over all rows. */
export function sidesScan(names: readonly string[]): SidesScan {
  const columns = candidates(names);
  const coded = columns.filter(({ asks }) => !asks).map(({ position }) => codeScan(position));
  const pair = pairScan(names);
  function add(cells: readonly string[]): void {
    for (const column of columns) addSide(column, cells);
    for (const column of coded) column.add(cells);
    pair.add(cells);
  }
  function finish(): Sides {
    const found = columns.find(tells);
    const side =
      found === undefined
        ? coded.map((column) => column.finish()).find((column) => column !== undefined)
        : {
            position: found.position,
            credits: found.credits,
            sample: found.sample,
            amounts: [...found.amounts.values()],
          };
    const two = pair.finish();
    // Beside two columns the side is that of the balance.
    return { side: two === undefined ? side : undefined, pair: two };
  }
  return { add, finish };
}
