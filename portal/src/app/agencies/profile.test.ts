import { describe, expect, it } from '@jest/globals';
import { bpsOf, listOf } from './profile';

describe('a flat rate', () => {
  it.each([
    ['15', 1500],
    ['12.5', 1250],
    ['0.05', 5],
    ['100', 10_000],
    ['100.01', undefined],
    ['1.234', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('of %s %% is %s basis points', (text, bps) => {
    expect(bpsOf(text)).toBe(bps);
  });
});

it('divides words by commas of both kinds', () => {
  expect(listOf('机械，五金, 电子、 化工;')).toEqual(['机械', '五金', '电子', '化工']);
});
