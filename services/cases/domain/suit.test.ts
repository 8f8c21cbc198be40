import { describe, expect, it } from '@jest/globals';
import { forgoSuit } from './suit.ts';

const today = Temporal.PlainDate.from('2026-03-10');
const file = { caseId: 'c', state: 'OPEN' as const, openMinor: 5n, version: 3n };
const soft = { ...file, stage: 'SOFT_COLLECTION' as const };

const after = (days: number) => ({ expectedVersion: 3n, lookAgainOn: today.add({ days }), today });

describe('a decision not to sue', () => {
  it.each([1, 30, 365])('holds for %d days', (days) => {
    expect(forgoSuit(soft, after(days), 365)).toBeUndefined();
    expect(forgoSuit({ ...soft, stage: 'PRE_LITIGATION' }, after(days), 365)).toBeUndefined();
  });

  it.each<[string, object, object]>([
    ['case_changed_meanwhile', { state: 'CLOSED' }, { ...after(0), expectedVersion: 2n }],
    ['case_closed', { state: 'CLOSED', stage: 'LITIGATION' }, after(0)],
    ['case_in_court', { stage: 'LITIGATION' }, after(0)],
    ['case_in_court', { stage: 'ASSET_RECOVERY' }, after(0)],
    ['look_again_not_ahead', {}, after(0)],
    ['look_again_not_ahead', {}, after(-1)],
    ['look_again_too_far', {}, after(366)],
  ])('is refused as %s before all that follows', (reason, of, command) => {
    const given = command as ReturnType<typeof after>;
    expect(() => forgoSuit({ ...soft, ...of }, given, 365)).toThrow(
      expect.objectContaining({ reason }),
    );
  });
});
