import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportsServiceClient } from '@recourse/proto/cases/v1/imports.ts';
import { type Rig, startRig } from './book-rig.ts';
import { book, imported, type Imports } from './import-rig.ts';

let rig: Rig;
let imports: Imports;

beforeAll(async () => {
  rig = await startRig();
  imports = rig.service.client(ImportsServiceClient);
});

afterAll(() => rig.stop());

const patience = 60_000;
const head = 'Invoice,Customer,Invoice Date,Due Date,Amount,Status';
const states = (...lines: string[]): string => [head, ...lines, ''].join('\n');
const row = (no: string, status: string): string =>
  `${no},ACME,2024-01-05,2024-02-05,100.00,${status}`;

describe('a delivery that names the state of its documents', () => {
  it(
    'leaves open what is owed, and a later one puts right what was cancelled or paid',
    async () => {
      const orgId = randomUUIDv7();
      const before = states(row('1', 'Open'), row('2', 'Paid'), row('3', 'Overdue'));
      await imported(rig, imports, orgId, before);
      expect(await book(rig, orgId)).toMatchObject({
        receivables: [{ open: '10000' }, { open: '0', settled: null }, { open: '10000' }],
      });
      const after = states(row('1', 'Voided'), row('2', 'Paid'), row('3', 'Paid'));
      const { found } = await imported(rig, imports, orgId, after);
      expect(found.counts).toMatchObject({ receivablesChanged: 2n, receivablesUnchanged: 1n });
      expect(await book(rig, orgId)).toMatchObject({
        receivables: [{ open: '0' }, { open: '0' }, { open: '0' }],
      });
    },
    patience,
  );
});

describe('a delivery whose lines of one document stand apart', () => {
  it(
    'writes the document once with their sum, and knows it again',
    async () => {
      const orgId = randomUUIDv7();
      const lines = [
        'Invoice,Customer,Due Date,Item,Amount',
        '1,ACME,2024-02-05,Bolts,5.00',
        '1,ACME,2024-02-05,Nuts,6.00',
        '2,Beta,2024-02-05,Bolts,7.00',
        '1,ACME,2024-02-05,Rings,8.00',
        '',
      ].join('\n');
      const { found } = await imported(rig, imports, orgId, lines);
      expect(found.counts).toMatchObject({ rows: 4n, accepted: 2n, receivablesNew: 2n });
      expect(await book(rig, orgId)).toMatchObject({
        receivables: [
          { document_key: '1', amount: '1900' },
          { document_key: '2', amount: '700' },
        ],
      });
      const again = await imported(rig, imports, orgId, lines);
      expect(again.found.counts).toMatchObject({ receivablesUnchanged: 2n });
    },
    patience,
  );
});
