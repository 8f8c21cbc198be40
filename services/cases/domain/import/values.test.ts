import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { currencyHint, headingTens, plainDecimal, readableAs } from './amount-text.ts';
import type { DecimalMark } from './amount-text.ts';
import { cleanCell, isNullWord } from './cell.ts';
import { dateShape, dayUnder, isNoDate } from './date-text.ts';
import type { DateOrder } from './date-text.ts';
import { documentKey, numberKey, customerKey } from './identity.ts';
import { minorUnits } from './minor-units.ts';

describe('a cell', () => {
  it.each([
    [' x ', 'x'],
    ['\u00a0x\u3000', 'x'],
    ['="0000611365"', '0000611365'],
    ["'007", '007'],
    ['\ufeffa', 'a'],
    ['a\u0000b', 'ab'],
    ["BJ'S  trust", "BJ'S  trust"],
    ['', ''],
  ])('%j is %j', (raw, expected) => {
    expect(cleanCell(raw)).toBe(expected);
  });

  it.each(['', '?', '-', '-0-', 'nan', 'NULL', 'N/A', '#N/A', 'None', '\\N', '无'])(
    '%j says nothing',
    (word) => {
      expect(isNullWord(cleanCell(word))).toBe(true);
    },
  );

  it('-0- with a blank behind says nothing, 0 says zero', () => {
    expect([isNullWord(cleanCell('-0- ')), isNullWord('0')]).toEqual([true, false]);
  });
});

describe('an amount', () => {
  it.each<[string, DecimalMark, string | undefined]>([
    ['1234.5', 'point', '1234.5'],
    ['1,234.56', 'point', '1234.56'],
    ['1.234,56', 'comma', '1234.56'],
    ['1 234,56', 'comma', '1234.56'],
    ['1\u202f234,56', 'comma', '1234.56'],
    ["1'234.56", 'point', '1234.56'],
    ['12,34,567.89', 'point', '1234567.89'],
    ['(1,234.56)', 'point', '-1234.56'],
    ['1,234.56-', 'point', '-1234.56'],
    ['-1,234.56', 'point', '-1234.56'],
    ['−5', 'point', '-5'],
    ['500 CR', 'point', '-500'],
    ['$ 1,234', 'point', '1234'],
    ['¥1,234.5', 'point', '1234.5'],
    ['-$5.00', 'point', '-5.00'],
    ['USD 12.50', 'point', '12.50'],
    ['12,50 €', 'comma', '12.50'],
    ['R$ 1.234,50', 'comma', '1234.50'],
    ['Rs. 1,234.50', 'point', '1234.50'],
    ['1,234円', 'point', '1234'],
    ['１２３．４５', 'point', '123.45'],
    ['1.5E3', 'point', '1500'],
    ['2.5e-1', 'point', '0.25'],
    ['12.5万', 'point', '125000'],
    ['.5', 'point', '0.5'],
    ['1,23', 'point', undefined],
    ['1.234.56', 'point', undefined],
    ['12/05', 'point', undefined],
    ['abc', 'point', undefined],
    ['1,2,3', 'point', undefined],
    ['', 'point', undefined],
    ['--5', 'point', undefined],
  ])('%s read by %s is %s', (text, mark, expected) => {
    expect(plainDecimal(text, { mark, tens: 0 })).toBe(expected);
  });

  it.each([
    ['12', true, true],
    ['1,234', true, true],
    ['1.234', true, true],
    ['1.23', true, false],
    ['1,23', false, true],
    ['64982.589', true, false],
    ['x', false, false],
  ])('%s says point: %s, comma: %s', (text, point, comma) => {
    expect(readableAs(text)).toEqual({ point, comma });
  });

  it('in ten thousands is exact', () => {
    expect(plainDecimal('12.345678', { mark: 'point', tens: 4 })).toBe('123456.78');
    expect([headingTens('金额(万元)'), headingTens("USD'000"), headingTens('amount')]).toEqual([
      4, 3, 0,
    ]);
  });

  it.each([
    ['2309.79', 'USD', 230979n, false],
    ['64982.589', 'USD', 6498259n, true],
    ['131.125', 'USD', 13112n, true],
    ['131.135', 'USD', 13114n, true],
    ['-0.005', 'USD', 0n, true],
    ['1000', 'JPY', 1000n, false],
    ['1.2345', 'KWD', 1234n, true],
    ['5.10000', 'USD', 510n, false],
  ])('%s %s is %s minor units, rounded: %s', (plain, currency, minor, rounded) => {
    expect(minorUnits(plain, currency)).toEqual({ minor, rounded });
  });

  it('keeps its value through grouping of any style', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.integer({ min: 0, max: 99 }),
        (whole, cents) => {
          const fraction = String(cents).padStart(2, '0');
          const grouped = whole.toString().replaceAll(/\B(?=(\d{3})+$)/g, ',');
          const plain = `${whole}.${fraction}`;
          expect(plainDecimal(`${grouped}.${fraction}`, { mark: 'point', tens: 0 })).toBe(plain);
          const european = `${grouped.replaceAll(',', '.')},${fraction}-`;
          expect(plainDecimal(european, { mark: 'comma', tens: 0 })).toBe(`-${plain}`);
        },
      ),
    );
  });

  it.each([
    ['US$5', 'USD'],
    ['￥5', 'CNY'],
    ['5 €', 'EUR'],
    ['5', ''],
    ['人民币', 'CNY'],
    ['美元', 'USD'],
    ['欧元', 'EUR'],
    ['港元', 'HKD'],
    ['日元', 'JPY'],
    ['新加坡元', 'SGD'],
    ['5元', 'CNY'],
    ['金额(元)', 'CNY'],
    ['R$ 5', 'BRL'],
    ['NT$5', 'TWD'],
    ['Betrag CHF', 'CHF'],
    ['Rs. 5', 'INR'],
    ['Searched', ''],
  ])('%s hints at %j', (text, expected) => {
    expect(currencyHint(text)).toBe(expected);
  });
});

