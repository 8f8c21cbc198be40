import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFiles } from '@recourse/kit/files.ts';
import { keepFiles } from '@recourse/kit/kept-files.ts';
import { createLog } from '@recourse/kit/log.ts';
import {
  ImportField,
  ImportsServiceClient,
  ImportState,
} from '@recourse/proto/cases/v1/imports.ts';
import { creditorCall, type Rig, startRig } from './book-rig.ts';
import {
  analysed,
  checked,
  first,
  head,
  type Imports,
  ledger,
  settled,
  suggested,
  third,
  upload,
} from './import-rig.ts';

let rig: Rig;
let imports: Imports;

beforeAll(async () => {
  rig = await startRig();
  imports = rig.service.client(ImportsServiceClient);
});

afterAll(() => rig.stop());

const patience = 60_000;

describe('a file', () => {
  it.each<[string, string | Buffer, string]>([
    ['that is a PDF', Buffer.from('%PDF-1.7\n'), 'file_kind_refused'],
    ['that is empty', '\n', 'delimiter_not_found'],
    ['with a header alone', `${head}\n`, 'file_without_rows'],
    ['of no encoding', Buffer.from([97, 44, 98, 10, 0xff, 0xfe, 0x80, 44, 10]), 'encoding_unknown'],
    ['that is a broken workbook', Buffer.from('PK\u0003\u0004 and no more'), 'xlsx_truncated'],
  ])(
    '%s fails its import with a named reason',
    async (_, content, reason) => {
      const { found } = await analysed(rig, imports, randomUUIDv7(), content);
      expect(found).toMatchObject({ state: ImportState.FAILED, failureReason: reason });
      expect(found.failureFacts['repair']).not.toBe(undefined);
    },
    patience,
  );

  it(
    'that was never uploaded is missing, and one of another organisation too',
    async () => {
      const orgId = randomUUIDv7();
      const call = await creditorCall(rig, orgId);
      const foreign = await upload(rig, randomUUIDv7(), ledger(first));
      for (const uploadId of [randomUUIDv7(), foreign]) {
        const request = { importId: randomUUIDv7(), uploadId, source: '' };
        await expect(imports.createImport(request, call)).rejects.toMatchObject({
          kind: 'missing',
          reason: 'file_not_found',
        });
      }
    },
    patience,
  );

  it(
    'that is removed before its check fails that',
    async () => {
      const orgId = randomUUIDv7();
      const { found, call } = await analysed(rig, imports, orgId, ledger(first));
      const { bus, db } = rig.service;
      const store = createFiles({ bus });
      await keepFiles({ store, db, log: createLog('test', 'fatal') }).remove(orgId, found.uploadId);
      const mapping = { columns: suggested(found), defaultCurrency: 'CNY', profileName: '' };
      const { importId } = found;
      await imports.checkImport({ importId, mapping, expectedVersion: 0n, requestId: '' }, call);
      expect(await settled(imports, importId, call)).toMatchObject({
        state: ImportState.FAILED,
        failureReason: 'upload_missing',
      });
    },
    patience,
  );
});

describe('a store that is lost', () => {
  async function copies(orgId: string): Promise<number> {
    const sql = 'SELECT FROM kept_file WHERE org_id = $1 AND passing AND whole';
    return (await rig.service.ownerQuery(sql, [orgId])).length;
  }

  it(
    'takes no import with it: what was read goes on to its commit, and then needs no copy',
    async () => {
      const orgId = randomUUIDv7();
      // Larger than what is kept at once, so that the first job keeps it.
      const rest = 'x'.repeat(9_000);
      const row = (n: number): string => `N${n},C1,ACME,2024-01-01,2024-01-31,1.25,,${rest}`;
      const rows = Array.from({ length: 1_000 }, (_, n) => row(n));
      const content = [`${head},zz`, ...rows, ''].join('\n');
      const { found, call } = await checked(rig, imports, orgId, content);
      const small = await checked(rig, imports, randomUUIDv7(), ledger(first, third));
      expect(found).toMatchObject({ state: ImportState.CHECKED, counts: { accepted: 1_000n } });
      expect(await copies(orgId)).toBe(1);
      await rig.platform.nats().kill();
      await rig.platform.restartNats({ wiped: true });
      for (const one of [{ found, call }, small]) {
        const { importId, version } = one.found;
        const asked = { importId, expectedVersion: version, requestId: '' };
        await imports.commitImport(asked, one.call);
        expect(await settled(imports, importId, one.call)).toMatchObject({
          state: ImportState.COMMITTED,
        });
      }
      expect(await copies(orgId)).toBe(0);
    },
    patience,
  );

  it(
    'leaves the copy to another import of the same upload',
    async () => {
      const orgId = randomUUIDv7();
      const { found, call } = await checked(rig, imports, orgId, ledger(first));
      const again = { importId: randomUUIDv7(), uploadId: found.uploadId, source: '' };
      await imports.createImport(again, call);
      await settled(imports, again.importId, call);
      const cancelled = (importId: string): Promise<unknown> =>
        imports.cancelImport({ importId, requestId: randomUUIDv7() }, call);
      await cancelled(found.importId);
      expect(await copies(orgId)).toBe(1);
      await cancelled(again.importId);
      expect(await copies(orgId)).toBe(0);
    },
    patience,
  );
});

