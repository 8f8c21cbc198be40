import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { exportedText } from '@recourse/kit/exported-text.ts';
import {
  ListCommissionLinesRequest,
  ListStatementsRequest,
} from '@recourse/proto/agencies/v1/commission.ts';
import {
  CommissionExportsServiceClient,
  type CreateCommissionExportRequest,
} from '@recourse/proto/agencies/v1/exports.ts';
import { ListPlacementsRequest, PlacementState } from '@recourse/proto/agencies/v1/placements.ts';
import { ListReportsRequest } from '@recourse/proto/agencies/v1/reports.ts';
import { ExportFormat } from '@recourse/proto/type/v1/export.ts';
import { type Books, type Deal, openBooks, today } from './deal.ts';
import { setStage, type Stage } from './stage.ts';

let stage: Stage;
let books: Books;
let exports: Promised<CommissionExportsServiceClient>;
let made: Deal;

beforeAll(async () => {
  stage = await setStage();
  books = openBooks(stage);
  exports = stage.service.client(CommissionExportsServiceClient);
  made = await books.deal({ rateBps: 1000 });
  await books.pay(made, { paymentId: randomUUIDv7(), minor: 10_000n });
  await books.untilLines(made, 1);
});

afterAll(() => stage.stop());

async function written(
  orgId: string,
  list: NonNullable<CreateCommissionExportRequest['list']>,
  columns: string[],
  call: ClientCall,
): Promise<string> {
  const exportId = randomUUIDv7();
  const look = { format: ExportFormat.CSV, columns, language: '' };
  await exports.createCommissionExport({ exportId, look, list }, call);
  const ask = () => exports.getCommissionExport({ exportId }, call);
  return (await exportedText(stage.service.bus, orgId, ask)).text;
}

const columns = ['agency', 'creditor', 'kind', 'receivedOn', 'payment', 'rate', 'commission'];

describe('an export of commission lines', () => {
  it('is for each side what its list is', async () => {
    const { creditor, agency } = made;
    const list = { $case: 'lines', value: ListCommissionLinesRequest.fromPartial({}) } as const;
    const rows =
      '\uFEFF机构,委托方,种类,到账日,回款,币种,费率 %,条款,佣金\r\n' +
      `${agency.orgName},${creditor.orgName},计提,${today()},100.00,CNY,10.00,` +
      '固定费率,10.00\r\n';
    const finance = await creditor.as('finance');
    expect(await written(creditor.orgId, list, columns, finance)).toBe(rows);
    const manager = await agency.as('agency_manager');
    expect(await written(agency.orgId, list, columns, manager)).toBe(rows);
    const stranger = stage.creditor();
    expect(await written(stranger.orgId, list, columns, await stranger.as('director'))).toBe(
      `${rows.split('\r\n')[0]}\r\n`,
    );
  });
});

describe('an export of statements', () => {
  it('has their totals', async () => {
    const { creditor, agency } = made;
    const finance = await creditor.as('finance');
    const month = today().slice(0, 7);
    const statementId = randomUUIDv7();
    await stage.commission.drawStatement(
      { statementId, agencyId: agency.orgId, month, currency: 'CNY' },
      finance,
    );
    const list = { $case: 'statements', value: ListStatementsRequest.fromPartial({}) } as const;
    const wanted = ['number', 'state', 'lines', 'payments', 'commission'];
    expect(await written(creditor.orgId, list, wanted, finance)).toBe(
      '\uFEFF编号,月份,状态,行数,回款,币种,佣金\r\n' +
        `CS-${month}-0001,${month},核对中,1,100.00,CNY,10.00\r\n`,
    );
  });
});

describe('an export of placements', () => {
  const columns = ['debtor', 'agency', 'amount', 'rate', 'state'];

  it('has those of the filter, and names that are masked until the agency accepts', async () => {
    const { creditor, agency } = made;
    const offered = await books.deal({ pair: made, accepts: false });
    const manager = await agency.as('agency_manager');
    for (const state of [PlacementState.OFFERED, PlacementState.ACTIVE]) {
      const value = ListPlacementsRequest.fromPartial({ states: [state] });
      const { placements } = await stage.placements.listPlacements(value, manager);
      const word = state === PlacementState.OFFERED ? '待接受' : '在办';
      const [head, ...rows] = (
        await written(agency.orgId, { $case: 'placements', value }, columns, manager)
      ).split('\r\n');
      expect(head).toBe('\uFEFF债务人,案件号,机构,委托金额,币种,费率 %,状态');
      expect(rows.slice(0, -1)).toEqual(
        placements.map((p) => {
          const about = `${p.debtorName},${p.caseNumber},${agency.orgName}`;
          const rate = (p.rateBps / 100).toFixed(2);
          return `${about},${Number(p.placedAmount?.minor) / 100}.00,CNY,${rate},${word}`;
        }),
      );
      const id = state === PlacementState.OFFERED ? offered.placementId : made.placementId;
      expect(placements.map((p) => [p.placementId, p.masked])).toEqual([
        [id, state === PlacementState.OFFERED],
      ]);
    }
    const all = { $case: 'placements', value: ListPlacementsRequest.fromPartial({}) } as const;
    const director = await creditor.as('director');
    const text = await written(creditor.orgId, all, columns, director);
    expect(text.trimEnd().split('\r\n')).toHaveLength(3);
  });
});

describe('an export of weekly reports', () => {
  it('has what each side reads of them', async () => {
    const { creditor, agency } = made;
    const agent = await agency.as('agency_agent');
    const week = Temporal.PlainDate.from(today());
    const weekStart = week.subtract({ days: week.dayOfWeek - 1 }).toString();
    const reportId = randomUUIDv7();
    const { orgId: creditorId } = creditor;
    await stage.reports.draftReport({ reportId, creditorId, weekStart }, agent);
    const value = ListReportsRequest.fromPartial({});
    const list = { $case: 'reports', value } as const;
    const wanted = ['week', 'creditor', 'state', 'cases', 'contacts', 'received'];
    const { reports } = await stage.reports.listReports(value, agent);
    const [one] = reports;
    expect(await written(agency.orgId, list, wanted, agent)).toBe(
      '\uFEFF周一,委托方,状态,案件,联系,收款,币种\r\n' +
        `${weekStart},${creditor.orgName},草稿,${one?.caseCount},${one?.contactCount},,\r\n`,
    );
    expect(reports).toHaveLength(1);
  });
});

describe('somebody who is neither side', () => {
  it('takes no list away', async () => {
    const steward = { role: 'steward', orgKind: 'association', orgId: randomUUIDv7() } as const;
    const list = { $case: 'placements', value: ListPlacementsRequest.fromPartial({}) } as const;
    const look = { format: ExportFormat.CSV, columns: [], language: '' };
    const refused = exports.createCommissionExport(
      { exportId: randomUUIDv7(), look, list },
      await stage.platform.call(steward),
    );
    await expect(refused).rejects.toMatchObject({ kind: 'denied', reason: 'role_not_allowed' });
  });
});
