import { describe, expect, it } from '@jest/globals';
import { type CaseOutcomeWord, type ClaimFact, isPaid } from './claim.ts';

const handedIn = '2026-03-01T04:00:00Z';
const zone = 'Asia/Shanghai';

function fact(more: Partial<ClaimFact> = {}): ClaimFact {
  const told = { dueOn: '2026-01-31', firstToldAt: '2026-02-01T00:00:00Z' };
  return { receivableId: 'r1', openMinor: 0n, ...told, ...more };
}

describe('a claim', () => {
  it.each<[string, ClaimFact[], CaseOutcomeWord, boolean]>([
    ['of which nothing is known', [], undefined, false],
    ['with nothing open', [fact(), fact()], undefined, true],
    ['with one open', [fact(), fact({ openMinor: 1n })], undefined, false],
    ['overpaid', [fact({ openMinor: -5n })], undefined, true],
    [
      'beside a debt due later',
      [fact(), fact({ dueOn: '2026-03-02', openMinor: 9n })],
      undefined,
      true,
    ],
    [
      'beside a debt told later',
      [fact(), fact({ firstToldAt: '2026-03-01T04:00:01Z', openMinor: 9n })],
      undefined,
      true,
    ],
    ['of a case closed as settled', [fact({ openMinor: 9n })], 'SETTLED', true],
    ['of a case written off', [fact({ openMinor: 9n })], 'WRITTEN_OFF', false],
    ['of a case sold', [fact({ openMinor: 9n })], 'SOLD', false],
  ])('%s', (_name, facts, outcome, paid) => {
    expect(isPaid(facts, outcome, handedIn, zone)).toBe(paid);
  });

  it('has the day of handing in where it is handed in, not that of UTC', () => {
    // One in the morning of 2 March in Shanghai: what is due that day is part of the claim.
    const night = '2026-03-01T17:00:00Z';
    const due = [fact(), fact({ dueOn: '2026-03-02', openMinor: 9n })];
    expect(isPaid(due, undefined, night, zone)).toBe(false);
    expect(isPaid(due, undefined, night, 'UTC')).toBe(true);
  });
});
