import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { moveClock, now } from '@recourse/kit/clock.ts';
import { emit } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { type CasesEvent, CustomerFact } from '@recourse/proto/cases/v1/events.ts';
import { CreditEvent } from '@recourse/proto/credit/v1/events.ts';
import {
  AskWhatIfRequest,
  ListWarningsRequest,
  RatingServiceClient,
} from '@recourse/proto/credit/v1/ratings.ts';
import { credit } from './service.ts';
import { casesTopic } from './topic.ts';

/** Cases as far as credit can tell: somebody who writes events of cases to a real outbox. */
const teller = defineService({ name: 'cases', wire: () => ({ rpc: [] }) });

let platform: TestPlatform;
let cases: TestService;
let service: TestService;
let ratings: Promised<RatingServiceClient>;
const orgId = randomUUIDv7();

beforeAll(async () => {
  platform = await testPlatform();
  cases = await platform.startService(teller);
  service = await platform.startService(credit);
  ratings = service.client(RatingServiceClient);
});

afterAll(async () => {
  moveClock(undefined, false);
  await platform.stop();
});

type Told = NonNullable<CasesEvent['event']>;
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const manager = () => platform.call({ role: 'credit_manager', orgId });
const tell = (event: Told) =>
  cases.db.tenant(orgId, (tx) =>
    emit(tx, casesTopic, { aggregateId: randomUUIDv7(), at: now() }, [event]),
  );

async function run(name: string): Promise<void> {
  const id = randomUUIDv7();
  await service.db.tenant(orgId, async (tx) => {
    await tx.query(`INSERT INTO job (org_id, id, name, data) VALUES ($1, $2, $3, '{}')`, [
      orgId,
      id,
      name,
    ]);
    tx.wake('jobs');
  });
  await eventually(async () => {
    const rows = await service.ownerQuery<{ state: string }>(
      'SELECT state FROM job WHERE id = $1',
      [id],
    );
    expect(rows[0]?.state).toBe('done');
  }, 20_000);
}

/** What credit told of a customer, in order. */
async function told(customerId: string) {
  const rows = await service.ownerQuery<{ payload: Buffer }>(
    'SELECT payload FROM outbox WHERE aggregate_id = $1 ORDER BY version',
    [customerId],
  );
  return rows.flatMap(({ payload }) => CreditEvent.decode(payload).event ?? []);
}

const thisDay = () => now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate();

async function owes(
  debtorId: string,
  minor: bigint,
  dueInDays = 10,
  isFinished = true,
): Promise<string> {
  const receivableId = randomUUIDv7();
  const today = thisDay();
  const receivable = {
    receivableId,
    debtorId,
    documentDate: today.add({ days: dueInDays - 30 }).toString(),
    dueDate: today.add({ days: dueInDays }).toString(),
    amount: cny(minor),
    open: cny(minor),
    settledDate: '',
    disputed: false,
  };
  const importId = randomUUIDv7();
  const customers = [CustomerFact.fromPartial({ debtorId, name: '绍兴新昌轴承厂' })];
  await tell({
    $case: 'receivablesImported',
    value: { importId, customers, receivables: [receivable] },
  });
  const finished = { importId, receivablesNew: 1n, receivablesChanged: 0n, undone: false };
  if (isFinished) await tell({ $case: 'importFinished', value: finished });
  return receivableId;
}

/** The debtor pays all of a receivable today. */
async function pays(debtorId: string, receivableId: string, minor: bigint): Promise<void> {
  const receivedOn = thisDay().toString();
  const value = {
    caseId: randomUUIDv7(),
    debtorId,
    paymentId: randomUUIDv7(),
    amount: cny(minor),
    receivedOn,
    recordedAt: now().toString(),
    effects: [{ receivableId, open: cny(0n), settledDate: receivedOn }],
    credit: undefined,
  };
  await tell({ $case: 'paymentRecorded', value });
}

async function ratingOf(customerId: string) {
  await run('credit-refresh');
  return (await ratings.getRating({ customerId }, await manager())).rating;
}

