import { describe, expect, it } from '@jest/globals';
import { analyser } from './analysis.ts';
import { judgeRows } from './check.ts';
import { csvReader } from './csv.ts';
import { rowPlan } from './plan.ts';
import type { ReceivableRecord } from './record.ts';
import { confirmedBy, suggestedMapping, summarise } from './summary.ts';

function told({ documentNumber, amountMinor, openMinor }: ReceivableRecord): string {
  return `${documentNumber} ${amountMinor}/${openMinor}`;
}

/** Amounts by document in minor units, and the rules of what was found, by row. */
function read(head: string, ...lines: string[]): { owed: string[]; found: string[] } {
  const rows = csvReader(',').feed(`${[head, ...lines].join('\n')}\n`);
  const work = analyser();
  work.add(rows);
  const file = { encoding: 'utf-8', byteOrderMark: false, delimiter: ',', sheet: '' };
  const summary = summarise(work.finish(), file);
  const plan = rowPlan(
    confirmedBy(summary, { ...suggestedMapping(summary), defaultCurrency: 'EUR' }),
  );
  const judged = judgeRows(plan, rows.slice(1));
  return {
    owed: judged.flatMap(({ verdict }) =>
      verdict.kind === 'accepted' ? [told(verdict.record)] : [],
    ),
    found: judged.flatMap(({ verdict }) =>
      verdict.findings.map(({ row, rule, rejects }) => `${row} ${rule}${rejects ? '!' : ''}`),
    ),
  };
}

const head = 'Invoice,Customer,Invoice Date,Due Date,Item,Qty,Amount,Open Amount';
const line = (no: string, item: string, amount: string, customer = 'ACME', open = ''): string =>
  `${no},${customer},2024-01-05,2024-02-05,${item},1,${amount},${open}`;

describe('rows of one document', () => {
  it.each<[string, string[], string[], string[]]>([
    [
      'with amounts of their own are summed into one receivable',
      [line('1', 'Bolts', '100'), line('1', 'Nuts', '50.5'), line('2', 'Nuts', '7')],
      ['1 15050/15050', '2 700/700'],
      ['3 line_summed'],
    ],
    [
      'with the same amount are summed where others show that amounts are of lines',
      [line('1', 'A', '5'), line('1', 'B', '5'), line('2', 'A', '1'), line('2', 'B', '2')],
      ['1 1000/1000', '2 300/300'],
      ['3 line_summed', '5 line_summed'],
    ],
    [
      'count once where every cell is the same',
      [line('1', 'A', '5'), line('1', 'A', '5'), line('1', 'B', '6')],
      ['1 1100/1100'],
      ['3 duplicate_same_content', '4 line_summed'],
    ],
    [
      'are not guessed at where their amounts are the same throughout',
      [line('1', 'A', '5'), line('1', 'B', '5'), line('2', 'A', '7')],
      ['2 700/700'],
      ['2 line_or_repeat!', '3 line_or_repeat!'],
    ],
    [
      'repeat the amount of the document where three documents do so',
      ['1', '2', '3'].flatMap((one) => [line(one, 'A', '5'), line(one, 'B', '5')]),
      ['1 500/500', '2 500/500', '3 500/500'],
      ['3 amount_of_document', '5 amount_of_document', '7 amount_of_document'],
    ],
    [
      'have open amounts of lines, too',
      [line('1', 'A', '5', 'ACME', '2'), line('1', 'B', '6', 'ACME', '6')],
      ['1 1100/800'],
      ['3 line_summed'],
    ],
    [
      'have one open amount where it is the document’s',
      [line('1', 'A', '5', 'ACME', '8'), line('1', 'B', '6', 'ACME', '8')],
      ['1 1100/800'],
      ['3 line_summed'],
    ],
    [
      'may have a discount among them',
      [line('1', 'A', '100'), line('1', 'Discount', '-10')],
      ['1 9000/9000'],
      ['3 line_summed'],
    ],
    [
      'of two customers are in conflict',
      [line('1', 'A', '5'), line('1', 'B', '6', 'Beta')],
      ['1 500/500'],
      ['3 duplicate_other_content!'],
    ],
    [
      'are rejected together when one of them is wrong',
      [line('1', 'A', '5'), line('1', 'B', 'x'), line('2', 'B', '6')],
      ['2 600/600'],
      ['2 line_of_rejected!', '3 not_an_amount!'],
    ],
    [
      'are rejected together when a line below has an amount and no number',
      [line('1', 'A', '5'), ',,,,Nuts,1,6,', line('2', 'B', '6')],
      ['2 600/600'],
      ['2 line_of_rejected!', '3 required!', '3 required!', '3 required!'],
    ],
    [
      'that stand apart in a file of lines ask for sorting',
      [line('1', 'A', '5'), line('1', 'B', '6'), line('2', 'A', '1'), line('1', 'C', '7')],
      ['1 1100/1100', '2 100/100'],
      ['3 line_summed', '5 lines_apart!'],
    ],
    [
      'are still together over a page break',
      [line('1', 'A', '5'), 'Page 2,,,,,,,', head, line('1', 'B', '6')],
      ['1 1100/1100'],
      ['3 note_line', '4 header_again', '5 line_summed'],
    ],
  ])('%s', (_, lines, owed, found) => {
    expect(read(head, ...lines)).toEqual({ owed, found });
  });

  it('of an export with totals beside line amounts count the total once', () => {
    const columns = 'Customer,Invoice No,Due Date,Total,Amount Due,Description,Line Amount';
    const row = (item: string, amount: string) => `ACME,7,2024-02-05,150,100,${item},${amount}`;
    expect(read(columns, row('Bolts', '100'), row('Nuts', '50'))).toEqual({
      owed: ['7 15000/10000'],
      found: ['3 amount_of_document'],
    });
  });

  it('of a joined list count once', () => {
    const columns = 'Customer,Invoice No,Due Date,Amount,Fax';
    const rows = ['ACME,7,2024-02-05,150,111', 'ACME,7,2024-02-05,150,222'];
    expect(read(columns, ...rows)).toEqual({
      owed: ['7 15000/15000'],
      found: ['3 duplicate_same_content'],
    });
  });

  it('come out in the order of the file, each row once', () => {
    const rows = [line('1', 'A', '5'), 'a note here', line('1', 'B', '6'), line('2', 'A', '1')];
    const { found } = read(head, ...rows);
    expect(found).toEqual(['3 note_line', '4 line_summed']);
  });
});
