import { fault } from '@recourse/kit/fault.ts';
import { isMissing, numberOf } from './table.ts';

/** Which value of the target is the bad outcome, and the outcome of each row. */
export type Target = {
  /** 1 bad, 0 good; rows of `rows` only. */
  bad: Uint8Array;
  /** Rows whose outcome is known, by their place in the table. */
  rows: Int32Array;
  badValue: string;
  badCount: number;
  goodCount: number;
  unknownCount: number;
  /** Why this value counts as bad. */
  because: 'asked' | 'named_so' | 'one_of_nought_and_one' | 'the_rarer_one';
};

const badWords = new RegExp(
  '^(bad|default(ed)?|late|bankrupt(cy)?|insolvent|charged[ _-]?off|collection|overdue|yes|y|' +
    'true|t|fail(ed)?|lost|坏|违约|逾期|是)$',
  'i',
);
const goodWords = new RegExp(
  '^(good|paid[ _-]?(off)?|fully[ _-]?paid|current|no|n|false|f|non[ _-]?default|healthy|' +
    'on[ _-]?time|好|正常|否)$',
  'i',
);
/** Names of targets whose 1 is the good outcome. */
const goodNames = /good|paid|repaid|success|settled|survive|approved/i;

type Choice = Pick<Target, 'badValue' | 'because'>;

function sameValue(a: string, b: string): boolean {
  if (a === b || a.toLowerCase() === b.toLowerCase()) return true;
  const left = numberOf(a);
  return !Number.isNaN(left) && left === numberOf(b);
}

function chooseBad(name: string, counts: ReadonlyMap<string, number>): Choice {
  const values = [...counts.keys()];
  const bads = values.filter((value) => badWords.test(value));
  if (bads.length === 1) return { badValue: bads[0] ?? '', because: 'named_so' };
  const goods = values.filter((value) => goodWords.test(value));
  const other = values.find((value) => !goods.includes(value));
  if (goods.length === 1 && other !== undefined) return { badValue: other, because: 'named_so' };
  const rarer = values.toSorted((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))[0] ?? '';
  const one = values.find((value) => numberOf(value) === 1);
  const nought = values.find((value) => numberOf(value) === 0);
  if (one === undefined || nought === undefined)
    return { badValue: rarer, because: 'the_rarer_one' };
  if (goodNames.test(name)) return { badValue: nought, because: 'named_so' };
  return { badValue: one, because: 'one_of_nought_and_one' };
}

/**
 * Reads the outcomes of a target column. Without `asked` the bad value is the one that is called
 * so, else 1 of 0 and 1, else the rarer. Faults: `invalid` target_is_empty,
 * target_has_one_class, target_has_many_classes (name the bad one), bad_value_unknown.
 */
export function readTarget(name: string, cells: readonly string[], asked?: string): Target {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    if (!isMissing(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const values = [...counts.keys()];
  const [only] = values;
  if (only === undefined) throw fault('invalid', 'target_is_empty', { target: name });
  if (values.length === 1) {
    throw fault('invalid', 'target_has_one_class', { target: name, value: only });
  }
  if (values.length > 2 && asked === undefined) {
    const shown = values.slice(0, 10).join(', ');
    const facts = { target: name, classes: values.length, values: shown };
    throw fault('invalid', 'target_has_many_classes', facts);
  }
  const found = asked === undefined ? undefined : values.find((value) => sameValue(value, asked));
  if (asked !== undefined && found === undefined) {
    const facts = { target: name, bad: asked, values: values.slice(0, 10).join(', ') };
    throw fault('invalid', 'bad_value_unknown', facts);
  }
  const choice: Choice =
    found === undefined ? chooseBad(name, counts) : { badValue: found, because: 'asked' };
  return outcomes(cells, choice);
}

function outcomes(cells: readonly string[], choice: Choice): Target {
  const known: number[] = [];
  cells.forEach((cell, at) => {
    if (!isMissing(cell)) known.push(at);
  });
  const bad = Uint8Array.from(known, (at) => (cells[at] === choice.badValue ? 1 : 0));
  const badCount = bad.reduce((total, one) => total + one, 0);
  return {
    ...choice,
    bad,
    rows: Int32Array.from(known),
    badCount,
    goodCount: known.length - badCount,
    unknownCount: cells.length - known.length,
  };
}
