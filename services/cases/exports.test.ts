import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall } from '@recourse/kit/client.ts';
import { sweepExports } from '@recourse/kit/export-job.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { CaseStage, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { ExportsServiceClient } from '@recourse/proto/cases/v1/exports.ts';
import { ImportsServiceClient, ImportState } from '@recourse/proto/cases/v1/imports.ts';
import { ListReceivablesRequest } from '@recourse/proto/cases/v1/receivables.ts';
import { ExportFormat, ExportState } from '@recourse/proto/type/v1/export.ts';
import { readSheet } from 'read-excel-file/node';
import {
  agencyCall,
  caseOf,
  creditorCall,
  dayFromToday,
  listOf,
  openAll,
  type Rig,
  startRig,
  writeBook,
} from './book-rig.ts';
import { ended, exported, exportOf, type Exports } from './export-rig.ts';
import { book, imported } from './import-rig.ts';
import { handlingIs, placementOf } from './work-rig.ts';

let rig: Rig;
let exports: Exports;

beforeAll(async () => {
  rig = await startRig();
  exports = rig.service.client(ExportsServiceClient);
});

afterAll(() => rig.stop());

const patience = 60_000;
const due = (daysAgo: number): string => dayFromToday(-daysAgo);
const names = ['江源有限公司', '=河源有限公司', '湖源, 有限公司'];

async function threeCases(): Promise<{ orgId: string; call: ClientCall }> {
  const orgId = randomUUIDv7();
  await writeBook(
    rig,
    orgId,
    names.map((name, place) => ({
      key: `00${place}`,
      name,
      documents: [
        {
          number: `000${place}`,
          amountMinor: BigInt(place + 1) * 123_456_00n,
          documentDate: due(60),
          dueDate: due(20 * (place + 1)),
        },
      ],
    })),
  );
  await openAll(rig, orgId);
  const me = { role: 'collector', orgId, orgKind: 'creditor', userId: randomUUIDv7() } as const;
  return { orgId, call: await rig.platform.call({ ...me, orgName: '华东钢铁', name: '陈静' }) };
}

const receivables = {
  $case: 'receivables',
  value: ListReceivablesRequest.fromPartial({}),
} as const;

