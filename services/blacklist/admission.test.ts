import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import { BlacklistEvent } from '@recourse/proto/blacklist/v1/events.ts';
import { Purpose, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import {
  goodCode,
  type House,
  type Person,
  publishedBy,
  type Rig,
  screenOf,
  setUp,
} from './rig.ts';

let rig: Rig;
let house: House;
let reporter: Person;
let member: Person;
const name = '上海恒达机械有限公司';

/** Credit is asked for a customer; gives what blacklist tells of it. */
async function asked(of: Person, about: { name: string; creditCode: string; person?: boolean }) {
  const [admissionId, customerId] = [randomUUIDv7(), randomUUIDv7()];
  const value = { admissionId, customerId, person: false, ...about };
  await rig.tellCredit(of.orgId, admissionId, { $case: 'admissionAsked', value });
  return { customerId, admissionId, told: await toldOf(customerId, 1) };
}

async function toldOf(customerId: string, count: number) {
  return eventually(async () => {
    const rows = await rig.service.ownerQuery<{ payload: Buffer }>(
      'SELECT payload FROM outbox WHERE aggregate_id = $1 ORDER BY position',
      [customerId],
    );
    if (rows.length < count) throw new Error('not yet');
    return rows.map(({ payload }) => BlacklistEvent.decode(payload).event?.value);
  }, 20_000);
}

async function receipts() {
  const filter = { purpose: Purpose.ONBOARDING, verdict: Verdict.UNSPECIFIED, page: undefined };
  return (await rig.screening.listLookUps(filter, await member.as('auditor'))).lookUps;
}

beforeAll(async () => {
  rig = await setUp();
  [reporter, member] = [rig.creditor(), rig.creditor('新联电气')];
  house = await rig.association([reporter, member]);
  await publishedBy(rig, house, reporter, { creditCode: goodCode });
});

afterAll(() => rig.stop());

describe('a customer that credit is asked for', () => {
  it('is looked up at once, with a receipt, and told', async () => {
    const { told, ...ids } = await asked(member, { name, creditCode: goodCode });
    const [receipt] = await receipts();
    expect(receipt).toMatchObject({ customerId: ids.customerId, name, creditCode: goodCode });
    expect(told).toMatchObject([
      {
        ...ids,
        lookUpId: receipt?.lookUpId,
        purpose: Purpose.ONBOARDING,
        verdict: Verdict.LISTED,
        hits: 1,
        unasked: '',
      },
    ]);
    const { quota } = await rig.screening.getQuota({}, await member.as('auditor'));
    expect(quota?.used).toBe(1);
  });

  it('of whom nothing is found is told clear', async () => {
    const { told } = await asked(member, { name: '宁波无事贸易有限公司', creditCode: '' });
    expect(told).toMatchObject([{ verdict: Verdict.CLEAR, hits: 0 }]);
  });

  it('that is a person is not asked about without consent, and that is told', async () => {
    const before = (await receipts()).length;
    const { told } = await asked(member, { name: '', creditCode: '', person: true });
    expect(told).toMatchObject([
      { verdict: Verdict.UNSPECIFIED, lookUpId: '', unasked: 'query_consent_missing' },
    ]);
    expect(await receipts()).toHaveLength(before);
  });

  it('is asked of nobody where there is no association', async () => {
    const { told } = await asked(rig.creditor('无协会'), { name, creditCode: goodCode });
    expect(told).toMatchObject([{ verdict: Verdict.UNSPECIFIED, unasked: 'not_a_member' }]);
  });

  it('is told again when a person looks it up', async () => {
    const customerId = randomUUIDv7();
    const request = screenOf({ customerId, name, creditCode: goodCode });
    await rig.screening.screen(request, await member.as('credit_manager'));
    await rig.screening.screen(request, await member.as('credit_manager'));
    const told = await toldOf(customerId, 1);
    expect(told).toMatchObject([{ lookUpId: request.lookUpId, verdict: Verdict.LISTED }]);
  });

  it('is not asked about when the day’s look-ups are used, and that is told', async () => {
    const today = (await rig.screening.getQuota({}, await member.as('auditor'))).quota;
    await rig.service.ownerQuery(
      `UPDATE quota_use SET used = $2 WHERE org_id = $1 AND kind = 'look_up'`,
      [member.orgId, today?.limit],
    );
    const { told } = await asked(member, { name, creditCode: goodCode });
    expect(told).toMatchObject([{ unasked: 'look_up_quota_used' }]);
    const { quota } = await rig.screening.getQuota({}, await member.as('auditor'));
    expect(quota?.used).toBe(today?.limit);
  });
});
