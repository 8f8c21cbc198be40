/**
 * Tries the agency ranking outside the platform:
 * `./scripts/ranking simulate [--agencies 30] [--seed 1] [--runs 20]` on agencies of known quality,
 * `./scripts/ranking table <csv> [--group c] [--amount c] [--recovered c] [--expected c]` on a
 * table of cases, whose columns are found by their names where they are not given.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSheet } from './rank/csv.ts';
import { type Given, rolesOf } from './rank/roles.ts';
import { play, type Played, scenarios } from './rank/simulate.ts';
import { type Group, rankTable, readCases } from './rank/table.ts';

const usage = `ranking simulate [--agencies 30] [--seed 1] [--runs 20]
ranking table <csv> [--group column] [--amount column] [--recovered column] [--expected column]
`;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function line(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => {
      const width = widths[at] ?? 0;
      return at === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join('  ');
}

const wide = [28, 8, 8, 8, 8, 8, 8, 9, 9, 5] as const;

function playedLine(one: Played): string {
  const { spearman, kendall, coverage, coverageSmall } = one;
  const figures = [
    ...[spearman.low, spearman.index, spearman.raw, kendall.low, kendall.index, kendall.raw].map(
      (value) => value.toFixed(3),
    ),
    `${(coverage * 100).toFixed(1)} %`,
    coverageSmall === undefined ? '–' : `${(coverageSmall * 100).toFixed(1)} %`,
    `${Math.round(one.won * 100)} %`,
  ];
  return line([one.name, ...figures], wide);
}

/** What the runs say, and how near `least` intervals can tell it (two standard errors). */
function verdict(made: readonly Played[], least: number): string[] {
  const lost = made.filter(
    (one) => one.spearman.low <= one.spearman.raw || one.kendall.low <= one.kendall.raw,
  );
  const off = made.filter((one) => one.coverage < 0.85 || one.coverage > 0.95);
  const names = (those: readonly Played[]): string => those.map((one) => one.name).join('; ');
  return [
    lost.length === 0
      ? `The ranking beats the raw recovery rate in each of ${made.length} scenarios.`
      : `The ranking does not beat the raw recovery rate: ${names(lost)}.`,
    off.length === 0
      ? 'The 90 % intervals hold the truth in 85 to 95 % of the cases in each.'
      : `The 90 % intervals hold the truth outside 85 to 95 %: ${names(off)}.` +
        ` ${least} intervals tell it to ±${(200 * Math.sqrt(0.09 / least)).toFixed(1)} points.`,
  ];
}

function simulate(o: { agencies: number; seed: number; runs: number }): number {
  say(`${o.agencies} agencies of known quality, ${o.runs} runs per scenario, seed ${o.seed}.`);
  say(
    'Rank correlation with the truth: by the lower bound (the ranking), the index, the raw rate.',
  );
  say(
    line(
      ['', 'ρ low', 'ρ index', 'ρ raw', 'τ low', 'τ index', 'τ raw', 'covers', '< 50', 'won'],
      wide,
    ),
  );
  const made: Played[] = [];
  for (const scenario of scenarios) {
    const one = play(scenario, o);
    made.push(one);
    say(playedLine(one));
  }
  const said = verdict(made, o.agencies * o.runs);
  for (const text of said) say(text);
  return said.every((text) => !text.includes(':')) ? 0 : 1;
}

const columns = [24, 6, 7, 15, 15, 8, 7, 15, 9, 8] as const;

function groupLine(one: Group): string {
  const { low, mean, high } = one.index;
  return line(
    [
      one.name,
      String(one.place),
      String(one.cases),
      one.recovered.toFixed(2),
      one.expected.toFixed(2),
      (one.recovered / Math.max(one.expected, 1e-9)).toFixed(3),
      mean.toFixed(3),
      `${low.toFixed(3)}–${high.toFixed(3)}`,
      one.rawRate.toFixed(3),
      String(one.rawPlace),
    ],
    columns,
  );
}

const leastOverlap = 0.5;

