import { describe, expect, it } from '@jest/globals';
import { Fault } from '@recourse/kit/fault.ts';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvReader, isBlank } from './csv.ts';
import type { Delimiter, Row } from './csv.ts';
import { findDelimiter, hasOldLines } from './delimiter.ts';

function read(text: string, delimiter: Delimiter = ',', chunk = text.length): Row[] {
  const reader = csvReader(delimiter, hasOldLines(text));
  const rows: Row[] = [];
  for (let at = 0; at < text.length; at += chunk) {
    rows.push(...reader.feed(text.slice(at, at + chunk)));
  }
  return [...rows, ...reader.finish()];
}

const cells = (rows: readonly Row[]): string[][] => rows.map((row) => row.cells);

describe('delimited text', () => {
  it.each<[string, string, string[][]]>([
    [
      'LF',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF and no end of line',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CR alone',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a blank line after every row',
      'a,b\r\n\r\n1,2\r\n\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes, doubled quotes and a line end inside',
      '"a ""x""","b\nc"\n1,2\n',
      [
        ['a "x"', 'b\nc'],
        ['1', '2'],
      ],
    ],
    ['a space before a quoted cell', '1, "Jones, Ltd" ,3\n', [['1', 'Jones, Ltd', '3']]],
    ['a quote inside an unquoted cell', '1,BJ"S trust,3\n', [['1', 'BJ"S trust', '3']]],
    [
      'a quote that its writer did not double',
      '1,"the "big" one",3\n',
      [['1', 'the "big" one', '3']],
    ],
    ['lines of blanks and of delimiters', ' \n,,\n1,2,3\n', [['1', '2', '3']]],
    ['empty cells', '"",,x\n', [['', '', 'x']]],
  ])('with %s is read', (_, text, expected) => {
    expect(cells(read(text))).toEqual(expected);
    expect(cells(read(text, ',', 1))).toEqual(expected);
  });

  it('counts lines as a person does', () => {
    const rows = read('title\n\na,b\n"x\ny",2\n\n3,4\n');
    expect(rows.map((row) => row.line)).toEqual([1, 3, 4, 7]);
  });

  it('with a quote that nothing closes names the line', () => {
    expect(() => read('a,b\n1,"2\n3,4\n')).toThrow(
      expect.objectContaining({
        reason: 'quote_never_closed',
        facts: expect.objectContaining({ line: 2 }),
      }),
    );
  });

  it.each([
    ['at the start of a row', 'a,b\n"1,2\n3,4\n5,"6, 7"\n8,9\n'],
    ['where every cell is quoted', '"a","b"\n"1","2\n"3","4"\n'],
    ['beside a space', 'a,b\n"1,2\n3, "4, 5"\n'],
  ])('with a quote that a later quoted cell would close loses no row: %s', (_, text) => {
    for (const chunk of [text.length, 1]) {
      expect(() => read(text, ',', chunk)).toThrow(
        expect.objectContaining({ facts: expect.objectContaining({ line: 2 }) }),
      );
    }
  });

  it('reads as csv-parse does, in chunks of any size', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '中', '"', ',', '\n', '\r\n', ' ', '1'),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, chunk) => {
        const line = (row: string[]): string =>
          row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
        const text = `${rows.map(line).join('\r\n')}\r\n`;
        const theirs = parse(text, { relaxColumnCount: true }).filter((row) => !isBlank(row));
        expect(cells(read(text, ',', chunk))).toEqual(theirs);
      }),
    );
  });

  it('of any kind gives rows or a fault', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (text, chunk) => {
        try {
          expect(read(text, ';', chunk).every((row) => row.cells.length > 0)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
    );
  });
});

describe('the delimiter', () => {
  it.each<[string, string, Delimiter]>([
    ['commas', 'a,b,c\n1,2,3\n', ','],
    ['semicolons beside decimal commas', 'a;b;c\n1;"2,5";3,75\n4;5,25;6,5\n', ';'],
    ['tabs beside commas in names', 'a\tb\nJones, Ltd\t2\nSmith, Inc, US\t3\n', '\t'],
    ['bars', 'a|b|c\n1|2|3\n', '|'],
    ['what Excel says', 'sep=;\na;b,c\n1;2,3\n', ';'],
  ])('is found from %s', (_, text, expected) => {
    expect(findDelimiter(text, true)).toBe(expected);
  });

  it('is found above a quote that nothing closes, so that its line is told', () => {
    expect(findDelimiter('a,b,c\n1,2,3\n4,5,"6\n7,8,9\n', true)).toBe(',');
    expect(() => findDelimiter('"a,b,c\n1,2,3\n', true)).toThrow('quote_never_closed');
  });

  it('is asked for when there is one column only', () => {
    expect(() => findDelimiter('a\nb\nc\n', true)).toThrow('delimiter_not_found');
  });
});
