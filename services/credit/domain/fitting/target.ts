import { fault } from '@recourse/kit/fault.ts';
import { isMissing, saysNothing } from './missing-text.ts';
import { numberOf } from './number-text.ts';

/** Which value of the target is the bad outcome, and the outcome of each row. */
export type Target = {
  /** 1 bad, 0 good; rows of `rows` only. */
  bad: Uint8Array;
  /** Rows whose outcome is known, by their place in the table. */
  rows: Int32Array;
  /** As the file writes it; of several that were asked for, all, with commas between. */
  badValue: string;
  badCount: number;
  goodCount: number;
  unknownCount: number;
  /** Why this value counts as bad. */
  because: 'asked' | 'named_so' | 'one_of_nought_and_one' | 'the_rarer_one';
};

const badWords = new RegExp(
  '^(bads?|default(ed|er|s)?|late|bankrupt(cy)?|insolvent|ch(ar)?ge?d?[ _-]?off|collection|' +
    'overdue|delinquent|fail(ed|ure)?|lost|loss|written[ _-]?off|unpaid|npl|arrears|' +
    'reject(ed)?|declined|denied|refused|(high|bad)[ _-]?(risk|credit|loan|customer)|' +
    '坏|坏账|坏客户|违约|逾期|拖欠|破产)$',
  'i',
);
const goodWords = new RegExp(
  '^(goods?|paid([ _-]?(off|in[ _-]?full))?|fully[ _-]?paid|repaid|p ?i ?f|current|healthy|' +
    'performing|active|alive|solvent|approved?|accepted|granted|' +
    '(low|good)[ _-]?(risk|credit|loan|customer)|on[ _-]?time|好|好客户|良好|正常|结清|已还清)$',
  'i',
);
const deniedWords = /^(?:not?|non|in|never)[ _-]*(?=\p{L}{3})|^[未不非无]/iu;

/** What a value says; a denial (`not bankrupt`, 未违约) says the other thing. */
function meaningOf(value: string): 'good' | 'bad' | undefined {
  if (badWords.test(value)) return 'bad';
  if (goodWords.test(value)) return 'good';
  const rest = value.replace(deniedWords, '');
  if (rest === value) return undefined;
  if (badWords.test(rest)) return 'good';
  return goodWords.test(rest) ? 'bad' : undefined;
}

/** Say yes or no to what the target's name asks. */
const yesWords = /^(yes|y|true|t|是|ja|j|oui|si|sí|sim)$/i;
const noWords = /^(no|n|false|f|否|nein|non|não)$/i;
/** Names of targets whose 1 is the good outcome; `unpaid` and `days_paid_late` are none. */
const goodNames = /good|paid|repaid|success|settled|survive|approv|accept|creditab|worthy/i;
const notGood = new RegExp(
  'un-?paid|(?:not|non|never)[_. -]?|late|default|overdue|bad|rejec|delin|dlq|bankrupt|insolv|' +
    'fail|charge|churn|loss|npl|arrear|fraud|ausfall|verzug|impag|d[ée]faut|mora|' +
    '违约|逾期|坏|拖欠|破产',
  'i',
);

function isGoodName(name: string): boolean {
  return goodNames.test(name) && !notGood.test(name);
}

/** Of yes and no, or 1 and 0, the commoner is hardly the bad one where no name says that it is. */
const tooCommon = 0.6;
/** So many bad ones that the file must be a copy with 0 and 1 the other way round. */
const farTooCommon = 0.85;

type Choice = Pick<Target, 'badValue' | 'because'> & { bads: ReadonlySet<string> };

function chosen(badValue: string, because: Target['because']): Choice {
  return { badValue, because, bads: new Set([badValue]) };
}

function sameValue(a: string, b: string): boolean {
  if (a === b || a.toLowerCase() === b.toLowerCase()) return true;
  const left = numberOf(a);
  return !Number.isNaN(left) && left === numberOf(b);
}

function chooseBad(name: string, counts: ReadonlyMap<string, number>): Choice {
  const values = [...counts.keys()];
  const bads = values.filter((value) => meaningOf(value) === 'bad');
  if (bads.length === 1) return chosen(bads[0] ?? '', 'named_so');
  const goods = values.filter((value) => meaningOf(value) === 'good');
  const other = values.find((value) => !goods.includes(value));
  if (goods.length === 1 && other !== undefined) return chosen(other, 'named_so');
  // The sign of an approval or of a test passed.
  if (values.includes('+') && values.includes('-')) return chosen('-', 'named_so');
  const rest = (one: string | undefined) => values.find((value) => value !== one) ?? '';
  const yes = values.find((value) => yesWords.test(value));
  const no = values.find((value) => noWords.test(value));
  if (yes !== undefined || no !== undefined) {
    const [said, denied] = [yes ?? rest(no), no ?? rest(yes)];
    return ofTwo(name, counts, { said, denied, because: 'named_so' });
  }
  const one = values.find((value) => numberOf(value) === 1);
  const nought = values.find((value) => numberOf(value) === 0);
  if (one === undefined || nought === undefined) {
    return chosen(rarerOf(counts), 'the_rarer_one');
  }
  return ofTwo(name, counts, { said: one, denied: nought, because: 'one_of_nought_and_one' });
}

