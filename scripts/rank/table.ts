import { assess, type Assessment } from '@recourse/agencies/domain/ranking/assess.ts';
import { type Cell, cellOf, pooled } from '@recourse/agencies/domain/ranking/cells.ts';
import { ripeAfter, ripening, type Span } from '@recourse/agencies/domain/ranking/curve.ts';
import { isNothing, numberOf, type Sheet } from './csv.ts';
import type { Roles } from './roles.ts';

/** One row that can be judged. */
export type Case = {
  group: string;
  /** What was placed, or expected where the table tells no more. */
  base: number;
  recovered: number;
  days: number | undefined;
  paidAfter: number | undefined;
  texts: string[];
};

export type Read = {
  cases: Case[];
  /** Why rows are no cases, and how many. */
  skipped: Map<string, number>;
  /** What was taken for something else than the table says, and how many. */
  bent: Map<string, number>;
  outcomes: 'shares' | 'ratios';
};

type Reader = (row: readonly string[], name: string | undefined) => string;

const paidWords = /paid|recovered|collected|settled|closed_paid|已还|结清|回收/i;
const collecting = /collect|催收/i;

/** The share that a word of state tells: all or nothing; none when it never came to collection. */
function shareOfStatus(word: string, withCollection: boolean): number | undefined {
  if (withCollection && !collecting.test(word)) return undefined;
  return paidWords.test(word) && !/un-?paid|not[ _]paid|未还/i.test(word) ? 1 : 0;
}

function caseOf(
  row: readonly string[],
  roles: Roles,
  at: Reader,
  withCollection: boolean,
): Case | string {
  if (row.slice(roles.columns).some((cell) => cell !== '')) return 'more cells than the header';
  const group = at(row, roles.group);
  if (isNothing(group)) return 'no group';
  const base = numberOf(at(row, roles.expected ?? roles.amount)) ?? (roles.amount ? undefined : 1);
  if (base === undefined || base <= 0) return 'no amount above 0';
  let recovered: number | undefined;
  if (roles.recovered !== undefined) {
    // An empty cell of what came in is nothing that came in.
    const told = at(row, roles.recovered);
    recovered = isNothing(told) ? 0 : numberOf(told);
  } else {
    const share = shareOfStatus(at(row, roles.status), withCollection);
    if (share === undefined) return 'never in collection';
    recovered = share * base;
  }
  if (recovered === undefined) return 'recovered is not a number';
  return {
    group,
    base,
    recovered,
    days: numberOf(at(row, roles.exposure)),
    paidAfter: numberOf(at(row, roles.paidAfter)),
    texts: roles.features.map((name) => at(row, name)),
  };
}

/** The rows as cases, and why the others are none. */
export function readCases(sheet: Sheet, roles: Roles): Read {
  const index = new Map(sheet.columns.map((name, at) => [name, at]));
  const at: Reader = (row, name) => (name === undefined ? '' : (row[index.get(name) ?? -1] ?? ''));
  const words = new Set(sheet.rows.map((row) => at(row, roles.status)));
  const inCollection = [...words].filter((word) => collecting.test(word));
  // Both ends of a collection are among the states: then the others were never in one.
  const withCollection = inCollection.length > 1;
  const cases: Case[] = [];
  const skipped = new Map<string, number>();
  const bent = new Map<string, number>();
  let below = 0;
  for (const row of sheet.rows) {
    const made = caseOf(row, roles, at, withCollection);
    if (typeof made === 'string') skipped.set(made, (skipped.get(made) ?? 0) + 1);
    else cases.push({ ...made, recovered: Math.max(0, made.recovered) });
    if (typeof made === 'object' && made.recovered < 0) below += 1;
  }
  if (cases.length === 0) {
    const why = [...skipped].map(([text, count]) => `${count} rows ${text}`).join(', ');
    throw new Error(`no row can be judged: ${why}`);
  }
  const over = cases.filter((one) => one.recovered > one.base * 1.0001).length;
  const outcomes = roles.expected !== undefined || over > 0.01 * cases.length ? 'ratios' : 'shares';
  if (below > 0) bent.set('recovered below 0, counted as 0', below);
  if (outcomes === 'shares' && over > 0)
    bent.set('recovered above the amount, counted as all', over);
  return { cases, skipped, bent, outcomes };
}

/**
 * Numbers are cut into equal parts, more of them where there are more cases: inside a part a good
 * agency that gets the hard end of it looks like a bad one.
 */
const leastParts = 5;
const mostParts = 12;
const casesPerPart = 80;

/** Texts of a column as levels: numbers in equal parts, words as they are. */
function levels(values: readonly string[]): string[] {
  const numbers = values.map(numberOf);
  const known = numbers.filter((value) => value !== undefined).sort((a, b) => a - b);
  const distinct = new Set(known).size;
  if (known.length < 0.9 * values.length || distinct <= 6) {
    return values.map((value) => (isNothing(value) ? 'unknown' : value));
  }
  const parts = Math.min(mostParts, Math.max(leastParts, Math.floor(known.length / casesPerPart)));
  const cuts = Array.from(
    { length: parts - 1 },
    (_none, at) => known[Math.floor(((at + 1) / parts) * known.length)] ?? 0,
  );
  return numbers.map((value) =>
    value === undefined ? 'unknown' : String(cuts.filter((cut) => value >= cut).length + 1),
  );
}