describe('the steps of an import', () => {
  it(
    'are refused out of order, with a stale version, and to other organisations',
    async () => {
      const orgId = randomUUIDv7();
      const { found, call } = await analysed(rig, imports, orgId, ledger(first));
      const { importId, version } = found;
      const mapping = { columns: suggested(found), defaultCurrency: 'CNY', profileName: '' };
      const requestId = '';
      await expect(
        imports.commitImport({ importId, expectedVersion: version, requestId }, call),
      ).rejects.toMatchObject({ reason: 'import_not_checked' });
      await expect(
        imports.checkImport({ importId, mapping, expectedVersion: version + 7n, requestId }, call),
      ).rejects.toMatchObject({ reason: 'import_changed_meanwhile' });
      await expect(imports.undoImport({ importId, requestId }, call)).rejects.toMatchObject({
        reason: 'import_not_committed',
      });
      const foreign = await creditorCall(rig, randomUUIDv7());
      await expect(imports.getImport({ importId }, foreign)).rejects.toMatchObject({
        reason: 'import_unknown',
      });
      await expect(imports.cancelImport({ importId, requestId }, foreign)).rejects.toMatchObject({
        reason: 'import_unknown',
      });
    },
    patience,
  );

  it(
    'name what a mapping lacks',
    async () => {
      const { found, call } = await analysed(rig, imports, randomUUIDv7(), ledger(first));
      const columns = suggested(found).filter((column) => column.field !== ImportField.AMOUNT);
      const mapping = { columns, defaultCurrency: '', profileName: '' };
      await expect(
        imports.checkImport(
          { importId: found.importId, mapping, expectedVersion: 0n, requestId: '' },
          call,
        ),
      ).rejects.toMatchObject({
        reason: 'mapping_incomplete',
        violations: [{ rule: 'field_not_mapped' }, { rule: 'required' }],
      });
    },
    patience,
  );

  it(
    'may be cancelled before the commit',
    async () => {
      const { found, call } = await checked(rig, imports, randomUUIDv7(), ledger(first));
      const { importId } = found;
      await imports.cancelImport({ importId, requestId: randomUUIDv7() }, call);
      expect((await settled(imports, importId, call)).state).toBe(ImportState.CANCELLED);
      await expect(imports.cancelImport({ importId, requestId: '' }, call)).rejects.toMatchObject({
        reason: 'import_already_ended',
      });
    },
    patience,
  );

  it(
    'are created once: the same again is the same, other content is refused',
    async () => {
      const orgId = randomUUIDv7();
      const call = await creditorCall(rig, orgId);
      const uploadId = await upload(rig, orgId, ledger(first));
      const request = { importId: randomUUIDv7(), uploadId, source: 'SAP' };
      await imports.createImport(request, call);
      await imports.createImport(request, call);
      await expect(
        imports.createImport({ ...request, source: 'other' }, call),
      ).rejects.toMatchObject({
        reason: 'import_id_used_with_other_content',
      });
      const { imports: listed } = await imports.listImports({ page: undefined }, call);
      expect(listed.map((one) => one.importId)).toEqual([request.importId]);
    },
    patience,
  );
});

