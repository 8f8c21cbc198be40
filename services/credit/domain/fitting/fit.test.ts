import { describe, expect, it } from '@jest/globals';
import { crossValidate, type FitAsked, fitModel, leaksIn, prepare, validate } from './fit.ts';
import { readModel, scoreRows, writeModel } from './model.ts';
import { seeded } from './random.ts';
import { readTable } from './reading.ts';
import { typed } from './table.ts';

/** A table whose outcome follows `ratio` up and `years` down; `code` B is bad, A good. */
function made(count: number, over: (late: number) => string = () => ''): string {
  const random = seeded(5);
  const lines = ['no,ratio,years,code,flat,late,extra'];
  for (let row = 0; row < count; row += 1) {
    const ratio = random();
    const years = Math.floor(random() * 20);
    const code = random() < 0.3 ? 'B' : 'A';
    const odds = 3 * ratio - 0.12 * years + (code === 'B' ? 1 : 0) - 1.6;
    const late = random() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    const shown = random() < 0.05 ? 'NA' : `${ratio}`;
    lines.push(`${row + 1},${shown},${years},${code},7,${late},${over(late)}`);
  }
  return lines.join('\n');
}

const asked: FitAsked = { target: 'late', folds: 4, seed: 3 };
const table = readTable(made(1_200));
const prepared = prepare(table, asked);

describe('a table whose columns tell the outcome', () => {
  it.each(['scorecard', 'trees'] as const)('is told apart by a %s', (kind) => {
    expect(crossValidate(prepared, kind, asked).auc).toBeGreaterThan(0.72);
  });

  it('leaves out what is constant, empty or a number of the row', () => {
    const reasons = prepared.leftOut.map(({ name, reason }) => `${name}: ${reason}`);
    expect(reasons).toEqual(['no: identifier', 'flat: constant', 'extra: empty']);
  });

  it('cuts so that the risk only rises with the ratio, what is missing apart', () => {
    const model = fitModel(prepared, 'scorecard', 1);
    const columns = model.kind === 'scorecard' ? model.card.columns : [];
    const ratio = columns.find(({ cut }) => cut.name === 'ratio');
    const shown = ratio?.points.slice(0, -1) ?? [];
    expect(shown.length).toBeGreaterThan(2);
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
    expect(ratio?.cut.bins.at(-1)?.count).toBeGreaterThan(30);
  });

  it.each(['scorecard', 'trees'] as const)('gives %s reasons that add up to the score', (kind) => {
    const model = fitModel(prepared, kind, 1);
    const scored = scoreRows(model, prepared.columns, prepared.outcome.bad.length);
    for (const row of [0, 7, 500]) {
      const { base, parts } = scored.parts(row);
      const total = parts.reduce((sum, part) => sum + part.points, base);
      expect(total).toBe(scored.score[row]);
    }
  });

  it.each(['scorecard', 'trees'] as const)('makes the same %s from the same seed', (kind) => {
    const once = writeModel(fitModel(prepared, kind, 9));
    expect(writeModel(fitModel(prepared, kind, 9))).toBe(once);
    expect(writeModel(readModel(JSON.parse(once)))).toBe(once);
  });

  it('is as good on rows that were not fitted on', () => {
    const model = fitModel(prepared, 'scorecard', 1);
    const later = prepare(readTable(made(2_000)), asked);
    const figures = validate(model, later);
    expect(figures.auc).toBeGreaterThan(0.72);
    expect(figures.psi).toBeLessThan(0.1);
  });

  it('scores a row whose columns are all missing at the average', () => {
    const model = fitModel(prepared, 'trees', 1);
    expect(scoreRows(model, [], 1).probability[0]).toBeGreaterThan(0);
  });

  it('reads the numbers of a short table that has words among them', () => {
    const model = fitModel(prepared, 'scorecard', 1);
    const columns = ['0.9', 'unknown', '0.01'].map((cell) => typed('ratio', [cell, 'x', 'y'], []));
    const [high = 0, none = 0, low = 0] = columns.map(
      (column) => scoreRows(model, [column], 3).probability[0],
    );
    expect(high).toBeGreaterThan(none);
    expect(low).toBeLessThan(high);
    expect(none).toBe(scoreRows(model, [], 1).probability[0]);
  });

  it('finds codes again that another table writes as numbers', () => {
    const codes = made(1_200).replaceAll(',A,', ',01,').replaceAll(',B,', ',0x2,');
    const model = fitModel(prepare(readTable(codes), asked), 'scorecard', 1);
    const shown = (cell: string) =>
      scoreRows(model, [typed('code', [cell], [])], 1).probability[0] ?? 0;
    expect(shown('1')).toBe(shown('01'));
    expect(shown('1')).toBeLessThan(shown('0x2'));
  });

  it('keeps a group in one fold', () => {
    const grouped = prepare(table, { ...asked, group: 'years' });
    expect(grouped.leftOut).toContainEqual({ name: 'years', reason: 'group' });
    expect(crossValidate(grouped, 'scorecard', asked).auc).toBeGreaterThan(0.6);
  });

  it('takes numbers that stood for missing at the fit for missing when scoring', () => {
    const nines = made(1_200).replaceAll(',NA,', ',-999,');
    const model = fitModel(prepare(readTable(nines), asked), 'scorecard', 1);
    const shown = (cell: string) => scoreRows(model, [typed('ratio', [cell], [])], 1).score[0];
    expect(shown('-999')).toBe(shown(''));
    expect(shown('0.01')).not.toBe(shown(''));
    const same = fitModel(prepared, 'scorecard', 1);
    expect(crossValidate(prepare(readTable(nines), asked), 'scorecard', asked).auc).toBe(
      crossValidate(prepared, 'scorecard', asked).auc,
    );
    expect(model.scoreShares).toEqual(same.scoreShares);
  });
});

