import { onceForCaller } from '@recourse/kit/once.ts';
import { randomUUIDv7 } from 'node:crypto';
import { fault } from '@recourse/kit/fault.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type GetRankingRequest,
  type GetRankingResponse,
  PutRankingWeightsResponse,
  RankingComponent,
  type RankingServiceServer,
  type RankingWeight,
  RefreshRankingResponse,
} from '@recourse/proto/agencies/v1/ranking.ts';
import { creditorDay } from '../domain/placement.ts';
import { type Component, components, type Weights, weightsOf } from '../domain/ranking/rules.ts';
import { type Making, windowFor } from '../store/ranking/making.ts';
import {
  isAsked,
  rankedMonths,
  rankedSegments,
  readRanking,
  readStandings,
} from '../store/ranking/reading.ts';
import { saveWeights, weightsFor } from '../store/ranking/weights.ts';
import { complaintHandlers } from './complaints.ts';
import { madeBy, type Rooms, wordsOf } from './rooms.ts';

type RankingRooms = Pick<Rooms, 'db'> & { making: Making };

function weightMessages(weights: Weights): RankingWeight[] {
  return components.map((component) => ({
    component: RankingComponent[component],
    weight: weights[component],
  }));
}

function given(messages: readonly RankingWeight[]): { component: Component; weight: number }[] {
  return messages.map((one) => {
    const [component] = wordsOf(RankingComponent, [one.component]);
    if (component === undefined) throw fault('invalid', 'component_unknown');
    return { component, weight: one.weight };
  });
}

function segmentOf({ industry, region }: GetRankingRequest) {
  if (industry !== '' && region !== '') throw fault('invalid', 'one_segment_at_a_time');
  if (industry !== '') return { kind: 'industry' as const, segment: industry };
  return region === ''
    ? { kind: '' as const, segment: '' }
    : { kind: 'region' as const, segment: region };
}

function read(
  { db, making }: RankingRooms,
  request: GetRankingRequest,
  call: Call,
): Promise<GetRankingResponse> {
  const segment = segmentOf(request);
  const { month, firstDay, lastDay } = windowFor(request.month, call.at);
  return db.tenant(call.caller.orgId, async (tx) => {
    // Asked first: one that ends between the two reads would else pass as the old one, ended.
    const refreshing = await isAsked(tx, making.make.name);
    const known = await readRanking(tx, { month, ...segment });
    const { weights, version } = await weightsFor(tx, creditorDay(call.at));
    return {
      month,
      firstDay: known?.firstDay ?? firstDay.toString(),
      lastDay: known?.lastDay ?? lastDay.toString(),
      madeAt: known?.madeAt,
      agencies: known?.agencies ?? [],
      model: known?.model,
      segments: await rankedSegments(tx, month),
      weights: weightMessages(weights),
      weightsVersion: version,
      months: await rankedMonths(tx),
      refreshing,
    };
  });
}

/**
 * Rankings and standings. Faults: `refused` month_has_not_begun, weights_are_all_zero; `invalid`
 * one_segment_at_a_time, weight_given_twice; `stale` weights_changed_meanwhile.
 */
export function rankingHandlers(rooms: RankingRooms): Handlers<RankingServiceServer> {
  const { db, making } = rooms;
  return {
    ...complaintHandlers(rooms),

    getRanking: (request, call) => read(rooms, request, call),

    getStanding: ({ month, creditorId }, call) =>
      db.tenant(call.caller.orgId, async (tx) => ({
        standings: await readStandings(tx, { month, creditorId }),
      })),

    putRankingWeights: ({ requestId, ...content }, call) =>
      db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, { requestId, content }, PutRankingWeightsResponse, async () => {
          const weights = weightsOf(given(content.weights));
          const today = creditorDay(call.at);
          const made = { ...madeBy(call), today };
          const version = await saveWeights(tx, weights, content.expectedVersion, made);
          const { month } = windowFor('', call.at);
          const id = namedUuid(call.caller.orgId, `ranking weights ${version}`);
          await making.jobs.enqueue(tx, making.make, { id, data: { month } });
          return { weights: weightMessages(weights), version };
        }),
      ),

    refreshRanking: ({ requestId, ...content }, call) =>
      db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, { requestId, content }, RefreshRankingResponse, async () => {
          const { month } = windowFor(content.month, call.at);
          const jobId = randomUUIDv7();
          await making.jobs.enqueue(tx, making.make, { id: jobId, data: { month } });
          return { month, jobId };
        }),
      ),
  };
}