describe('an export', () => {
  it(
    'is the list as it is filtered and sorted, with the columns that are shown',
    async () => {
      const { orgId, call } = await threeCases();
      const look = { columns: ['days', 'debtor', 'open', 'recovered', 'tier'] };
      const minOpen = { currency: 'CNY', minor: 200_000_00n };
      const value = listOf({ sort: '-days_overdue', minOpen });
      const list = { $case: 'cases', value } as const;
      const { done, content } = await exported(rig, exports, orgId, exportOf({ look, list }), call);
      const [head, ...rows] = content.toString().split('\r\n');
      expect(head).toBe('\uFEFF逾期天数,客户,案件号,未清,币种,已收,优先级');
      const { cases: shown } = await rig.cases.listCases(value, call);
      expect(rows.slice(0, -1).map((row) => /C-\d+-?\d*/.exec(row)?.[0])).toEqual(
        shown.map((one) => one.number),
      );
      expect(shown.map((one) => one.debtorName)).toEqual([names[2], names[1]]);
      expect(content.toString()).toContain(",'=河源有限公司,");
      expect(content.toString()).toMatch(
        /60,"湖源, 有限公司",C-[\d-]+,370368\.00,CNY,0\.00,[高中低]\r/,
      );
      expect(done).toMatchObject({
        list: 'cases',
        rows: BigInt(shown.length),
        progress: undefined,
        file: { fileName: `案件-${dayFromToday(0)}.csv`, mediaType: 'text/csv; charset=utf-8' },
      });
      const [asked, over] = [done.finishedAt ?? '', done.expiresAt ?? ''].map((at) =>
        Temporal.Instant.from(at),
      );
      expect(over?.since(asked ?? Temporal.Now.instant()).total('hours')).toBe(24);
    },
    patience,
  );

  it(
    'is held to the stages of its screen, and says them',
    async () => {
      const { orgId, call } = await threeCases();
      await rig.service.ownerQuery(
        "UPDATE case_file SET stage = 'LITIGATION' WHERE org_id = $1 AND debtor_name = $2",
        [orgId, names[0]],
      );
      const value = listOf({ stages: [CaseStage.LITIGATION] });
      const look = { columns: ['debtor', 'stage'] };
      const wanted = exportOf({ look, list: { $case: 'cases', value } });
      const { content } = await exported(rig, exports, orgId, wanted, call);
      const [head, ...rows] = content.toString().trimEnd().split('\r\n');
      expect(head).toBe('\uFEFF客户,案件号,阶段');
      expect(rows).toEqual([expect.stringContaining(names[0] ?? '')]);
      expect(rows[0]?.endsWith(',诉讼')).toBe(true);
    },
    patience,
  );

  it(
    'reads on over all pages, in the chosen language',
    async () => {
      const orgId = randomUUIDv7();
      const documents = Array.from({ length: 2_345 }, (_unused, place) => ({
        number: `N${String(place).padStart(6, '0')}`,
        amountMinor: 100n,
        dueDate: due(place % 400),
      }));
      await writeBook(rig, orgId, [{ key: 'K', name: '宏达', documents }]);
      const call = await creditorCall(rig, orgId);
      const look = { columns: ['document'], language: 'en' };
      const wanted = exportOf({ look, list: receivables });
      const { done, content } = await exported(rig, exports, orgId, wanted, call);
      const [head, ...rows] = content.toString().trimEnd().split('\r\n');
      expect(head).toBe('\uFEFFDocument number');
      expect(rows.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
        documents.map(({ number }) => number),
      );
      expect(done).toMatchObject({
        rows: 2_345n,
        file: { fileName: expect.stringMatching(/^Rec/) },
      });
    },
    patience,
  );

  it(
    'as XLSX has amounts and days as such, and can be imported again without a change',
    async () => {
      const { orgId, call } = await threeCases();
      const look = { format: ExportFormat.XLSX };
      const wanted = exportOf({ look, list: receivables });
      const { content } = await exported(rig, exports, orgId, wanted, call);
      const [head, first] = await readSheet(content);
      expect(head).toEqual([
        '客户名称',
        '客户编号',
        '单据号',
        '开票日期',
        '到期日',
        '逾期天数',
        '金额',
        '币种',
        '未清金额',
      ]);
      expect(first).toEqual([
        names[2],
        '002',
        '0002',
        new Date(`${due(60)}T00:00:00Z`),
        new Date(`${due(60)}T00:00:00Z`),
        60,
        370_368,
        'CNY',
        370_368,
      ]);
      const other = randomUUIDv7();
      const imports = rig.service.client(ImportsServiceClient);
      const { found } = await imported(rig, imports, other, content);
      expect(found).toMatchObject({
        state: ImportState.COMMITTED,
        counts: { rows: 3n, accepted: 3n, rejected: 0n },
      });
      const [ours, theirs] = [await book(rig, orgId), await book(rig, other)];
      const seen = (rows: unknown) =>
        (rows as { receivables: Record<string, unknown>[] }).receivables.map((row) => [
          row['document_number'],
          row['issued'],
          row['due'],
          row['amount'],
          row['open'],
          row['currency'],
        ]);
      expect(seen(theirs)).toEqual(seen(ours));
    },
    patience,
  );

  it(
    'of an agency holds the cases that it works, and no others',
    async () => {
      const { orgId } = await threeCases();
      const file = await caseOf(rig, orgId, names[0] ?? '');
      const placement = placementOf(rig, file);
      await placement.offer();
      await placement.accept();
      await handlingIs(rig, file, Handling.PLACED);
      const call = await agencyCall(rig, placement.agencyId);
      const wanted = exportOf({ look: { columns: ['debtor', 'creditor'] } });
      const { content } = await exported(rig, exports, placement.agencyId, wanted, call);
      expect(content.toString()).toBe(
        `\uFEFF客户,案件号,委托方\r\n${names[0]},${file.number},华东钢铁\r\n`,
      );
    },
    patience,
  );

  it('is told of: who asked for which list', async () => {
    const { orgId, call } = await threeCases();
    const wanted = exportOf();
    await exported(rig, exports, orgId, wanted, call);
    const told = await rig.service.ownerQuery(
      `SELECT type, aggregate_id, actor->>'name' AS name FROM outbox
        WHERE org_id = $1 AND type = 'exportAsked'`,
      [orgId],
    );
    expect(told).toEqual([{ type: 'exportAsked', aggregate_id: wanted.exportId, name: '陈静' }]);
  });

  it('asked for again is the same, and with other content refused', async () => {
    const { orgId, call } = await threeCases();
    const wanted = exportOf();
    const { done } = await exported(rig, exports, orgId, wanted, call);
    expect(await exports.createExport(wanted, call)).toEqual({ export: done });
    const { exportId } = wanted;
    await expect(
      exports.createExport(exportOf({ exportId, look: { language: 'en' } }), call),
    ).rejects.toMatchObject({ kind: 'exists', reason: 'export_id_used_with_other_content' });
  });

  it('is its own person’s alone', async () => {
    const { orgId, call } = await threeCases();
    const wanted = exportOf();
    await exported(rig, exports, orgId, wanted, call);
    const { exportId } = wanted;
    const colleague = await creditorCall(rig, orgId, 'director');
    const stranger = await creditorCall(rig, randomUUIDv7(), 'director');
    const unknown = { kind: 'missing', reason: 'export_unknown' };
    await expect(exports.getExport({ exportId }, colleague)).rejects.toMatchObject(unknown);
    await expect(exports.getExport({ exportId }, stranger)).rejects.toMatchObject(unknown);
    await expect(
      exports.cancelExport({ exportId, requestId: '' }, colleague),
    ).rejects.toMatchObject(unknown);
    await expect(exports.createExport(wanted, colleague)).rejects.toMatchObject({ kind: 'exists' });
  });

  it.each([
    [
      'a column that the list has not',
      { look: { columns: ['password'] } },
      'export_column_unknown',
    ],
    ['no list', { list: undefined }, 'export_names_no_list'],
  ])('of %s is refused', async (_what, wanted, reason) => {
    const call = await creditorCall(rig, randomUUIDv7());
    await expect(exports.createExport(exportOf(wanted), call)).rejects.toMatchObject({
      kind: 'invalid',
      reason,
    });
  });

  it('of a list that the caller may not read is denied', async () => {
    const call = await agencyCall(rig, randomUUIDv7());
    await expect(exports.createExport(exportOf({ list: receivables }), call)).rejects.toMatchObject(
      { kind: 'denied', reason: 'role_not_allowed' },
    );
  });
});

