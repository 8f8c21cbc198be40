import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportsServiceClient, ImportState } from '@recourse/proto/cases/v1/imports.ts';
import { creditorCall, type Rig, startRig } from './book-rig.ts';
import {
  book,
  checked,
  first,
  imported,
  type Imports,
  ledger,
  second,
  settled,
  third,
  undone,
} from './import-rig.ts';

let rig: Rig;
let imports: Imports;

beforeAll(async () => {
  rig = await startRig();
  imports = rig.service.client(ImportsServiceClient);
});

afterAll(() => rig.stop());

const patience = 60_000;

async function numberOf(orgId: string, sql: string): Promise<number> {
  const [row] = await rig.service.ownerQuery<{ count: string }>(sql, [orgId]);
  return Number(row?.count ?? -1);
}

describe('an import', () => {
  it(
    'is analysed, confirmed, checked and committed',
    async () => {
      const orgId = randomUUIDv7();
      const { found } = await checked(rig, imports, orgId, ledger(first, second, third));
      expect(found).toMatchObject({
        state: ImportState.CHECKED,
        fileName: 'open-items.csv',
        analysis: { encoding: 'utf-8', delimiter: ',', headerRow: 1, rowCount: 3n },
        counts: {
          rows: 3n,
          accepted: 3n,
          rejected: 0n,
          receivablesNew: 3n,
          receivablesChanged: 0n,
          customersNew: 2n,
          customersSeen: 2n,
          totals: [{ currency: 'CNY', minor: 22_075n }],
          // The third is settled.
          openTotals: [{ currency: 'CNY', minor: 15_050n }],
        },
      });
      const call = await creditorCall(rig, orgId);
      const requestId = randomUUIDv7();
      const wanted = { importId: found.importId, expectedVersion: found.version, requestId };
      const { import: started } = await imports.commitImport(wanted, call);
      expect(started?.state).toBe(ImportState.COMMITTING);
      const { import: repeated } = await imports.commitImport(wanted, call);
      expect(repeated?.version).toBe(started?.version);
      const done = await settled(imports, found.importId, call);
      expect(done).toMatchObject({ state: ImportState.COMMITTED, failureReason: '' });
      expect(await book(rig, orgId)).toMatchObject({
        receivables: [
          {
            document_key: '1',
            document_number: '0001',
            amount: '10000',
            open: '10000',
            due: '2024-01-31',
          },
          { document_key: '2', document_number: '0002', amount: '5050' },
          { document_key: '3', open: '0', settled: '2024-01-20' },
        ],
        debtors: [
          { name: 'ACME', aliases: ['Acme Inc.'] },
          { name: 'Beta', aliases: [] },
        ],
      });
    },
    patience,
  );

  it(
    'tells credit of customers and receivables, and that it has finished',
    async () => {
      const orgId = randomUUIDv7();
      await imported(rig, imports, orgId, ledger(first, second, third));
      const told = await rig.service.systemQuery<{ type: string }>(
        'SELECT type FROM outbox WHERE org_id = $1 ORDER BY version',
        [orgId],
      );
      expect(told.map((row) => row.type)).toEqual([
        'receivablesImported',
        'receivablesImported',
        'importFinished',
      ]);
    },
    patience,
  );

  it(
    'adds nothing the second time, nor in other formatting',
    async () => {
      const orgId = randomUUIDv7();
      await imported(rig, imports, orgId, ledger(first, second, third));
      const before = await book(rig, orgId);
      const events = 'SELECT count(*) FROM outbox WHERE org_id = $1';
      const told = await numberOf(orgId, events);
      const dressed = ledger(first, second, third)
        .replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$3/$2/$1')
        .replaceAll(/^000(\d),/gm, '$1.0,')
        .replaceAll(',', ';');
      for (const again of [ledger(first, second, third), `\ufeff${dressed}`]) {
        const { found } = await imported(rig, imports, orgId, again);
        expect(found.counts).toMatchObject({
          receivablesNew: 0n,
          receivablesChanged: 0n,
          receivablesUnchanged: 3n,
          customersNew: 0n,
        });
        expect(await book(rig, orgId)).toEqual(before);
      }
      expect(await numberOf(orgId, events)).toBe(told + 2);
    },
    patience,
  );

  it(
    'changes what a later delivery changes, and its undo puts that back exactly',
    async () => {
      const orgId = randomUUIDv7();
      await imported(rig, imports, orgId, ledger(first, second, third));
      const before = await book(rig, orgId);
      const { found, call } = await imported(
        rig,
        imports,
        orgId,
        ledger(
          '1,C1,Acme Limited,2024-01-01,2024-02-15,120.00,',
          second,
          '3,C2,Beta,2024-01-03,2024-02-02,70.25,',
          '0004,C3,Gamma,2024-01-04,2024-02-03,10.00,',
        ),
      );
      expect(found.counts).toMatchObject({
        receivablesNew: 1n,
        receivablesChanged: 2n,
        receivablesUnchanged: 1n,
        customersNew: 1n,
      });
      expect(await book(rig, orgId)).toMatchObject({
        receivables: [
          { document_number: '1', due: '2024-02-15', amount: '12000', open: '12000' },
          { document_number: '0002' },
          { open: '7025', settled: null },
          { document_key: '4' },
        ],
        debtors: [{ name: 'ACME', aliases: ['Acme Inc.', 'Acme Limited'] }, {}, { name: 'Gamma' }],
      });
      const after = await undone(imports, found.importId, call);
      expect(after.state).toBe(ImportState.UNDONE);
      expect(await book(rig, orgId)).toEqual(before);
    },
    patience,
  );

  it(
    'keeps phone numbers and addresses sealed in the store',
    async () => {
      const orgId = randomUUIDv7();
      const text =
        'invoice number,customer,due date,amount,phone,email,contact person\n' +
        '1,ACME,2024-01-31,5.00,13800138000,zhang@acme.cn,张三\n';
      await imported(rig, imports, orgId, text);
      const rows = await rig.service.ownerQuery<{ sealed: string }>(
        'SELECT contacts_sealed AS sealed FROM debtor WHERE org_id = $1',
        [orgId],
      );
      expect(rows[0]?.sealed).toMatch(/^v1\./);
    },
    patience,
  );
});

