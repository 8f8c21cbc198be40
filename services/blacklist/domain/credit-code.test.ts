import { describe, expect, it } from '@jest/globals';
import { refuseMalformed } from './credit-code.ts';

const good = '91310000MA1FL1LH8R';

describe('a unified social credit code', () => {
  it.each([
    ['follows GB 32100', good],
    ['fails only by its check character', '91310000MA1FL1LH8X'],
    ['was not given', ''],
  ])('that %s is taken', (_what, code) => {
    expect(() => refuseMalformed(code, '/creditCode')).not.toThrow();
  });

  it.each([
    ['one character short', good.slice(1)],
    ['one character long', `${good}0`],
    ['a letter of no code (I)', '91310000MA1FI1LH8R'],
    ['a letter of no code (O)', '9131O000MA1FL1LH8R'],
    ['letters in the seat', '91A10000MA1FL1LH8R'],
    ['small letters', good.toLowerCase()],
    ['a name', '上海恒达机械有限公司'],
  ])('with %s is refused', (_what, creditCode) => {
    expect(() => refuseMalformed(creditCode, '/creditCode')).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        reason: 'credit_code_malformed',
        facts: { field: '/creditCode', creditCode, length: creditCode.length },
        violations: [
          {
            field: '/creditCode',
            rule: 'credit_code_malformed',
            repair: expect.stringContaining('18 characters'),
          },
        ],
      }),
    );
  });
});
