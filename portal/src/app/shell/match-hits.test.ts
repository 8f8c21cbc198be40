import { describe, expect, it } from '@jest/globals';
import { matchHits } from './match-hits';
import type { Hit } from './palette-state';

const hit = (id: string, title: string, also = ''): Hit => ({
  id,
  title,
  also,
  icon: 'work',
  go: '/',
});
const hits = [hit('1', '委托案件'), hit('2', '案件', 'aj cases'), hit('3', 'Open cases', 'kl')];

describe('the palette', () => {
  it.each([
    ['案件', ['2', '1']],
    ['aj', ['2']],
    ['cases', ['2', '3']],
    ['CAS', ['2', '3']],
    ['pen', ['3']],
    ['zz', []],
    ['', ['1', '2', '3']],
    ['  ', ['1', '2', '3']],
  ])('finds by "%s" %p, best first', (text, wanted) => {
    expect(matchHits(hits, text).map((found) => found.id)).toEqual(wanted);
  });
});
