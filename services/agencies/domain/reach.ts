import type { Day } from '@recourse/kit/day.ts';
import type { Load, Profile } from './agency.ts';
import { type Conflict, knownAs } from './conflict.ts';
import { brokenLimit, type Limited, loadMinorOf, standingOf } from './limits.ts';
import type { Basis } from './placement.ts';
import { type Segment, segmentOf } from './segment.ts';
import { suits } from './terms.ts';

/** A reason and the cases that it keeps back, each case under the first of its reasons. */
export type Kept = { reason: string; caseIds: string[]; facts: string[] };

/** A case with what does not depend on the agency, so that it is made once for all of them. */
export type Weighed = Limited & { basis: Basis; segment: Segment };

export function weigh(bases: readonly Basis[], today: Day): Weighed[] {
  return bases.map((basis) => ({
    basis,
    segment: segmentOf(basis, today),
    region: basis.region,
    debtor: knownAs({ name: basis.debtorName, creditCode: basis.creditCode }),
    loadMinor: loadMinorOf(basis.open, today),
  }));
}

/** What of some cases an agency may be given as things stand. */
export type Reach = {
  placeable: Weighed[];
  /** How many of the cases nothing but the agency could keep from being placed. */
  free: number;
  /** What the placeable add to what its agents have open, as in `amountPerAgent`. */
  placeableMinor: bigint;
  kept: Kept[];
  /** Cases that may be placed though it is not known whether the agency covers their region. */
  regionUnknown: number;
};

/** What is in the way of the case itself, whatever the agency. */
function caseReason(basis: Basis): string | undefined {
  if (!basis.isOpen) return 'case_not_open';
  if (basis.isPlaced) return 'case_already_placed';
  return basis.open.minor <= 0n ? 'nothing_owed' : undefined;
}

/**
 * Goes through the cases in their order as placing would, each that fits taking its place on the
 * agency's desk: what is told before the button is what the button does, unless something moves or
 * other terms are agreed than its list.
 */
export function reachOf(
  profile: Profile,
  load: Load,
  conflicts: readonly Conflict[],
  bases: readonly Weighed[],
  today: Day,
): Reach {
  const standing = standingOf(profile, conflicts, today);
  const desk = { ...load };
  const placeable: Weighed[] = [];
  const kept = new Map<string, { caseIds: string[]; facts: Set<string> }>();
  const keep = (reason: string, caseId: string, about: string): void => {
    const those = kept.get(reason) ?? { caseIds: [], facts: new Set() };
    those.caseIds.push(caseId);
    if (about !== '') those.facts.add(about);
    kept.set(reason, those);
  };
  let free = 0;
  for (const one of bases) {
    const { basis } = one;
    const own = caseReason(basis);
    if (own !== undefined) {
      keep(own, basis.caseId, '');
      continue;
    }
    free += 1;
    const broken = brokenLimit(standing, desk, one);
    if (broken !== undefined) {
      keep(broken.reason, basis.caseId, broken.about);
    } else if (!suits(profile.listTerms, basis.open.currency)) {
      keep('terms_in_other_currency', basis.caseId, '');
    } else {
      placeable.push(one);
      desk.offered += 1;
      desk.openMinor += one.loadMinor;
    }
  }
  return {
    placeable,
    free,
    placeableMinor: desk.openMinor - load.openMinor,
    kept: [...kept].map(([reason, { caseIds, facts }]) => ({
      reason,
      caseIds,
      facts: [...facts],
    })),
    regionUnknown: placeable.filter(({ region }) => standing.coverOf(region) === 'unknown').length,
  };
}
