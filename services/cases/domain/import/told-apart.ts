import { cleanCell } from './cell.ts';
import type { Row } from './csv.ts';
import { readHeading } from './heading-words.ts';
import { hashText, keyTable } from './key-table.ts';
import type { RowPlan } from './reading.ts';

/**
 * Which column that the mapping leaves out tells two documents of one number apart: the fiscal year
 * or the company code, by which SAP begins its numbers anew. Neither is made part of the key here:
 * a person has left it out, and whatever is stored already must still meet the document.
 */
export type TellsApart = {
  /** Remembers the first row of a document. */
  keep(documentKey: string, row: Row): void;
  /** The column in which a row differs from the one kept; undefined where it does in none. */
  kept(documentKey: string, row: Row): number | undefined;
  /** The column in which two rows differ. */
  between(one: Row, other: Row): number | undefined;
};

const mostColumns = 2;
/** Words of a document: two of its key, one that it is there, then one for each column. */
const width = 3 + mostColumns;

function tellingColumns({ fields, names }: RowPlan): number[] {
  const mapped = new Set(Object.values(fields));
  const free = names.flatMap((name, position) => {
    const { concepts } = readHeading(name);
    const isOther = concepts.some((concept) => concept === 'customer' || concept === 'date');
    const tells = concepts.includes('year') || concepts.includes('own');
    return mapped.has(position) || isOther || !tells ? [] : [position];
  });
  return free.slice(0, mostColumns);
}

/** Watches the columns of fiscal year and company that are not mapped. */
export function tellsApart(plan: RowPlan): TellsApart {
  const columns = tellingColumns(plan);
  const seen = keyTable(width);
  const hashed = new Uint32Array(2);
  const valueOf = ({ cells }: Row, position: number): string => cleanCell(cells[position] ?? '');
  function mark(row: Row, position: number): number {
    hashText(valueOf(row, position), hashed);
    return hashed[0] ?? 0;
  }
  return {
    keep: (documentKey, row) => {
      if (columns.length === 0) return;
      const at = seen.find(documentKey);
      const slots = seen.words();
      if (slots[at + 2] !== 0) return;
      slots[at + 2] = 1;
      columns.forEach((position, nth) => {
        slots[at + 3 + nth] = mark(row, position);
      });
      seen.added();
    },
    kept: (documentKey, row) => {
      if (columns.length === 0) return undefined;
      const at = seen.find(documentKey);
      const slots = seen.words();
      if (slots[at + 2] === 0) return undefined;
      return columns.find((position, nth) => slots[at + 3 + nth] !== mark(row, position));
    },
    between: (one, other) =>
      columns.find((position) => valueOf(one, position) !== valueOf(other, position)),
  };
}
