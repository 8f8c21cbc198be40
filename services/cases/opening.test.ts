import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenCasesRequest } from '@recourse/proto/cases/v1/cases.ts';
import { creditorCall, dayFromToday, type Rig, startRig } from './book-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

/** So many debtors that owe one yuan each, all of them set by set. */
async function writeDebtors(orgId: string, count: number): Promise<void> {
  await rig.service.ownerQuery(
    `INSERT INTO debtor (org_id, debtor_id, customer_key, customer_number, name, time_zone)
     SELECT $1, uuidv7(), 'C' || n, 'C' || n, 'Customer ' || n, 'Asia/Shanghai'
       FROM generate_series(1, $2::int) n`,
    [orgId, count],
  );
  await rig.service.ownerQuery(
    `INSERT INTO receivable (org_id, receivable_id, document_key, document_number, debtor_id,
            due_date, currency, amount_minor, open_minor, delivered_open_minor, content_hash)
     SELECT $1, uuidv7(), customer_key, customer_key, debtor_id, $2, 'CNY', 100, 100, 100, ''
       FROM debtor WHERE org_id = $1`,
    [orgId, dayFromToday(-10)],
  );
}

describe('More debtors with overdue receivables than one call takes', () => {
  const debtors = 2_003;

  it('are opened call by call: each says if there are more, none comes twice', async () => {
    const orgId = randomUUIDv7();
    await writeDebtors(orgId, debtors);
    const call = await creditorCall(rig, orgId);
    const open = (requestId: string, preview = false) =>
      rig.cases.openCases(OpenCasesRequest.fromPartial({ requestId, preview }), call);

    expect(await open('', true)).toMatchObject({ opened: BigInt(debtors), hasMore: false });
    const first = randomUUIDv7();
    const parts = [await open(first), await open(first), await open(randomUUIDv7())];
    expect(parts).toMatchObject([
      { opened: 2_000n, hasMore: true, overdue: [{ currency: 'CNY', minor: 200_000n }] },
      { opened: 2_000n, hasMore: true },
      { opened: 3n, hasMore: false, overdue: [{ currency: 'CNY', minor: 300n }] },
    ]);
    const [kept] = await rig.service.ownerQuery<{ count: string; numbers: string }>(
      'SELECT count(*), count(DISTINCT number) AS numbers FROM case_file WHERE org_id = $1',
      [orgId],
    );
    expect(kept).toEqual({ count: BigInt(debtors), numbers: BigInt(debtors) });
  });
});
