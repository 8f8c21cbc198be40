import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { contentHash } from './hash.ts';

const query = contentHash({ sort: 'amount', class: 'over_90' });

describe('a cursor', () => {
  it('gives back every kind of value it was made of', () => {
    const values = ['中文', 12, 9007199254740993n, null, true, '2026-01-01'];
    expect(decodeCursor(encodeCursor(values, query), query)).toEqual(values);
  });

  it('is refused with another query', () => {
    const cursor = encodeCursor([1], query);
    expect(() => decodeCursor(cursor, contentHash({ sort: 'name' }))).toThrow(
      'cursor_of_other_query',
    );
  });

  it.each([
    'x',
    '',
    Buffer.from('{}').toString('base64url'),
    Buffer.from(JSON.stringify([query.slice(0, 16), { n: '1; DROP' }])).toString('base64url'),
    Buffer.from(JSON.stringify([query.slice(0, 16), [1]])).toString('base64url'),
  ])('is refused when it is not ours: %p', (text) => {
    expect(() => decodeCursor(text, query)).toThrow('cursor_is_malformed');
  });
});
