import { describe, expect, it } from '@jest/globals';
import { termText } from './term-text.ts';

describe('the rule of a line', () => {
  it.each([
    ['flat', '固定费率', 'flat rate'],
    ['age_band:31-90', '逾期 31–90 天', '31–90 days overdue'],
    ['age_band:91-', '逾期 91 天以上', 'from 91 days overdue'],
    [
      'bracket:0-1000000@2000,bracket:1000000-@1250',
      '累计回款 0.00–10000.00 20%，累计回款 10000.00 以上 12.5%',
      '20% of recoveries 0.00–10000.00, 12.5% of recoveries above 10000.00',
    ],
    ['share:0-3000@1000', '回收比例 0%–30% 10%', '10% of the share recovered 0%–30%'],
    [
      'share_all:3000-@1500',
      '回收比例 30% 以上，全部 15%',
      '15% for all, share recovered above 30%',
    ],
    [
      'flat;litigation:500;minimum;cap;retainer_credited',
      '固定费率；诉讼加成 5%；最低佣金；佣金上限；抵扣基础费',
      'flat rate; in court 5% more; minimum; cap; retainer set off',
    ],
    ['fixed:paid_in_full', '固定佣金，全部收回', 'fixed fee, paid in full'],
    ['retainer:credited', '基础费（可抵扣）', 'retainer, to be set off'],
    ['something:new', 'something:new', 'something:new'],
  ])('%s', (term, zh, en) => {
    expect(termText(term, 'CNY', 'zh-CN')).toBe(zh);
    expect(termText(term, 'CNY', 'en')).toBe(en);
  });
});