describe('what is wrong in a file', () => {
  const bad = ledger(
    first,
    '0002,C1,=cmd|calc,2024-01-02,31/31/2024,50.50,',
    '0003,,,2024-01-03,2024-02-02,x,',
    '0001,C1,ACME,2024-01-01,2024-01-31,7.00,',
    '0005,C5,Zero,2024-01-01,2024-01-31,0,',
  );

  it(
    'is grouped, listed row by row, and can be downloaded and repaired',
    async () => {
      const orgId = randomUUIDv7();
      const { found, call } = await checked(rig, imports, orgId, bad);
      expect(found.counts).toMatchObject({ rows: 5n, accepted: 2n, rejected: 3n, notices: 1n });
      expect(found.findingGroups.map(({ rule, count, rejects }) => [rule, count, rejects])).toEqual(
        [
          ['not_a_date', 1n, true],
          ['required', 1n, true],
          ['not_an_amount', 1n, true],
          ['duplicate_other_content', 1n, true],
          ['amount_zero', 1n, false],
        ],
      );
      const { importId } = found;
      const page = { size: 2, cursor: '' };
      const one = await imports.listImportFindings({ importId, rule: '', page }, call);
      expect(one.findings.map(({ row, rule, column }) => [row, rule, column])).toEqual([
        [3n, 'not_a_date', 'due date'],
        [4n, 'required', 'customer number'],
      ]);
      const cursor = one.page?.nextCursor ?? '';
      const two = await imports.listImportFindings(
        { importId, rule: '', page: { size: 9, cursor } },
        call,
      );
      expect(two.findings.map(({ row }) => row)).toEqual([4n, 5n, 6n]);
      const { file } = await imports.exportRejectedRows({ importId }, call);
      const { stream } = await createFiles({ bus: rig.service.bus }).get(orgId, file?.fileId ?? '');
      const text = Buffer.concat(await stream.toArray()).toString('utf8');
      const lines = text.split('\r\n');
      expect(lines[0]).toBe(`\ufeff${head},Row,Rule,Column,Found,Expected,Repair`);
      expect(lines[1]).toMatch(
        /^0002,C1,'=cmd\|calc,2024-01-02,31\/31\/2024,50\.50,,3,not_a_date,due date,/,
      );
      expect(lines.filter((line) => line !== '').length).toBe(4);
    },
    patience,
  );

  it(
    'is shown in the preview of the first rows',
    async () => {
      const { found, call } = await analysed(rig, imports, randomUUIDv7(), bad);
      const columns = found.analysis?.columns.map(({ header, suggested: field }) => [
        header,
        field,
      ]);
      expect(columns?.[0]).toEqual(['invoice number', ImportField.DOCUMENT_NUMBER]);
      await imports.checkImport(
        {
          importId: found.importId,
          expectedVersion: 0n,
          requestId: '',
          mapping: { columns: suggested(found), defaultCurrency: 'EUR', profileName: '' },
        },
        call,
      );
      const { rows } = await imports.previewImport({ importId: found.importId, rows: 2 }, call);
      expect(rows).toMatchObject([
        {
          row: 2n,
          documentNumber: '0001',
          amount: { currency: 'EUR', minor: 10_000n },
          findings: [],
        },
        { row: 3n, findings: [{ rule: 'not_a_date', found: '31/31/2024' }] },
      ]);
    },
    patience,
  );
});

describe('a profile', () => {
  it(
    'is offered for the next file of the source with the same header',
    async () => {
      const orgId = randomUUIDv7();
      const odd = 'f1;f2;f3;f4;f5\n1;ACME;03/04/2024;5,50;x\n2;Beta;05/06/2024;6,50;y\n';
      const { found, call } = await analysed(rig, imports, orgId, odd, { source: 'legacy' });
      const names = [
        ImportField.DOCUMENT_NUMBER,
        ImportField.CUSTOMER_NAME,
        ImportField.DUE_DATE,
        ImportField.AMOUNT,
      ];
      const columns = names.map((field, position) => ({
        position,
        field,
        format: field === ImportField.DUE_DATE ? 'mdy' : '',
      }));
      const mapping = { columns, defaultCurrency: 'EUR', profileName: 'Legacy AR' };
      const { importId, version } = found;
      await imports.checkImport(
        { importId, mapping, expectedVersion: version, requestId: '' },
        call,
      );
      await settled(imports, importId, call);
      const again = await analysed(rig, imports, orgId, odd, { source: 'legacy' });
      expect(again.found.analysis).toMatchObject({
        profileName: 'Legacy AR',
        suggestedCurrency: 'EUR',
        columns: names
          .map((field) => ({ suggested: field, confidence: 100, reasons: ['saved_profile'] }))
          .concat([{ suggested: ImportField.IGNORE, confidence: 0, reasons: [] } as never]),
      });
      const dates = again.found.analysis?.formats.find((format) => format.position === 2);
      expect(dates?.detected).toBe('mdy');
    },
    patience,
  );
});
