import { describe, expect, it } from '@jest/globals';
import { titleUnit } from './title-unit.ts';

const unitOf = (...lines: string[]) =>
  titleUnit(lines.map((line, at) => ({ line: at + 1, cells: line.split(',') })));

describe('The unit that titles state', () => {
  it.each<[string, number, string]>([
    ['单位：万元', 4, 'CNY'],
    ['金额单位:人民币元', 0, 'CNY'],
    ['截止日期：2025-12-31,,单位：,千元', 3, 'CNY'],
    ['货币单位：百万美元', 6, 'USD'],
    ['单位：亿元', 8, 'CNY'],
    ['币种：港币', 0, 'HKD'],
    ['AR aging, amounts in thousands of USD', 3, ''],
    ['单位：苏州元和有限公司', 0, ''],
    ['计量单位：台', 0, ''],
    ['Customers in thousand oaks', 0, ''],
  ])('of %j is %d tens, %j', (title, tens, currency) => {
    expect(unitOf('应收账款明细表', title)).toEqual({ tens, currency });
  });
});
