import { cleanCell } from './cell.ts';

/** What the amounts of credits look like in one column. */
export type CreditAmounts = {
  position: number;
  negative: number;
  positive: number;
  /** The first of them as it stands in the file. */
  sample: string;
};

const money = /^[^\p{L}]*(?:[A-Za-z]{1,3}[^\p{L}]*)?$/u;

/** −1, 0 or 1 for a text of digits and marks of money; undefined for any other. */
export function signOf(text: string): -1 | 0 | 1 | undefined {
  if (text === '' || !/\d/.test(text) || !money.test(text)) return undefined;
  if (!/[1-9]/.test(text)) return 0;
  return /^[^\d]*[(<\-−–]|[-−]$/.test(text) ? -1 : 1;
}

/** Counts the signs of a credit's amounts by column. */
export function addCreditAmounts(
  amounts: Map<number, CreditAmounts>,
  cells: readonly string[],
): void {
  cells.forEach((cell, position) => {
    const text = cleanCell(cell);
    const sign = signOf(text);
    if (sign === undefined || sign === 0) return;
    const fresh = { position, negative: 0, positive: 0, sample: text.slice(0, 40) };
    const found = amounts.get(position) ?? fresh;
    found[sign < 0 ? 'negative' : 'positive'] += 1;
    amounts.set(position, found);
  });
}
