import { describe, expect, it } from '@jest/globals';
import { markOf, numberOf } from './number-text.ts';
import { readTable } from './reading.ts';
import { tableOf, typed } from './table.ts';
import { readTarget } from './target.ts';

describe('a table as text', () => {
  it.each([
    ['commas and CRLF with blank lines', 'a,b\r\n\r\n1,2\r\n\r\n3,4\r\n'],
    ['semicolons', 'a;b\n1;2\n3;4'],
    ['tabs and a BOM', '\uFEFFa\tb\n1\t2\n3\t4'],
    ['bars', 'a|b\n1|2\n3|4'],
    ['blanks after commas', 'a, b\n1, 2\n3, 4'],
    ['quotes', '"a","b"\n"1","2"\n"3","4"'],
    ['empty cells behind', 'a,b\n1,2,,\n3,4,,'],
    ['single quotes', "'a','b'\n'1','2'\n'3','4'"],
    ['blanks and quotes', '"a" "b"\n"1" 2\n"3" 4'],
    ['two header lines', 'x1,x2\na,b\n1,2\n3,4'],
    ['a delimiter behind every row', 'a,b\n1,2,\n3,4,'],
    ['delimiters behind the names', 'a,b,,\n1,2\n3,4'],
    [
      'ARFF with blanks, tabs and remarks',
      '@relation r\n@attribute a real\n@attribute b{2,4}\n@data\n 1\t2 % x\n3 4',
    ],
    [
      'ARFF with weights',
      '@relation r\n@attribute a real\n@attribute b real\n@data\n1,2,{5}\n{0 3, 1 4}, {2}',
    ],
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

  it('passes over titles above it and remarks below it, and says so', () => {
    const text = 'Extract\nAs of 2024\n\na,b,c\n1,2,3\n4,5,6\nEnd of report';
    const { names, rows, notes } = readTable(text);
    expect({ names, rows: rows.length }).toEqual({ names: ['a', 'b', 'c'], rows: 2 });
    expect(notes).toEqual([
      '2 lines above the table were passed over',
      '1 lines below the table were passed over',
    ]);
  });

  it('is not shifted by a line of totals or by records without a number', () => {
    const text = 'who,kind,size\nx,A,?\ny,B,?\nz,A,7\nw,B,8\nTotal,,';
    expect(readTable(text)).toMatchObject({
      names: ['who', 'kind', 'size'],
      rows: [
        ['x', 'A', '?'],
        ['y', 'B', '?'],
        ['z', 'A', '7'],
        ['w', 'B', '8'],
      ],
    });
  });

  it('takes a numbering of the columns for their names', () => {
    const { names, rows } = readTable('0,1,2,3\n5,6,7,8\n9,6,7,8');
    expect(names).toEqual(['0', '1', '2', '3']);
    expect(rows).toHaveLength(2);
  });

  it('takes a quote within a cell as it stands, and names the line of one that stays open', () => {
    expect(readTable('a,b\n5" pipe,1\nx,2').rows[0]).toEqual(['5" pipe', '1']);
    expect(() => readTable('a,b\nx,1\n"y,2\nz,3')).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ line: 3, text: '"y,2' }) }),
    );
  });

  it('names the row that is wider than the header', () => {
    expect(() => readTable('a,b,c\n1,2,3\n4,5,6,7\n8,9,1')).toThrow(
      expect.objectContaining({
        reason: 'row_has_other_width',
        facts: expect.objectContaining({ row: 2, found: 4, expected: 3 }),
      }),
    );
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
    ['￥1,234.50', 1234.5],
    ['USD 1,234', 1234],
    ['(12.5)', -12.5],
    ['12.5-', -12.5],
    ['1 234,5', 1234.5],
    ['0.5元', 0.5],
    ['C1', Number.NaN],
    ['2023-01-05', Number.NaN],
    ['2960623488.0', 2960623488],
    ['A11', Number.NaN],
    ['1-2', Number.NaN],
    ['Dec-2011', Number.NaN],
    ['CUS0017', Number.NaN],
    ['eur 7', 7],
  ])('%s is the number %s', (cell, value) => {
    expect(numberOf(cell)).toBe(value);
  });

  it.each([
    [['1.234,56', '1.234', '0,123', '12'], 'comma', [1234.56, 1234, 0.123, 12]],
    [['1,234.56', '1,234', '0.123', '12'], 'point', [1234.56, 1234, 0.123, 12]],
    [['1.234', '2.5'], 'point', [1.234, 2.5]],
  ] as const)('among %j is read by %s', (cells, mark, values) => {
    expect(markOf(cells)).toBe(mark);
    expect(cells.map((cell) => numberOf(cell, mark))).toEqual(values);
  });

  it.each(['?', 'NA', 'nan', '', 'null', '-0-', 'inf', '<NA>', '\\N', '#DIV/0!'])(
    '%p is missing',
    (cell) => {
      const { rows } = { rows: [['1'], [cell], ['2']] };
      const table = tableOf({ names: ['a'], rows, notes: [] }, new Map());
      const [column] = table.columns;
      expect(column?.kind === 'numeric' && Number.isNaN(column.values[1])).toBe(true);
    },
  );
});

