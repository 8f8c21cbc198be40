import { describe, expect, it } from '@jest/globals';
import { overdueClasses } from '../rules/overdue-classes.ts';
import { rulesOn } from '../rules/in-force.ts';
import { dueRanges } from './due-range.ts';
import { lastMonths, monthFigures } from './months.ts';
import { openCases, type Overdue, splitOverdue } from './opening.ts';
import type { Claim } from './payment.ts';
import { owedOf, paidDown, standingOf } from './standing.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const today = day('2026-03-10');
const rules = rulesOn(today).standing;

function claim(receivableId: string, dueDate: string, openMinor: bigint, costsMinor = 0n): Claim {
  return { receivableId, dueDate, openMinor, costsMinor, interestMinor: 0n };
}

describe('what is owed', () => {
  it.each<[string, Claim[], [bigint, bigint, bigint, string | undefined]]>([
    ['nothing', [], [0n, 0n, 0n, undefined]],
    ['on the due day is not overdue', [claim('a', '2026-03-10', 5n)], [5n, 0n, 1n, '2026-03-10']],
    ['the day after is', [claim('a', '2026-03-09', 5n)], [5n, 5n, 1n, '2026-03-09']],
    [
      'counts what is open only',
      [claim('a', '2026-01-01', 0n), claim('b', '2026-02-01', 7n)],
      [7n, 7n, 1n, '2026-02-01'],
    ],
    ['counts costs', [claim('a', '2026-01-01', 0n, 4n)], [4n, 4n, 1n, '2026-01-01']],
    [
      'leaves credit notes out',
      [claim('a', '2026-01-01', -9n), claim('b', '2026-02-01', 7n)],
      [7n, 7n, 1n, '2026-02-01'],
    ],
  ])('%s', (_name, claims, [openMinor, overdueMinor, receivableCount, oldestDueDate]) => {
    expect(owedOf(claims, today)).toEqual({
      openMinor,
      overdueMinor,
      receivableCount,
      oldestDueDate,
    });
  });

  it('is less by what was paid', () => {
    const claims = [claim('a', '2026-01-01', 10n, 2n), claim('b', '2026-02-01', 7n)];
    const changes = [{ receivableId: 'a', costsMinor: 2n, interestMinor: 0n, openMinor: 4n }];
    expect(paidDown(claims, changes)).toEqual([
      claim('a', '2026-01-01', 6n),
      claim('b', '2026-02-01', 7n),
    ]);
  });
});

describe('where a case stands', () => {
  const work = {
    openedOn: day('2026-02-01'),
    lastContactOn: undefined,
    missedCalls: 0,
    promiseDueDay: undefined,
  };

  it('follows the oldest of what is open', () => {
    const owed = owedOf(
      [claim('a', '2026-02-20', 5_000_000n), claim('b', '2026-02-01', 1n)],
      today,
    );
    expect(standingOf('CNY', owed, work, '2025-01-01', today, rules)).toMatchObject({
      oldestDueDate: '2026-02-01',
      tier: 'MEDIUM',
      nextStep: 'third_letter',
      nextDay: '2026-03-03',
    });
  });

  it('keeps its age when nothing is open any more', () => {
    const standing = standingOf('CNY', owedOf([], today), work, '2025-01-01', today, rules);
    expect(standing).toMatchObject({ openMinor: 0n, oldestDueDate: '2025-01-01', tier: 'LOW' });
  });
});

describe('opening', () => {
  function overdue(debtorId: string, changes: Partial<Overdue> = {}): Overdue {
    return {
      debtorId,
      debtorName: debtorId,
      currency: 'CNY',
      overdueMinor: 10n,
      receivableCount: 1n,
      oldestDueDate: '2026-03-01',
      openCaseId: null,
      newCaseId: `case of ${debtorId}`,
      grade: null,
      ...changes,
    };
  }

  it('leaves debtors with an open case to it and adds the others up by currency', () => {
    const found = [
      overdue('a'),
      overdue('b', { currency: 'USD' }),
      overdue('c', { openCaseId: 'x' }),
      overdue('d'),
    ];
    const { fresh, known, overdue: sums } = splitOverdue(found);
    expect(fresh.map((one) => one.debtorId)).toEqual(['a', 'b', 'd']);
    expect(known.map((one) => one.debtorId)).toEqual(['c']);
    expect(sums).toEqual([
      { currency: 'CNY', minor: 20n },
      { currency: 'USD', minor: 10n },
    ]);
  });

  it('numbers cases in their order', () => {
    const opened = openCases(
      [overdue('a'), overdue('b')],
      { year: 2026, first: 99n },
      today,
      rules,
    );
    expect(opened.map((one) => [one.number, one.caseId])).toEqual([
      ['C-2026-000099', 'case of a'],
      ['C-2026-000100', 'case of b'],
    ]);
    expect(opened[0]?.standing).toMatchObject({ openMinor: 10n, nextStep: 'first_call' });
  });
});

describe('due days of overdue classes', () => {
  const rows = overdueClasses[0]?.value ?? [];
  it.each([
    [['NOT_DUE'], [{ from: '2026-03-10', to: undefined }]],
    [['MILD'], [{ from: '2026-02-08', to: '2026-03-09' }]],
    [['CRITICAL'], [{ from: undefined, to: '2025-12-09' }]],
    [
      ['SEVERE', 'MODERATE'],
      [
        { from: '2026-01-09', to: '2026-02-07' },
        { from: '2025-12-10', to: '2026-01-08' },
      ],
    ],
    [[], []],
  ])('%p are %p', (classes, expected) => {
    expect(dueRanges(classes, rows, today)).toEqual(expected);
  });
});

describe('months', () => {
  it('run back over the turn of the year', () => {
    const { first, months } = lastMonths(day('2026-02-28'), 4);
    expect(first.toString()).toBe('2025-11-01');
    expect(months).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  });

  it('show each currency by itself, and a zero where nothing was', () => {
    const sum = (month: string, currency: string, minor: bigint) => ({ month, currency, minor });
    const figures = monthFigures(
      ['2026-01', '2026-02'],
      [sum('2026-02', 'USD', 5n), sum('2026-02', 'CNY', 7n)],
      [sum('2026-02', 'USD', 9n)],
      'CNY',
    );
    expect(
      figures.map((one) => [
        one.month,
        one.recovered.currency,
        one.recovered.minor,
        one.placed.minor,
      ]),
    ).toEqual([
      ['2026-01', 'CNY', 0n, 0n],
      ['2026-02', 'CNY', 7n, 0n],
      ['2026-02', 'USD', 5n, 9n],
    ]);
  });
});
