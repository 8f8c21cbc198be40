import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { moveClock, now } from '@recourse/kit/clock.ts';
import { emit } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { type CasesEvent, CustomerFact } from '@recourse/proto/cases/v1/events.ts';
import { FitModelRequest, ModelServiceClient } from '@recourse/proto/credit/v1/models.ts';
import { AskWhatIfRequest, RatingServiceClient } from '@recourse/proto/credit/v1/ratings.ts';
import { lateFacts } from './domain/fitting/late-payment.ts';
import { credit } from './service.ts';
import { casesTopic } from './topic.ts';

jest.setTimeout(120_000);

/** Cases as far as credit can tell: somebody who writes events of cases to a real outbox. */
const teller = defineService({ name: 'cases', wire: () => ({ rpc: [] }) });

let platform: TestPlatform;
let cases: TestService;
let service: TestService;
let ratings: Promised<RatingServiceClient>;
let models: Promised<ModelServiceClient>;
const orgId = randomUUIDv7();
const modelId = randomUUIDv7();
const manager = () => platform.call({ role: 'credit_manager', orgId });
const director = () => platform.call({ role: 'director', orgId, userId: randomUUIDv7() });
const cny = (minor: bigint) => ({ currency: 'CNY', minor });

/** Every third customer mostly pays late, and has stopped paying altogether. */
const customers = Array.from({ length: 60 }, (_none, at) => ({
  at,
  customerId: randomUUIDv7(),
  isLate: at % 3 === 0,
}));
const [late] = customers;
if (late === undefined) throw new Error('no customer pays late');

function tell(event: NonNullable<CasesEvent['event']>): Promise<void> {
  const about = { aggregateId: randomUUIDv7(), at: now() };
  return cases.db.tenant(orgId, (tx) => emit(tx, casesTopic, about, [event]));
}

const dayAgo = (days: number): string =>
  now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().subtract({ days }).toString();

type Paid = { due: number; settled: number | undefined };

function receivable(debtorId: string, { due, settled }: Paid) {
  return {
    receivableId: randomUUIDv7(),
    debtorId,
    documentDate: dayAgo(due + 30),
    dueDate: dayAgo(due),
    amount: cny(10_000_00n),
    open: cny(settled === undefined ? 10_000_00n : 0n),
    settledDate: settled === undefined ? '' : dayAgo(settled),
    disputed: false,
  };
}

/** Six that were paid, 40 days late or in time, one that is due today, and one long overdue. */
function paidBy({ at, customerId, isLate }: (typeof customers)[number]) {
  const told = [1, 2, 3, 4, 5, 6].map((nth) => {
    const due = nth * 60;
    const isSo = (at * 37 + nth * 53) % 100 < (isLate ? 70 : 20);
    return receivable(customerId, { due, settled: isSo ? due - 40 : due });
  });
  const open = isLate ? undefined : 0;
  const overdue = isLate ? [receivable(customerId, { due: 50, settled: undefined })] : [];
  return [...told, receivable(customerId, { due: 0, settled: open }), ...overdue];
}

const receivables = customers.flatMap(paidBy);
/** Of what was due before today it is known how late it was paid, or that it is 50 days overdue. */
const outcomes = receivables.filter((one) => one.dueDate < dayAgo(0));
const bad = outcomes.filter((one) => one.settledDate === '' || one.settledDate > one.dueDate);

async function run(name: string): Promise<void> {
  const id = randomUUIDv7();
  await service.db.tenant(orgId, async (tx) => {
    const sql = `INSERT INTO job (org_id, id, name, data) VALUES ($1, $2, $3, '{}')`;
    await tx.query(sql, [orgId, id, name]);
    tx.wake('jobs');
  });
  await eventually(async () => {
    const rows = await service.ownerQuery('SELECT state FROM job WHERE id = $1', [id]);
    expect(rows).toEqual([{ state: 'done' }]);
  }, 30_000);
}

/** How often the customers that are due were asked to be rated. */
async function refreshes(): Promise<number> {
  const sql = `SELECT id FROM job WHERE org_id = $1 AND name = 'credit-refresh'`;
  return (await service.ownerQuery(sql, [orgId])).length;
}

