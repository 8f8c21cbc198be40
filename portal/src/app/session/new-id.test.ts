import { describe, expect, it } from '@jest/globals';
import { newId } from './new-id';

describe('a new id', () => {
  it('is a UUID of version 7 whose first 48 bits are the time', () => {
    const id = newId(0x0192_abcd_ef01);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id.replaceAll('-', '').slice(0, 12)).toBe('0192abcdef01');
  });

  it('sorts by time and does not repeat', () => {
    const ids = Array.from({ length: 500 }, (_, at) => newId(1_790_000_000_000 + at));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(Array.from({ length: 500 }, () => newId(5))).size).toBe(500);
  });
});
