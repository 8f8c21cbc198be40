import type { Field } from './field-rules.ts';
import type { ColumnFormat } from './formats.ts';
import type { LayoutFact } from './layout-fact.ts';
import { creditAmounts } from './side-columns.ts';
import type { Sides } from './sides.ts';

/** Of an analysis what its facts of money are made of (`summary.ts`). */
type Looked = {
  columns: readonly {
    position: number;
    header: string;
    field: Field | undefined;
    samples: readonly string[];
  }[];
  formats: readonly ColumnFormat[];
  sides?: Sides | undefined;
  lineCount?: number | undefined;
  filled?: readonly number[] | undefined;
};

/** Nearly all: a few rows without a day change nothing in what the column would do. */
const nearlyAll = 0.98;

/** What is told of the column of sides: how its credits are read, or that nobody reads them. */
function ofSide({ sides, columns, formats }: Looked): LayoutFact[] {
  const side = sides?.side;
  if (side === undefined || side.credits === 0) return [];
  const amount = columns.find(({ field }) => field === 'AMOUNT')?.position;
  const { negative = 0, positive = 0 } = creditAmounts(side, amount) ?? {};
  const { header = '', field } = columns[side.position] ?? {};
  const fact = (kind: LayoutFact['kind'], rows: number): LayoutFact[] =>
    rows === 0 ? [] : [{ kind, column: header, rows, sample: side.sample }];
  if (field !== 'SIDE') return fact('side_left', positive);
  const detected = formats.find(({ position }) => position === side.position)?.detected ?? '';
  if (detected === '') return fact('side_mixed', negative);
  return detected === 'signed'
    ? fact('side_signed', negative)
    : fact('side_unsigned', negative + positive);
}

/** What is told of two columns: which one is taken from the amount, and which add up rows. */
function ofPair({ sides, columns }: Looked): LayoutFact[] {
  const pair = sides?.pair;
  if (pair === undefined || columns[pair.credit]?.field !== 'CREDIT_AMOUNT') return [];
  const header = (position: number): string => columns[position]?.header ?? '';
  const { credit, credits: rows, sample, running } = pair;
  return [
    { kind: 'credit_amounts', column: header(credit), rows, sample },
    ...running
      .filter((position) => columns[position]?.field === undefined)
      .map((position): LayoutFact => {
        const first = columns[position]?.samples[0] ?? '';
        return { kind: 'running_balance', column: header(position), rows: 0, sample: first };
      }),
  ];
}

/**
 * A settlement day in (nearly) every row would settle the whole file: it may be the day on which
 * payment is expected. A column of states decides for itself what is paid (`owed.ts`).
 */
function ofSettled({ columns, filled, lineCount = 0 }: Looked): LayoutFact[] {
  const column = columns.find(({ field }) => field === 'SETTLED_DATE');
  if (column === undefined || columns.some(({ field }) => field === 'STATUS')) return [];
  const rows = filled?.[column.position] ?? 0;
  if (rows === 0 || rows < lineCount * nearlyAll) return [];
  const { header, samples } = column;
  return [{ kind: 'all_settled', column: header, rows, sample: samples[0] ?? '' }];
}

/** The facts of debit and credit, and of a file that is settled throughout. */
export function moneyFacts(summary: Looked): LayoutFact[] {
  return [...ofSide(summary), ...ofPair(summary), ...ofSettled(summary)];
}
