import { beforeEach, describe, expect, it } from '@jest/globals';
import { CreditWarning, Grade, RatingReason } from '@recourse/proto/web/credit/v1/ratings';
import { chooseLanguage } from '../session/language';
import { t as reasonWords } from './reason-words';
import {
  binText,
  gradeTone,
  ruleText,
  signed,
  termsText,
  valueText,
  warningText,
} from './reason-text';

beforeEach(() => chooseLanguage('zh-CN'));

const terms = { prepaid: false, netDays: 30, discountBps: 200, discountDays: 10 };
const facts = (given: Record<string, string>) =>
  Object.entries(given).map(([name, value]) => ({ name, value }));

describe('what a rating found', () => {
  it.each([
    ['late_share', '0.32', '32%', '32%'],
    ['mean_days_late', '12.5', '12.5 天', '12.5 d'],
    ['integrity', '4', '4 分', '4 of 5'],
    ['registry_status', 'abnormal', '经营异常', 'abnormal'],
    ['lawsuit', '2026-03-01', '2026-03-01 起', 'since Mar 1, 2026'],
    ['current_ratio', '', '没有资料', 'not known'],
    ['some_column', 'A11', 'A11', 'A11'],
  ])('of %s as %s is said in words', (code, value, zh, en) => {
    expect(valueText(code, value)).toBe(zh);
    chooseLanguage('en');
    expect(valueText(code, value)).toBe(en);
  });

  it.each([
    ['', '0.05', '低于 5%'],
    ['0.3', '0.5', '30% 至 50%'],
    ['0.5', '', '50%及以上'],
    ['', '', ''],
  ])('names the bin from "%s" until "%s"', (from, until, text) => {
    expect(binText(RatingReason.fromPartial({ code: 'late_share', from, until }))).toBe(text);
  });

  it('gives points their sign', () => {
    expect([signed(8), signed(-25), signed(0)]).toEqual(['+8', '−25', '0']);
  });
});

describe('a rule beside the points', () => {
  it.each<[string, Record<string, string>, string]>([
    ['dishonest_debtor', { since: '2026-01-01' }, '有“失信被执行人”，等级不高于 CC'],
    ['registry_status', { value: 'revoked' }, '登记状态为“吊销”，等级不高于 CC'],
    [
      'long_overdue',
      { worst_days_late: '200', overdue_share: '0.6' },
      '最长迟付 200 天 且逾期占未清 60%，等级不高于 CC',
    ],
  ])('%s is a sentence', (code, given, text) => {
    expect(ruleText({ code, worstGrade: Grade.CC, facts: facts(given) })).toBe(text);
  });
});

describe('a warning', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'limit_exceeded',
      { exposure_minor: '1200000', limit_minor: '1000000', currency: 'CNY' },
      '未清 ¥12,000.00，超过额度 ¥10,000.00',
    ],
    ['grade_fell', { from: 'GRADE_A', to: 'GRADE_BB' }, '等级由 A 降至 BB'],
    ['promise_broken', { count: '2' }, '一年内失约 2 次'],
    ['blacklist', { since: '2026-11-01' }, '黑名单（2026-11-01 起）'],
  ])('%s says its facts', (code, given, text) => {
    expect(warningText(CreditWarning.fromPartial({ code, facts: facts(given) }))).toBe(text);
  });
});

describe('terms and grades', () => {
  it('are written as people say them', () => {
    expect(termsText(terms)).toBe('30 天内付清，10 天内付款减 2%');
    expect(termsText({ ...terms, prepaid: true })).toBe('预付');
    expect(termsText(undefined)).toBe('–');
  });

  it('have every grade in a tone, the worst in red', () => {
    const grades = Object.values(Grade).filter((one) => one.startsWith('GRADE_'));
    expect(grades.length).toBeGreaterThan(9);
    expect([Grade.AAA, Grade.B, Grade.D].map(gradeTone)).toEqual(['good', 'watch', 'bad']);
  });

  it('are said with the same names in both languages', () => {
    const { 'zh-CN': zh, en } = reasonWords.dictionaries;
    expect(Object.keys(en)).toEqual(Object.keys(zh));
  });
});
