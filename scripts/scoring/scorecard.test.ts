import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'scorecard-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Public tables lie beside the repository; without them these tests say so. */
const shared = join(root, '../shared/data');
const german = join(shared, 'credit/german.data');
const ibm = join(shared, 'receivables/ibm_accounts_receivable.csv');
const unlessPresent = existsSync(german) ? '' : ' (data not present)';

function scorecard(...words: string[]) {
  const node = join(root, 'node_modules/.bin/node');
  const made = spawnSync(node, [join(root, 'scripts/scorecard.ts'), ...words], {
    encoding: 'utf8',
  });
  return { status: made.status, out: made.stdout, err: made.stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Customers whose ratio and branch tell the outcome, but not all of it. */
const rows = Array.from({ length: 400 }, (_none, row) => {
  const ratio = ((row * 37) % 101) / 40;
  const branch = ['steel', 'paper', 'glass'][row % 3] ?? '';
  const chance = ((row * 29 + Math.floor(row / 100) * 41) % 97) / 97;
  const bad = ratio < 0.5 + chance + (branch === 'steel' ? 0.4 : 0) ? 1 : 0;
  return { ratio: String(ratio), branch, buyer: `B${row % 80}`, settled: String(bad * 9), bad };
});
const lineOf = (one: (typeof rows)[number]): string =>
  [one.ratio, one.branch, one.buyer, one.settled, one.bad].join(',');
const csv = file(
  'book.csv',
  ['ratio,branch,buyer,days_to_settle,bad', ...rows.map(lineOf)].join('\n'),
);
const arff = file(
  'book.arff',
  [
    '@relation book',
    '@attribute ratio numeric',
    '@attribute branch {steel,paper,glass}',
    '@attribute buyer string',
    '@attribute days_to_settle numeric',
    '@attribute bad {0,1}',
    '@data',
    ...rows.map(lineOf),
  ].join('\n'),
);
const few = file('few.csv', 'a,bad\n1,0\n2,1\n');
const oneClass = file('one.csv', 'a,bad\n1,0\n2,0\n');
const fit = ['--target', 'bad', '--folds', '4', '--drop', 'days_to_settle'];

/** What is printed beside a word, as a number. */
function figure(out: string, name: string): number {
  return Number(new RegExp(`^ +${name} +([\\d.]+)`, 'm').exec(out)?.[1]);
}

describe('scripts/scorecard fit', () => {
  it('prints cross-validated figures of both kinds, and the card bin by bin', () => {
    const made = scorecard('fit', csv, ...fit, '--group', 'buyer');
    expect(made).toMatchObject({ status: 0, err: '' });
    expect(made.out).toContain('400 records, target bad');
    expect(made.out).toMatch(/groups +80\n/);
    expect(made.out).toContain('Scorecard, 4-fold cross-validation');
    expect(made.out).toContain('Boosted trees, 4-fold cross-validation');
    const auc = figure(made.out, 'AUC');
    expect(auc).toBeGreaterThan(0.8);
    expect(figure(made.out, 'Gini')).toBeCloseTo(2 * auc - 1, 3);
    for (const name of ['KS', 'Brier', 'PSI held-out']) {
      expect(figure(made.out, name)).toBeGreaterThan(0);
    }
    const calibrated = made.out.split('seen\n')[1]?.split('\n').slice(0, 10) ?? [];
    const counts = calibrated.map((line) => Number(line.trim().split(/ +/)[0]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(made.out).toMatch(/^ {4}steel +134 /m);
  });

  it('says the same of CSV and ARFF', () => {
    const untimed = (path: string) =>
      scorecard('fit', path, ...fit, '--drop', 'buyer', '--kind', 'scorecard')
        .out.replace(path, '')
        .replaceAll(/\(\d+\.\d s\)/g, '');
    expect(untimed(arff)).toBe(untimed(csv));
    expect(untimed(arff)).toContain('The scorecard:');
  });

  it('warns of what is known only later', () => {
    const { out } = scorecard('fit', csv, '--target', 'bad', '--kind', 'scorecard');
    expect(out).toMatch(/WARNING +days_to_settle: separates_too_well, AUC 1\.000 alone/);
  });

  it(`reaches 0.76 on the German credit table${unlessPresent}`, () => {
    if (!existsSync(german)) return;
    const { out } = scorecard('fit', german, '--target', '21', '--kind', 'scorecard');
    expect(figure(out, 'AUC')).toBeGreaterThanOrEqual(0.76);
  });

  it.each([
    ['no target', ['fit', csv], 'option_missing (invalid)\n  option: --target'],
    ['no such target', ['fit', csv, '--target', 'worse'], 'column_unknown (invalid)'],
    ['a word for a number', ['fit', csv, ...fit, '--folds', 'many'], 'option_is_no_number'],
    ['no such kind', ['fit', csv, ...fit, '--kind', 'forest'], 'kind_unknown (invalid)'],
    ['no such file', ['fit', join(folder, 'none.csv'), ...fit], 'file_not_found (missing)'],
    ['few records', ['fit', few, '--target', 'bad'], 'too_few_records (refused)'],
    ['one class', ['fit', oneClass, '--target', 'bad'], 'target_has_one_class'],
    ['no such command', ['guess', csv], 'command_unknown (invalid)'],
  ])('names the fault of %s', (_name, words, said) => {
    const made = scorecard(...words);
    expect(made.err).toContain(said);
    expect(made).toMatchObject({ status: 2, out: '' });
  });
});

describe('scripts/scorecard score', () => {
  const model = join(folder, 'model.json');

  it('scores every row by the model that was written, with its reasons', () => {
    scorecard('fit', csv, ...fit, '--drop', 'buyer', '--kind', 'scorecard', '--out', model);
    expect(JSON.parse(readFileSync(model, 'utf8'))).toMatchObject({ target: 'bad' });
    const three = file('three.csv', 'Ratio,branch\n2.5,glass\n0.1,steel\n,paper\n');
    const { status, out, err } = scorecard('score', model, three, '--top', '1');
    expect(status).toBe(0);
    expect(err).toMatch(/^3 rows scored, \d+ a second\n$/);
    const [head, good, poor, unknown] = out.trim().split('\n');
    expect(head).toBe('row,score,pd,grade,reasons');
    const scores = [good, poor, unknown].map((line) => Number(line?.split(',')[1]));
    expect(scores[0]).toBeGreaterThan(scores[2] ?? Infinity);
    expect(scores[2]).toBeGreaterThan(scores[1] ?? Infinity);
    expect(poor).toMatch(/,ratio=0\.1 \[< [\d.]+\]: -\d+$/);
  });

  it('names the fault of what is no model, and of a table of other columns', () => {
    const others = file('others.csv', 'a,b\n1,2\n3,4\n');
    expect(scorecard('score', csv, csv)).toMatchObject({
      status: 2,
      err: expect.stringContaining('not_a_credit_model'),
    });
    expect(scorecard('score', model, others)).toMatchObject({
      status: 2,
      err: expect.stringContaining('table_has_none_of_the_columns'),
    });
  });
});

describe('scripts/scorecard late', () => {
  const invoiced = (row: number): Temporal.PlainDate =>
    Temporal.PlainDate.from('2024-01-01').add({ days: Math.floor(row / 2) });
  const book = Array.from({ length: 900 }, (_none, row) => {
    const on = invoiced(row);
    const isSlow = row % 30 < 12 ? (row * 7) % 10 < 8 : (row * 7) % 10 < 2;
    const settled = on.add({ days: isSlow ? 45 : 25 });
    return [`C${row % 30}`, on, on.add({ days: 30 }), settled, 1_000 + row].join(',');
  });

  it('is fitted on earlier invoices and tested on later ones', () => {
    const path = file('ledger.csv', ['客户,开票日,due,结清日,金额', ...book].join('\n'));
    const { status, out } = scorecard('late', path);
    expect(status).toBe(0);
    expect(out).toContain('900 invoices, late by more than 0 days');
    expect(out).toMatch(/cut +2024-11-11\n/);
    expect(figure(out, 'AUC')).toBeGreaterThan(0.7);
  });

  it(`reaches 0.86 on later invoices of a public ledger${unlessPresent}`, () => {
    if (!existsSync(ibm)) return;
    const { out } = scorecard('late', ibm);
    expect(figure(out.split('Boosted trees')[1] ?? '', 'AUC')).toBeGreaterThanOrEqual(0.86);
  });

  it('asks for the column that it does not find', () => {
    const path = file('nodue.csv', 'customer,invoice_date,settled\nA,2024-01-01,2024-02-01\n');
    const made = scorecard('late', path);
    expect(made.err).toContain('column_not_found (invalid)\n  wanted: due');
    expect(made.status).toBe(2);
  });
});
