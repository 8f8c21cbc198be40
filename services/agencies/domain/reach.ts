import type { Day } from '@recourse/kit/day.ts';
import type { Load, Profile } from './agency.ts';
import type { Conflict } from './conflict.ts';
import { brokenLimit, loadMinorOf } from './limits.ts';
import type { Basis } from './placement.ts';
import { coverOf } from './region.ts';

/** A reason and the cases that it keeps back, each case under the first of its reasons. */
export type Kept = { reason: string; caseIds: string[]; facts: string[] };

/** What of some cases an agency may be given as things stand. */
export type Reach = {
  placeable: Basis[];
  /** How many of the cases nothing but the agency could keep from being placed. */
  free: number;
  /** What the placeable add to what its agents have open, as in `amountPerAgent`. */
  placeableMinor: bigint;
  kept: Kept[];
  /** Cases that may be placed though it is not known whether the agency covers their region. */
  regionUnknown: number;
};

/** Facts of a refusal that a person reads: which paper, which region, whose conflict. */
function factWords(reason: string, facts: Readonly<Record<string, unknown>>): string[] {
  const word = (name: string): string[] =>
    typeof facts[name] === 'string' && facts[name] !== '' ? [facts[name]] : [];
  if (reason === 'region_not_covered') return word('region');
  if (reason === 'conflict_of_interest') return word('name');
  return word('kind');
}

/** What is in the way of the case itself, whatever the agency. */
function caseReason(basis: Basis): string | undefined {
  if (!basis.isOpen) return 'case_not_open';
  if (basis.isPlaced) return 'case_already_placed';
  return basis.open.minor <= 0n ? 'nothing_owed' : undefined;
}

/**
 * Goes through the cases in their order as placing would, each that fits taking its place on the
 * agency's desk: what is told before the button is what the button does, unless something moves.
 */
export function reachOf(
  profile: Profile,
  load: Load,
  conflicts: readonly Conflict[],
  bases: readonly Basis[],
  today: Day,
): Reach {
  const desk = { ...load };
  const placeable: Basis[] = [];
  const kept = new Map<string, Kept>();
  let free = 0;
  const keep = (reason: string, caseId: string, facts: readonly string[]): void => {
    const before = kept.get(reason) ?? { reason, caseIds: [], facts: [] };
    const all = [...new Set([...before.facts, ...facts])];
    kept.set(reason, { reason, caseIds: [...before.caseIds, caseId], facts: all });
  };
  for (const basis of bases) {
    const own = caseReason(basis);
    if (own !== undefined) {
      keep(own, basis.caseId, []);
      continue;
    }
    free += 1;
    const broken = brokenLimit(profile, desk, conflicts, basis, today);
    if (broken !== undefined) {
      keep(broken.reason, basis.caseId, factWords(broken.reason, broken.facts));
    } else {
      placeable.push(basis);
      desk.offered += 1;
      desk.openMinor += loadMinorOf(basis.open, today);
    }
  }
  return {
    placeable,
    free,
    placeableMinor: desk.openMinor - load.openMinor,
    kept: [...kept.values()],
    regionUnknown: placeable.filter(({ region }) => coverOf(profile.regions, region) === 'unknown')
      .length,
  };
}
