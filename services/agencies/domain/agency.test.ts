import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import {
  capacityLeft,
  coversRegion,
  coversSector,
  licencesToRemind,
  noLoad,
  amountLeft,
  putProfile,
  suspendedReasons,
} from './agency.ts';
import { agencyId, bands, flat, profile } from './sample.ts';

const today = day('2026-03-04');
const said = { ...profile(), expectedVersion: 0n };

describe('a profile', () => {
  it('that is new gets version 1 and is told', () => {
    const { state, events } = putProfile(undefined, said, agencyId, today);
    expect(state.version).toBe(1n);
    expect(events).toEqual([{ $case: 'agencyChanged', value: { agencyId, name: profile().name } }]);
  });

  it('counts 100 cases per agent when no capacity is named', () => {
    const command = { ...said, capacityCases: 0, agentCount: 4 };
    expect(putProfile(undefined, command, agencyId, today).state.capacityCases).toBe(400);
  });

  it('keeps each sector, region and language once, without blanks', () => {
    const command = { ...said, sectors: ['贸易', ' 贸易 ', ''] };
    expect(putProfile(undefined, command, agencyId, today).state.sectors).toEqual(['贸易']);
  });

  it('said again as it is changes nothing', () => {
    const { state } = putProfile(undefined, said, agencyId, today);
    expect(putProfile(state, said, agencyId, today)).toEqual({ state, events: [] });
  });

  it('keeps its code unless another is said, in capitals', () => {
    const code = '91320500MA1X2Y3C4K';
    const { state } = putProfile(
      undefined,
      { ...said, creditCode: ' 91320500ma1x2y3c4k ' },
      agencyId,
      today,
    );
    expect(state.creditCode).toBe(code);
    const again = { ...said, creditCode: undefined, description: '新', expectedVersion: 1n };
    expect(putProfile(state, again, agencyId, today).state.creditCode).toBe(code);
  });

  it.each([
    [
      'with a code that is none',
      { ...said, creditCode: '123' },
      undefined,
      'credit_code_malformed',
    ],
    ['of another organisation', { ...said, agencyId: 'x' }, undefined, 'not_own_agency'],
    [
      'with falling bands',
      { ...said, listTerms: bands([0, 1], [0, 2]) },
      undefined,
      'terms_not_rising',
    ],
    [
      'with a stale version',
      { ...said, listTerms: flat(1) },
      profile(),
      'agency_changed_meanwhile',
    ],
    [
      'with a version though there is none',
      { ...said, expectedVersion: 3n },
      undefined,
      'agency_changed_meanwhile',
    ],
  ])('%s is refused', (_name, command, before, reason) => {
    expect(() => putProfile(before, command, agencyId, today)).toThrow(
      expect.objectContaining({ reason }),
    );
  });
});

describe('licences', () => {
  const licensed = (expiresOn: string) =>
    profile({ licences: [{ kind: '营业执照', number: '1', expiresOn }] });

  it.each([
    ['2026-03-05', []],
    ['2026-03-04', []],
    ['2026-03-03', ['licence_expired:营业执照']],
  ])('good until %s suspend with %j', (expiresOn, reasons) => {
    expect(suspendedReasons(licensed(expiresOn), today)).toEqual(reasons);
  });

  it('are reminded of on the very days', () => {
    expect(licencesToRemind(licensed('2026-04-03'), today, [90, 30])).toHaveLength(1);
    expect(licencesToRemind(licensed('2026-04-04'), today, [90, 30])).toHaveLength(0);
  });
});

describe('papers that the work needs', () => {
  it.each([
    [[], ['licence_missing:营业执照']],
    [['信用服务备案'], ['licence_missing:营业执照']],
    [['营业执照（副本）'], []],
    [['Business Licence'], []],
  ])('of %j: %j', (kinds, reasons) => {
    const licences = kinds.map((kind) => ({ kind, number: '1', expiresOn: '2027-01-01' }));
    expect(suspendedReasons(profile({ licences }), today)).toEqual(reasons);
  });
});

describe('capacity and reach', () => {
  it('is CNY 50 m open per agent', () => {
    const left = (agentCount: number, openMinor: bigint) =>
      amountLeft(profile({ agentCount }), { ...noLoad, openMinor }, today).minor;
    expect(left(3, 0n)).toBe(15_000_000_000n);
    expect(left(3, 14_999_999_999n)).toBe(1n);
    expect(left(1, 5_000_000_001n)).toBe(0n);
    expect(left(0, 0n)).toBe(0n);
  });

  it.each([
    [{ offered: 0, active: 0 }, 100],
    [{ offered: 30, active: 60 }, 10],
    [{ offered: 30, active: 90 }, 0],
  ])('with %j on the desk leaves %s', (load, left) => {
    expect(capacityLeft(profile(), { ...noLoad, ...load })).toBe(left);
  });

  it('covers a region by what contains it, and any when none is named', () => {
    const eastern = profile({ regions: ['江苏', '上海市'] });
    expect(coversRegion(eastern, '江苏省苏州市')).toBe(true);
    expect(coversRegion(eastern, '广东省')).toBe(false);
    expect(coversRegion(profile(), '广东省')).toBe(true);
  });

  it('covers the sectors it names, and any when none is named', () => {
    expect(coversSector(profile({ sectors: ['贸易'] }), '制造')).toBe(false);
    expect(coversSector(profile(), '制造')).toBe(true);
  });
});
