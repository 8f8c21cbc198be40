import { describe, expect, it } from '@jest/globals';
import { nameWords } from '../../rules/names/words.ts';
import { verdictFrom } from './comparison.ts';
import { matcher } from './matcher.ts';

const { compareNames } = matcher(nameWords);
const score = (a: string, b: string) => compareNames(a, b, 'person').score;

/** One word of the name stands for another; some are words that mostly say little. */
const replaced = [
  ['Jonas Whitlock', 'Martin Whitlock'],
  ['Maria Elena Vargas Pinto', 'Maria Elena Vargas Duarte'],
  ['Lazarevic Milan', 'de Milan'],
  ['Lazarevic Milan', 'Petrovic Milan'],
  ['Karim Salim Ahmad Salim', 'Karim Oskar Ahmad Salim'],
  ['Anwar Tariq Fadil', 'Anwar Tariq Pavlovich'],
  ['Ivan Petrovich Sidorov', 'Ivan Grigori Sidorov'],
] as const;

describe('Two persons whose names differ in one word', () => {
  it.each(replaced)('%s | %s are below a match', (a, b) => {
    expect(score(a, b)).toBeLessThan(verdictFrom.possible);
    expect(score(b, a)).toBe(score(a, b));
  });

  it.each([
    ['Guzman Loera Joaquin', 'Guzman Loera'],
    ['Guzman Loera Joaquin', 'Sheikh Guzman Loera'],
    ['Ahmad Hassan Karimi', 'Ahmad Karimi'],
    ['Zawahiri Ayman', 'Thulsie Zawahiri Ayman'],
  ])('%s | %s, the word missing in one, ask and assert nothing', (a, b) => {
    expect(score(a, b)).toBeLessThan(verdictFrom.strong);
    expect(score(a, b)).toBeGreaterThanOrEqual(verdictFrom.possible);
  });
});

describe('A word that sounds like a patronymic', () => {
  it.each([
    ['Сергей Викторович Иванов', 'Sergei Ivanov', 1],
    ['Milan Lazarevic', 'Lazarević Milan', 1],
  ])('%s | %s is left out or the family name: %s', (a, b, expected) => {
    expect(score(a, b)).toBeCloseTo(expected, 1);
  });
});
