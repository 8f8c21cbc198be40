import { describe, expect, it } from '@jest/globals';
import { type BulkQuestion, bulkQuestions, readCells, textOf, unaskedReason } from './bulk.ts';
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
    const person = { idNumber: '', consentReference: '' };
    expect(bulkQuestions(text)).toEqual([
      { kind: 'COMPANY', name: '恒达', creditCode: '91310000MA1FL1LH8R', ...person },
    ]);
    expect(() => bulkQuestions('x,y\n1,2')).toThrow('columns_unknown');
    expect(() => bulkQuestions('name\n\n')).toThrow('file_without_rows');
  });
});

describe('a row about a person', () => {
  const text = [
    '类型,姓名,身份证号,授权书编号,统一社会信用代码',
    '个人,张三丰,11010519491231002X,SQ-1,',
    ',李四,110105194912310038,,',
    '企业,恒达,110105194912310038,,91310000MA1FL1LH8R',
  ].join('\n');

  it('is known by its kind or its ID number, and keeps its consent', () => {
    expect(bulkQuestions(text).map((row) => [row.kind, row.name, row.consentReference])).toEqual([
      ['PERSON', '张三丰', 'SQ-1'],
      ['PERSON', '李四', ''],
      ['COMPANY', '恒达', ''],
    ]);
  });

  const row: BulkQuestion = {
    kind: 'PERSON',
    name: '张三丰',
    creditCode: '',
    idNumber: '',
    consentReference: 'SQ-1',
  };
  it.each<[string, Partial<BulkQuestion>, string]>([
    ['with its consent', {}, ''],
    ['by its number alone', { name: '', idNumber: '110105' }, ''],
    ['without consent', { consentReference: '' }, 'query_consent_missing'],
    ['without name and number', { name: '' }, 'row_without_name_or_code'],
    ['as a company', { kind: 'COMPANY', consentReference: '' }, ''],
    [
      'as a company by a number',
      { kind: 'COMPANY', name: '', idNumber: '1' },
      'row_without_name_or_code',
    ],
  ])('is asked %s: %j → %j', (_words, more, reason) => {
    expect(unaskedReason({ ...row, ...more })).toBe(reason);
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
  const none = { creditCode: '', idHash: '', idHolds: true, namesake: false, note: '' };
  const goodCode = '91350100M000100Y43';
  const company = { kind: 'COMPANY' as const, creditCode: '9131', idHash: '' };
  const person = { kind: 'PERSON' as const, creditCode: '', idHash: 'h1' };
  it.each([
    [company, { ...none, creditCode: '91 31' }, 'CONFIRMED'],
    [company, { ...none, creditCode: goodCode }, 'NAMESAKE'],
    [company, { ...none, namesake: true, note: '电话核实' }, 'NAMESAKE'],
    [person, { ...none, idHash: 'h1' }, 'CONFIRMED'],
    [person, { ...none, idHash: 'h2' }, 'NAMESAKE'],
  ])('about %j is settled by %j', (entry, command, state) => {
    expect(settleAlert('POSSIBLE', entry, command)).toBe(state);
  });

  it.each([
    [company, none, 'second_identifier_missing'],
    [company, { ...none, namesake: true }, 'note_missing'],
    // A slip of the pen rules nobody out.
    [company, { ...none, creditCode: '91350100M000100Y44' }, 'second_identifier_check_fails'],
    [person, { ...none, idHash: 'h2', idHolds: false }, 'second_identifier_check_fails'],
    [company, { ...none, idHash: 'h1' }, 'second_identifier_missing'],
    [person, { ...none, creditCode: goodCode }, 'second_identifier_missing'],
    [{ ...person, idHash: '' }, { ...none, idHash: 'h1' }, 'entry_without_identifier'],
  ])('about %j is not settled by %j', (entry, command, reason) => {
    expect(() => settleAlert('POSSIBLE', entry, command)).toThrow(reason);
  });
});
