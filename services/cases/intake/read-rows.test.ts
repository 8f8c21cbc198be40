import { describe, expect, it } from '@jest/globals';
import type { Delivery } from './fixture/delivery.ts';
import { deliverBytes } from './fixture/delivery.ts';

function owed({ records }: Delivery): string[] {
  return records.map((one) => `${one.row}: ${one.documentNumber} ${one.amountMinor}`);
}

function found({ findings }: Delivery): string[] {
  return findings
    .filter(({ rule }) => rule !== 'credit_note')
    .map(({ row, rule, rejects }) => `${row} ${rule}${rejects ? '!' : ''}`);
}

const head = 'Invoice,Customer,Invoice Date,Due Date,Item,Qty,Amount';
const line = (no: string, item: string, amount: string, customer = 'ACME'): string =>
  `${no},${customer},2024-01-05,2024-02-05,${item},1,${amount}`;
const file = (...lines: string[]): Promise<Delivery> =>
  deliverBytes(Buffer.from(`${[head, ...lines].join('\n')}\n`));

describe('a file of lines', () => {
  it('sums the lines of a document that others part, where its first line stands', async () => {
    const delivery = await file(
      line('1', 'A', '5'),
      line('1', 'B', '6'),
      line('2', 'A', '7'),
      line('1', 'C', '8'),
      line('3', 'A', '1'),
      line('2', 'B', '2'),
    );
    expect(owed(delivery)).toEqual(['2: 1 1900', '4: 2 900', '6: 3 100']);
    expect(found(delivery)).toEqual(['3 line_summed', '5 line_summed', '7 line_summed']);
  });

  it('sums them though no two of them are next to one another', async () => {
    const delivery = await file(
      line('1', 'A', '5'),
      line('2', 'A', '7'),
      line('3', 'A', '9'),
      line('1', 'B', '6'),
      line('2', 'B', '8'),
      line('3', 'A', '9'),
    );
    expect(owed(delivery)).toEqual(['2: 1 1100', '3: 2 1500', '4: 3 900']);
    expect(found(delivery)).toEqual(['5 line_summed', '6 line_summed', '7 duplicate_same_content']);
  });

  it('rejects a document whole when a line of it far below is wrong', async () => {
    const delivery = await file(
      line('1', 'A', '5'),
      line('1', 'B', '6'),
      line('2', 'A', '7'),
      line('1', 'C', 'eight'),
    );
    expect(owed(delivery)).toEqual(['4: 2 700']);
    expect(found(delivery)).toEqual([
      '2 line_of_rejected!',
      '3 line_of_rejected!',
      '5 not_an_amount!',
    ]);
  });

  it('joins nothing of two customers', async () => {
    const delivery = await file(
      line('1', 'A', '5'),
      line('1', 'B', '6'),
      line('2', 'A', '7'),
      line('1', 'C', '8', 'Beta'),
    );
    expect(owed(delivery)).toEqual(['2: 1 1100', '4: 2 700']);
    expect(found(delivery)).toEqual(['3 line_summed', '5 duplicate_other_content!']);
  });
});

describe('a report whose groups end in totals', () => {
  const rows = [
    ',Num,Date,Due Date,Amount',
    'ACME,,,,',
    ',1,2024-01-05,2024-02-05,10',
    'Total ACME,,,,10',
    'Beta GmbH,,,,',
    ',2,2024-01-05,2024-02-05,20',
    'Total Beta GmbH,,,,20',
    'Gamma,,,,',
    ',3,2024-01-05,2024-02-05,30',
    'Total Gamma,,,,30',
    'Delta,,,,',
    ',4,2024-01-05,2024-02-05,40',
  ];
  const told = ({ records }: Delivery): string[] =>
    records.map((one) => `${one.documentNumber} ${one.customerName}`);

  it('takes no text among lines for the customer of those below', async () => {
    const text = [...rows, 'Second reminder', ',5,2024-01-05,2024-02-05,50'].join('\n');
    const delivery = await deliverBytes(Buffer.from(text));
    expect(told(delivery)).toEqual(['1 ACME', '2 Beta GmbH', '3 Gamma', '4 Delta']);
    expect(found(delivery)).toContain('13 heading_unclear');
    expect(found(delivery)).toContain('14 required!');
  });

  it('goes on with the customer behind what is plainly a note', async () => {
    const note = 'The invoices below are in dispute';
    const text = [...rows, note, ',5,2024-01-05,2024-02-05,50'].join('\n');
    const delivery = await deliverBytes(Buffer.from(text));
    expect(told(delivery)).toContain('5 Delta');
    expect(found(delivery)).toContain('13 note_line');
  });
});

describe('a file of documents', () => {
  it('takes a number that comes again for a repeat or a mistake', async () => {
    const documents = ['1,ACME,2024-02-05,5', '2,Beta,2024-02-05,7', '3,Beta,2024-02-05,8'];
    const again = ['1,ACME,2024-02-05,5', '2,Beta,2024-02-05,9'];
    const text = ['Invoice,Customer,Due Date,Amount', ...documents, ...again].join('\n');
    const delivery = await deliverBytes(Buffer.from(text));
    expect(owed(delivery)).toEqual(['2: 1 500', '3: 2 700', '4: 3 800']);
    expect(found(delivery)).toEqual(['5 duplicate_same_content', '6 duplicate_other_content!']);
  });
});
