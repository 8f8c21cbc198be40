import { describe, expect, it } from '@jest/globals';
import { FixedDue } from '@recourse/proto/agencies/v1/agencies.ts';
import { bands, brackets, fixed, flat, ratchet } from './sample.ts';
import { checkedTerms, checkTermsFit, isPlain, rateFor, termWords } from './terms.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const usd = (minor: bigint) => ({ currency: 'USD', minor });
const byAge = bands([0, 800], [31, 1200], [91, 2500]);

describe('commission terms', () => {
  it.each([
    ['flat', flat(1500), 400, 1500, 'flat'],
    ['flat of nothing', flat(0), 10, 0, 'flat'],
    ['bands, first day', byAge, 0, 800, 'age_band:0-30'],
    ['bands, not yet due', byAge, -5, 800, 'age_band:0-30'],
    ['bands, last day of the first', byAge, 30, 800, 'age_band:0-30'],
    ['bands, first day of the second', byAge, 31, 1200, 'age_band:31-90'],
    ['bands, open end', byAge, 4000, 2500, 'age_band:91-'],
    ['brackets', brackets([0n, 2000], [1_000_000n, 1500]), 10, 2000, 'amount_brackets'],
    ['a ratchet', ratchet(false, [0, 1000], [3000, 1500]), 10, 1000, 'ratchet'],
    ['one that holds back', ratchet(true, [0, 1000]), 10, 1000, 'ratchet:retroactive'],
    ['a fixed fee', fixed(200_000n), 10, 0, 'fixed:first_payment'],
    ['one in the end', fixed(1n, FixedDue.PAID_IN_FULL), 10, 0, 'fixed:paid_in_full'],
  ])('%s at %s days', (_name, terms, days, rateBps, words) => {
    expect(rateFor(terms, days)).toBe(rateBps);
    expect(termWords(terms, days)).toBe(words);
  });

  it.each([
    ['none at all', undefined, 'terms_missing'],
    ['without a model', { model: undefined, vatBps: 0, tailDays: 0 }, 'terms_missing'],
    ['without bands', bands(), 'terms_without_bands'],
    ['not from day 0', bands([1, 800]), 'terms_not_from_day_zero'],
    ['a band twice', bands([0, 800], [30, 900], [30, 1000]), 'terms_not_rising'],
    ['no bracket', brackets(), 'terms_without_bands'],
    ['brackets not from 0', brackets([1n, 2000]), 'terms_not_from_zero'],
    ['a bracket twice', brackets([0n, 1], [5n, 2], [5n, 3]), 'terms_not_rising'],
    ['steps not from 0', ratchet(false, [10, 2000]), 'terms_not_from_zero'],
    ['a step back for what came before', ratchet(true, [0, 20], [9, 10]), 'terms_fall_back'],
    ['two currencies', { ...fixed(5n), cap: usd(9n) }, 'terms_currencies_differ'],
    [
      'a cap below the minimum',
      flat(1, { minimum: cny(2n), cap: cny(1n) }),
      'terms_cap_below_minimum',
    ],
    ['bands that fall', bands([0, 800], [60, 900], [30, 1000]), 'terms_not_rising'],
  ])('are refused: %s', (_name, terms, reason) => {
    expect(() => checkedTerms(terms)).toThrow(expect.objectContaining({ kind: 'refused', reason }));
  });

  it('may have rates that fall with the amount, and steps that fall for what comes after', () => {
    expect(checkedTerms(brackets([0n, 2000], [5n, 500]))).toBeDefined();
    expect(checkedTerms(ratchet(false, [0, 2000], [5000, 500]))).toBeDefined();
  });

  it('fit any currency while they are rates alone, and one when they name amounts', () => {
    expect(() => checkTermsFit(flat(1500), 'USD')).not.toThrow();
    expect(() => checkTermsFit(flat(1500, { cap: cny(1n) }), 'CNY')).not.toThrow();
    for (const terms of [flat(1500, { cap: cny(1n) }), fixed(5n), brackets([0n, 1])]) {
      expect(() => checkTermsFit(terms, 'USD')).toThrow('terms_in_other_currency');
    }
  });

  it.each([
    ['one rate', flat(1500), true],
    ['one rate by age', byAge, true],
    ['one rate, costs borne by the agency', flat(1500, { agencyBearsCosts: true }), true],
    ['brackets', brackets([0n, 1]), false],
    ['a minimum', flat(1500, { minimum: cny(1n) }), false],
    ['a cap', flat(1500, { cap: cny(1n) }), false],
    ['a retainer', flat(1500, { retainer: { fee: cny(1n), credited: false } }), false],
    ['more in court', flat(1500, { litigationUpliftBps: 500 }), false],
    ['VAT inside', flat(1500, { vatIncluded: true }), false],
  ])('of %s let each payment stand for itself: %s', (_name, terms, plain) => {
    expect(isPlain(terms)).toBe(plain);
  });
});