describe('a customer of which an import has just told', () => {
  const customerId = randomUUIDv7();

  it('is rated by it, whether or not its figures have been made anew', async () => {
    await owes(customerId, 1_000_00n, -75, false);
    await eventually(async () => {
      const rows = await service.ownerQuery(
        'SELECT 1 FROM receivable_fact WHERE customer_id = $1',
        [customerId],
      );
      expect(rows).toHaveLength(1);
    });
    const asked = { customerId, requestId: randomUUIDv7() };
    const { rating } = await ratings.rateCustomer(asked, await manager());
    const question = AskWhatIfRequest.fromPartial({ customerId, overduePaid: true });
    const { present } = await ratings.askWhatIf(question, await manager());
    for (const one of [rating, present]) {
      const worst = one?.reasons.find(({ code }) => code === 'worst_days_late');
      expect(worst?.points).toBeLessThan(0);
    }
    expect(present?.score).toBe(rating?.score);
  });
});

describe('a customer that owes more than its limit', () => {
  const customerId = randomUUIDv7();
  const open = async () => {
    const asked = ListWarningsRequest.fromPartial({ code: 'limit_exceeded' });
    return (await ratings.listWarnings(asked, await manager())).warnings;
  };

  it('is alarmed of once, and no more when it has paid', async () => {
    const receivableId = await owes(customerId, 900_000_000_00n);
    await eventually(async () => {
      const rating = await ratingOf(customerId);
      expect(rating?.limit?.minor).toBeLessThan(900_000_000_00n);
    });
    await eventually(async () => expect(await open()).toMatchObject([{ customerId }]));
    for (let again = 0; again < 2; again += 1) {
      const asked = { customerId, requestId: randomUUIDv7() };
      await ratings.rateCustomer(asked, await manager());
    }
    const alarms = (await told(customerId)).filter((one) => one.$case === 'limitExceeded');
    expect(alarms).toMatchObject([{ value: { customerId, exposure: cny(900_000_000_00n) } }]);
    await pays(customerId, receivableId, 900_000_000_00n);
    await eventually(async () => expect(await open()).toEqual([]));
    const { rating } = await ratings.getRating({ customerId }, await manager());
    expect(rating?.customerId).toBe(customerId);
  });
});

describe('what would be if everything overdue were paid', () => {
  it.each([
    ['ten days late', -10],
    ['half a year late', -190],
  ])('%s is what is when it has been', async (_words, dueInDays) => {
    const customerId = randomUUIDv7();
    await owes(customerId, 5_000_00n);
    const overdue = await owes(customerId, 100_000_00n, dueInDays);
    const before = await eventually(async () => {
      const rating = await ratingOf(customerId);
      const late = rating?.reasons.find((one) => one.code === 'overdue_share');
      if (late === undefined || late.points >= 0) throw new Error('not yet');
      return rating;
    });
    const asked = AskWhatIfRequest.fromPartial({ customerId, overduePaid: true });
    const trial = await ratings.askWhatIf(asked, await manager());
    expect(trial.present?.score).toBe(before?.score);
    await pays(customerId, overdue, 100_000_00n);
    const { score, grade, limit } = await eventually(async () => {
      const { rating } = await ratings.getRating({ customerId }, await manager());
      if (rating?.ratingId === before?.ratingId || rating === undefined) throw new Error('not yet');
      return rating;
    });
    expect(trial.then).toMatchObject({ score, grade, limit });
    expect(trial.pointsGained).toBe(score - (before?.score ?? 0));
  });
});

describe('a rating whose review has come', () => {
  it('is made anew by the night, from what is known then, and gets its next day', async () => {
    const customerId = randomUUIDv7();
    await owes(customerId, 1_000_00n);
    const before = await eventually(async () => {
      const rating = await ratingOf(customerId);
      if (rating === undefined) throw new Error('not yet');
      return rating;
    });
    // The evening before: the invoice is overdue by then, but nothing is reviewed.
    const review = Temporal.PlainDate.from(before.reviewOn);
    const at = (day: Temporal.PlainDate) =>
      day.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: '09:00' }).toInstant();
    moveClock(at(review.subtract({ days: 1 })), false);
    await run('credit-day');
    const overdue = (await ratings.getRating({ customerId }, await manager())).rating;
    moveClock(at(review.add({ months: 12 })), false);
    await run('credit-day');
    const after = (await ratings.getRating({ customerId }, await manager())).rating;
    expect(after?.reviewOn && after.reviewOn > (overdue?.reviewOn ?? '')).toBe(true);
    expect(after?.score).toBeLessThan(before.score);
    const due = await service.ownerQuery('SELECT 1 FROM rating_due WHERE org_id = $1', [orgId]);
    expect(due).toEqual([]);
  });
});
