import type { Tx } from '@recourse/kit/db.ts';
import { type Fault, fault } from '@recourse/kit/fault.ts';
import { brokenConstraint } from '@recourse/kit/postgres.ts';
import type { Call } from '@recourse/kit/rpc.ts';
import type { Load } from '../domain/agency.ts';
import { attempt } from '../domain/attempt.ts';
import {
  type Basis,
  checkSameCommand,
  place,
  type PlaceCommand,
  type Placement,
} from '../domain/placement.ts';
import { knownAgencies, loadForUpdate } from '../store/agencies.ts';
import { standingConflicts } from '../store/conflicts.ts';
import { livePlacements, lockStandings, placementsForUpdate } from '../store/placements.ts';
import { type Change, savePlacements } from '../store/telling.ts';
import { notePlacer } from '../store/packs.ts';
import { withCodes } from './bases.ts';
import { missingItems } from './pack-reading.ts';
import { madeBy } from './rooms.ts';

/** One of the placings asked for, and the placement or the fault that came of it. */
export type Placed = { command: PlaceCommand; result: Placement | Fault };

/** Another case is being placed under the same id at this very moment. */
function refuseTakenId(thrown: unknown): never {
  const taken = ['placement_pkey', 'placement_debtor_pkey'];
  if (!taken.includes(brokenConstraint(thrown) ?? '')) throw thrown;
  throw fault('exists', 'placement_exists_with_other_content');
}

/**
 * Places cases with one agency in one transaction, each with its own result. Locks are taken in a
 * fixed order (cases, their live placements, the agency's load), so that placing, recalling and
 * closing wait for each other and do not deadlock.
 */
export async function placeAll(
  tx: Tx,
  commands: readonly PlaceCommand[],
  bases: ReadonlyMap<string, Basis>,
  call: Call,
): Promise<Placed[]> {
  const agencyId = commands[0]?.agencyId ?? '';
  const caseIds = commands.map((command) => command.caseId);
  const closed = await lockStandings(tx, caseIds);
  const live = await livePlacements(tx, caseIds);
  const present = await placementsForUpdate(
    tx,
    commands.map((command) => command.placementId),
  );
  const [agency] = await knownAgencies(tx, [agencyId]);
  const conflicts = (await standingConflicts(tx, [agencyId])).get(agencyId) ?? [];
  const known = await withCodes(tx, caseIds, bases);
  const coded = new Map(known.map((basis) => [basis.caseId, basis]));
  const missing = await missingItems(tx, caseIds, call.at);
  const load: Load = await loadForUpdate(tx, agencyId);
  const changes: Change[] = [];

  const decide = (command: PlaceCommand): Placement => {
    const { placementId, caseId } = command;
    const before = present.get(placementId);
    if (before !== undefined) {
      checkSameCommand(before, command);
      return before;
    }
    const facts = {
      basis: coded.get(caseId),
      closedMeanwhile: closed.has(caseId),
      livePlacementId: live.get(caseId)?.placementId,
      agency: agency?.profile,
      load,
      conflicts,
      missing: missing.get(caseId) ?? [],
    };
    const { state, events } = place(facts, command, call.caller, call.at);
    changes.push({ before: undefined, after: state, events });
    present.set(placementId, state);
    live.set(caseId, state);
    load.offered += 1;
    load.openMinor += state.loadMinor;
    return state;
  };

  const placed = commands.map((command) => ({
    command,
    result: attempt(() => decide(command)),
  }));
  await savePlacements(tx, changes, madeBy(call)).catch(refuseTakenId);
  const offered = changes.map(({ after }) => after.caseId);
  await notePlacer(tx, offered, call.caller.userName);
  return placed;
}
