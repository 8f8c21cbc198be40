import { describe, expect, it } from '@jest/globals';
import { idCheckCharacter, readCreditCode, readIdNumber } from './identifier.ts';

describe('A unified social credit code', () => {
  it.each([
    ['91350100M000100Y43', 'valid'],
    ['９１３５０１００ｍ０００１００ｙ４３', 'valid'],
    ['9135 0100-M000100Y43', 'valid'],
    ['91350211M0000XUF46', 'check_fails'],
    ['91350211M0000XUF4', 'malformed'],
    ['91350211I0000XUF46', 'malformed'],
  ])('%s is %s', (text, verdict) => {
    expect(readCreditCode(text).verdict).toBe(verdict);
  });

  it('tells its seat and organisation', () => {
    expect(readCreditCode('914403001922038216').parts).toEqual({
      authority: '9',
      body: '1',
      seat: '440300',
      organisation: '192203821',
    });
  });
});

describe('An ID number', () => {
  // The examples of GB 11643-1999, annex A.
  it.each([
    ['11010519491231002X', 'valid', '1949-12-31', 'female'],
    ['440524188001010014', 'valid', '1880-01-01', 'male'],
    ['110105194912310021', 'check_fails', '1949-12-31', 'female'],
  ])('%s is %s, born %s, %s', (text, verdict, birthDay, sex) => {
    expect(readIdNumber(text)).toEqual({ number: text, verdict, birthDay, sex });
  });

  it.each(['11010519490231002X', '1101051949123100', 'A1010519491231002X'])(
    '%s is malformed',
    (text) => {
      expect(readIdNumber(text)).toEqual({ number: text, verdict: 'malformed' });
    },
  );

  it('has no check character under 17 digits', () => {
    expect(idCheckCharacter('1234')).toBeUndefined();
  });
});
