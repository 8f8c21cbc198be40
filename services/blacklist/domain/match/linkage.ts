import { candidatePairs, type Row } from './blocking.ts';
import { editDistance, jaroWinkler } from './distance.ts';

export type PersonRecord = {
  readonly id: string;
  /** Values by column; records of one table have the same columns. Empty means unknown. */
  readonly fields: Readonly<Record<string, string>>;
};

export type Link = {
  readonly a: string;
  readonly b: string;
  /** Probability that both records mean one person, 0..1. */
  readonly probability: number;
  /** What each column tells, in bits; positive speaks for one person. */
  readonly weights: Readonly<Record<string, number>>;
};

export type Linkage = {
  readonly links: readonly Link[];
  readonly compared: number;
  readonly rounds: number;
};

/** How two values agree. */
const level = { absent: 0, differs: 1, near: 2, close: 3, same: 4 } as const;
const levels = 5;

function levelOf(a: string, b: string): number {
  if (a === '' || b === '') return level.absent;
  if (a === b) return level.same;
  if (/\d/.test(a) && /\d/.test(b) && !/[a-z]{3}/.test(a)) {
    const edits = editDistance(a, b, 2);
    return edits === 1 ? level.close : edits === 2 && a.length >= 6 ? level.near : level.differs;
  }
  const like = jaroWinkler(a, b);
  return like >= 0.92 ? level.close : like >= 0.8 ? level.near : level.differs;
}

/** Columns whose values are sometimes entered in each other's place. */
const swapped: readonly (readonly [RegExp, RegExp])[] = [
  [/^(given|first|fore)_?names?$|^名$/, /^(surname|sur_name|(last|family)_?name)$|^姓$/],
  [/^address_?1$|^address_?line_?1$/, /^address_?2$|^address_?line_?2$/],
];

function swapsOf(columns: readonly string[]): [number, number][] {
  return swapped
    .map(([a, b]): [number, number] => [
      columns.findIndex((name) => a.test(name)),
      columns.findIndex((name) => b.test(name)),
    ])
    .filter(([a, b]) => a >= 0 && b >= 0);
}

/** The levels of all columns, best way round where two columns may be swapped. */
function patternOf(a: Row, b: Row, swaps: readonly [number, number][]): number[] {
  const pattern = a.map((value, at) => levelOf(value, b[at] ?? ''));
  for (const [one, two] of swaps) {
    const crossed = [levelOf(a[one] ?? '', b[two] ?? ''), levelOf(a[two] ?? '', b[one] ?? '')];
    const isSwapped = crossed.every((found) => found >= level.close);
    const isStraight = (pattern[one] ?? 0) >= level.near || (pattern[two] ?? 0) >= level.near;
    if (isSwapped && !isStraight) {
      pattern[one] = level.close;
      pattern[two] = level.close;
    }
  }
  return pattern;
}

/** `prior` is the share of matches among all pairs of the table, compared or not. */
type Model = { prior: number; match: number[][]; other: number[][] };

/** Shares of the levels of a column, smoothed by half a pair each. */
function shares(counts: readonly number[]): number[] {
  const told = counts.slice(1).reduce((total, count) => total + count + 0.5, 0);
  return counts.map((count, at) => (at === level.absent ? 1 : (count + 0.5) / told));
}

/** log2 of the likelihood ratio, column by column. */
function bitsOf(pattern: readonly number[], model: Model): number[] {
  return pattern.map((found, column) =>
    found === level.absent
      ? 0
      : Math.log2((model.match[column]?.[found] ?? 1) / (model.other[column]?.[found] ?? 1)),
  );
}

function probabilityOf(pattern: readonly number[], model: Model): number {
  const bits = bitsOf(pattern, model).reduce((total, bit) => total + bit, 0);
  const odds = (model.prior / (1 - model.prior)) * 2 ** Math.max(Math.min(bits, 500), -500);
  return odds / (1 + odds);
}

/** Pairs drawn to learn chance agreement; a small table gives each of its own several times. */
const leastDrawn = 20_000;

/**
 * How levels fall among records that do not belong together: pairs drawn by a fixed generator
 * (Park and Miller 1988), since rows in a set distance may be alike or unlike by the file's order.
 */
