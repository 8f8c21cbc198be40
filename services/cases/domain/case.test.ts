import { describe, expect, it } from '@jest/globals';
import { priorityTiers } from '../rules/tiers.ts';
import { assignCase, caseNumber, type CaseStatus, closeCase, type Outcome } from './case.ts';
import { dsoTenths } from './dso.ts';
import { type GrantState, handledBy, movedOn } from './grant.ts';
import { inForce } from './rule.ts';
import { tierOf } from './tier.ts';

function file(changes: Partial<CaseStatus> = {}): CaseStatus {
  return { caseId: 'c', state: 'OPEN', openMinor: 100n, version: 3n, ...changes };
}

describe('closing a case', () => {
  it.each<[Partial<CaseStatus>, Outcome, bigint, string]>([
    [{ state: 'CLOSED' }, 'PAID', 2n, 'case_changed_meanwhile'],
    [{ state: 'CLOSED' }, 'PAID', 3n, 'case_closed'],
    [{}, 'PAID', 0n, 'case_not_paid'],
    [{}, 'WRITTEN_OFF', 3n, 'closing_needs_approval'],
    [{}, 'SOLD', 3n, 'closing_needs_approval'],
    [{}, 'WITHDRAWN', 3n, 'closing_needs_approval'],
  ])('%p as %s at version %s is refused as %s', (changes, outcome, expectedVersion, reason) => {
    expect(() => closeCase(file(changes), { outcome, expectedVersion })).toThrow(
      expect.objectContaining({ reason }),
    );
  });

  it('is for a hand alone when nothing is given up by it', () => {
    const close = (outcome: Outcome, openMinor = 0n) =>
      closeCase(file({ openMinor }), { outcome, expectedVersion: 3n });
    expect(() => close('PAID')).not.toThrow();
    expect(() => close('SETTLED', 9n)).not.toThrow();
  });

  it('ends its assignment too', () => {
    expect(() => assignCase(file({ state: 'CLOSED' }), { expectedVersion: 3n })).toThrow(
      expect.objectContaining({ reason: 'case_closed' }),
    );
    expect(() => assignCase(file(), { expectedVersion: 3n })).not.toThrow();
  });
});

describe('a case number', () => {
  it.each([
    [1n, 'C-2026-000001'],
    [123n, 'C-2026-000123'],
    [1_234_567n, 'C-2026-1234567'],
  ])('of sequence %s is %s', (sequence, expected) => {
    expect(caseNumber(2026, sequence)).toBe(expected);
  });
});

describe('a tier', () => {
  const rule = inForce(priorityTiers, Temporal.PlainDate.from('2026-01-01'));
  it.each([
    ['CNY', 50_000_000n, 1, 'HIGH'],
    ['CNY', 49_999_999n, 60, 'MEDIUM'],
    ['CNY', 10_000_000n, 61, 'HIGH'],
    ['CNY', 5_000_000n, 1, 'MEDIUM'],
    ['CNY', 4_999_999n, 30, 'LOW'],
    ['CNY', 2_000_000n, 31, 'MEDIUM'],
    ['CNY', 1n, 500, 'LOW'],
    ['CNY', 99_999_999n, 0, 'LOW'],
    ['USD', 10_000_000n, 1, 'HIGH'],
    ['JPY', 10_000_000n, 1, 'HIGH'],
    ['CHF', 10_000_000n, 1, 'HIGH'],
  ])('of %s %s minor units, %d days late, is %s', (currency, minor, days, tier) => {
    expect(tierOf({ currency, minor }, days, rule).tier).toBe(tier);
  });
});

describe('a grant', () => {
  it.each<[GrantState | undefined, GrantState, GrantState]>([
    [undefined, 'ACTIVE', 'ACTIVE'],
    ['OFFERED', 'ACTIVE', 'ACTIVE'],
    ['OFFERED', 'RECALLED', 'RECALLED'],
    ['ACTIVE', 'OFFERED', 'ACTIVE'],
    ['RECALLED', 'ACTIVE', 'RECALLED'],
    ['DECLINED', 'OFFERED', 'DECLINED'],
  ])('kept without a version as %s hears %s and is %s', (present, state, after) => {
    const before = present === undefined ? undefined : { state: present, version: 0n };
    expect(movedOn(before, { state, version: 5n }).state).toBe(after);
  });

  it.each<[GrantState[], GrantState]>([
    [['OFFERED', 'ACTIVE', 'RECALLED'], 'RECALLED'],
    [['OFFERED', 'DECLINED'], 'DECLINED'],
    [['OFFERED', 'ACTIVE', 'COMPLETED'], 'COMPLETED'],
    [['OFFERED', 'ACTIVE', 'COMPLETED', 'ACTIVE'], 'ACTIVE'],
    [['OFFERED', 'COMPLETED', 'OFFERED', 'ACTIVE', 'COMPLETED'], 'COMPLETED'],
  ])('that was told %j ends as %s, also when it hears of them backwards', (states, end) => {
    const told = states.map((state, place) => ({ state, version: BigInt(place + 1) }));
    const hear = (heard: typeof told) =>
      heard.reduce<(typeof told)[0] | undefined>(movedOn, undefined);
    expect(hear(told)?.state).toBe(end);
    expect(hear(told.toReversed())?.state).toBe(end);
  });

  const grant = (placementId: string, state: GrantState) => ({
    placementId,
    version: 1n,
    agencyId: `agency of ${placementId}`,
    agencyName: '',
    state,
  });

  it('that is active decides who has the case, then one that is offered', () => {
    expect(handledBy([grant('a', 'OFFERED'), grant('b', 'ACTIVE')])).toMatchObject({
      handling: 'PLACED',
      placementId: 'b',
    });
    expect(handledBy([grant('a', 'OFFERED'), grant('b', 'RECALLED')])).toMatchObject({
      handling: 'OFFERED',
      placementId: 'a',
    });
    expect(handledBy([grant('b', 'DECLINED')])).toMatchObject({
      handling: 'INTERNAL',
      placementId: undefined,
    });
  });
});

describe('days sales outstanding', () => {
  it.each([
    [500n, 1000n, 450],
    [1000n, 1000n, 900],
    [0n, 1000n, 0],
    [500n, 0n, 0],
    [1n, 3n, 300],
  ])('of %s open on %s sold in 90 days are %d tenths', (open, sales, tenths) => {
    expect(dsoTenths(open, sales, 90)).toBe(tenths);
  });
});
