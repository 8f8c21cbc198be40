import type { Day } from './day.ts';
import { decimalText, type Money } from './money.ts';

/** Languages of a paper. */
export type PaperLanguage = 'zh-CN' | 'en';

/** A column; of the table's width it takes its share. */
export type PaperColumn = { title: string; share: number; isAmount?: true };

export type PaperTable = {
  heading: string;
  columns: readonly PaperColumn[];
  rows: readonly (readonly string[])[];
  /** What closes the table: its sums. */
  foot?: readonly string[];
};

/** A paper on its way into a file: words and figures as they are printed, in their order. */
export type Paper = {
  language: PaperLanguage;
  title: string;
  /** Below the title, such as that it is not final; may be empty. */
  note: string;
  /** The day it says it was made on: the same paper of a day is the same file. */
  day: Day;
  /** A page lies on its side, for tables of many columns. */
  isWide?: true;
  facts: readonly (readonly [name: string, value: string])[];
  tables: readonly PaperTable[];
  /** Sentences after the tables. */
  remarks: readonly string[];
  /** Who signs or seals, each in a field of its own. */
  signatures: readonly string[];
};

/** An amount with its thousands apart and every minor digit, without its currency. */
export function amountOnPaper(amount: Money): string {
  const [whole = '', ...rest] = decimalText(amount).split('.');
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}