describe('a column of numbers', () => {
  const columnOf = (cells: readonly string[]) => {
    const notes: string[] = [];
    return { column: typed('a', cells, notes), notes };
  };
  const numbers = Array.from({ length: 90 }, (_none, row) => String(row % 30));

  it.each(['None', 'unknown', '不详', '*', 'withheld'])(
    'has %s for missing, however often, and says so',
    (word) => {
      const { column, notes } = columnOf([...numbers, ...Array<string>(60).fill(word)]);
      expect(column.kind === 'numeric' && column.values.filter(Number.isNaN)).toHaveLength(60);
      expect(notes).toEqual([`a: 60 cells are no numbers and count as missing: ${word} (60)`]);
    },
  );

  it.each([
    ['-999', [-999]],
    ['99999', [99_999]],
    ['-998', undefined],
    ['31', undefined],
  ])('has %s for missing: %j', (cell, standIns) => {
    const { column } = columnOf([...numbers, ...Array<string>(10).fill(cell)]);
    expect(column.kind === 'numeric' && column.standIns).toEqual(standIns);
  });

  it('keeps nines that are a value like others', () => {
    expect(columnOf([...numbers, '-5', ...Array<string>(10).fill('-99')]).notes).toEqual([]);
    expect(columnOf([...numbers, '600', ...Array<string>(10).fill('999')]).notes).toEqual([]);
    expect(columnOf([...numbers, '999']).notes).toEqual([]);
  });

  it('is one of codes where a word stands beside few numbers', () => {
    const cells = Array.from({ length: 90 }, (_none, row) => ['0', '1', '2', '3+'][row % 4] ?? '');
    expect(columnOf(cells).column.kind).toBe('coded');
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
    ['repaid', ['no', 'yes', 'no'], 'no', 'named_so'],
    ['unpaid', ['0', '1', '1'], '1', 'one_of_nought_and_one'],
    ['Ausfall', ['nein', 'ja', 'ja'], 'ja', 'named_so'],
    ['class', ['+', '-', '-'], '-', 'named_so'],
    ['class', ['Bad', 'good', 'bad', 'GOOD'], 'Bad', 'named_so'],
    ['class', ['1.0', '2', '1', '1'], '2', 'the_rarer_one'],
    ['credit_risk', ['1', '1', '0', '1'], '0', 'the_rarer_one'],
    ['default', ['1', '1', '0', '1'], '1', 'one_of_nought_and_one'],
    ['default', ['0', ...Array<string>(9).fill('1')], '0', 'the_rarer_one'],
    ['Creditability', ['1', '0', '0'], '0', 'named_so'],
    ['card', ['yes', 'yes', 'no', 'yes'], 'no', 'the_rarer_one'],
    ['Loan_Approval', ['Y', 'N', 'N'], 'N', 'named_so'],
    ['not.fully.paid', ['0', '1', '0'], '1', 'one_of_nought_and_one'],
    ['status', ['P I F', 'CHGOFF', 'CHGOFF'], 'CHGOFF', 'named_so'],
    ['status', ['Not Bankrupt', 'Bankrupt'], 'Bankrupt', 'named_so'],
    ['status', ['alive', 'failed', 'failed'], 'failed', 'named_so'],
    ['status', ['non-defaulter', 'defaulter'], 'defaulter', 'named_so'],
    ['状态', ['未违约', '违约'], '违约', 'named_so'],
    ['状态', ['正常', '非正常'], '非正常', 'named_so'],
  ])('of %s with %j is %s', (name, cells, badValue, because) => {
    expect(readTarget(name, cells)).toMatchObject({ badValue, because });
  });

  it('leaves out records whose outcome is a word for not known', () => {
    const cells = ['good', 'bad', 'Unknown', 'good'];
    expect(readTarget('x', cells)).toMatchObject({ badCount: 1, unknownCount: 1 });
    expect(readTarget('x', ['none', 'late', 'none'])).toMatchObject({ unknownCount: 0 });
  });

  it('may be several that were asked for, and not all there are', () => {
    const cells = ['Charged Off', 'Default', 'Current', 'Fully Paid'];
    const asked = 'default, charged off';
    expect(readTarget('x', cells, asked)).toMatchObject({
      badCount: 2,
      badValue: 'Default,Charged Off',
    });
    expect(() => readTarget('x', ['a', 'b'], 'a,b')).toThrow(
      expect.objectContaining({ reason: 'target_has_one_class' }),
    );
  });

  it('is proposed where there are many', () => {
    const cells = ['Charged Off', 'Default', 'Current', 'Fully Paid'];
    expect(() => readTarget('x', cells)).toThrow(
      expect.objectContaining({
        reason: 'target_has_many_classes',
        facts: expect.objectContaining({ perhaps: 'Charged Off,Default' }),
      }),
    );
  });

  it('is the one that was asked for, as a number too', () => {
    expect(readTarget('x', ['1.0', '2.0', '3.0'], '2')).toMatchObject({ badCount: 1 });
  });
});
