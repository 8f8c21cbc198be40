import { describe, expect, it } from '@jest/globals';
import { bpsIn, initialOf, isFilled, valuesOf, wholeIn } from './form-values';
import type { FormField, FormValue } from './form-values';

describe('a percentage', () => {
  it.each([
    ['30', 3000],
    ['4.35', 435],
    ['0.5', 50],
    ['100', 10_000],
    ['100.01', undefined],
    ['1.234', undefined],
    ['-3', undefined],
    ['', undefined],
  ])('written %s is %s basis points', (text, bps) => {
    expect(bpsIn(text)).toBe(bps);
  });
});

it.each([
  ['12', 12],
  ['0', 0],
  ['121', undefined],
  ['1.5', undefined],
  ['x', undefined],
])('the whole number %s of at most 120 is %s', (text, value) => {
  expect(wholeIn(text, 120)).toBe(value);
});

describe('a field', () => {
  const money: FormField = { id: 'amount', kind: 'money', label: 'amount', currency: 'CNY' };
  const zero = { currency: 'CNY', minor: 0n };
  const reason: FormField = { id: 'reason', kind: 'text', label: 'reason', least: 2 };
  it.each<[string, FormField, FormValue, boolean]>([
    ['without money', money, undefined, false],
    ['of no money', money, zero, false],
    ['of no money where nothing may be', { ...money, zero: true }, zero, true],
    ['left empty though optional', { ...money, optional: true }, undefined, true],
    ['of one letter where two are the least', reason, 'a', false],
    ['of blanks', reason, '   ', false],
    ['of two letters', reason, 'ok', true],
    ['of a wrong percentage', { id: 'p', kind: 'percent', label: 'p' }, '101', false],
  ])('%s may be sent: %#', (_name, field, value, filled) => {
    expect(isFilled(field, value)).toBe(filled);
  });

  it('starts with its percentage written out', () => {
    expect(initialOf({ id: 'p', kind: 'percent', label: 'p', initial: 1250 })).toBe('12.5');
  });
});

it('gives the empty value of every kind for what is not there', () => {
  const values = valuesOf(() => undefined);
  expect(values.text('a')).toBe('');
  expect(values.money('a')).toBeUndefined();
  expect(values.bps('a')).toBe(0);
  expect(values.flag('a')).toBe(false);
});
