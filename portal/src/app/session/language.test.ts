import { afterEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage, language, words } from './language';

const t = words(
  { title: '案件', left: '还剩 {days} 天' },
  { title: 'Cases', left: '{days, plural, one {# day} other {# days}} left' },
);

describe('the words of a folder', () => {
  afterEach(() => chooseLanguage('zh-CN'));

  it('follow a switch of the language at once', () => {
    chooseLanguage('zh-CN');
    expect([t('title'), t('left', { days: 3 })]).toEqual(['案件', '还剩 3 天']);
    chooseLanguage('en');
    expect([t('title'), t('left', { days: 1 })]).toEqual(['Cases', '1 day left']);
    expect(document.documentElement.lang).toBe('en');
    expect(language()).toBe('en');
  });

  it('are remembered for this browser', () => {
    chooseLanguage('en');
    expect(localStorage.getItem('recourse.language')).toBe('en');
  });

  it('find a key made of data, or say that there is none', () => {
    expect(t.find('title')).toBe('案件');
    expect(t.find('state.UNKNOWN')).toBeUndefined();
  });

  it('are checked by the compiler', () => {
    // @ts-expect-error a key that Chinese lacks
    words({ a: '甲' }, { a: 'A', b: 'B' });
    // @ts-expect-error a key that English lacks
    words({ a: '甲', b: '乙' }, { a: 'A' });
    // @ts-expect-error a value that is forgotten
    expect(t('left')).toBe('还剩  天');
    // @ts-expect-error a key that does not exist
    expect(t('titel')).toBe('titel');
  });
});
