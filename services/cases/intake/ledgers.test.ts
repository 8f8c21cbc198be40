import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { aging } from '../domain/aging.ts';
import type { ReceivableRecord } from '../domain/import/record.ts';
import { overdueClasses } from '../rules/overdue-classes.ts';
import { content, deliverBytes } from './fixture/delivery.ts';
import { workbookParts, zip } from './fixture/workbook.ts';
import type { FixtureCell } from './fixture/workbook.ts';

/** Real files live beside the repository (data/README.md); without them these tests say so. */
const dataFolder = join(import.meta.dirname, '../../../../shared/data/receivables');
const highradius = join(dataFolder, 'highradius_open_invoices.csv');
const ibm = join(dataFolder, 'ibm_accounts_receivable.csv');
const present = existsSync(highradius) && existsSync(ibm);
/** Two real ledgers on a busy machine take their time; nothing here is timed. */
const patience = 60_000;
const unlessPresent = present ? '' : ' (data not present)';

function agingOf(
  records: readonly ReceivableRecord[],
  asOf: string,
): Record<string, [number, bigint]> {
  const [only] = aging(records, asOf, overdueClasses[0]?.value ?? []);
  const filled = (only?.buckets ?? []).filter((bucket) => bucket.count > 0);
  return Object.fromEntries(
    filled.map((bucket): [string, [number, bigint]] => [
      bucket.overdueClass,
      [bucket.count, bucket.minor],
    ]),
  );
}

describe('the real ledger of highradius', () => {
  it(
    `gives 9,681 receivables, 553 customers and the known aging to the cent${unlessPresent}`,
    async () => {
      if (!present) return;
      const { records, kinds, groups, analysis } = await deliverBytes(await readFile(highradius));
      expect(kinds).toEqual({ accepted: 9681 });
      expect(new Set(records.map((record) => record.documentKey)).size).toBe(9681);
      expect(new Set(records.map((record) => record.customerKey)).size).toBe(553);
      expect(analysis.currency).toBe('USD');
      expect(agingOf(records, '2020-05-20')).toEqual({
        NOT_DUE: [782, 1_955_024_762n],
        MILD: [3543, 11_412_317_506n],
        MODERATE: [4407, 14_725_548_113n],
        SEVERE: [949, 2_949_895_510n],
      });
      const found = groups.map(({ rule, count, firstRow }) => [rule, count, firstRow]);
      expect(found).toEqual([
        ['amount_rounded', 576, 8],
        ['due_before_document', 27, 115],
      ]);
    },
    patience,
  );

  it(
    `is the same again with other dates, ids, delimiter and encoding${unlessPresent}`,
    async () => {
      if (!present) return;
      const bytes = await readFile(highradius);
      const first = content((await deliverBytes(bytes)).records);
      const lines = bytes.toString('utf8').trimEnd().split(/\r?\n/);
      const [header = '', ...body] = lines.map((line) => line.split(','));
      const changed = body.map((cells) =>
        cells.map((cell, column) => {
          if (column === 2 && /^\d+$/.test(cell)) return `0${cell}`;
          if (column === 6) return `${cell}.0`;
          if (column >= 7 && column <= 9) return cell.split('-').toReversed().join('/');
          return column === 11 ? cell.replace('.', ',') : cell;
        }),
      );
      const text = [header, ...changed].map((cells) => [...cells].join(';')).join('\r\n\r\n');
      const again = await deliverBytes(iconv.encode(`\ufeff${text}`, 'utf16le'));
      expect(content(again.records)).toEqual(first);
    },
    patience,
  );

  it(
    `is the same again as a workbook with dates as days and numbers as doubles${unlessPresent}`,
    async () => {
      if (!present) return;
      const bytes = await readFile(highradius);
      const first = content((await deliverBytes(bytes)).records);
      const lines = bytes
        .toString('utf8')
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => line.split(','));
      const rows = lines.map((cells, row) =>
        cells.map((cell, column): FixtureCell => {
          if (row === 0 || cell === '') return cell === '' ? null : cell;
          if (column === 6) return { number: `${cell[0]}.${cell.slice(1)}E9` };
          if (column >= 7 && column <= 9) return { day: cell.split('-').toReversed().join('-') };
          return column === 11 ? { number: Number(cell).toPrecision(17) } : cell;
        }),
      );
      const file = zip(workbookParts({ Notes: [['see next sheet']], Items: rows }));
      const again = await deliverBytes(file);
      expect(content(again.records)).toEqual(first);
      expect(again.kinds).toEqual({ accepted: 9681 });
    },
    patience,
  );
});

describe('the real ledger of IBM', () => {
  it(
    `keeps its leading zeros and gives the known total and aging${unlessPresent}`,
    async () => {
      if (!present) return;
      const { records, kinds } = await deliverBytes(await readFile(ibm));
      expect(kinds).toEqual({ accepted: 1488 });
      expect(new Set(records.map((record) => record.customerKey)).size).toBe(100);
      expect(records.reduce((total, record) => total + record.amountMinor, 0n)).toBe(8_890_710n);
      expect(records[0]).toMatchObject({ documentNumber: '0000611365', documentKey: '611365' });
      expect(agingOf(records, '2013-01-31')).toEqual({
        NOT_DUE: [79, 482_019n],
        MILD: [14, 94_029n],
        MODERATE: [1, 8639n],
      });
      const late = records.filter((r) => r.settledDate !== undefined && r.settledDate > r.dueDate);
      expect(late.length).toBe(569);
    },
    patience,
  );

  it(
    `is the same again with its ids as numbers and dates of another order${unlessPresent}`,
    async () => {
      if (!present) return;
      const bytes = await readFile(ibm);
      const first = content((await deliverBytes(bytes)).records);
      const lines = bytes
        .toString('utf8')
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => line.split(','));
      const text = lines
        .map((cells, row) =>
          cells
            .map((cell, column) => {
              if (row === 0) return cell;
              if (column === 3) return String(Number(cell));
              const date = /^(\d+)\/(\d+)\/(\d{4})$/.exec(cell);
              return date === null ? cell : `${date[2]}.${date[1]}.${date[3]}`;
            })
            .join('\t'),
        )
        .join('\n');
      const again = await deliverBytes(Buffer.from(text));
      expect(content(again.records)).toEqual(first);
    },
    patience,
  );
});
