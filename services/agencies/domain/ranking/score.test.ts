import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { ruleOn } from '../rules.ts';
import type { Measure } from './lines.ts';
import { type Component, defaultWeights, suggestionRule, weightsOf } from './rules.ts';
import { scoreOf, suggest } from './score.ts';
import { windowOf } from './window.ts';

const today = day('2026-06-24');
const weights = ruleOn(defaultWeights, today);
const rule = ruleOn(suggestionRule, today);

function measure(component: Component, ...index: [number, number, number] | []): Measure {
  const [low, mean, high] = index;
  return {
    component,
    unit: 'bps',
    observed: 1,
    expected: 1,
    sample: 1,
    index:
      low === undefined || mean === undefined || high === undefined
        ? undefined
        : { low, mean, high },
  };
}

describe('a score', () => {
  it('is 50 when all is as expected', () => {
    expect(scoreOf([measure('RECOVERY', 1, 1, 1)], weights, 2)).toMatchObject({
      score: 50,
      low: 50,
      high: 50,
    });
  });

  it.each([
    [2, 100],
    [0.5, 0],
    [8, 100],
    [0, 0],
  ])('of an index of %d is %d', (index, score) => {
    const made = scoreOf([measure('RECOVERY', index, index, index)], weights, 2);
    expect(made.score).toBeCloseTo(score, 9);
  });

  it('gives what is not recorded no weight, and the rest the whole', () => {
    const { lines, score } = scoreOf(
      [measure('RECOVERY', 1, 2 ** 0.5, 2), measure('COMPLAINTS')],
      weights,
      2,
    );
    expect(lines.map((one) => one.weight)).toEqual([1, 0]);
    expect(score).toBeCloseTo(75, 9);
  });

  it('is its 50 and the effects of its lines', () => {
    const { lines, score } = scoreOf(
      [measure('RECOVERY', 1, 1.3, 1.6), measure('COST', 0.8, 0.8, 0.8)],
      weights,
      2,
    );
    expect(lines.reduce((sum, one) => sum + one.effect, 50)).toBeCloseTo(score, 9);
    expect(lines[1]?.effect ?? 1).toBeLessThan(0);
  });
});

describe('a suggestion', () => {
  it.each([
    ['of too few cases', [1.2, 1.4, 1.6], [], 19, undefined, 'TOO_FEW', ['too_few_cases']],
    ['above par', [1.06, 1.2, 1.4], [], 20, undefined, 'PROMOTE', ['recovery_low_above_par']],
    ['around par', [0.9, 1.2, 1.5], [], 20, undefined, 'KEEP', []],
    ['below par', [0.7, 0.8, 0.9], [], 20, undefined, 'PROBATION', ['recovery_high_below_par']],
    [
      'below par again',
      [0.7, 0.8, 0.9],
      [],
      20,
      'PROBATION',
      'EXIT',
      ['probation_before', 'recovery_high_below_par'],
    ],
    ['far below', [0.3, 0.5, 0.7], [], 20, undefined, 'EXIT', ['recovery_high_below_floor']],
    [
      'able and careless',
      [1.1, 1.3, 1.5],
      [0.2, 0.4, 0.7],
      20,
      undefined,
      'PROBATION',
      ['compliance_poor'],
    ],
  ] as const)('%s', (_name, recovery, compliance, cases, before, suggestion, reasons) => {
    const measures = [measure('RECOVERY', ...recovery), measure('COMPLIANCE', ...compliance)];
    expect(suggest(measures, cases, before, rule)).toEqual({ suggestion, reasons });
  });
});

describe('weights', () => {
  it('that are left out weigh nothing', () => {
    const made = weightsOf([{ component: 'COST', weight: 3 }]);
    expect([made.COST, made.RECOVERY]).toEqual([3, 0]);
  });
});

describe('the window of a month', () => {
  const at = Temporal.Instant.from('2026-06-24T02:00:00Z');
  const now = { today, at, zone: 'Asia/Shanghai' };
  it.each([
    ['2026-06', '2025-07-01', '2026-06-24', '2026-06-24T02:00:00Z'],
    ['2026-05', '2025-06-01', '2026-05-31', '2026-05-31T16:00:00Z'],
    ['2026-02', '2025-03-01', '2026-02-28', '2026-02-28T16:00:00Z'],
  ])('%s', (month, firstDay, lastDay, until) => {
    const made = windowOf(month, 12, now);
    expect([made.firstDay, made.lastDay, made.until].map(String)).toEqual([
      firstDay,
      lastDay,
      until,
    ]);
  });
  it('that has not begun is none', () => {
    expect(() => windowOf('2026-07', 12, now)).toThrow('month_has_not_begun');
  });
});
