import { describe, expect, it } from '@jest/globals';
import { readTable } from './reading.ts';
import { numberOf, tableOf } from './table.ts';
import { readTarget } from './target.ts';

describe('a table as text', () => {
  it.each([
    ['commas and CRLF with blank lines', 'a,b\r\n\r\n1,2\r\n\r\n3,4\r\n'],
    ['semicolons', 'a;b\n1;2\n3;4'],
    ['tabs and a BOM', '\uFEFFa\tb\n1\t2\n3\t4'],
    ['bars', 'a|b\n1|2\n3|4'],
    ['blanks after commas', 'a, b\n1, 2\n3, 4'],
    ['quotes', '"a","b"\n"1","2"\n"3","4"'],
    ['two header lines', 'x1,x2\na,b\n1,2\n3,4'],
    ['ARFF', "% c\n@relation r\n@attribute a numeric\n@attribute 'b' {2,4}\n@data\n1,2\n3,4"],
  ])('is read with %s', (_words, text) => {
    const { names, rows } = readTable(text);
    expect({ names, rows }).toEqual({
      names: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    });
  });

  it('without a header has columns by their place', () => {
    expect(readTable('A11 6 1\nA12 48 2').names).toEqual(['column1', 'column2', 'column3']);
  });

  it('keeps delimiters, quotes and line breaks inside quotes', () => {
    expect(readTable('a,b\n"x, ""y""\nz",1').rows).toEqual([['x, "y"\nz', '1']]);
  });

  it('in ARFF keeps a quoted comma and reads sparse rows', () => {
    const head = "@relation r\n@attribute a {'p, q',r}\n@attribute b numeric\n@data\n";
    expect(readTable(`${head}'p, q',3\n{1 7}`).rows).toEqual([
      ['p, q', '3'],
      ['p, q', '7'],
    ]);
  });

  it.each([
    ['a quote that is not closed', 'a,b\n"1,2', 'table_quote_not_closed'],
    ['ARFF without data', '@relation r\n@attribute a numeric', 'arff_without_data'],
  ])('is refused with %s', (_words, text, reason) => {
    expect(() => readTable(text)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('a cell', () => {
  it.each([
    ['1.5', 1.5],
    ['-3e-2', -0.03],
    ['1,234.50', 1234.5],
    ['12%', 12],
    ['$7', 7],
    ['3,5', 3.5],
    ['2960623488.0', 2960623488],
    ['A11', Number.NaN],
    ['1-2', Number.NaN],
  ])('%s is the number %s', (cell, value) => {
    expect(numberOf(cell)).toBe(value);
  });

  it.each(['?', 'NA', 'nan', '', 'null', '-0-', 'inf'])('%p is missing', (cell) => {
    const { rows } = { rows: [['1'], [cell], ['2']] };
    const table = tableOf({ names: ['a'], rows, notes: [] }, new Map());
    const [column] = table.columns;
    expect(column?.kind === 'numeric' && Number.isNaN(column.values[1])).toBe(true);
  });
});

describe('the bad value of a target', () => {
  it.each([
    ['late', ['0', '1', '1'], '1', 'one_of_nought_and_one'],
    ['repaid', ['0', '1', '1'], '0', 'named_so'],
    ['class', ['1', '1', '2'], '2', 'the_rarer_one'],
    ['class', ['good', 'good', 'bad'], 'bad', 'named_so'],
    ['status', ['PAIDOFF', 'PAIDOFF', 'COLLECTION'], 'COLLECTION', 'named_so'],
    ['x', ['no', 'yes', 'no'], 'yes', 'named_so'],
  ])('of %s with %j is %s', (name, cells, badValue, because) => {
    expect(readTarget(name, cells)).toMatchObject({ badValue, because });
  });

  it('is the one that was asked for, as a number too', () => {
    expect(readTarget('x', ['1.0', '2.0', '3.0'], '2')).toMatchObject({ badCount: 1 });
  });
});