function otherShares(rows: readonly Row[], columns: number, swaps: readonly [number, number][]) {
  const counts = Array.from({ length: columns }, () => Array.from({ length: levels }, () => 0));
  const drawn = Math.max(4, Math.ceil(leastDrawn / Math.max(rows.length, 1)));
  let state = 1;
  rows.forEach((row) => {
    for (let time = 0; time < drawn; time += 1) {
      state = (state * 48_271) % 2_147_483_647;
      const other = rows[state % rows.length];
      if (other === undefined || other === row) continue;
      count(counts, patternOf(row, other, swaps), 1);
    }
  });
  return counts.map(shares);
}

function count(counts: number[][], pattern: readonly number[], weight: number): void {
  pattern.forEach((found, column) => {
    const own = counts[column];
    if (own !== undefined) own[found] = (own[found] ?? 0) + weight;
  });
}

/** Distinct patterns with how many pairs show each: the sum to learn from is short. */
type Seen = { pattern: number[]; pairs: number }[];

/**
 * Expectation–maximisation (Winkler 1988) until the share of matches stands still. Since the shares
 * of `other` are those of any two rows, the prior is over all pairs: with one over the compared
 * pairs, which were chosen because they agree somewhere, a table in which nobody stands twice would
 * take neighbours for one person.
 */
function learn(seen: Seen, other: number[][], everyPair: number): { model: Model; rounds: number } {
  const start = [1, 0.05, 0.05, 0.1, 0.8];
  const compared = seen.reduce((total, { pairs }) => total + pairs, 0);
  const first = Math.min(Math.max((compared * 0.05) / everyPair, 1e-9), 0.5);
  let model: Model = { prior: first, match: other.map(() => start), other };
  for (let round = 1; round <= 60; round += 1) {
    const counts = other.map(() => Array.from({ length: levels }, () => 0));
    let matches = 0;
    for (const { pattern, pairs } of seen) {
      const weight = pairs * probabilityOf(pattern, model);
      matches += weight;
      count(counts, pattern, weight);
    }
    const prior = Math.min(Math.max(matches / everyPair, 0.5 / everyPair), 0.5);
    const isStill = Math.abs(prior - model.prior) < model.prior * 1e-5;
    model = { prior, match: counts.map(shares), other };
    if (isStill) return { model, rounds: round };
  }
  return { model, rounds: 60 };
}

function fold(value: string): string {
  return value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Links records of one person in a table without labels: bounded blocks, agreement levels by
 * column, weights by Fellegi and Sunter (1969) learned from the table itself. Links come by
 * probability, then by id; `least` probability is 0.5.
 */
export function linkPeople(records: readonly PersonRecord[], least = 0.5): Linkage {
  const columns = Object.keys(records[0]?.fields ?? {});
  const rows = records.map(({ fields }) => columns.map((column) => fold(fields[column] ?? '')));
  const swaps = swapsOf(columns);
  const pairs = candidatePairs(rows, columns.length);
  const patterns = new Map<string, { pattern: number[]; pairs: number[] }>();
  for (const pair of pairs) {
    const [i, j] = [Math.floor(pair / rows.length), pair % rows.length];
    const pattern = patternOf(rows[i] ?? [], rows[j] ?? [], swaps);
    const key = pattern.join('');
    const known = patterns.get(key);
    if (known === undefined) patterns.set(key, { pattern, pairs: [pair] });
    else known.pairs.push(pair);
  }
  const seen = [...patterns.values()].map((one) => ({ ...one, pairs: one.pairs.length }));
  const everyPair = Math.max((rows.length * (rows.length - 1)) / 2, 1);
  const { model, rounds } = learn(seen, otherShares(rows, columns.length, swaps), everyPair);
  const links: Link[] = [];
  for (const { pattern, pairs: own } of patterns.values()) {
    const probability = probabilityOf(pattern, model);
    if (probability < least) continue;
    const weights = Object.fromEntries(
      bitsOf(pattern, model).map((bits, at) => [columns[at], Math.round(bits * 10) / 10]),
    );
    for (const pair of own) {
      const one = records[Math.floor(pair / rows.length)]?.id ?? '';
      const other = records[pair % rows.length]?.id ?? '';
      const [a, b] = one < other ? [one, other] : [other, one];
      links.push({ a, b, probability, weights });
    }
  }
  links.sort((x, y) => y.probability - x.probability || (x.a + x.b < y.a + y.b ? -1 : 1));
  return { links, compared: pairs.length, rounds };
}
