import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buffer } from 'node:stream/consumers';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { createFiles } from '@recourse/kit/files.ts';
import {
  ListCommissionLinesRequest,
  ListStatementsRequest,
} from '@recourse/proto/agencies/v1/commission.ts';
import {
  CommissionExportsServiceClient,
  type CreateCommissionExportRequest,
} from '@recourse/proto/agencies/v1/exports.ts';
import { ExportFormat } from '@recourse/proto/type/v1/export.ts';
import { type Books, type Deal, openBooks, today } from './deal.ts';
import { setStage, type Stage } from './stage.ts';

// On a busy machine what follows by event takes its time.
jest.setTimeout(30_000);

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
}, 60_000);

afterAll(() => stage.stop());

async function written(
  orgId: string,
  list: NonNullable<CreateCommissionExportRequest['list']>,
  columns: string[],
  call: ClientCall,
): Promise<string> {
  const exportId = randomUUIDv7();
  const look = { format: ExportFormat.CSV, columns, language: '' };
  let { export: found } = await exports.createCommissionExport({ exportId, look, list }, call);
  while (found?.progress !== undefined) {
    await sleep(25);
    ({ export: found } = await exports.getCommissionExport({ exportId }, call));
  }
  const files = createFiles({ bus: stage.service.bus });
  const { stream } = await files.get(orgId, found?.file?.fileId ?? '');
  return (await buffer(stream)).toString();
}

const columns = ['agency', 'creditor', 'kind', 'receivedOn', 'payment', 'rate', 'commission'];

describe('an export of commission lines', () => {
  it('is for each side what its list is', async () => {
    const { creditor, agency } = made;
    const list = { $case: 'lines', value: ListCommissionLinesRequest.fromPartial({}) } as const;
    const [line] = await books.lines(made);
    const rows =
      '\uFEFF机构,委托方,种类,到账日,回款,币种,费率 %,条款,佣金\r\n' +
      `${agency.orgName},${creditor.orgName},计提,${today()},100.00,CNY,10.00,` +
      `${line?.term},10.00\r\n`;
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