describe('a table that knows the outcome', () => {
  it.each([
    ['a column that is the outcome', (late: number) => `${late * 5}`, 'separates_too_well'],
    ['one that is empty for the good', (late: number) => (late ? 'x' : ''), 'separates_too_well'],
  ])('warns of %s', (_words, over, code) => {
    const leaky = prepare(readTable(made(600, (late) => over(late))), asked);
    expect(leaksIn(leaky)).toContainEqual(expect.objectContaining({ column: 'extra', code }));
  });

  it('warns of a column whose name says that it is known later', () => {
    const text = made(600, (late) => `${late === 1 ? 3 : 4}`).replace('extra', 'DaysToSettle');
    expect(leaksIn(prepare(readTable(text), asked)).map(({ column }) => column)).toEqual([
      'DaysToSettle',
    ]);
  });

  it.each([
    'duration',
    'employment_duration',
    'NumberOfTimesPaidOff',
    'num_disputes',
    'collections_12_mths',
    'latest_balance',
  ])('does not warn of %s, which is known in time', (name) => {
    const text = made(600, () => '3')
      .replace('extra', name)
      .replace(',3', ',4');
    expect(leaksIn(prepare(readTable(text), asked))).toEqual([]);
  });

  it('warns of none for being numbered like the target of a table without names', () => {
    const rows = made(600).split('\n').slice(1);
    const wide = rows.map(
      (row) => row.split(',').slice(1, 6).toReversed().join(',') + ',1,2,3,4,5,x',
    );
    const headless = prepare(readTable(wide.join('\n')), { ...asked, target: '1' });
    expect(leaksIn(headless)).toEqual([]);
  });
});

describe('a column that says who or when', () => {
  const texts = Array.from({ length: 600 }, (_one, row) => row);
  const months = ['Jan', 'Feb', 'Mar', 'Apr'];
  it.each([
    ['', texts.map((row) => `${(row * 7919) % 10_007}`), 'identifier'],
    ['Unnamed: 0', texts.map((row) => `${(row * 7919) % 10_007}`), 'identifier'],
    ['SK_ID_CURR', texts.map((row) => `${(row * 7919) % 10_007}`), 'identifier'],
    ['customer_id', texts.map((row) => `C${row % 200}`), 'identifier'],
    ['x', texts.map((row) => `${row * 3 + (row % 2)}`), 'identifier'],
    ['issued', texts.map((row) => `${months[row % 4]}-20${10 + (row % 9)}`), 'date'],
    ['opened', texts.map((row) => `2019${10 + (row % 3)}${10 + (row % 19)}`), 'date'],
    ['booked', texts.map((row) => `2019年${1 + (row % 12)}月`), 'date'],
  ])('named %j is left out', (name, cells, reason) => {
    const lines = made(600).split('\n');
    const text = lines.map((line, at) => `${at === 0 ? name : cells[at - 1]},${line}`).join('\n');
    const own = prepare(readTable(text), asked);
    expect(own.leftOut[0]).toEqual({ name: name === '' ? 'column1' : name, reason });
  });
});

describe('a table that cannot be fitted', () => {
  const rows = (count: number, bad: (row: number) => string): string =>
    ['a,b', ...Array.from({ length: count }, (_one, row) => `${row % 9},${bad(row)}`)].join('\n');

  it.each([
    ['is empty', '', {}, 'table_is_empty'],
    ['has a header only', 'a,b\n', {}, 'table_is_empty'],
    ['has one column', '1\n2\n', {}, 'table_has_one_column'],
    ['has a row of another width', 'a,b\n1,2\n1,2,3\n', {}, 'row_has_other_width'],
    ['has no such target', rows(300, () => '1'), { target: 'c' }, 'column_unknown'],
    ['has no such column to drop', rows(300, () => '1'), { dropped: ['z'] }, 'column_unknown'],
    ['has one class', rows(300, () => '1'), {}, 'target_has_one_class'],
    ['has an empty target', rows(300, () => '?'), {}, 'target_is_empty'],
    ['has three classes', rows(300, (row) => `${row % 3}`), {}, 'target_has_many_classes'],
    ['has not the bad value', rows(300, (row) => `${row % 2}`), { bad: '9' }, 'bad_value_unknown'],
    ['is too short', rows(150, (row) => `${row % 2}`), {}, 'too_few_records'],
    ['has few bad ones', rows(300, (row) => (row < 9 ? '1' : '0')), {}, 'too_few_bad'],
    ['has few good ones', rows(300, (row) => (row < 9 ? '0' : '1')), { bad: '1' }, 'too_few_good'],
    [
      'has nothing but a constant',
      rows(300, (row) => `${row % 2}`).replaceAll(/^\d,/gm, '1,'),
      {},
      'nothing_to_fit_on',
    ],
  ] as const)('because it %s', (_words, text, over, reason) => {
    const attempt = () => prepare(readTable(text), { ...asked, target: 'b', ...over });
    expect(attempt).toThrow(expect.objectContaining({ reason }));
  });

  it.each([1, 2.5, 21])('in %s folds', (folds) => {
    const attempt = () => crossValidate(prepared, 'scorecard', { folds, seed: 1 });
    expect(attempt).toThrow(expect.objectContaining({ reason: 'folds_out_of_range' }));
  });
});
