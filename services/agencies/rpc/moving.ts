import type { Tx } from '@recourse/kit/db.ts';
import { earlier } from '@recourse/kit/day.ts';
import { Fault } from '@recourse/kit/fault.ts';
import type { AnswerCodec } from '@recourse/kit/once.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type { PlacementResult } from '@recourse/proto/agencies/v1/placements.ts';
import type { Profile, Told } from '../domain/agency.ts';
import { attempt } from '../domain/attempt.ts';
import type { PackItem } from '../domain/pack.ts';
import { creditorDay, type Placement } from '../domain/placement.ts';
import { knownAgencies } from '../store/agencies.ts';
import { accrueDue } from '../store/accruing.ts';
import { earnersOf, paymentsSince } from '../store/payments.ts';
import { creditorsOf, placementsForUpdate } from '../store/placements.ts';
import { askToMeasure } from '../store/measuring.ts';
import { type Change, savePlacements } from '../store/telling.ts';
import { missingItems, refusedResult } from './pack-reading.ts';
import { madeBy, type Rooms } from './rooms.ts';

/** Decides about one placement, which is undefined when there is none by that id. */
export type Decide = (
  found: Placement | undefined,
  agency: Profile | undefined,
  missing: readonly PackItem[],
) => { state: Placement; events: Told[] };

export type MoveCommand = {
  verb: string;
  placementIds: readonly string[];
  requestId: string;
  reason?: string;
};

type Results = { results: PlacementResult[]; done: number };

/** Payments that came before an acceptance was known earn as if they had come after it. */
async function settleAccepted(tx: Tx, changes: readonly Change[], at: Temporal.Instant) {
  const accepted = changes.filter((change) => change.after.state === 'ACTIVE');
  if (accepted.length === 0) return;
  const caseIds = accepted.map((change) => change.after.caseId);
  const earners = await earnersOf(tx, caseIds);
  const since = accepted
    .map((change) => creditorDay(change.after.acceptedAt ?? at))
    .reduce(earlier);
  const payments = await paymentsSince(tx, caseIds, since);
  await accrueDue(tx, earners, payments, at);
}

async function move(
  rooms: Rooms,
  tx: Tx,
  placementIds: readonly string[],
  call: Call,
  decide: Decide,
): Promise<PlacementResult[]> {
  const found = await placementsForUpdate(tx, placementIds);
  const agencyIds = [...new Set([...found.values()].map((one) => one.agencyId))];
  const agencies = agencyIds.length === 0 ? [] : await knownAgencies(tx, agencyIds);
  const caseIds = [...found.values()].map((one) => one.caseId);
  const missing = await missingItems(tx, caseIds, call.at);
  const changes: Change[] = [];
  const results = placementIds.map((placementId) => {
    const before = found.get(placementId);
    const agency = agencies.find((known) => known.profile.agencyId === before?.agencyId);
    const caseId = before?.caseId ?? '';
    const lacks = missing.get(caseId) ?? [];
    const decided = attempt(() => decide(before, agency?.profile, lacks));
    if (decided instanceof Fault) return refusedResult({ placementId, caseId }, decided);
    changes.push({ before, after: decided.state, events: decided.events });
    found.set(placementId, decided.state);
    return { placementId, caseId, done: true, reason: '', missing: [] };
  });
  await savePlacements(tx, changes, madeBy(call));
  await settleAccepted(tx, changes, call.at);
  await askToMeasure(tx, rooms.measuring, changes, call.at);
  return results;
}

/** Decides about placements of the transaction's organisation, once per request id. */
export async function moveInOne(
  rooms: Rooms,
  tx: Tx,
  command: MoveCommand,
  codec: AnswerCodec<Results>,
  call: Call,
  decide: Decide,
): Promise<PlacementResult[]> {
  const { requestId, ...content } = command;
  const answer = await onceForCaller(tx, call, { requestId, content }, codec, async () => ({
    results: await move(rooms, tx, command.placementIds, call, decide),
    done: 0,
  }));
  return answer.results;
}

/**
 * An agency answers offers of any creditors: whose they are is read in its own name, then each
 * creditor's are decided in that creditor's transaction, where the locked row itself has to name
 * the agency. Offers of another agency are as unknown as those of nobody.
 */
export async function answerOffers(
  rooms: Rooms,
  command: MoveCommand,
  codec: AnswerCodec<Results>,
  call: Call,
  decide: Decide,
): Promise<PlacementResult[]> {
  const asked = [...new Set(command.placementIds)];
  const owned = await rooms.db.tenant(call.caller.orgId, (tx) => creditorsOf(tx, asked));
  const results = new Map<string, PlacementResult>();
  for (const [creditorId, theirs] of Map.groupBy(owned, (one) => one.creditorId)) {
    const placementIds = theirs.map((one) => one.placementId);
    const part = await rooms.db.tenant(creditorId, (tx) =>
      moveInOne(rooms, tx, { ...command, placementIds }, codec, call, decide),
    );
    for (const result of part) results.set(result.placementId, result);
  }
  return asked.map(
    (placementId) =>
      results.get(placementId) ?? {
        placementId,
        caseId: '',
        done: false,
        reason: 'placement_unknown',
        missing: [],
      },
  );
}