const spanCount = 18;

/** How far each case is ripe; 1 when the table tells nothing of time. */
function ripeness(cases: readonly Case[]): number[] {
  const days = cases.flatMap((one) => one.days ?? []);
  if (days.length < cases.length || cases.every((one) => one.paidAfter === undefined)) {
    return cases.map(() => 1);
  }
  const width = Math.max(1, Math.max(...days) / spanCount);
  const spans = Array.from({ length: spanCount }, (): Span => ({ came: 0, atRisk: 0 }));
  for (const one of cases) {
    for (const [at, span] of spans.entries()) {
      if ((one.days ?? 0) < (at + 1) * width - 1e-9) break;
      span.atRisk += one.base;
      if (Math.floor((one.paidAfter ?? Infinity) / width) === at) span.came += one.recovered;
    }
  }
  const curve = ripening(spans);
  return cases.map((one) => Math.max(1e-4, ripeAfter(curve, width, one.days ?? 0)));
}

const cap = 5;
const leastLevel = 30;
const mostLevels = 12;

function cellsOf({ cases, outcomes }: Read, roles: Roles): Cell[] {
  const bases = cases.map((one) => one.base).sort((a, b) => a - b);
  const median = bases[Math.floor(bases.length / 2)] ?? 1;
  const columns = roles.features.map((_name, at) =>
    levels(cases.map((one) => one.texts[at] ?? '')),
  );
  // An expectation given with the case knows the amount already.
  if (roles.expected === undefined && roles.amount !== undefined) {
    columns.push(levels(cases.map((one) => String(one.base))));
  }
  const ripe = ripeness(cases);
  const cells = cases.map((one, at) => {
    const share = one.recovered / one.base;
    return cellOf(
      one.group,
      columns.map((column) => column[at] ?? ''),
      {
        share: outcomes === 'shares' ? Math.min(1, share) : share,
        weight: Math.min(cap, one.base / median),
        ripe: ripe[at] ?? 1,
      },
    );
  });
  return pooled(cells, Math.min(leastLevel, Math.ceil(cases.length / 20)), mostLevels);
}

/** One group of a table, ranked. */
export type Group = {
  place: number;
  name: string;
  cases: number;
  base: number;
  recovered: number;
  expected: number;
  index: { mean: number; low: number; high: number };
  rawRate: number;
  rawPlace: number;
  /** Share of its cases whose amount other groups have cases of, too. */
  overlap: number;
};

/** The share of each group's cases that lie in tenths of the amounts where others are as well. */
function overlaps(cases: readonly Case[]): Map<string, number> {
  const sorted = cases.toSorted((a, b) => a.base - b.base);
  const tenths = Array.from({ length: 10 }, (_none, at) =>
    sorted.slice((at * sorted.length) / 10, ((at + 1) * sorted.length) / 10),
  );
  const shared = new Map<string, number>();
  for (const tenth of tenths) {
    for (const [name, own] of Map.groupBy(tenth, (one) => one.group)) {
      if (tenth.length - own.length < 0.1 * tenth.length) continue;
      shared.set(name, (shared.get(name) ?? 0) + own.length);
    }
  }
  const groups = Map.groupBy(cases, (one) => one.group);
  return new Map([...groups].map(([name, own]) => [name, (shared.get(name) ?? 0) / own.length]));
}

export type Ranked = { groups: Group[]; assessment: Assessment };

/** Ranks the groups of a table by the lower bound of what they bring against what was expected. */
export function rankTable(read: Read, roles: Roles): Ranked {
  const cells = cellsOf(read, roles);
  const assessment = assess(cells, read.outcomes);
  const expected = new Map<string, number>();
  for (const [at, one] of read.cases.entries()) {
    const part = one.base * (assessment.expected[at] ?? 0);
    expected.set(one.group, (expected.get(one.group) ?? 0) + part);
  }
  const shared = overlaps(read.cases);
  const byGroup = Map.groupBy(read.cases, (one) => one.group);
  const groups = assessment.agencies.map((one): Group => {
    const own = byGroup.get(one.agency) ?? [];
    const base = own.reduce((sum, each) => sum + each.base, 0);
    const recovered = own.reduce((sum, each) => sum + each.recovered, 0);
    return {
      place: 0,
      name: one.agency,
      cases: one.cases,
      base,
      recovered,
      expected: expected.get(one.agency) ?? 0,
      index: one.index,
      rawRate: recovered / base,
      rawPlace: 0,
      overlap: shared.get(one.agency) ?? 0,
    };
  });
  for (const [at, one] of groups.toSorted((a, b) => b.rawRate - a.rawRate).entries()) {
    one.rawPlace = at + 1;
  }
  groups.sort((a, b) => b.index.low - a.index.low);
  for (const [at, one] of groups.entries()) one.place = at + 1;
  return { groups, assessment };
}
