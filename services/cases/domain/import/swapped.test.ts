import { describe, expect, it } from '@jest/globals';
import { analyser } from './analysis.ts';
import { judgeRows } from './check.ts';
import { csvReader } from './csv.ts';
import { rowPlan } from './plan.ts';
import { confirmedBy, layoutFacts, suggestedMapping, summarise } from './summary.ts';
import type { AnalysisSummary } from './summary.ts';

/** A table as a sheet's date cells and texts are read. */
function summaryOf(dates: readonly string[]): {
  summary: AnalysisSummary;
  read: (format: string) => string[];
} {
  const lines = dates.map((date, at) => `INV-${at},ACME,${date},1.50`);
  const rows = csvReader(',').feed(`Invoice,Customer,Due Date,Amount\n${lines.join('\n')}\n`);
  const work = analyser();
  work.add(rows);
  const file = { encoding: '', byteOrderMark: false, delimiter: '', sheet: 'Sheet1' };
  const summary = summarise(work.finish(), file);
  const read = (format: string): string[] => {
    const { columns } = suggestedMapping(summary);
    const chosen = columns.map((column) => ({
      ...column,
      format: column.field === 'DUE_DATE' ? format : '',
    }));
    const mapping = { columns: chosen, defaultCurrency: 'EUR', profileName: '' };
    return judgeRows(rowPlan(confirmedBy(summary, mapping)), rows.slice(1)).map(({ verdict }) =>
      verdict.kind === 'accepted' ? verdict.record.dueDate : verdict.kind,
    );
  };
  return { summary, read };
}

const cells = ['2024-01-02', '2024-05-02', '2024-11-02', '2024-02-03', '2024-12-03', '2024-07-04'];

describe('a column of date cells none of which is after the 12th, and texts that all are', () => {
  const dates = [...cells, '13/02/2024', '28/03/2024'];

  it('is asked about, with both readings of a cell', () => {
    const { summary } = summaryOf(dates);
    const found = summary.formats.find(({ position }) => position === 2);
    expect(found?.detected).toBe('');
    expect(found?.candidates).toEqual([
      {
        format: 'dmy_swapped',
        sample: '2024-01-02',
        reading: '2024-02-01',
        contradictedBy: 0,
      },
      { format: 'dmy', sample: '2024-01-02', reading: '2024-01-02', contradictedBy: 6 },
    ]);
    expect(layoutFacts(summary)).toEqual([
      { kind: 'swapped_dates', column: 'Due Date', rows: 6, sample: '2024-01-02' },
    ]);
  });

  it('is turned back where a person says so, and stays as it is where not', () => {
    const { read } = summaryOf(dates);
    expect(read('dmy_swapped')).toEqual([
      '2024-02-01',
      '2024-02-05',
      '2024-02-11',
      '2024-03-02',
      '2024-03-12',
      '2024-04-07',
      '2024-02-13',
      '2024-03-28',
    ]);
    expect(read('dmy')).toEqual([...cells, '2024-02-13', '2024-03-28']);
  });

  it('may have its texts month first', () => {
    const { summary, read } = summaryOf([...cells, '02/13/2024']);
    expect(summary.formats[0]?.candidates[0]?.format).toBe('mdy_swapped');
    expect(read('mdy_swapped')[6]).toBe('2024-02-13');
  });
});

describe('other columns with date cells and texts', () => {
  it.each<[string, string[]]>([
    ['a cell is after the 12th', [...cells, '2024-03-13', '13/02/2024']],
    ['a text may be read either way', [...cells, '13/02/2024', '03/02/2024']],
    ['texts prove both orders', [...cells, '13/02/2024', '02/14/2024']],
    ['there are few cells', ['2024-02-01', '2024-02-05', '13/02/2024']],
    ['there are no texts', cells],
  ])('are not asked about when %s', (_, dates) => {
    expect(layoutFacts(summaryOf(dates).summary).map(({ kind }) => kind)).not.toContain(
      'swapped_dates',
    );
  });
});
