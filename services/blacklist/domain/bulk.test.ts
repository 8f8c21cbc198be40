import { describe, expect, it } from '@jest/globals';
import { bulkQuestions, readCells, textOf } from './bulk.ts';
import { freeReport } from './report.ts';
import { settleAlert } from './alert.ts';

describe('a list', () => {
  it('is read with quotes, line ends of any system and either encoding', () => {
    expect(readCells('a,"b ""c"", d"\r\n1,\n')).toEqual([
      ['a', 'b "c", d'],
      ['1', ''],
    ]);
    expect(textOf(Uint8Array.from([0xc9, 0xcf, 0xba, 0xa3]))).toBe('上海');
    expect(textOf(new TextEncoder().encode('上海'))).toBe('上海');
  });

  it('finds its columns by their headings', () => {
    const text = '编号,统一社会信用代码,企业名称\n1,91310000MA1FL1LH8R, 恒达 \n';
    expect(bulkQuestions(text)).toEqual([{ name: '恒达', creditCode: '91310000MA1FL1LH8R' }]);
    expect(() => bulkQuestions('x,y\n1,2')).toThrow('columns_unknown');
    expect(() => bulkQuestions('name\n\n')).toThrow('file_without_rows');
  });
});

describe('a report to the listed party', () => {
  it.each([
    [0, '', { free: true, freeLeft: 1 }],
    [1, '', { free: true, freeLeft: 0 }],
    [2, '收据', { free: false, freeLeft: 0 }],
  ])('after %i with %j', (issued, payment, expected) => {
    expect(freeReport(issued, 2, payment)).toEqual(expected);
  });

  it('after two needs to be paid', () => {
    expect(() => freeReport(2, 2, '')).toThrow('free_reports_used');
  });
});

describe('an alert', () => {
  const none = { creditCode: '', namesake: false, note: '' };
  it.each([
    [{ ...none, creditCode: '91 31' }, 'CONFIRMED'],
    [{ ...none, creditCode: '9132' }, 'NAMESAKE'],
    [{ ...none, namesake: true, note: '电话核实' }, 'NAMESAKE'],
  ])('is settled by %j', (command, state) => {
    expect(settleAlert('POSSIBLE', '9131', command)).toBe(state);
  });

  it.each([
    [none, 'second_identifier_missing'],
    [{ ...none, namesake: true }, 'note_missing'],
  ])('is not settled by %j', (command, reason) => {
    expect(() => settleAlert('POSSIBLE', '9131', command)).toThrow(reason);
  });
});
