import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
import { termText } from './term-text';

beforeEach(() => chooseLanguage('zh-CN'));

describe('the term of a commission', () => {
  it.each([
    ['flat', '固定费率'],
    ['age_band:0-90', '逾期 0–90 天'],
    ['age_band:181-', '逾期 181 天以上'],
    ['fixed:first_payment', '固定佣金，首笔回款'],
    ['retainer:credited', '基础费（可抵扣）'],
    [
      'bracket:0-1000000@2000,bracket:1000000-@1250',
      '累计回款 ¥0.00–¥10,000.00 计 20%、累计回款 ¥10,000.00 以上 计 12.5%',
    ],
    ['share:0-3000@1000', '回收比例 0%–30% 计 10%'],
    ['share_all:3000-@1500', '回收比例 30% 以上，全部计 15%'],
    ['flat;litigation:500;minimum', '固定费率 · 诉讼期间加 5% · 最低佣金'],
    ['tail', 'tail'],
  ])('%s reads %s', (term, words) => {
    expect(termText(term, 'CNY')).toBe(words);
  });
});
