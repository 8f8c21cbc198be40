import { describe, expect, it } from '@jest/globals';
import { formatMessage, valueNames } from './message';

describe('a message', () => {
  it.each([
    ['plain', {}, 'en', 'plain'],
    ['{a} and {b}', { a: 'x', b: 'y' }, 'en', 'x and y'],
    ['{n} rows', { n: 1234567 }, 'en', '1,234,567 rows'],
    ['{n} rows', { n: 9007199254740993n }, 'en', '9,007,199,254,740,993 rows'],
    ['{n, plural, one {# day} other {# days}}', { n: 1 }, 'en', '1 day'],
    ['{n, plural, one {# day} other {# days}}', { n: 2 }, 'en', '2 days'],
    ['{n, plural, =0 {none} one {# day} other {# days}}', { n: 0 }, 'en', 'none'],
    ['{n, plural, one {一} other {# 天}}', { n: 1 }, 'zh-CN', '1 天'],
    ['{k, select, a {A {x}} other {O}}!', { k: 'a', x: 'z' }, 'en', 'A z!'],
    ['{k, select, a {A} other {O}}', { k: 'q' }, 'en', 'O'],
    ['{missing}', {}, 'en', ''],
  ])('%s of %o in %s reads "%s"', (text, values, language, wanted) => {
    expect(formatMessage(text, values, language)).toBe(wanted);
  });

  it.each(['{open', '{n, plural, one {x}}', '{not a name}'])('refuses %s', (text) => {
    expect(() => formatMessage(text, { n: 1 }, 'en')).toThrow(/brace|branch|place/);
  });

  it('names its values wherever they stand', () => {
    expect(valueNames('{b} {n, plural, one {{a}} other {#}}')).toEqual(['a', 'b', 'n']);
  });
});
