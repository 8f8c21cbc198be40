import type { Row } from '../domain/import/csv.ts';

/** A table in a file, to be read from its first row as often as needed. */
export type Table = {
  /** The contract's names; empty for a workbook. */
  encoding: string;
  byteOrderMark: boolean;
  delimiter: string;
  /** Name of the sheet; empty for a text file. */
  sheet: string;
  /** All rows in file order, in batches; the header and titles are among them. */
  rows(): AsyncGenerator<Row[]>;
  /** How much of the present reading is done, 0 to 1. */
  share(): number;
  /** Removes the temporary copy. */
  close(): Promise<void>;
};
