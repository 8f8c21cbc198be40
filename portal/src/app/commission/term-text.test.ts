import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
import { termText } from './term-text';

beforeEach(() => chooseLanguage('zh-CN'));

describe('the term of a commission', () => {
  it.each([
    ['flat', '固定费率'],
    ['age_band:0-90', '逾期 0–90 天'],
    ['age_band:181-', '逾期 181 天以上'],
    ['tail', 'tail'],
  ])('%s reads %s', (term, words) => {
    expect(termText(term)).toBe(words);
  });
});
