import { describe, expect, it } from '@jest/globals';
import { analyser } from './analysis.ts';
import type { Analysis } from './analysis.ts';
import { csvReader } from './csv.ts';
import { findDelimiter } from './delimiter.ts';
import { layoutFacts, summarise } from './summary.ts';

function analyse(text: string): Analysis {
  const reader = csvReader(findDelimiter(text, true));
  const work = analyser();
  work.add([...reader.feed(text), ...reader.finish()]);
  return work.finish();
}

/** The format found for a column, and the candidates. */
function format(analysis: Analysis, position: number): [string, string[]] {
  const found = analysis.formats.find((one) => one.position === position);
  return [found?.detected ?? '', found?.candidates.map((one) => one.format) ?? []];
}

describe('formats found from the whole column', () => {
  const head = 'invoice number,customer,due date,amount\n';
  const dated = (...dates: string[]): Analysis =>
    analyse(head + dates.map((date, row) => `${row},A${row},${date},1.50`).join('\n'));

  it.each<[string, string[], string]>([
    ['days past 12 in second place', ['1/2/2013', '1/15/2013'], 'mdy'],
    ['days past 12 in first place', ['01-02-2013', '24-03-2013'], 'dmy'],
    ['years first', ['2013-01-02', '2013-1-3'], 'ymd'],
    ['eight digits', ['20130102', '20130103.0'], 'compact'],
    ['day counts of Excel', ['41276', '41277.5'], 'excel_serial'],
    ['Chinese marks', ['2013年1月2日', '2013年12月31日'], 'ymd'],
    ['days that are their months', ['3/3/2013', '4/4/2013'], 'dmy'],
    [
      'two digits whose other reading spreads over decades',
      ['20-03-11', '20-04-12', '21-05-01', '20-06-29'],
      'ymd',
    ],
    ['two digits of the year behind', ['05/01/24', '15/02/24'], 'dmy'],
    ['nothing that decides', ['1/2/2013', '3/4/2013'], ''],
    ['points between its parts', ['1.2.2013', '03.04.2013'], 'dmy'],
    ['points and one month too many', ['1.2.2013', '3.4.2013', '3.13.2013'], ''],
    ['points and many days in second place', ['1.2.2013', '1.15.2013', '2.28.2013'], 'mdy'],
    ['values that contradict each other', ['13/1/2013', '1/13/2013'], ''],
  ])('of dates follow %s', (_, dates, expected) => {
    expect(format(dated(...dates), 2)[0]).toBe(expected);
  });

  it('show both readings of what is ambiguous, with a sample', () => {
    const found = dated('1/2/2013', '3/4/2013').formats.find((one) => one.position === 2);
    expect(found?.candidates).toEqual([
      { format: 'dmy', sample: '1/2/2013', reading: '2013-02-01', contradictedBy: 0 },
      { format: 'mdy', sample: '1/2/2013', reading: '2013-01-02', contradictedBy: 0 },
    ]);
  });

  it('report how many values contradict the choice', () => {
    const dates = [...Array.from({ length: 20 }, (_, day) => `${day + 5}/3/2013`), '3/25/2013'];
    const found = dated(...dates).formats.find((one) => one.position === 2);
    expect(found?.detected).toBe('dmy');
    expect(found?.candidates[0]).toMatchObject({ format: 'dmy', contradictedBy: 1 });
  });

  it('report a few dates of the other order before anything is checked', () => {
    const dates = [...Array.from({ length: 20 }, (_, day) => `${day + 1}/3/2013`), '3/25/2013'];
    const file = { encoding: 'utf-8', byteOrderMark: false, delimiter: ',', sheet: '' };
    expect(layoutFacts(summarise(dated(...dates), file))).toMatchObject([
      { kind: 'few_other_order', column: 'due date', rows: 1 },
    ]);
  });

  it('report dates of which a spreadsheet has left minutes and seconds', () => {
    const file = { encoding: 'utf-8', byteOrderMark: false, delimiter: ',', sheet: '' };
    expect(layoutFacts(summarise(dated('05:23.4', '12:09.0'), file))).toMatchObject([
      { kind: 'cut_dates', column: 'due date', sample: '05:23.4' },
    ]);
  });

  it('of an open column follow the columns that prove theirs', () => {
    const analysis = analyse(
      'invoice number,customer,invoice date,due date,amount\n' +
        '1,A,1/20/2013,2/3/2013,5.5\n2,B,1/21/2013,2/4/2013,6.5',
    );
    expect(format(analysis, 3)[0]).toBe('mdy');
  });

  const paid = (...amounts: string[]): Analysis => {
    const lines = amounts.map((text, row) => `${row}\tA${row}\t2024-01-0${row + 1}\t${text}`);
    return analyse(['invoice number\tcustomer\tdue date\tamount', ...lines].join('\n'));
  };

  it.each<[string, string[], string]>([
    ['points', ['5.50', '1,234.50'], 'point'],
    ['commas', ['5,50', '1.234,50'], 'comma'],
    ['whole numbers', ['5', '1234'], 'point'],
    ['thousands only', ['1,234', '12,500'], 'point'],
    ['a mark that may be either', ['1.234', '12.500'], ''],
    ['brackets', ['(5.50)', '7.25'], 'point'],
  ])('of amounts follow %s', (_, amounts, expected) => {
    expect(format(paid(...amounts), 3)[0]).toBe(expected);
  });

  it('of amounts carry the unit of the heading', () => {
    const analysis = analyse(
      '合同编号,客户,到期日,金额(万元)\n1,甲,2024-01-01,5.5\n2,乙,2024-01-02,6.25',
    );
    expect(format(analysis, 3)[0]).toBe('point_x10000');
    expect(analysis.formats.find((one) => one.position === 3)?.candidates[0]?.reading).toBe(
      '55000',
    );
    expect(analysis.currency).toBe('CNY');
  });
});
