import { describe, expect, it } from '@jest/globals';
import type { ReceivableRecord } from '../domain/import/record.ts';
import type { Delivery } from './fixture/delivery.ts';
import { deliverBytes } from './fixture/delivery.ts';
import * as exports from './fixture/exports.ts';

/** `number customer due amount` of a receivable; what it is known by, as far as it says. */
function told(record: ReceivableRecord): string {
  const { documentNumber, customerNumber, customerName, dueDate, amountMinor } = record;
  const customer = [customerNumber, customerName].filter((one) => one !== '').join(' ');
  return `${documentNumber} ${customer} ${dueDate} ${amountMinor}`;
}

function rejected({ findings }: Delivery): string[] {
  return findings.filter((one) => one.rejects).map(({ row, rule }) => `${row} ${rule}`);
}

function facts({ facts: all }: Delivery): string[] {
  return all.map(({ kind, column, rows }) => `${kind} ${column} ${rows}`);
}

type Expected = { records: string[]; rejected?: string[]; facts?: string[] };

describe('an export', () => {
  it.each<[string, Buffer, Expected]>([
    [
      'of an aging report with headings and totals',
      exports.agingDetail,
      {
        records: [
          '1001 Abercrombie & Co 2024-02-14 120000',
          '1007 Abercrombie & Co 2024-03-21 35050',
          '1002 Total Energies 2024-02-24 8000',
        ],
        facts: ['group_rows Column 1 2'],
      },
    ],
    [
      'grouped by age',
      exports.agingByBucket,
      { records: ['71 Cook, Brian 2024-02-14 50000', '72 Ecker, Ann 2024-01-14 70000'] },
    ],
    [
      'printed to a file',
      exports.printedList,
      {
        records: [
          '1800000123 0000100234 Müller Maschinenbau GmbH 2024-02-14 120000',
          '1600000009 0000100234 Müller Maschinenbau GmbH 2024-01-17 -5000',
          '1800000125 0000100235 Schmidt AG 2024-02-19 8000',
        ],
        facts: ['group_rows Customer 1', 'group_rows Name 1'],
      },
    ],
    [
      'with labelled group rows and signatures',
      exports.chineseGroups,
      {
        records: [
          'AR1 上海华东钢铁有限公司 2024-02-14 1200000',
          'AR2 上海华东钢铁有限公司 2024-02-15 1300050',
          'AR3 北京首钢股份 2024-03-14 10000',
        ],
        facts: ['group_rows 客户 2'],
      },
    ],
    [
      'with merged cells and a remark beside',
      exports.mergedCells,
      {
        records: [
          '0001 C001 华东钢铁 2024-02-14 1000',
          '0002 C001 华东钢铁 2024-02-14 2000',
          '0003 C002 华南钢铁 2024-02-14 1100',
          '0004 C002 华南钢铁 2024-02-14 2100',
        ],
        facts: ['carried_down 客户编码 2', 'carried_down 客户名称 2'],
      },
    ],
    [
      'with group rows that only add up',
      exports.groupedList,
      {
        records: [
          'INV/1 Azure Interior 2024-02-05 10000',
          'INV/2 Azure Interior 2024-02-06 20000',
          'INV/3 Deco Addict 2024-02-07 5000',
        ],
      },
    ],
    [
      'of one customer named above the table',
      exports.statement,
      {
        records: [
          'A1 100777 ACME Trading Ltd 2024-02-05 10000',
          'A2 100777 ACME Trading Ltd 2024-02-06 11000',
        ],
        facts: ['group_rows Customer 0', 'group_rows Customer No. 0'],
      },
    ],
    [
      'of a pivot table',
      exports.pivot,
      {
        records: [
          'INV-1 ACME 2024-02-05 10000',
          'INV-2 ACME 2024-02-15 20000',
          'INV-3 Beta GmbH 2024-02-25 5000',
        ],
        facts: ['group_rows Customer 2'],
      },
    ],
    [
      'of groups within groups',
      exports.nestedGroups,
      {
        records: ['INV-1 ACME Corp 2024-02-05 10000', 'INV-2 Total Energies 2024-02-15 20000'],
        facts: ['group_rows Group 2'],
      },
    ],
    [
      'in Shift_JIS with days by era',
      exports.japanese,
      {
        records: [
          'S-1 K1 株式会社山田商店 2024-02-29 120000',
          'S-2 K2 カネコ工業 2024-02-29 80000',
        ],
      },
    ],
    [
      'with drawn lines and a note',
      exports.bars,
      { records: ['1 ACME 2024-01-05 10000', '2 Beta 2024-01-06 11000'] },
    ],
    [
      'with a note beside, marks too many and notes below',
      exports.strayCells,
      {
        records: ['1001 ACME 2024-03-25 150', '1004 Beta 2024-03-26 450'],
        rejected: ['3 more_cells_than_columns', '4 more_cells_than_columns'],
      },
    ],
    [
      'that lacks a name among names written on every row',
      exports.missingName,
      {
        records: [
          '1 ACME 2024-02-05 10000',
          '2 ACME 2024-02-15 20000',
          '4 Beta 2024-02-25 6000',
          '5 Beta 2024-02-25 7000',
        ],
        rejected: ['4 required'],
      },
    ],
    [
      'with days of every style',
      exports.dateStyles,
      { records: ['1 A 2024-04-15 150', '2 B 2024-04-15 150', '3 C 2024-04-15 150'] },
    ],
  ])('%s is read as it is meant', async (_, bytes, expected) => {
    const found = await deliverBytes(bytes);
    expect({
      records: found.records.map(told),
      rejected: rejected(found),
      facts: facts(found),
    }).toEqual({ rejected: [], facts: [], ...expected });
  });

  it('of both orders of day and month rejects what may be either', async () => {
    const found = await deliverBytes(exports.mixedOrders, { 'Due Date': 'dmy' });
    expect(found.records.map(told)).toEqual([
      '1 A 2024-03-25 150',
      '4 D 2024-05-05 150',
      '5 E 2024-03-26 150',
      '6 F 2024-03-05 150',
    ]);
    expect(rejected(found)).toEqual(['3 date_other_order', '4 date_order_mixed']);
    expect(facts(found)).toEqual(['mixed_dates Due Date 0']);
    const [other] = found.findings;
    expect(other).toMatchObject({ row: 3, column: 'Due Date', found: '03/25/2024' });
    expect(other?.repair).toContain('YYYY-MM-DD');
  });

  it('loses no row: each is a receivable, rejected or told of', async () => {
    for (const bytes of Object.values(exports)) {
      const found = await deliverBytes(bytes, { 'Due Date': 'dmy' });
      const { accepted = 0, rejected: refused = 0, skipped = 0 } = found.kinds;
      expect(accepted + refused + skipped).toBe(found.analysis.rowCount);
      const silent = new Set(found.findings.map((one) => one.row)).size;
      expect(silent).toBeGreaterThanOrEqual(refused + skipped);
    }
  });
});
