import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { day } from '@recourse/kit/day.ts';
import { authorities } from '../rules/authority.ts';
import { stopLosses } from '../rules/closings.ts';
import { decidersOf } from './authority.ts';
import { pricesOf } from './closing.ts';
import { allocate, type Claim } from './payment.ts';
import { inForce } from './rule.ts';
import { evaluate, evaluatedTogether } from './stop-loss.ts';
import { broughtBack, turned, writeDown } from './write-down.ts';

const today = day('2026-03-02');
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const claim = (receivableId: string, dueDate: string, parts: [bigint, bigint, bigint]): Claim => {
  const [costsMinor, interestMinor, openMinor] = parts;
  return { receivableId, dueDate, costsMinor, interestMinor, openMinor };
};

describe('who decides', () => {
  const authority = inForce(authorities, today).value;
  it.each<[bigint, string, number, string]>([
    [10_000_000n, 'CNY', 0, 'collector'],
    [10_000_001n, 'CNY', 0, 'supervisor'],
    [50_000_000n, 'CNY', 1, 'director'],
    [100_000_000n, 'CNY', 0, 'director'],
    [100_000_001n, 'CNY', 0, 'general_manager'],
    [100_000_001n, 'CNY', 3, 'general_manager'],
    [1_428_571n, 'USD', 0, 'collector'],
    [1_428_572n, 'USD', 0, 'supervisor'],
    [1n, 'XAU', 0, 'general_manager'],
  ])('%i of %s, %i steps above, is for the %s', (openMinor, currency, steps, lowest) => {
    expect(decidersOf({ currency, openMinor }, authority, steps)[0]).toBe(lowest);
  });
});

describe('a price', () => {
  it.each<[string, Record<string, bigint>, bigint, Record<string, bigint>]>([
    ['of even parts', { a: 500n, b: 500n }, 100n, { a: 50n, b: 50n }],
    ['whose cent left over goes to the first id', { b: 1n, a: 1n }, 1n, { a: 1n, b: 0n }],
    ['in thirds', { a: 1n, b: 1n, c: 1n }, 100n, { a: 34n, b: 33n, c: 33n }],
    ['by what is open', { a: 100n, b: 200n }, 100n, { a: 33n, b: 67n }],
  ])('%s', (_what, open, price, expected) => {
    const files = Object.entries(open).map(([caseId, openMinor]) => ({ caseId, openMinor }));
    expect(Object.fromEntries(pricesOf(files, cny(price)))).toEqual(expected);
  });

  it('adds up, is nowhere above what is open, and asks no order', () => {
    const opens = fc.array(fc.bigInt(1n, 10n ** 9n), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(opens, fc.integer({ min: 1, max: 1_000 }), (amounts, share) => {
        const files = amounts.map((openMinor, at) => ({ caseId: `${at}`, openMinor }));
        const all = amounts.reduce((sum, one) => sum + one, 0n);
        const price = cny((all * BigInt(share)) / 1_000n);
        const parts = pricesOf(files, price);
        expect([...parts.values()].reduce((sum, one) => sum + one, 0n)).toBe(price.minor);
        for (const { caseId, openMinor } of files) {
          expect(parts.get(caseId)).toBeLessThanOrEqual(openMinor);
        }
        expect(pricesOf(files.toReversed(), price)).toEqual(parts);
      }),
    );
  });
});

describe('what is given up', () => {
  const claims = [
    claim('b', '2025-02-01', [0n, 0n, 200n]),
    claim('a', '2025-01-01', [30n, 70n, 1_000n]),
  ];

  it('is each part of what is open, due first', () => {
    expect(writeDown(claims).map((one) => Object.values(one).join(' '))).toEqual([
      'a costs 30',
      'a interest 70',
      'a principal 1000',
      'b principal 200',
    ]);
  });

  it.each<[bigint, string[]]>([
    [20n, ['a costs -20']],
    [150n, ['a costs -30', 'a interest -70', 'a principal -50']],
    [1_300n, ['a costs -30', 'a interest -70', 'a principal -1000', 'b principal -200']],
    [1_400n, ['a costs -30', 'a interest -70', 'a principal -1000', 'b principal -200']],
  ])('is brought back by a payment of %i as it is paid', (amount, expected) => {
    const back = broughtBack(claims, allocate(amount, claims));
    expect(back.map((one) => Object.values(one).join(' '))).toEqual(expected);
    const sum = back.reduce((all, one) => all + one.amountMinor, 0n);
    expect(sum).toBe(amount > 1_300n ? -1_300n : -amount);
    expect(turned(turned(back))).toEqual(back);
  });
});

describe('stop-loss', () => {
  const rule = inForce(stopLosses, today);
  const file = { currency: 'CNY', openMinor: 1_000_000n, oldestDueDate: '', grade: null };
  it.each<[number, string | null, bigint]>([
    [1, 'AAA', 950_000n],
    [1, null, 760_000n],
    [30, 'D', 190_000n],
    [31, 'BBB', 680_000n],
    [366, 'C', 125_000n],
    [731, 'BB', 96_000n],
    [1_096, 'D', 8_000n],
  ])('%i days overdue, graded %s, expects %i of 10,000.00', (days, grade, expected) => {
    const oldestDueDate = today.subtract({ days }).toString();
    const found = evaluate({ ...file, oldestDueDate, grade }, today, rule);
    expect([found.expectedMinor, found.costMinor]).toEqual([expected, 360_000n]);
    expect(found.why.rule).toBe('stop_loss');
  });

  it('knows no cost where it knows no rate, and none of several where one is unknown', () => {
    const oldestDueDate = '2026-01-01';
    const known = evaluate({ ...file, oldestDueDate }, today, rule);
    const strange = evaluate({ ...file, oldestDueDate, currency: 'XAU' }, today, rule);
    expect(strange.costMinor).toBeUndefined();
    expect(evaluatedTogether([known, known]).costMinor).toBe(720_000n);
    expect(evaluatedTogether([known, strange]).costMinor).toBeUndefined();
  });
});
