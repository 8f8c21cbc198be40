import { describe, expect, it } from '@jest/globals';
import { calibration, figures, sharesOf, stabilityIndex } from './figures.ts';
import { foldsOf } from './folds.ts';
import { lateColumns, type Invoice, timeSplit } from './late-payment.ts';
import { seeded } from './random.ts';

describe('figures', () => {
  it.each([
    ['perfect order', [0.1, 0.2, 0.8, 0.9], 1, 1],
    ['reversed order', [0.9, 0.8, 0.2, 0.1], 0, 1],
    ['no difference', [0.5, 0.5, 0.5, 0.5], 0.5, 0],
    ['one pair of four wrong', [0.1, 0.6, 0.5, 0.9], 0.75, 0.5],
  ])('of %s', (_words, risk, auc, ks) => {
    const found = figures(Float64Array.from(risk), Uint8Array.of(0, 0, 1, 1));
    expect(found).toMatchObject({ auc, ks, gini: 2 * auc - 1 });
  });

  it('have the squared error of the probability', () => {
    expect(figures(Float64Array.of(0.5, 1), Uint8Array.of(0, 1)).brier).toBe(0.125);
  });

  it('of calibration name expected and seen', () => {
    const rows = calibration(Float64Array.of(0.1, 0.3, 0.6, 0.8), Uint8Array.of(0, 0, 1, 1), 2);
    expect(rows.map(({ seen }) => seen)).toEqual([0, 1]);
    expect(rows[0]?.meanExpected).toBeCloseTo(0.2);
  });

  it('of calibration do not depend on the order of those that are rated alike', () => {
    const alike = Float64Array.of(0.1, 0.4, 0.4, 0.4, 0.4, 0.9);
    const rows = (...bad: number[]) =>
      calibration(alike, Uint8Array.from(bad), 3).map(({ count, seen }) => [count, seen]);
    expect(rows(0, 1, 1, 0, 0, 1)).toEqual([
      [5, 0.4],
      [1, 1],
    ]);
    expect(rows(0, 0, 0, 1, 1, 1)).toEqual(rows(0, 1, 1, 0, 0, 1));
  });

  it('of stability are nought for the same and large for another population', () => {
    expect(stabilityIndex([0.5, 0.5], [0.5, 0.5])).toBe(0);
    expect(stabilityIndex([0.9, 0.1], [0.1, 0.9])).toBeGreaterThan(0.25);
    expect(sharesOf(Float64Array.of(1, 2, 3, 4), [2, 4])).toEqual([0.25, 0.5, 0.25]);
  });
});

describe('folds', () => {
  it('hold as many bads each', () => {
    const bad = Uint8Array.from({ length: 100 }, (_one, at) => (at < 20 ? 1 : 0));
    const fold = foldsOf(bad, 5, seeded(1));
    const bads = [0, 1, 2, 3, 4].map((at) => fold.filter((one, row) => one === at && row < 20));
    expect(bads.map(({ length }) => length)).toEqual([4, 4, 4, 4, 4]);
  });

  it('never part a group', () => {
    const groups = Array.from({ length: 60 }, (_one, at) => `g${at % 12}`);
    const fold = foldsOf(new Uint8Array(60), 3, seeded(1), groups);
    const byGroup = new Map(groups.map((name, at) => [name, fold[at]]));
    expect(groups.every((name, at) => byGroup.get(name) === fold[at])).toBe(true);
    expect(() => foldsOf(new Uint8Array(2), 3, seeded(1), ['a', 'b'])).toThrow(
      expect.objectContaining({ reason: 'folds_more_than_groups' }),
    );
  });
});

describe('what is known of an invoice on its day', () => {
  const invoice = (over: Partial<Invoice>): Invoice => ({
    customer: 'a',
    invoicedDay: 0,
    dueDay: 30,
    settledDay: undefined,
    size: 100,
    isDisputed: false,
    ...over,
  });
  const fact = (invoices: Invoice[], name: string, row: number): number | undefined =>
    lateColumns(invoices).find((column) => column.name === name)?.values[row];

  it('is the history that was settled before, not what is settled later', () => {
    const invoices = [
      invoice({ settledDay: 40 }),
      invoice({ invoicedDay: 1, dueDay: 31, settledDay: 90, isDisputed: true }),
      invoice({ invoicedDay: 60, dueDay: 90, settledDay: 95 }),
    ];
    expect(fact(invoices, 'prior_count', 2)).toBe(1);
    expect(fact(invoices, 'prior_mean_days_late', 2)).toBe(10);
    expect(fact(invoices, 'prior_disputed_share', 2)).toBe(0);
    expect(fact(invoices, 'open_count', 2)).toBe(1);
    expect(fact(invoices, 'overdue_count', 2)).toBe(1);
    expect(fact(invoices, 'prior_count', 0)).toBe(0);
    expect(fact(invoices, 'prior_mean_days_late', 0)).toBeNaN();
  });

  it('does not change when the future does', () => {
    const past = [invoice({ settledDay: 40 }), invoice({ invoicedDay: 60, dueDay: 90 })];
    const other = [...past, invoice({ invoicedDay: 70, settledDay: 71, isDisputed: true })];
    const [now, later] = [lateColumns(past), lateColumns(other)];
    expect(later.map(({ values }) => values[1])).toEqual(now.map(({ values }) => values[1]));
  });

  it('puts what was open at the cut into neither part', () => {
    const invoices = [
      invoice({ settledDay: 20 }),
      invoice({ invoicedDay: 25, dueDay: 90, settledDay: 60 }),
      invoice({ invoicedDay: 50, dueDay: 60, settledDay: 70 }),
    ];
    const split = timeSplit(invoices, 0.7, 0);
    expect([...split.fitted]).toEqual([0]);
    expect([...split.tested]).toEqual([2]);
  });
});
