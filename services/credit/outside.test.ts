import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import { emit, type EventOf } from '@recourse/kit/events.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { defineService } from '@recourse/kit/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import type { BlacklistEvent } from '@recourse/proto/blacklist/v1/events.ts';
import {
  CreditServiceClient,
  CustomerKind,
  PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import { PutCreditFileRequest, RatingServiceClient } from '@recourse/proto/credit/v1/ratings.ts';
import type { LitigationEvent } from '@recourse/proto/litigation/v1/events.ts';
import { MatterOutcome } from '@recourse/proto/litigation/v1/matters.ts';
import { credit } from './service.ts';
import { blacklistTopic, litigationTopic } from './topic.ts';

/** Neighbours as far as credit can tell: they write their events to real outboxes. */
const teller = (name: string) => defineService({ name, wire: () => ({ rpc: [] }) });

let platform: TestPlatform;
let blacklist: TestService;
let litigation: TestService;
let customers: Promised<CreditServiceClient>;
let ratings: Promised<RatingServiceClient>;
const orgId = randomUUIDv7();
const manager = () => platform.call({ role: 'credit_manager', orgId });

beforeAll(async () => {
  platform = await testPlatform();
  blacklist = await platform.startService(teller('blacklist'));
  litigation = await platform.startService(teller('litigation'));
  const service = await platform.startService(credit);
  customers = service.client(CreditServiceClient);
  ratings = service.client(RatingServiceClient);
});

afterAll(() => platform.stop());

async function newCustomer(): Promise<string> {
  const customerId = randomUUIDv7();
  const about = { customerId, kind: CustomerKind.COMPANY, name: '宁波远达贸易有限公司' };
  await customers.putCustomer(PutCustomerRequest.fromPartial(about), await manager());
  const registry = { foundedOn: '2009-05-01', status: 'active', ownership: 'state' };
  const file = PutCreditFileRequest.fromPartial({ customerId, registry });
  await ratings.putCreditFile(file, await manager());
  return customerId;
}

/** Seconds after a fixed instant: when something was told, whenever it arrives. */
const told = (second: number) =>
  Temporal.Instant.from('2026-03-02T02:00:00Z').add({ seconds: second });

function hit(customerId: string, alertId: string, second: number): Promise<void> {
  const listing = { listingId: randomUUIDv7(), associationId: randomUUIDv7(), disputed: false };
  const value = { customerId, alertId, ...listing, expiresOn: '2029-01-01', foundAt: undefined };
  const entry = {
    category: 'CATEGORY_MALICIOUS_DEFAULT',
    amountBand: 'AMOUNT_BAND_FROM_1M',
  } as const;
  const event: EventOf<BlacklistEvent> = { $case: 'customerHit', value: { ...value, ...entry } };
  return blacklist.db.tenant(orgId, (tx) =>
    emit(tx, blacklistTopic, { aggregateId: alertId, at: told(second) }, [event]),
  );
}

function cleared(customerId: string, alertId: string, second: number): Promise<void> {
  const value = { customerId, alertId, listingId: randomUUIDv7() };
  return blacklist.db.tenant(orgId, (tx) =>
    emit(tx, blacklistTopic, { aggregateId: alertId, at: told(second) }, [
      { $case: 'customerCleared', value },
    ]),
  );
}

function tellSuit(event: EventOf<LitigationEvent>, second: number): Promise<void> {
  // Each under an aggregate of its own, so that the order of arrival is that of telling.
  return litigation.db.tenant(orgId, (tx) =>
    emit(tx, litigationTopic, { aggregateId: randomUUIDv7(), at: told(second) }, [event]),
  );
}

async function ratingOf(customerId: string) {
  const { rating, warnings } = await ratings.getRating({ customerId }, await manager());
  if (rating === undefined) throw new Error('not rated');
  const { score, grade, cause } = rating;
  return { score, grade, cause, warnings: warnings.map((one) => one.code).toSorted() };
}

async function flagsOf(customerId: string): Promise<string[]> {
  const { file } = await ratings.getCreditFile({ customerId }, await manager());
  return (file?.flags ?? []).map((flag) => `${flag.code} ${flag.since}`).toSorted();
}

describe('A customer that another member has listed', () => {
  it('is rated down by 50 points and no better than CC, until it is cleared', async () => {
    const customerId = await newCustomer();
    const alertId = randomUUIDv7();
    const before = await ratingOf(customerId);
    await hit(customerId, alertId, 0);
    await eventually(async () => {
      const { score, grade, cause, warnings } = await ratingOf(customerId);
      expect({ score, grade, cause }).toEqual({
        score: before.score - 50,
        grade: 'GRADE_CC',
        cause: 'RATING_CAUSE_BLACKLIST',
      });
      expect(warnings).toContain('blacklist');
    }, 20_000);
    expect(await flagsOf(customerId)).toEqual(['blacklist 2026-03-02']);
    await cleared(customerId, alertId, 10);
    await eventually(async () => {
      const { score, grade, warnings } = await ratingOf(customerId);
      expect({ score, grade }).toEqual({ score: before.score, grade: before.grade });
      expect(warnings).not.toContain('blacklist');
    }, 20_000);
    // News from before the clearing that comes after it.
    await hit(customerId, alertId, 5);
    const other = await newCustomer();
    await hit(other, randomUUIDv7(), 20);
    await eventually(async () => {
      expect(await flagsOf(other)).toEqual(['blacklist 2026-03-02']);
    }, 20_000);
    expect(await flagsOf(customerId)).toEqual([]);
  });
});

describe('A customer that is sued', () => {
  const matterNumber = 'L-2026-0001';
  const cny = (minor: bigint) => ({ currency: 'CNY', minor });

  function suit(debtorId: string, matterId: string) {
    const about = { matterId, matterNumber, caseIds: [randomUUIDv7()], debtorId };
    const judged = { judgmentId: randomUUIDv7(), decidedOn: '2026-03-01', effectiveOn: '' };
    const sums = { principal: cny(100n), interest: cny(0n), costs: cny(0n) };
    return {
      opened: { $case: 'matterOpened' as const, value: { ...about, claimed: cny(100n) } },
      judged: { $case: 'judgmentRecorded' as const, value: { ...about, ...judged, ...sums } },
      closed: (outcome: MatterOutcome) => ({
        $case: 'matterClosed' as const,
        value: { ...about, outcome },
      }),
    };
  }

  it('has a lawsuit, then a judgment against it, and neither when it has paid', async () => {
    const customerId = await newCustomer();
    const before = await ratingOf(customerId);
    const { opened, judged, closed } = suit(customerId, randomUUIDv7());
    for (const [event, second, points] of [
      [opened, 0, -10],
      [judged, 10, -35],
      [closed(MatterOutcome.PAID), 20, 0],
    ] as const) {
      await tellSuit(event, second);
      await eventually(async () => {
        expect(await ratingOf(customerId)).toMatchObject({
          score: before.score + points,
          cause: 'RATING_CAUSE_LITIGATION',
        });
      }, 20_000);
    }
    expect(await flagsOf(customerId)).toEqual([]);
  });

  it.each([
    [MatterOutcome.PAID, []],
    [MatterOutcome.NO_ASSETS, ['court_debtor 2026-03-02']],
  ])('told from its end backwards comes to the same: %s', async (outcome, flags) => {
    const customerId = await newCustomer();
    const before = await ratingOf(customerId);
    const { opened, judged, closed } = suit(customerId, randomUUIDv7());
    await tellSuit(closed(outcome), 20);
    await tellSuit(judged, 10);
    await tellSuit(opened, 0);
    const { opened: last } = suit(customerId, randomUUIDv7());
    await tellSuit(last, 30);
    const points = -10 - 25 * flags.length;
    await eventually(async () => {
      expect((await ratingOf(customerId)).score).toBe(before.score + points);
      expect(await flagsOf(customerId)).toEqual([...flags, 'lawsuit 2026-03-02']);
    }, 20_000);
  });
});
