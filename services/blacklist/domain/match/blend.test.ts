import { describe, expect, it } from '@jest/globals';
import { nameWords } from '../../rules/names/words.ts';
import { matcher } from './matcher.ts';

const { compareNames, nameIndex } = matcher(nameWords);
const score = (a: string, b: string) => compareNames(a, b, 'company').score;

describe('A short name made of the beginnings of words', () => {
  it.each([
    ['FLORNORTE', 'Flores del Norte S.A.', 0.74],
    ['Marvelind', 'Marine Velvet Industries Ltd', 0.74],
    ['IRSA', 'Inversiones y Repuestos S.A.', 0.62],
    ['CARU', 'Cables Rurales Ltda', 0.62],
  ])('%s is like %s', (short, long, expected) => {
    expect(score(short, long)).toBe(expected);
    expect(score(long, short)).toBe(expected);
  });

  it.each([
    ['FLORNORTE', 'Flores del Sur S.A.'],
    ['FLORTE', 'Flores'],
    ['NORTEFLOR', 'Flores del Norte S.A.'],
    ['FLAZUF', 'Flores Azufre Diaz Peres'],
  ])('%s is not like %s', (short, long) => {
    expect(score(short, long)).toBeLessThan(0.5);
  });

  it('is found under its long name, and the long name under it', () => {
    const index = nameIndex();
    index.add({ id: 'long', names: ['Flores del Norte S.A.'], kind: 'company' });
    index.add({ id: 'short', names: ['PLANOESTE LTDA'], kind: 'company' });
    index.add({ id: 'other', names: ['Plantas del Sur'], kind: 'company' });
    const first = (name: string) => index.search(name, { kind: 'company', limit: 1 })[0]?.id;
    expect(first('Flornorte')).toBe('long');
    expect(first('Plantas del Oeste S.A.')).toBe('short');
  });
});