describe('a date', () => {
  it.each<[string, DateOrder, string | undefined]>([
    ['1/2/2013', 'mdy', '2013-01-02'],
    ['1/2/2013', 'dmy', '2013-02-01'],
    ['24-03-2020', 'dmy', '2020-03-24'],
    ['24-03-2020', 'mdy', undefined],
    ['9/14/2016 19:31', 'mdy', '2016-09-14'],
    ['2020-03-24', 'dmy', '2020-03-24'],
    ['2020/3/4 00:00:00', 'mdy', '2020-03-04'],
    ['2020-03-24T10:00:00.123Z', 'ymd', '2020-03-24'],
    ['2020-03-24T10:00:00+08:00', 'ymd', '2020-03-24'],
    ['20200324', 'ymd', '2020-03-24'],
    ['20200324.0', 'ymd', '2020-03-24'],
    ['2020年3月1日', 'ymd', '2020-03-01'],
    ['2020.03.01', 'ymd', '2020-03-01'],
    ['113/01/30', 'dmy', '2024-01-30'],
    ['民國113年1月30日', 'ymd', '2024-01-30'],
    ['/Date(1648421571576)/', 'ymd', '2022-03-27'],
    ['213/01/30', 'ymd', undefined],
    ['43914', 'ymd', '2020-03-24'],
    ['43914.75', 'ymd', '2020-03-24'],
    ['24.03.20', 'dmy', '2020-03-24'],
    ['20-03-24', 'ymd', '2020-03-24'],
    ['03/24/20', 'mdy', '2020-03-24'],
    ['24-Mar-2020', 'ymd', '2020-03-24'],
    ['24-MAR-20', 'ymd', '2020-03-24'],
    ['Mar 24, 2020', 'ymd', '2020-03-24'],
    ['24 März 2020', 'ymd', '2020-03-24'],
    ["24 Mar'20", 'dmy', '2020-03-24'],
    ['24-Mar ’20', 'mdy', '2020-03-24'],
    ['24Mar2020', 'dmy', '2020-03-24'],
    ["Mar 24, '20", 'ymd', '2020-03-24'],
    ['2020年03月24日', 'dmy', '2020-03-24'],
    ['令和2年3月24日', 'dmy', '2020-03-24'],
    ['R2.3.24', 'dmy', '2020-03-24'],
    ["24 Foo'20", 'dmy', undefined],
    ['Tuesday, 24 March 2020', 'ymd', '2020-03-24'],
    ['２０２０－０３－２４', 'ymd', '2020-03-24'],
    ['2020-02-30', 'ymd', undefined],
    ['29/02/2019', 'dmy', undefined],
    ['2020-13-01', 'ymd', undefined],
    ['12.50', 'dmy', undefined],
    ['hello', 'dmy', undefined],
    ['12', 'dmy', undefined],
    ['9/14/2016 7:31 PM', 'mdy', '2016-09-14'],
  ])('%s read as %s is %s', (text, order, expected) => {
    const shape = dateShape(text);
    expect(shape === undefined ? undefined : dayUnder(shape, order)).toBe(expected);
  });

  it.each(['00.00.0000', '0000-00-00', '00000000', '9999-12-31', '1900-01-00', '0'])(
    '%s is none',
    (text) => {
      expect(isNoDate(text)).toBe(true);
    },
  );
});

describe('the key of a number', () => {
  it.each([
    ['0000611365', '611365'],
    ['611365', '611365'],
    ['611365.0', '611365'],
    ['6.11365E5', '611365'],
    ['2960623488.0', '2960623488'],
    ['2.960623488E9', '2960623488'],
    ['2.960623488e+09', '2960623488'],
    ['2,960,623,488', '2960623488'],
    ['２９６０', '2960'],
    ['000', '0'],
    ['INV-001', 'INV-001'],
    ['INV-1', 'INV-1'],
    ['A12b', 'A12b'],
    ['12E5', '12E5'],
    ['5.10', '5.10'],
    ['INV  7', 'INV 7'],
    ['00A1', '00A1'],
    ['1.93E+09', undefined],
    ['1.93066E+09', undefined],
  ])('%s is %s', (text, expected) => {
    expect(numberKey(text)).toBe(expected);
  });

  it('is the same for a whole number in every dress', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 17n }),
        fc.integer({ min: 0, max: 6 }),
        (number, zeros) => {
          const plain = number.toString();
          expect(numberKey('0'.repeat(zeros) + plain)).toBe(plain);
          expect(numberKey(`${plain}.0`)).toBe(plain);
        },
      ),
    );
  });

  it('differs for names that differ', () => {
    const name = fc.string({
      unit: fc.constantFrom('A', 'b', '0', '1', '-', '/'),
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(a !== b && /[A-Za-z]/.test(a) && /[A-Za-z]/.test(b));
        expect(numberKey(a)).not.toBe(numberKey(b));
      }),
    );
  });

  it('of a document counts the company code', () => {
    expect(documentKey('', '1001')).toBe('1001');
    expect(documentKey('1', '1001')).not.toBe(documentKey('2', '1001'));
  });

  it('of a customer is its number, else its credit code, else its name', () => {
    expect(customerKey('7', 'X', 'A')).toBe(customerKey('7', '', 'B'));
    expect(customerKey('', 'X', 'A')).toBe(customerKey('', 'X', 'B'));
    expect(customerKey('', '', 'ACME  Ltd ')).toBe(customerKey('', '', 'Acme Ltd'));
    expect(customerKey('', '', '')).toBe('');
  });
});