describe('exports that wait', () => {
  it('are three of a person at most, and one that is cancelled never comes', async () => {
    const { orgId, call } = await threeCases();
    const waiting = exportOf();
    // The job waits for its row, which this transaction holds.
    await rig.service.db.tenant(orgId, async (tx) => {
      await exports.createExport(waiting, call);
      await tx.query('SELECT FROM job WHERE org_id = $1 FOR UPDATE', [orgId]);
      await exports.createExport(exportOf(), call);
      await exports.createExport(exportOf(), call);
      await expect(exports.createExport(exportOf(), call)).rejects.toMatchObject({
        kind: 'exhausted',
        reason: 'exports_unfinished',
      });
      await tx.query(
        `UPDATE job SET cancel_asked_at = now(), state = 'cancelled', ended_at = now()
          WHERE org_id = $1 AND id = $2`,
        [orgId, waiting.exportId],
      );
    });
    const { exportId } = waiting;
    const { export: cancelled } = await exports.cancelExport({ exportId, requestId: '' }, call);
    expect(cancelled).toMatchObject({ state: ExportState.CANCELLED, file: undefined, rows: 0n });
  });
});

describe('the file of an export', () => {
  it('is there for a day and is removed by night', async () => {
    const { orgId, call } = await threeCases();
    const wanted = exportOf();
    const { done } = await exported(rig, exports, orgId, wanted, call);
    const fileId = done.file?.fileId ?? '';
    const files = createFiles({ bus: rig.service.bus });
    const { db } = rig.service;
    const soon = Temporal.Now.instant();
    await sweepExports({ db, files }, orgId, soon);
    expect((await ended(exports, wanted.exportId, call)).state).toBe(ExportState.DONE);
    await sweepExports({ db, files }, orgId, soon.add({ hours: 25 }));
    expect(await ended(exports, wanted.exportId, call)).toMatchObject({
      state: ExportState.EXPIRED,
      file: undefined,
      rows: 3n,
    });
    await expect(files.get(orgId, fileId)).rejects.toMatchObject({ reason: 'file_not_found' });
    await sweepExports({ db, files }, orgId, soon.add({ hours: 31 * 24 }));
    await expect(exports.getExport({ exportId: wanted.exportId }, call)).rejects.toMatchObject({
      reason: 'export_unknown',
    });
  });
});