beforeAll(async () => {
  platform = await testPlatform();
  cases = await platform.startService(teller);
  service = await platform.startService(credit);
  ratings = service.client(RatingServiceClient);
  models = service.client(ModelServiceClient);
  const importId = randomUUIDv7();
  const named = customers.map(({ customerId: debtorId }, at) =>
    CustomerFact.fromPartial({ debtorId, name: `绍兴第${at}轴承厂` }),
  );
  await tell({
    $case: 'receivablesImported',
    value: { importId, customers: named, receivables },
  });
  await eventually(async () => {
    const [told] = await service.ownerQuery<{ count: bigint }>(
      'SELECT count(*) FROM receivable_fact WHERE org_id = $1',
      [orgId],
    );
    if (told?.count !== BigInt(receivables.length)) throw new Error('not yet');
  }, 30_000);
  await run('credit-refresh');
}, 120_000);

afterAll(async () => {
  moveClock(undefined, false);
  await platform.stop();
});

describe('a model of the organisation’s own outcomes', () => {
  it('is fitted on its receivables, from what was known on each invoice’s day', async () => {
    const request = FitModelRequest.fromPartial({
      modelId,
      name: '逾期',
      kind: 'MODEL_KIND_TREES',
    });
    await models.fitModel(request, await manager());
    const fitted = await eventually(async () => {
      const { model } = await models.getModel({ modelId }, await manager());
      if (model?.state === 'MODEL_STATE_FITTING') throw new Error('not yet');
      return model;
    }, 60_000);
    expect(fitted).toMatchObject({
      state: 'MODEL_STATE_FITTED',
      ownOutcomes: true,
      target: 'late_over_30_days',
      unanswered: [],
      figures: { recordCount: BigInt(outcomes.length), badCount: BigInt(bad.length) },
    });
  });

  it('rates every customer by them once another person has put it to use', async () => {
    const use = { modelId, requestId: randomUUIDv7(), note: '' };
    const before = await refreshes();
    await models.activateModel(use, await director());
    expect(await refreshes()).toBeGreaterThan(before);
    await eventually(async () => {
      const { ratedCount } = await models.monitorModel({ modelId }, await manager());
      expect(ratedCount).toBe(60n);
    }, 60_000);
    const asked = { customerId: late.customerId };
    const { rating } = await ratings.getRating(asked, await manager());
    const codes = rating?.reasons.map((one) => one.code) ?? [];
    expect(codes.length).toBeGreaterThan(0);
    expect(lateFacts).toEqual(expect.arrayContaining(codes));
  });

  it('knows in a trial what it will know when the overdue is paid', async () => {
    const { customerId } = late;
    const asked = AskWhatIfRequest.fromPartial({ customerId, overduePaid: true });
    const trial = await ratings.askWhatIf(asked, await manager());
    const value = (code: string) => trial.then?.reasons.find((one) => one.code === code)?.value;
    expect(value('overdue_count') ?? '0').toBe('0');
    const { values } = AskWhatIfRequest.fromPartial({
      values: [{ code: 'prior_late_share', value: '0.05' }],
    });
    const other = await ratings.askWhatIf({ ...asked, values }, await manager());
    expect(other.then?.pdBps).toBeLessThan(trial.then?.pdBps ?? 0);
  });
});

describe('its monitoring', () => {
  it('says nothing of outcomes before there are any', async () => {
    const watched = await models.monitorModel({ modelId }, await manager());
    expect(watched).toMatchObject({ outcomeCount: 0n, aucMillionths: 0, calibration: [] });
  });

  it('holds its ratings against who was more than 90 days late since', async () => {
    moveClock(now().add({ hours: 24 * 100 }), false);
    const watched = await models.monitorModel({ modelId }, await manager());
    expect(watched).toMatchObject({ outcomeCount: 60n, outcomeBadCount: 20n });
    // Who paid late before is who does not pay now, and the model says so.
    expect(watched.aucMillionths).toBeGreaterThan(900_000);
    const rows = watched.calibration;
    expect(rows.reduce((sum, row) => sum + row.count, 0n)).toBe(60n);
    expect(rows.at(-1)?.seenBps).toBeGreaterThan(rows[0]?.seenBps ?? 0);
  });
});
