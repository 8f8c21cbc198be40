import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
import type { Language } from '../session/language';
import {
  daysBetween,
  formatBps,
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  formatInstant,
  formatList,
  formatMoney,
  formatMoneyCompact,
  formatRelativeDay,
  formatRelativeInstant,
  formatWeekday,
} from './format';

beforeEach(() => chooseLanguage('zh-CN'));
afterEach(() => chooseLanguage('zh-CN'));

const cny = (minor: bigint) => ({ currency: 'CNY', minor });

describe('money', () => {
  it.each([
    [cny(48230000n), '¥482,300.00'],
    [cny(-1n), '−¥0.01'],
    [cny(0n), '¥0.00'],
    [cny(900719925474099312n), '¥9,007,199,254,740,993.12'],
    [{ currency: 'JPY', minor: 1234n }, '¥1,234'],
    [{ currency: 'KWD', minor: 1n }, 'KWD\u00a00.001'],
    [{ currency: 'USD', minor: 5n }, '$0.05'],
    [undefined, '–'],
  ])('%p reads %s to the last digit', (amount, wanted) => {
    expect(formatMoney(amount)).toBe(wanted);
  });

  it.each<[Language, string, string]>([
    ['zh-CN', '¥128.4万', '¥3.2亿'],
    ['en', '¥1.284M', '¥320M'],
  ])('is counted in the large units of %s', (language, first, second) => {
    chooseLanguage(language);
    expect(formatMoneyCompact(cny(128400000n))).toBe(first);
    expect(formatMoneyCompact(cny(32000000000n))).toBe(second);
  });
});

describe('numbers', () => {
  it.each([
    [() => formatCount(1234567n), '1,234,567'],
    [() => formatBps(1250), '12.5%'],
    [() => formatBps(undefined), '–'],
    [() => formatBytes(1_500_000n), '1.5 MB'],
    [() => formatBytes(0), '0 B'],
    [() => formatDuration(45.2), '46秒'],
    [() => formatDuration(181), '4分钟'],
  ])('%s is %s', (write, wanted) => {
    expect(write()).toBe(wanted);
  });
});

describe('days and times', () => {
  it.each<[Language, string, string, string]>([
    ['zh-CN', '2026-12-01', '周二', '12月1日'],
    ['en', 'Dec 1, 2026', 'Tue', 'Dec 1'],
  ])('are written the way of %s', (language, medium, weekday, short) => {
    chooseLanguage(language);
    const day = '2026-12-01';
    expect([formatDay(day), formatWeekday(day), formatDay(day, 'short')]).toEqual([
      medium,
      weekday,
      short,
    ]);
  });

  it.each([
    ['2026-11-22', '今天'],
    ['2026-11-23', '明天'],
    ['2026-11-21', '昨天'],
    ['2026-11-27', '5 天后'],
    ['2026-10-30', '23 天前'],
    ['2026-01-01', '2026-01-01'],
    ['', '–'],
  ])('%s is %s on 2026-11-22', (day, wanted) => {
    expect(formatRelativeDay(day, '2026-11-22')).toBe(wanted);
  });

  it.each([
    ['2026-11-22T03:59:50Z', '现在'],
    ['2026-11-22T03:45:00Z', '15 分钟前'],
    ['2026-11-22T07:00:00Z', '3 小时后'],
    ['2026-11-20T04:00:00Z', '前天'],
  ])('%s is %s at noon in Shanghai', (instant, wanted) => {
    expect(formatRelativeInstant(instant, Date.parse('2026-11-22T04:00:00Z'))).toBe(wanted);
  });

  it('take the zone they are asked for', () => {
    expect(formatInstant('2026-11-22T18:30:00Z', 'medium', 'Asia/Shanghai')).toBe(
      '2026-11-23 02:30',
    );
    expect(formatInstant('2026-11-22T18:30:00Z', 'time', 'America/New_York')).toBe('13:30');
  });

  it('count whole days across a change of clocks', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });
});

describe('a list', () => {
  it.each<[Language, string]>([
    ['zh-CN', '主管、财务'],
    ['en', '主管, 财务'],
  ])('in %s is %s', (language, wanted) => {
    chooseLanguage(language);
    expect(formatList(['主管', '财务'])).toBe(wanted);
    expect(formatList([])).toBe('');
  });
});
