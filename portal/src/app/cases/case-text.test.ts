import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Case } from '@recourse/proto/web/cases/v1/cases';
import { chooseLanguage } from '../session/language';
import { bestCallText } from './case-text';

beforeEach(() => {
  chooseLanguage('zh-CN');
  jest.useFakeTimers({ now: new Date('2026-11-23T02:00:00Z') });
});
afterEach(() => jest.useRealTimers());

const file = (bestFrom: string, bestUntil: string, debtorTimeZone = 'Asia/Shanghai') =>
  Case.fromPartial({ debtorTimeZone, allowance: { bestFrom, bestUntil } });

describe('when a debtor is best called', () => {
  it.each([
    ['2026-11-23T06:00:00Z', '2026-11-23T08:30:00Z', '今天 14:00–16:30'],
    ['2026-11-24T01:30:00Z', '2026-11-24T03:30:00Z', '明天 09:30–11:30'],
  ])('is told by the clock of the debtor: %s to %s', (from, until, text) => {
    expect(bestCallText(file(from, until))).toBe(text);
  });

  it('is told in another zone as that zone has it', () => {
    const there = file('2026-11-23T08:30:00Z', '2026-11-23T10:30:00Z', 'Europe/Berlin');
    expect(bestCallText(there)).toBe('今天 09:30–11:30');
  });

  it('is left out where it is not known', () => {
    expect(bestCallText(Case.fromPartial({}))).toBe('');
  });
});