function rarerOf(counts: ReadonlyMap<string, number>): string {
  const [rarer] = [...counts].toSorted((a, b) => a[1] - b[1])[0] ?? [''];
  return rarer;
}

type Answers = { said: string; denied: string; because: Target['because'] };

/** Of yes and no, the bad one: as the target's name says, else yes unless most are. */
function ofTwo(name: string, counts: ReadonlyMap<string, number>, answers: Answers): Choice {
  const { said, denied, because } = answers;
  if (isGoodName(name)) return chosen(denied, 'named_so');
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const share = (counts.get(said) ?? 0) / total;
  const isOdd = share > (notGood.test(name) ? farTooCommon : tooCommon);
  return isOdd ? chosen(denied, 'the_rarer_one') : chosen(said, because);
}

/**
 * Whether a target's cell says nothing; beside `+` a lone `-` is a class, and a word like
 * `unknown` is none beside two others.
 */
function unknownIn(cells: readonly string[]): (cell: string) => boolean {
  const isSigned = cells.includes('+');
  const classes = new Set(cells.filter((cell) => !isMissing(cell) && !saysNothing(cell)));
  const others = classes.size >= 2;
  return (cell) =>
    (isMissing(cell) && !(isSigned && cell === '-')) || (others && saysNothing(cell));
}

/** `Bad` and `bad`, `1` and `1.0` are one value, spelled as it comes first. */
function inOneSpelling(cells: readonly string[]): string[] {
  const spellings = new Map<string, string>();
  return cells.map((cell) => {
    const bare = cell.trim();
    const key = /^[-+]?\d+\.0+$/.test(bare) ? String(Number(bare)) : bare.toLowerCase();
    const known = spellings.get(key);
    if (known === undefined) spellings.set(key, bare);
    return known ?? bare;
  });
}

/** The values asked for: one as it stands, or several with commas between. */
function askedFor(name: string, asked: string, values: readonly string[]): Choice {
  const whole = values.find((value) => sameValue(value, asked));
  if (whole !== undefined) return chosen(whole, 'asked');
  const parts = asked.split(',').map((part) => part.trim());
  const bads = new Set(
    parts.map((part) => {
      const found = values.find((value) => sameValue(value, part));
      if (found !== undefined) return found;
      const known = values.slice(0, 10).join(', ');
      throw fault('invalid', 'bad_value_unknown', { target: name, bad: part, values: known });
    }),
  );
  return { badValue: [...bads].join(','), because: 'asked', bads };
}

/**
 * Reads the outcomes of a target column. Without `asked` the bad value is the one that is called
 * so, else 1 of 0 and 1, else the rarer. Faults: `invalid` target_is_empty,
 * target_has_one_class, target_has_many_classes (name the bad one), bad_value_unknown.
 */
export function readTarget(name: string, given: readonly string[], asked?: string): Target {
  const cells = inOneSpelling(given);
  const counts = new Map<string, number>();
  const isUnknown = unknownIn(cells);
  for (const cell of cells) {
    if (!isUnknown(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const values = [...counts.keys()];
  const [only] = values;
  if (only === undefined) {
    const repair = 'Name the column that has the outcomes.';
    throw fault('invalid', 'target_is_empty', { target: name, repair });
  }
  if (values.length === 1) {
    const repair = 'Give records of both outcomes, or name another column.';
    throw fault('invalid', 'target_has_one_class', { target: name, value: only, repair });
  }
  if (values.length > 2 && asked === undefined) {
    const shown = values.slice(0, 10).join(', ');
    const repair = 'Name the bad one, or several with commas between; all others count as good.';
    const likely = values.filter((value) => meaningOf(value) === 'bad').join(',');
    const facts = { target: name, classes: values.length, values: shown, repair };
    if (likely !== '') {
      throw fault('invalid', 'target_has_many_classes', { ...facts, perhaps: likely });
    }
    throw fault('invalid', 'target_has_many_classes', facts);
  }
  const choice = asked === undefined ? chooseBad(name, counts) : askedFor(name, asked, values);
  if (values.every((value) => choice.bads.has(value))) {
    const repair = 'Leave one value at least that is good.';
    throw fault('invalid', 'target_has_one_class', { target: name, value: asked ?? '', repair });
  }
  return outcomes(cells, choice, isUnknown);
}

function outcomes(
  cells: readonly string[],
  { badValue, because, bads }: Choice,
  isUnknown: (cell: string) => boolean,
): Target {
  const known: number[] = [];
  cells.forEach((cell, at) => {
    if (!isUnknown(cell)) known.push(at);
  });
  const bad = Uint8Array.from(known, (at) => (bads.has(cells[at] ?? '') ? 1 : 0));
  const badCount = bad.reduce((total, one) => total + one, 0);
  return {
    badValue,
    because,
    bad,
    rows: Int32Array.from(known),
    badCount,
    goodCount: known.length - badCount,
    unknownCount: cells.length - known.length,
  };
}
