import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
import { customerOutcomes } from './store/invoices.ts';
import { casesTopic } from './topic.ts';

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
});

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
  let told: ReturnType<typeof receivable>[] = [];

  /**
   * Three of each customer, written two days after its rating and due eight days later, of which as
   * many stay unpaid as the ratings foretell: a sum of probabilities is a number of bad ones.
   */
  async function written() {
    const rated = await Promise.all(
      customers.map(async ({ customerId }) => {
        const { rating } = await ratings.getRating({ customerId }, await manager());
        return { customerId, pd: (rating?.pdBps ?? 0) / 10_000 };
      }),
    );
    let foretold = 0;
    const each = rated.toSorted((a, b) => a.pd - b.pd).flatMap((one) => [one, one, one]);
    return each.map(({ customerId, pd }) => {
      const isBad = Math.floor(foretold + pd) > Math.floor(foretold);
      foretold += pd;
      const made = receivable(customerId, { due: 10, settled: isBad ? undefined : 10 });
      return { ...made, documentDate: dayAgo(18) };
    });
  }

  it('says nothing of outcomes before there are any', async () => {
    const watched = await models.monitorModel({ modelId }, await manager());
    expect(watched).toMatchObject({
      outcomeCount: 0n,
      runningCount: 0n,
      aucMillionths: 0,
      calibration: [],
      ofReceivables: true,
      lateDays: 30,
    });
  });

  it('waits with those paid in time until the late ones show, and calls that early', async () => {
    moveClock(now().add({ hours: 24 * 20 }), false);
    told = await written();
    await tell({
      $case: 'receivablesImported',
      value: { importId: randomUUIDv7(), customers: [], receivables: told },
    });
    const watched = await eventually(async () => {
      const found = await models.monitorModel({ modelId }, await manager());
      if (found.runningCount !== BigInt(told.length)) throw new Error('not yet');
      return found;
    }, 30_000);
    expect(watched).toMatchObject({ outcomeCount: 0n, runningBadCount: 0n, calibration: [] });
  });

  it('holds its probabilities against how late what was written since came to be', async () => {
    const unpaid = told.filter((one) => one.settledDate === '').length;
    moveClock(now().add({ hours: 24 * 30 }), false);
    const watched = await models.monitorModel({ modelId }, await manager());
    expect(watched).toMatchObject({
      outcomeCount: 180n,
      outcomeBadCount: BigInt(unpaid),
      runningCount: 0n,
    });
    expect(watched.aucMillionths).toBeGreaterThan(700_000);
    const rows = watched.calibration;
    expect(rows.reduce((sum, row) => sum + row.count, 0n)).toBe(180n);
    // One receivable more or less in each group, where as many failed as was foretold.
    for (const { count, expectedBps, seenBps } of rows) {
      expect(Math.abs(expectedBps - seenBps)).toBeLessThanOrEqual(10_000 / Number(count) + 1);
    }
  });
});

describe('outcomes of customers', () => {
  /** Half past midnight of the first of March in Shanghai; of the day before by UTC. */
  const ratedAt = '2026-02-28T16:30:00Z';
  const watched = { modelId, since: '2026-01-01T00:00:00Z', zone: 'Asia/Shanghai' };

  /** A customer rated then, with one receivable, alone in the organisation. */
  async function counted(due: string, settled: string | null, today: string) {
    const [org, customerId] = [randomUUIDv7(), randomUUIDv7()];
    return service.db.tenant(org, async (tx) => {
      await tx.query(
        `INSERT INTO customer (org_id, customer_id, kind, customer_number, name, aliases,
           credit_code, region, industry, contacts_sealed, time_zone, note, edited_by_hand,
           search_text, first_seen_at, version)
         VALUES ($1, $2, 'COMPANY', '', '', '[]', '', '', '', '', '', '', false, '', now(), 1)`,
        [org, customerId],
      );
      await tx.query(
        `INSERT INTO rating
           (org_id, rating_id, customer_id, rated_at, model_id, pd_bps, score, content)
         VALUES ($1, $2, $3, $4, $5, 500, 600, '{}')`,
        [org, randomUUIDv7(), customerId, ratedAt, modelId],
      );
      await tx.query(
        `INSERT INTO receivable_fact (org_id, receivable_id, customer_id, document_date, due_date,
           currency, amount_minor, open_minor, settled_date, open_told_at)
         VALUES ($1, $2, $3, $4, $4, 'CNY', 100, 0, $5, now())`,
        [org, randomUUIDv7(), customerId, due, settled],
      );
      const { ended, running, runningBad } = await customerOutcomes(tx, { ...watched, today }, 90);
      const [end] = ended;
      if (end === undefined) return { running, runningBad };
      return { ended: ended.length, ...end };
    });
  }

  const over = { ended: 1, pdBps: 500, over: true, count: 1 };
  it.each([
    ['is early while the year runs', '2026-03-10', '2026-03-10', '2027-03-01', [1, 0]],
    ['is early when it failed already', '2026-03-10', null, '2026-06-09', [1, 1]],
    ['has not failed at 90 days', '2026-03-10', null, '2026-06-08', [1, 0]],
    ['was good when the year is over', '2026-03-10', '2026-06-08', '2027-03-02', false],
    ['was bad when it was 91 days late', '2026-03-10', '2026-06-09', '2027-03-02', true],
    ['was bad by what was due before the rating', '2025-12-15', '2026-04-01', '2027-03-02', true],
    ['was bad on the year’s last day', '2026-11-30', null, '2027-04-01', true],
    ['was good when it failed after the year', '2026-12-01', null, '2027-04-01', false],
    ['is left out when it had failed by then', '2025-11-30', null, '2027-04-01', [0, 0]],
    ['counts when that was paid before', '2025-11-20', '2026-02-28', '2027-04-01', false],
  ] as const)('%s', async (_words, due, settled, today, expected) => {
    const found = await counted(due, settled, today);
    if (typeof expected === 'boolean') expect(found).toEqual({ ...over, bad: expected });
    else expect(found).toEqual({ running: expected[0], runningBad: expected[1] });
  });
});
