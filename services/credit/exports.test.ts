import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Promised } from '@recourse/kit/client.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import {
  CreditServiceClient,
  CustomerKind,
  ListCustomersRequest,
  PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import { CustomerExportsServiceClient } from '@recourse/proto/credit/v1/exports.ts';
import { ExportFormat, ExportState } from '@recourse/proto/type/v1/export.ts';
import { credit } from './service.ts';

let platform: TestPlatform;
let service: TestService;
let exports: Promised<CustomerExportsServiceClient>;
const orgId = randomUUIDv7();

beforeAll(async () => {
  platform = await testPlatform();
  service = await platform.startService(credit);
  exports = service.client(CustomerExportsServiceClient);
}, 60_000);

afterAll(() => platform.stop());

async function textOf(fileId: string): Promise<string> {
  const { stream } = await createFiles({ bus: service.bus }).get(orgId, fileId);
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

describe('an export of customers', () => {
  it('is the list as it is filtered and sorted, without the people behind it', async () => {
    const call = await platform.call({ role: 'credit_manager', orgId });
    const client = service.client(CreditServiceClient);
    for (const [name, customerNumber] of [
      ['宁波远达贸易有限公司', '007'],
      ['=苏州远达机械有限公司', '008'],
      ['上海宏达', '009'],
    ]) {
      const contacts = [{ name: '王敏', phone: '19900001234' }];
      const written = { customerId: randomUUIDv7(), kind: CustomerKind.COMPANY, contacts };
      await client.putCustomer(
        PutCustomerRequest.fromPartial({
          ...written,
          name: name ?? '',
          customerNumber: customerNumber ?? '',
        }),
        call,
      );
    }
    const exportId = randomUUIDv7();
    const value = ListCustomersRequest.fromPartial({ query: '远达', sort: '-customer_number' });
    const look = { format: ExportFormat.CSV, columns: [], language: 'en' };
    await exports.createCustomerExport(
      { exportId, look, list: { $case: 'customers', value } },
      call,
    );
    let { export: found } = await exports.getCustomerExport({ exportId }, call);
    while (found?.progress !== undefined) {
      await sleep(25);
      ({ export: found } = await exports.getCustomerExport({ exportId }, call));
    }
    expect(found).toMatchObject({ state: ExportState.DONE, rows: 2n, list: 'customers' });
    expect(await textOf(found?.file?.fileId ?? '')).toBe(
      '\uFEFFCustomer name,Customer number,Region,Industry,Open,Currency,Overdue,Paid late %,' +
        'Mean days late\r\n' +
        "'=苏州远达机械有限公司,008,,,,,,,\r\n宁波远达贸易有限公司,007,,,,,,,\r\n",
    );
    const told = await service.systemQuery<{ type: string }>(
      `SELECT type FROM outbox WHERE org_id = $1 AND aggregate_id = $2`,
      [orgId, exportId],
    );
    expect(told).toEqual([{ type: 'exportAsked' }]);
  });
});
