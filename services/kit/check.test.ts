import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  creditCodeCheckCharacter,
  creditCodeVerdict,
  isCurrency,
  isDay,
  isInstant,
  isTimeZone,
  isUuid,
} from './check.ts';

describe('a UUID', () => {
  it.each([
    ['01956f3e-0000-7000-8000-00000000aaaa', true],
    ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', true],
    ['01956F3E-0000-7000-8000-00000000AAAA', false],
    ['01956f3e-0000-7000-c000-00000000aaaa', false],
    ['00000000-0000-0000-0000-000000000000', false],
    ['01956f3e00007000800000000000aaaa', false],
    ['01956f3e-0000-7000-8000-00000000aaaa\n', false],
    ['', false],
  ])('%j: %s', (text, is) => {
    expect(isUuid(text)).toBe(is);
  });
});

describe('a day', () => {
  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-04-31', false],
    ['2026-1-1', false],
    ['2026-01-01T00:00', false],
  ])('%j: %s', (text, is) => {
    expect(isDay(text)).toBe(is);
  });
});

describe('an instant', () => {
  it.each([
    ['2026-01-01T00:00:00Z', true],
    ['2026-01-01T00:00:00+08:00', true],
    ['2026-01-01T00:00:00', false],
    ['2026-01-01', false],
  ])('%j: %s', (text, is) => {
    expect(isInstant(text)).toBe(is);
  });
});

describe('a currency', () => {
  it.each([
    ['CNY', true],
    ['USD', true],
    ['cny', false],
    ['RMB', false],
    ['', false],
  ])('%j: %s', (code, is) => {
    expect(isCurrency(code)).toBe(is);
  });
});

describe('a time zone', () => {
  it.each([
    ['Asia/Shanghai', true],
    ['UTC', true],
    ['Asia/Atlantis', false],
    ['+08:00', false],
    ['', false],
  ])('%j: %s, and the same when asked again', (name, is) => {
    expect([isTimeZone(name), isTimeZone(name)]).toEqual([is, is]);
  });
});

describe('a unified social credit code', () => {
  it.each([
    // The example of GB 32100-2015 and one that a registry issued.
    ['91350100M000100Y43', 'valid'],
    ['91110000802100433B', 'valid'],
    ['91350100M000100Y44', 'check_fails'],
    ['91350100M000100Y4', 'malformed'],
    ['91350100m000100y43', 'malformed'],
    ['91350100M000100I43', 'malformed'],
    ['', 'malformed'],
  ])('%s is %s', (code, verdict) => {
    expect(creditCodeVerdict(code)).toBe(verdict);
  });

  it('has no check character when a character is outside the alphabet', () => {
    expect(creditCodeCheckCharacter('91350100M000100I4')).toBeUndefined();
  });

  it('fails its check when any one of its characters is mistaken', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const body = fc.string({
      unit: fc.constantFrom(...alphabet),
      minLength: 17,
      maxLength: 17,
    });
    fc.assert(
      fc.property(
        body,
        fc.integer({ min: 0, max: 16 }),
        fc.constantFrom(...alphabet),
        (code, at, other) => {
          fc.pre(code[at] !== other);
          const mistaken = code.slice(0, at) + other + code.slice(at + 1);
          expect(creditCodeCheckCharacter(mistaken)).not.toBe(creditCodeCheckCharacter(code));
        },
      ),
    );
  });
});
