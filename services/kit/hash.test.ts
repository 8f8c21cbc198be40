import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUuid } from './check.ts';
import { canonicalJson, contentHash, namedUuid, sha256 } from './hash.ts';

/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, part]) => [key, reversed(part)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe('canonical JSON', () => {
  it.each([
    [{ b: 1, a: [2, { d: 1n, c: 'x' }] }, '{"a":[2,{"c":"x","d":"1"}],"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [undefined, 'null'],
    ['a"b', '"a\\"b"'],
    [{ on: Temporal.PlainDate.from('2026-01-02') }, '{"on":"2026-01-02"}'],
  ])('of %p is %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('holds all of the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('a content hash', () => {
  it('is one for equal content and another for other content', () => {
    expect(contentHash({ a: 1, b: 2n })).toBe(contentHash({ b: 2n, a: 1 }));
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }));
  });
});

describe('SHA-256', () => {
  it('is that of FIPS 180-4', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256('abc')).toBe(abc);
    expect(sha256(new TextEncoder().encode('abc'))).toBe(abc);
  });
});

describe('a named UUID', () => {
  it('is a UUID of version 8, the same for the same name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (namespace, name) => {
        const made = namedUuid(namespace, name);
        expect(isUuid(made)).toBe(true);
        expect(made[14]).toBe('8');
        expect(namedUuid(namespace, name)).toBe(made);
      }),
    );
  });

  it('differs by name and by namespace', () => {
    const made = new Set([namedUuid('a', 'x'), namedUuid('a', 'y'), namedUuid('b', 'x')]);
    expect(made.size).toBe(3);
  });
});
