import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { client } from '@recourse/kit/client.ts';
import type { TokenClaims } from '@recourse/kit/issuer.ts';
import {
  AgenciesServiceClient,
  type PutAgencyRequest,
} from '@recourse/proto/agencies/v1/agencies.ts';
import { PlacementsServiceClient } from '@recourse/proto/agencies/v1/placements.ts';
import { WorkServiceClient } from '@recourse/proto/cases/v1/work.ts';
import type pg from 'pg';
import { beginBook, type Book } from './book.ts';
import { type House, withHouse } from './house.ts';
import { openLoop, percentile } from './load.ts';
import { inTurn, paymentOf } from './payments.ts';
import { type Result, say, whole } from './report.ts';

const goalMs = 250;
const perSecond = 500;
const seconds = 10;
const placedCases = 1_000;
const placedAtOnce = 100;

const agencyId = randomUUIDv7();
const agency: TokenClaims = {
  role: 'agency_manager',
  orgId: agencyId,
  orgKind: 'agency',
  orgName: '正信资产',
};

const profile: PutAgencyRequest = {
  agencyId,
  name: '正信资产',
  description: '',
  sectors: [],
  regions: [],
  languages: [],
  licences: [{ kind: '营业执照', number: 'YY1', expiresOn: '2099-12-31' }],
  listTerms: {
    model: { $case: 'flat', value: { rateBps: 1_250 } },
    vatBps: 600,
    tailDays: 0,
  },
  // Their amounts are of no interest here.
  agentCount: 100_000,
  capacityCases: 100_000,
  expectedVersion: 0n,
};

/** Places cases with one agency, which accepts them all; their ids. */
async function placeSome(house: House, book: Book): Promise<string[]> {
  const caseIds = await book.someCases(placedCases);
  const address = house.rpcAddress('agencies');
  const agencies = client(AgenciesServiceClient, address);
  const placing = client(PlacementsServiceClient, address);
  await agencies.putAgency(profile, await house.call(agency));
  for (let from = 0; from < caseIds.length; from += placedAtOnce) {
    const placements = caseIds
      .slice(from, from + placedAtOnce)
      .map((caseId) => ({ caseId, placementId: randomUUIDv7() }));
    const wanted = { placements, agencyId, terms: undefined, note: '' };
    const { results } = await placing.placeCases(wanted, await house.call(book.as('director')));
    const refused = results.find(({ done }) => !done);
    if (refused !== undefined) throw new Error(`not placed: ${refused.reason}`);
    const placementIds = placements.map(({ placementId }) => placementId);
    const accepted = { placementIds, requestId: randomUUIDv7() };
    await placing.acceptPlacements(accepted, await house.call(agency));
  }
  agencies.close();
  placing.close();
  return caseIds;
}

type Moment = { payment_id: string; ms: number };

/** When each of these payments was committed, by the clock of the database server. */
async function committed(on: pg.Pool, table: string, since: Date): Promise<Map<string, number>> {
  const { rows } = await on.query<Moment>(
    `SELECT payment_id, extract(epoch FROM at)::float8 * 1000 AS ms
       FROM (SELECT payment_id, pg_xact_commit_timestamp(xmin) AS at FROM ${table}) t
      WHERE at > $1`,
    [since],
  );
  return new Map(rows.map(({ payment_id, ms }) => [payment_id, ms]));
}

type Lag = { p50: number; p99: number; worst: number; isHeld: boolean };

type Pools = { cases: pg.Pool; agencies: pg.Pool };

async function measure(
  house: House,
  book: Book,
  pools: Pools,
  caseIds: readonly string[],
): Promise<Lag> {
  const work = client(WorkServiceClient, house.rpcAddress('cases'));
  const call = await house.call(book.as('finance'));
  const next = inTurn(caseIds);
  const pay = () => work.recordPayment(paymentOf(next(), randomUUIDv7()), call);
  await openLoop(perSecond, 3, pay);
  await sleep(1_000);
  const since = new Date();
  const { started, isHeld } = await openLoop(perSecond, seconds, pay);
  let accrued = new Map<string, number>();
  for (let waited = 0; accrued.size < started && waited < 300; waited += 1) {
    await sleep(100);
    accrued = await committed(pools.agencies, 'commission_line', since);
  }
  const paid = await committed(pools.cases, 'payment', since);
  if (accrued.size !== paid.size) {
    throw new Error(`${paid.size} payments and ${accrued.size} commissions`);
  }
  work.close();
  const lags = [...paid].map(([id, at]) => (accrued.get(id) ?? Number.NaN) - at);
  lags.sort((a, b) => a - b);
  const of = (share: number): number => percentile(lags, share);
  return { p50: of(0.5), p99: of(0.99), worst: of(1), isHeld };
}

/**
 * From the commit of a payment in cases to the commit of its commission in agencies, through
 * outbox, relay, JetStream and inbox, while payments come in at a steady rate.
 */
export async function benchLag(quick: boolean): Promise<Result[]> {
  const sizes = quick ? [2_000, 10_000, 100_000] : [10_000, 100_000, 1_000_000];
  say('commit to commission');
  return withHouse(async (house) => {
    await house.start('cases');
    await house.start('agencies');
    const book = await beginBook(house);
    await book.growTo(sizes[0] ?? 0);
    const caseIds = await placeSome(house, book);
    const pools = { cases: house.bare('cases'), agencies: house.bare('agencies') };
    const results: Result[] = [];
    for (const size of sizes) {
      await book.growTo(size);
      const { p50, p99, worst, isHeld } = await measure(house, book, pools, caseIds);
      results.push({
        what: `commit to commission, ${perSecond}/s`,
        size: `${whole(size)} cases`,
        ours: `p50 ${p50.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`,
        bare: isHeld ? '' : 'rate not held',
        value: `p99 ${p99.toFixed(0)} ms`,
        goal: `< ${goalMs} ms`,
        reached: isHeld && p99 < goalMs,
      });
      say(`  ${whole(size)}: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`);
    }
    return results;
  });
}
