import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import { SubjectKind, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import { type House, passDays, type Person, publishedBy, type Rig, setUp } from './rig.ts';

let rig: Rig;
let house: House;
let reporter: Person;
let member: Person;
let listingId = '';
/** Nothing is to be found of the first, the second is listed, the third only named alike. */
let clear = '';
let listed = '';
let alike = '';
const listedCode = '91310000000000333X';
const listedName = '上海恒达机械有限公司';

/** A customer as credit tells of it. */
async function customer(of: Person, name: string, creditCode: string): Promise<string> {
  const customerId = randomUUIDv7();
  const about = { region: '', industry: '', timeZone: 'Asia/Shanghai', person: false };
  await rig.tellCredit(of.orgId, customerId, {
    $case: 'customerChanged',
    value: { customerId, name, creditCode, ...about },
  });
  await eventually(async () => {
    const rows = await rig.service.ownerQuery(
      'SELECT 1 FROM present_customer WHERE customer_id = $1',
      [customerId],
    );
    expect(rows).toHaveLength(1);
  });
  return customerId;
}

async function receiptsOf(customerId: string, by: Person = member) {
  const asked = { customerId, page: undefined };
  return (await rig.screening.listNightLooks(asked, await by.as('auditor'))).receipts;
}

beforeAll(async () => {
  rig = await setUp();
  const other = rig.creditor('华信阀门');
  [reporter, member] = [rig.creditor(), rig.creditor('新联电气')];
  house = await rig.association([reporter, member, other]);
  ({ listingId } = await publishedBy(rig, house, reporter, { creditCode: listedCode }));
  clear = await customer(member, '宁波无事贸易有限公司', '91350100M000100Y43');
  listed = await customer(member, listedName, listedCode);
  alike = await customer(member, '上海恒达机械有限责任公司', '');
  await rig.run('customers-screen', member.orgId);
});

afterAll(() => rig.stop());

describe('a night’s look at a customer', () => {
  it('leaves what was asked, of whom and by which run, though nothing was found', async () => {
    const [receipt, ...others] = await receiptsOf(clear);
    expect(others).toEqual([]);
    expect(receipt).toMatchObject({
      kind: SubjectKind.COMPANY,
      customerCount: 3,
      clearCount: 1,
      possibleCount: 1,
      listedCount: 1,
      look: {
        customerId: clear,
        name: '宁波无事贸易有限公司',
        creditCode: '91350100M000100Y43',
        associationIds: [house.orgId],
        verdict: Verdict.CLEAR,
        hits: [],
      },
    });
    const jobs = await rig.service.ownerQuery('SELECT name FROM job WHERE id = $1', [
      receipt?.runId,
    ]);
    expect(jobs).toEqual([{ name: 'customers-screen' }]);
  });

  it('leaves what was found, by identifier and by name', async () => {
    const [proven] = await receiptsOf(listed);
    expect(proven?.look).toMatchObject({
      verdict: Verdict.LISTED,
      hits: [{ listingId, associationId: house.orgId, identified: true, score: 100 }],
    });
    const [named] = await receiptsOf(alike);
    expect(named?.look).toMatchObject({
      verdict: Verdict.POSSIBLE,
      hits: [{ listingId, identified: false }],
    });
    expect(named?.receiptId).toBe(proven?.receiptId);
  });

  it('finds for who reported it nothing of others', async () => {
    const own = await customer(reporter, listedName, listedCode);
    await rig.run('customers-screen', reporter.orgId);
    expect((await receiptsOf(own, reporter))[0]?.look).toMatchObject({
      verdict: Verdict.CLEAR,
      hits: [],
    });
  });

  it('leaves another receipt every night, and takes nothing of the quota', async () => {
    passDays(1);
    await rig.run('customers-screen', member.orgId);
    const receipts = await receiptsOf(clear);
    expect(receipts.map((one) => one.look?.verdict)).toEqual([Verdict.CLEAR, Verdict.CLEAR]);
    expect(new Set(receipts.map((one) => one.runId)).size).toBe(2);
    const { quota } = await rig.screening.getQuota({}, await member.as('auditor'));
    expect(quota).toMatchObject({ used: 0, bulkUsed: 0 });
  });

  it('is listed batch by batch, to its own organisation alone', async () => {
    const all = await receiptsOf('');
    expect(all.map(({ customerCount, look }) => [customerCount, look])).toEqual([
      [3, undefined],
      [3, undefined],
    ]);
    expect(await receiptsOf(clear, reporter)).toEqual([]);
  });

  const inOwn = (sql: string) =>
    rig.service.db.tenant(member.orgId, (tx) => tx.query(sql, [tx.orgId]));

  it('cannot be changed by the service, nor taken away in its time', async () => {
    const change = inOwn('UPDATE night_look SET clear_count = 0 WHERE org_id = $1');
    await expect(change).rejects.toThrow();
    await inOwn('DELETE FROM night_look WHERE org_id = $1');
    expect(await receiptsOf('')).toHaveLength(2);
  });

  it('is deleted after its three years, by the next night', async () => {
    for (const months of [37, 35]) {
      await rig.service.ownerQuery(
        `INSERT INTO night_look SELECT (jsonb_populate_record(n, jsonb_build_object(
           'receipt_id', gen_random_uuid(), 'at', now() - make_interval(months => $2)))).*
           FROM night_look n WHERE n.org_id = $1 ORDER BY n.at LIMIT 1`,
        [member.orgId, months],
      );
    }
    expect(await receiptsOf('')).toHaveLength(4);
    await rig.run('customers-screen', member.orgId);
    const left = await receiptsOf('');
    // One of tonight, and the one that is not old enough.
    expect(left).toHaveLength(4);
    const oldest = left.map(({ at }) => at ?? '').toSorted()[0] ?? '';
    const monthsAgo = Temporal.Now.instant().since(oldest).total('days') / 30.44;
    expect(Math.round(monthsAgo)).toBe(35);
  });

  it('leaves nothing where no list is reached', async () => {
    const stranger = rig.creditor('无协会');
    const customerId = await customer(stranger, '某公司', '');
    await rig.run('customers-screen', stranger.orgId);
    expect(await receiptsOf(customerId, stranger)).toEqual([]);
  });
});
