import { describe, expect, it } from '@jest/globals';
import { editDistance, jaroWinkler, wordLikeness } from './distance.ts';

describe('The distance of two words', () => {
  it.each([
    ['abc', 'abc', 0],
    ['scholze', 'scholz', 1],
    ['luakshenko', 'lukashenko', 1],
    ['kitten', 'sitting', 3],
    ['', 'ab', 2],
  ])('%s to %s is %d', (a, b, edits) => {
    expect(editDistance(a, b, 5)).toBe(edits);
    expect(editDistance(b, a, 5)).toBe(edits);
  });

  it('stops beyond what is asked', () => {
    expect(editDistance('abcdefgh', 'stuvwxyz', 2)).toBe(3);
  });
});

describe('The likeness of two words', () => {
  // Winkler's published examples (1990).
  it.each([
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
  ])('%s and %s by Jaro and Winkler is %d', (a, b, likeness) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(likeness, 3);
  });

  it('of short words is all or nothing', () => {
    expect([wordLikeness('bai', 'bay'), wordLikeness('bay', 'bay')]).toEqual([0, 1]);
  });
});
