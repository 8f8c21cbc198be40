import { describe, expect, it } from '@jest/globals';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { freezes } from '../../rules/law/freezes.ts';
import { freeze, type FrozenAsset, preSuitEnd, securityNeeded } from './freeze.ts';

const calendar = prcCalendar();
const law = { freezes };
const made = (more: Partial<Parameters<typeof freeze>[0]> = {}) =>
  freeze({ asset: 'account', frozenOn: '2025-06-10', today: '2026-03-02', ...more }, calendar, law);

describe('a freeze of 2025-06-10', () => {
  it.each<[FrozenAsset, string]>([
    ['account', '2026-06-10'],
    ['movable', '2027-06-10'],
    ['real_property', '2028-06-10'],
    ['other_right', '2028-06-10'],
  ])('of %s lasts to %s', (asset, end) => {
    expect(made({ asset }).expiresOn).toBe(end);
  });

  it.each([
    ['2026-04-01', 'in_force'],
    ['2026-04-04', 'renew_now'],
    ['2026-06-10', 'renew_now'],
    ['2026-06-11', 'lapsed'],
  ])('is on %s %s', (today, state) => {
    expect(made({ today }).state).toBe(state);
  });

  it('is renewed seven days before, on a working day', () => {
    expect(made().renewBy).toBe('2026-06-03');
    // Seven days before Sunday 14 June is Sunday 7 June; the Friday before it is the last chance.
    expect(made({ frozenOn: '2025-06-14' }).renewBy).toBe('2026-06-05');
    expect(made().alarms.map(({ on }) => on)).toEqual(['2026-04-04', '2026-05-04', '2026-05-27']);
  });

  it('renewed in time runs anew, renewed too late does not', () => {
    expect(made({ renewals: [{ on: '2026-06-01' }] })).toMatchObject({
      expiresOn: '2027-06-01',
      provisional: true,
    });
    expect(made({ renewals: [{ on: '2026-06-11' }] }).expiresOn).toBe('2026-06-10');
  });

  it('is lifted by bankruptcy', () => {
    expect(made({ bankruptcyOn: '2026-02-01' })).toMatchObject({
      state: 'lifted_by_bankruptcy',
      alarms: [],
    });
  });

  it.each([
    [{ years: 2 }, 'term_not_allowed'],
    [{ frozenOn: '2025-06-31' }, 'not_a_date'],
    [{ renewals: [{ on: 'x' }] }, 'not_a_date'],
  ])('with %o is refused: %s', (more, reason) => {
    expect(() => made(more)).toThrow(reason);
  });
});

describe('preservation', () => {
  it('needs at most 30 % security in suit, the whole before it', () => {
    const amount = { currency: 'CNY', minor: 100_000_001n };
    expect(securityNeeded({ amount, stage: 'in_suit', on: '2026-03-02' }, law).most.minor).toBe(
      30_000_000n,
    );
    expect(securityNeeded({ amount, stage: 'pre_suit', on: '2026-03-02' }, law).most).toEqual(
      amount,
    );
  });

  it('before suit lapses after 30 days, moved off holidays', () => {
    expect(preSuitEnd({ preservedOn: '2026-09-02' }, calendar, law)).toMatchObject({
      countedEnd: '2026-10-02',
      endOn: '2026-10-08',
    });
  });
});
