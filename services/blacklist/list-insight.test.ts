import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { now } from '@recourse/kit/clock.ts';
import {
  GetListInsightRequest,
  ListInsightServiceClient,
} from '@recourse/proto/blacklist/v1/insight.ts';
import {
  DisputeGround,
  DisputeKind,
  DisputeOutcome,
} from '@recourse/proto/blacklist/v1/listings.ts';
import {
  type House,
  type Person,
  publishedBy,
  type Rig,
  screenOf,
  setUp,
  submitted,
} from './rig.ts';

let rig: Rig;
let reporter: Person;
let other: Person;
let house: House;
let elsewhere: House;

const code = '91310000000000301X';
const today = () => now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate();

beforeAll(async () => {
  rig = await setUp();
  [reporter, other] = [rig.creditor(), rig.creditor('新联电气')];
  house = await rig.association([reporter, other]);
  elsewhere = await rig.association([other]);
  const { listingId } = await publishedBy(rig, house, reporter, { creditCode: code });
  await submitted(rig, house, reporter, { creditCode: '91310000000000302X' });
  const call = await other.as('credit_manager');
  for (const creditCode of [code, code, '91350100M000100Y43']) {
    await rig.screening.screen(screenOf({ name: '', creditCode }), call);
  }
  const [steward] = house.stewards;
  if (steward === undefined) throw new Error('there is no steward');
  const disputeId = randomUUIDv7();
  const said = { kind: DisputeKind.OBJECTION, ground: DisputeGround.PAID, statement: '已付清' };
  const about = { listingId, disputeId, uploadIds: [] };
  await rig.listings.openDispute({ ...about, ...said, receivedOn: today().toString() }, steward);
  const fresh = { requestId: randomUUIDv7(), expectedVersion: 0n };
  const answer = { outcome: DisputeOutcome.UPHELD, answer: '款项确已付清', correction: undefined };
  await rig.listings.answerDispute({ listingId, disputeId, ...answer, ...fresh }, steward);
});

afterAll(() => rig.stop());

async function insight(of: House, months = 0) {
  const asked = GetListInsightRequest.fromPartial({ months });
  return rig.service.client(ListInsightServiceClient).getListInsight(asked, of.admin);
}

describe('the insight of an association', () => {
  it('counts what was handed in, published, disputed and looked up', async () => {
    const found = await insight(house);
    const month = today().toPlainYearMonth().toString();
    expect(found.period).toEqual({
      firstDay: `${today().toPlainYearMonth().subtract({ months: 11 }).toString()}-01`,
      lastDay: today().toString(),
    });
    expect(found.months).toHaveLength(12);
    const sum = (of: (one: (typeof found.months)[number]) => bigint) =>
      found.months.reduce((total, one) => total + of(one), 0n);
    // The notice ran from one month into another perhaps: what was handed in stands in the earlier.
    expect(sum((one) => one.submitted)).toBe(2n);
    expect(found.months.at(-1)).toMatchObject({
      month,
      published: 1n,
      disputes: 1n,
      answered: 1n,
      upheld: 1n,
      answeredLate: 0n,
      ended: 1n,
    });
    expect(sum((one) => one.looks)).toBe(2n);
    expect(found).toMatchObject({
      published: 0n,
      waiting: 1n,
      overdueAnswers: 0n,
      medianDaysToPublish: 16,
      medianDaysToAnswer: 0,
      categories: [],
      ends: [{ reason: 'dispute_upheld', count: 1n }],
    });
  });

  it('has as many months as are asked for, two years at most', async () => {
    expect((await insight(house, 6)).months).toHaveLength(6);
    await expect(insight(house, 25)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('shows an association nothing of another, and members nothing at all', async () => {
    const found = await insight(elsewhere);
    expect(found).toMatchObject({ published: 0n, waiting: 0n, ends: [] });
    expect(found.months.some((one) => one.submitted > 0n || one.looks > 0n)).toBe(false);
    const asked = GetListInsightRequest.fromPartial({});
    const asMember = rig.service
      .client(ListInsightServiceClient)
      .getListInsight(asked, await reporter.as('director'));
    await expect(asMember).rejects.toMatchObject({ kind: 'denied' });
  });
});
