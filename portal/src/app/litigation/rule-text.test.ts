import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
import { articlesIn } from './rule-text';

describe('the source of a rule', () => {
  beforeEach(() => chooseLanguage('zh-CN'));

  it.each([
    ['民事诉讼法 art. 139', '民事诉讼法 第 139 条'],
    ['民事诉讼法 art. 152: six months, six more with leave', '民事诉讼法 第 152 条'],
    ['民法典 art. 188 ¶2: twenty years; only a court may extend', '民法典 第 188 条第 2 款'],
    [
      '督促程序规定 (2001); 民诉法解释 art. 430: 30 days',
      '督促程序规定 (2001); 民诉法解释 第 430 条',
    ],
    ['house rule: 180, 90 and 30 days before', 'house rule: 180, 90 and 30 days before'],
  ])('%s is %s to a Chinese reader', (source, words) => {
    expect(articlesIn(source)).toBe(words);
  });

  it('keeps what it explains for an English one', () => {
    chooseLanguage('en');
    expect(articlesIn('民法典 art. 188: three years')).toContain('three years');
  });
});