describe('a committed import', () => {
  it(
    'cannot be undone while a later import rests on it, and can after that one',
    async () => {
      const orgId = randomUUIDv7();
      const one = await imported(rig, imports, orgId, ledger(first));
      const two = await imported(rig, imports, orgId, ledger(first.replace('100.00', '90.00')));
      await expect(undone(imports, one.found.importId, one.call)).rejects.toMatchObject({
        reason: 'later_imports_rest_on_import',
      });
      await undone(imports, two.found.importId, two.call);
      const last = await undone(imports, one.found.importId, one.call);
      expect(last.state).toBe(ImportState.UNDONE);
      expect(await book(rig, orgId)).toEqual({ receivables: [], debtors: [] });
    },
    patience,
  );

  it(
    'cannot be undone while a payment rests on it',
    async () => {
      const orgId = randomUUIDv7();
      const { found, call } = await imported(rig, imports, orgId, ledger(first));
      const opening = {
        requestId: randomUUIDv7(),
        asOf: '',
        minOverdue: undefined,
        minDaysOverdue: 0,
        preview: false,
        debtorIds: [],
      };
      await rig.cases.openCases(opening, call);
      const [file] = await rig.service.ownerQuery<{ caseId: string }>(
        'SELECT case_id AS "caseId" FROM case_file WHERE org_id = $1',
        [orgId],
      );
      const caseId = file?.caseId ?? '';
      await rig.work.recordPayment(
        {
          caseId,
          paymentId: randomUUIDv7(),
          amount: { currency: 'CNY', minor: 4000n },
          receivedOn: '2024-03-01',
          means: 'bank_transfer',
          reference: '',
          note: '',
        },
        await creditorCall(rig, orgId, 'finance'),
      );
      await expect(undone(imports, found.importId, call)).rejects.toMatchObject({
        reason: 'payments_rest_on_import',
      });
      const again = await imported(rig, imports, orgId, ledger(first));
      expect(again.found.counts).toMatchObject({ receivablesUnchanged: 1n });
      expect(await book(rig, orgId)).toMatchObject({ receivables: [{ open: '6000' }] });
      const booked = ledger(first)
        .replace('settled date', 'open amount')
        .replace('100.00,', '100.00,60.00');
      await imported(rig, imports, orgId, booked);
      expect(await book(rig, orgId)).toMatchObject({ receivables: [{ open: '6000' }] });
    },
    patience,
  );
});