function table(path: string, given: Given): number {
  const sheet = readSheet(path);
  const roles = rolesOf(sheet, given);
  const read = readCases(sheet, roles);
  const { groups, assessment } = rankTable(read, roles);
  const { recovered, expected, amount } = roles;
  say(`${sheet.rows.length} rows, ${read.cases.length} cases, ${groups.length} groups.`);
  for (const [why, count] of read.skipped) say(`Left out: ${count} rows, ${why}.`);
  for (const [why, count] of read.bent) say(`Beware: ${count} rows, ${why}.`);
  const how = { named: 'as asked', header: 'by its name', fallback: 'no column names an agency' };
  say(`Group: ${roles.group} (${how[roles.groupBy]}).`);
  const outcome = roles.recovered ?? `${roles.status ?? ''} (paid or not)`;
  say(`Outcome: ${outcome} against ${roles.expected ?? roles.amount ?? 'one per case'}.`);
  say(`Expected by: ${roles.features.join(', ') || 'nothing but the level'}.`);
  for (const { column, why } of roles.leftOut) say(`Not used: ${column} (${why}).`);
  say(`Form: ${assessment.link}; true spread between groups ${assessment.spread.toFixed(3)}.`);
  const heads = ['place', 'cases', 'observed', 'expected', 'ratio', 'index', '90 %'];
  say(line([roles.group, ...heads, 'raw rate', 'by raw'], columns));
  for (const one of groups) say(groupLine(one));
  const total = (of: (one: Group) => number): number =>
    groups.reduce((sum, one) => sum + of(one), 0);
  say(
    `Sum: base ${total((one) => one.base).toFixed(2)}, observed ` +
      `${total((one) => one.recovered).toFixed(2)}, expected ` +
      `${total((one) => one.expected).toFixed(2)}.`,
  );
  if (recovered !== undefined && expected === undefined && amount === undefined) {
    say('Beware: no column tells what was placed, so sums are compared: give --amount <column>.');
  }
  if (groups.every((one) => one.recovered === 0)) {
    say('Beware: nothing came in at all, so the places tell nothing.');
  }
  if (groups.length < 2) {
    say(`Beware: ${roles.group} has one value only, so there is nobody to compare with.`);
    return 0;
  }
  const alone = groups.filter((one) => one.overlap < leastOverlap);
  for (const one of alone) {
    say(
      `Beware: other groups have hardly any cases of the amounts of ${one.name} ` +
        `(${Math.round(one.overlap * 100)} % shared): group and amount cannot be told apart.`,
    );
  }
  return 0;
}

function whole(name: string, text: string | undefined, fallback: number, least = 1): number {
  const value = text === undefined ? fallback : Number(text);
  if (/^\d{1,6}$/.test(text ?? '1') && value >= least) return value;
  throw new Error(`--${name} ${text ?? ''}: give a whole number from ${least} to 999999`);
}

/** What was given beyond what a command takes. */
function noMore(given: readonly string[], known: readonly string[], rest: readonly string[]): void {
  const strange = given.find((name) => !known.includes(name));
  if (strange !== undefined) {
    const own = known.map((name) => `--${name}`).join(' ');
    throw new Error(`--${strange} does nothing here: use ${own}`);
  }
  if (rest[0] !== undefined) throw new Error(`${rest[0]} is too much: leave it out`);
}

const text = { type: 'string' } as const;
const options = { agencies: text, seed: text, runs: text };
const roles = { group: text, amount: text, recovered: text, expected: text };

function wordsOf(words: string[]) {
  try {
    return parseArgs({ args: words, allowPositionals: true, options: { ...options, ...roles } });
  } catch (thrown) {
    const [said = ''] = thrown instanceof Error ? thrown.message.split(/[.\n]/) : [];
    throw new Error(`${said}\n${usage}`, { cause: thrown });
  }
}

function run(words: string[]): number {
  if (words.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const { values, positionals } = wordsOf(words);
  const [command, path, ...rest] = positionals;
  if (command === 'simulate') {
    noMore(Object.keys(values), Object.keys(options), positionals.slice(1));
    // Two agencies are in one order or the other: no correlation tells anything.
    const agencies = whole('agencies', values.agencies, 30, 3);
    const seed = whole('seed', values.seed, 1);
    return simulate({ agencies, seed, runs: whole('runs', values.runs, 20) });
  }
  if (command !== 'table' || path === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  noMore(Object.keys(values), Object.keys(roles), rest);
  const { group, amount, recovered, expected } = values;
  const given: Given = {
    ...(group === undefined ? {} : { group }),
    ...(amount === undefined ? {} : { amount }),
    ...(recovered === undefined ? {} : { recovered }),
    ...(expected === undefined ? {} : { expected }),
  };
  return table(resolve(process.env['STARTED_IN'] ?? '.', path), given);
}

// Whoever reads only the first lines (`| head`) closes the pipe; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  process.exitCode = run(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = 2;
}
