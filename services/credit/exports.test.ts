import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { exportedText } from '@recourse/kit/exported-text.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import {
  CreditServiceClient,
  CustomerKind,
  ListCustomersRequest,
  PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import {
  type CreateCustomerExportRequest,
  CustomerExportsServiceClient,
} from '@recourse/proto/credit/v1/exports.ts';
import {
  AskAdmissionRequest,
  ListAdmissionsRequest,
  ListRatingsRequest,
  RatingServiceClient,
} from '@recourse/proto/credit/v1/ratings.ts';
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
});

afterAll(() => platform.stop());

async function put(name: string, customerNumber: string, call: ClientCall): Promise<string> {
  const contacts = [{ name: '王敏', phone: '19900001234' }];
  const about = { customerId: randomUUIDv7(), kind: CustomerKind.COMPANY, name, customerNumber };
  const request = PutCustomerRequest.fromPartial({ ...about, contacts });
  await service.client(CreditServiceClient).putCustomer(request, call);
  return about.customerId;
}

type List = NonNullable<CreateCustomerExportRequest['list']>;

async function written(list: List, columns: string[], call: ClientCall) {
  const exportId = randomUUIDv7();
  const look = { format: ExportFormat.CSV, columns, language: 'en' };
  await exports.createCustomerExport({ exportId, look, list }, call);
  const ask = () => exports.getCustomerExport({ exportId }, call);
  return { exportId, ...(await exportedText(service.bus, orgId, ask)) };
}

describe('an export of customers', () => {
  it('is the list as it is filtered and sorted, without the people behind it', async () => {
    const call = await platform.call({ role: 'credit_manager', orgId });
    await put('宁波远达贸易有限公司', '007', call);
    await put('=苏州远达机械有限公司', '008', call);
    await put('上海宏达', '009', call);
    const value = ListCustomersRequest.fromPartial({ query: '远达', sort: '-customer_number' });
    const { exportId, done, text } = await written({ $case: 'customers', value }, [], call);
    expect(done).toMatchObject({ state: ExportState.DONE, rows: 2n, list: 'customers' });
    expect(text).toBe(
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

describe('an export of ratings and admissions', () => {
  it('is each list under the same filter', async () => {
    const call = await platform.call({ role: 'credit_manager', orgId });
    const ratings = service.client(RatingServiceClient);
    for (const [name, number] of [
      ['常州盛科金属', '017'],
      ['南通宏远机电', '018'],
    ] as const) {
      const customerId = await put(name, number, call);
      const askedLimit = { currency: 'CNY', minor: 90_000_00n };
      const asked = { admissionId: randomUUIDv7(), customerId, askedLimit, note: '' };
      await ratings.askAdmission(AskAdmissionRequest.fromPartial(asked), call);
    }
    const value = ListRatingsRequest.fromPartial({ query: '盛科', sort: '-pd' });
    const { customers } = await ratings.listRatings(value, call);
    const rated = await written({ $case: 'ratings', value }, ['name', 'grade', 'score'], call);
    expect(rated.text.trimEnd().split('\r\n')).toEqual([
      '\uFEFFCustomer name,Customer number,Grade,Score',
      ...customers.map((c) => `${c.name},017,${c.grade.replace('GRADE_', '')},${c.score}`),
    ]);
    expect(customers).toHaveLength(1);
    const every = ListAdmissionsRequest.fromPartial({});
    const { admissions } = await ratings.listAdmissions(every, call);
    const list = { $case: 'admissions', value: every } as const;
    const waiting = await written(list, ['customer', 'state', 'asked'], call);
    expect(waiting.text.trimEnd().split('\r\n')).toEqual([
      '\uFEFFCustomer,State,Limit asked,Currency',
      ...admissions.map((a) => `${a.customerName},To decide,90000.00,CNY`),
    ]);
    expect(admissions).toHaveLength(2);
  });

  it('is nothing for an agency', async () => {
    const agent = { role: 'agency_manager', orgKind: 'agency', orgId: randomUUIDv7() } as const;
    const list = { $case: 'ratings', value: ListRatingsRequest.fromPartial({}) } as const;
    await expect(written(list, [], await platform.call(agent))).rejects.toMatchObject({
      kind: 'denied',
      reason: 'role_not_allowed',
    });
  });
});
