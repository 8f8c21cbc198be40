import { describe, expect, it } from '@jest/globals';
import { bands, flat } from './sample.ts';
import { checkedTerms, rateFor, termWords } from './terms.ts';

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
    ['bands that fall', bands([0, 800], [60, 900], [30, 1000]), 'terms_not_rising'],
  ])('are refused: %s', (_name, terms, reason) => {
    expect(() => checkedTerms(terms)).toThrow(expect.objectContaining({ kind: 'refused', reason }));
  });
});
