import { describe, expect, it } from '@jest/globals';
import { parseMoney } from './parse-money';

describe('an amount as a person types it', () => {
  it.each([
    ['1234.5', 'CNY', 123450n],
    ['1,234.50', 'CNY', 123450n],
    ['￥1，234', 'CNY', 123400n],
    ['¥ 482,300.00', 'CNY', 48230000n],
    ['1.2万', 'CNY', 1200000n],
    ['3亿', 'CNY', 30000000000n],
    ['0.0001万', 'CNY', 100n],
    ['1.5k', 'USD', 150000n],
    ['２００元', 'CNY', 20000n],
    ['1 234 567', 'CNY', 123456700n],
    ['-5', 'CNY', -500n],
    ['.5', 'CNY', undefined],
    ['5.', 'CNY', 500n],
    ['500', 'JPY', 500n],
    ['1.234', 'KWD', 1234n],
    ['90071992547409.93', 'CNY', 9007199254740993n],
    ['1.500', 'CNY', 150n],
    ['', 'CNY', undefined],
    ['abc', 'CNY', undefined],
    ['1.2.3', 'CNY', undefined],
    ['1e5', 'CNY', undefined],
  ])('"%s" %s is %s minor units', (text, currency, wanted) => {
    const read = parseMoney(text, currency);
    expect('minor' in read ? read.minor : undefined).toBe(wanted);
  });

  it.each([
    ['1.234', 'CNY', 2],
    ['1.5', 'JPY', 0],
    ['0.0000001万', 'CNY', 2],
  ])('"%s" %s has too many digits; %d are allowed', (text, currency, most) => {
    expect(parseMoney(text, currency)).toEqual({ wrong: 'digits', most });
  });
});
