import type { Tx } from '@recourse/kit/db.ts';
import { type Actor, emitAll } from '@recourse/kit/events.ts';
import type { Told } from '../domain/agency.ts';
import type { CommissionLine } from '../domain/commission.ts';
import { loadMoves, type Placement } from '../domain/placement.ts';
import { agenciesTopic } from '../topic.ts';
import { moveLoads } from './agencies.ts';
import { addLines } from './lines.ts';
import { addPlacements, moveAll } from './placements.ts';

/** When and by whom a change was made; jobs and events have no person. */
export type Made = { at: Temporal.Instant; actor?: Actor };

/** A placement as a decision left it, and what is to be told of it. */
export type Change = { before: Placement | undefined; after: Placement; events: Told[] };

/** Writes decided placements, moves their agencies' loads and tells both sides, all in `tx`. */
export async function savePlacements(
  tx: Tx,
  changes: readonly Change[],
  made: Made,
): Promise<void> {
  const changed = changes.filter((change) => change.events.length > 0);
  if (changed.length === 0) return;
  const fresh = changed.filter((change) => change.before === undefined);
  const moved = changed.filter((change) => change.before !== undefined);
  if (fresh.length > 0)
    await addPlacements(
      tx,
      fresh.map((change) => change.after),
    );
  if (moved.length > 0)
    await moveAll(
      tx,
      moved.map((change) => change.after),
    );
  await moveLoads(tx, loadMoves(changed));
  await emitAll(
    tx,
    agenciesTopic,
    changed.map(({ after, events }) => ({
      about: { ...made, aggregateId: after.placementId, audience: [tx.orgId, after.agencyId] },
      events,
    })),
  );
}

/** Adds the commission lines that are not there yet and tells both sides of each, all in `tx`. */
export async function accrue(
  tx: Tx,
  lines: readonly CommissionLine[],
  at: Temporal.Instant,
): Promise<void> {
  const { lineIds, moves } = await addLines(tx, lines, at);
  await emitAll(
    tx,
    agenciesTopic,
    lines
      .filter((line) => lineIds.has(line.lineId))
      .map(({ lineId, placementId, paymentId, agencyId, commission, vat }) => ({
        about: { at, aggregateId: placementId, audience: [tx.orgId, agencyId] },
        events: [
          {
            $case: 'commissionAccrued' as const,
            value: { lineId, placementId, paymentId, agencyId, commission, vat },
          },
        ],
      })),
  );
  // Last, for these rows are every creditor's and held until the commit.
  await moveLoads(tx, moves);
}
