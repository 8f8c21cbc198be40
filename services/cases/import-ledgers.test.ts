import { randomUUIDv7 } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

const data = join(import.meta.dirname, '../../../shared/data/receivables');
const present = existsSync(join(data, 'highradius_open_invoices.csv'));
const unlessPresent = present ? '' : ' (data not present)';

describe('the real ledgers', () => {
  it(`give the known agings through the service${unlessPresent}`, async () => {
    if (!present) return;
    const orgId = randomUUIDv7();
    const file = readFileSync(join(data, 'highradius_open_invoices.csv'));
    const { found, call } = await imported(rig, imports, orgId, file, { currency: 'USD' });
    expect(found.counts).toMatchObject({
      accepted: 9681n,
      receivablesNew: 9681n,
      customersNew: 553n,
    });
    const { agings } = await rig.receivables.getAging({ asOf: '2020-05-20', debtorId: '' }, call);
    expect(agings[0]).toMatchObject({ currency: 'USD', count: 9681n, debtors: 553n });
    expect(agings[0]?.buckets.map((bucket) => [bucket.count, bucket.amount?.minor])).toEqual([
      [782n, 1_955_024_762n],
      [3543n, 11_412_317_506n],
      [4407n, 14_725_548_113n],
      [949n, 2_949_895_510n],
      [0n, 0n],
    ]);
    const again = await imported(rig, imports, orgId, file, { currency: 'USD' });
    expect(again.found.counts).toMatchObject({ receivablesNew: 0n, receivablesUnchanged: 9681n });

    const other = randomUUIDv7();
    const ibm = readFileSync(join(data, 'ibm_accounts_receivable.csv'));
    const second = await imported(rig, imports, other, ibm, { currency: 'USD' });
    const aged = await rig.receivables.getAging({ asOf: '2013-01-31', debtorId: '' }, second.call);
    expect(aged.agings[0]?.buckets.map((bucket) => [bucket.count, bucket.amount?.minor])).toEqual([
      [79n, 482_019n],
      [14n, 94_029n],
      [1n, 8639n],
      [0n, 0n],
      [0n, 0n],
    ]);
    expect(await book(rig, other)).toMatchObject({
      receivables: expect.arrayContaining([
        expect.objectContaining({ document_number: '0000611365' }),
      ]),
    });
  });
});
