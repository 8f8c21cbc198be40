import type { Day } from '@recourse/kit/day.ts';
import { type Fault, fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import { roughly } from '@recourse/kit/round-rates.ts';
import {
  amountCapacity,
  capacityLeft,
  expiredLicences,
  type Load,
  missingLicences,
  type Profile,
} from './agency.ts';
import { type Barred, barredBy, type Conflict, conflictWith, type Known } from './conflict.ts';
import { type Cover, coverOf } from './region.ts';
import { amountPerAgent, ruleOn } from './rules.ts';

/** What of a case the limits look at. */
export type Limited = {
  region: string;
  debtor: Known;
  /** `loadMinorOf` what is open. */
  loadMinor: bigint;
};

/** A limit that is broken: its reason, what of the records it is about, and the refusal itself. */
export type Broken = { reason: string; about: string; refusal: () => Fault };

/**
 * An open amount as it counts against `amountPerAgent`, in minor units of that rule's currency; 0
 * where the kit has no round rate: such an amount cannot be held against it.
 */
export function loadMinorOf(open: Money, today: Day): bigint {
  return roughly(open, ruleOn(amountPerAgent, today).currency)?.minor ?? 0n;
}

/** Papers that an agency lacks or that have expired: it takes no case today. */
export function paperLimit(agency: Profile, today: Day): Broken | undefined {
  const { agencyId } = agency;
  const missing = missingLicences(agency, today)[0];
  if (missing !== undefined) {
    const refusal = () => fault('refused', 'licence_missing', { agencyId, kind: missing });
    return { reason: 'licence_missing', about: missing, refusal };
  }
  const paper = expiredLicences(agency, today)[0];
  if (paper === undefined) return undefined;
  const { kind, number, expiresOn } = paper;
  return {
    reason: 'licence_expired',
    about: kind,
    refusal: () => fault('refused', 'licence_expired', { agencyId, kind, number, expiresOn }),
  };
}

/** What of an agency the limits are read from, the same for every case of a day. */
export type Standing = {
  agency: Profile;
  barred: readonly Barred[];
  paper: Broken | undefined;
  /** The most its agents can have open. */
  most: Money;
  /** How its regions cover one. */
  coverOf: (region: string) => Cover;
};

/** `coverOf` these regions, each asked region read once: the cases of a book share a few. */
function coverOnce(stated: readonly string[]): (region: string) => Cover {
  const made = new Map<string, Cover>();
  return (region) => {
    const found = made.get(region) ?? coverOf(stated, region);
    made.set(region, found);
    return found;
  };
}

export function standingOf(agency: Profile, conflicts: readonly Conflict[], today: Day): Standing {
  return {
    agency,
    barred: barredBy(agency, conflicts),
    paper: paperLimit(agency, today),
    most: amountCapacity(agency, today),
    coverOf: coverOnce(agency.regions),
  };
}

/** What keeps this case from this agency, whatever else the agency has on its desk. */
function caseLimit({ agency, barred, coverOf: cover }: Standing, one: Limited): Broken | undefined {
  const { agencyId, regions } = agency;
  const { debtor, region } = one;
  const conflict = conflictWith(barred, debtor);
  if (conflict !== undefined) {
    const facts = { agencyId, kind: conflict.kind, name: conflict.known.name };
    const refusal = () => fault('refused', 'conflict_of_interest', facts);
    return { reason: 'conflict_of_interest', about: facts.name, refusal };
  }
  if (cover(region) !== 'outside') return undefined;
  return {
    reason: 'region_not_covered',
    about: region,
    refusal: () =>
      fault('refused', 'region_not_covered', { agencyId, region, regions: regions.join('、') }),
  };
}

/** What is full on the agency's desk for one more case: first in cases, then in money. */
function deskLimit({ agency, most }: Standing, load: Load, one: Limited): Broken | undefined {
  const { agencyId, capacityCases: capacity, agentCount: agents } = agency;
  if (capacityLeft(agency, load) === 0) {
    const refusal = () => fault('exhausted', 'capacity_exceeded', { agencyId, capacity });
    return { reason: 'capacity_exceeded', about: '', refusal };
  }
  if (load.openMinor + one.loadMinor <= most.minor) return undefined;
  const facts = { open: load.openMinor, most: most.minor, currency: most.currency };
  return {
    reason: 'amount_exceeded',
    about: '',
    refusal: () => fault('exhausted', 'amount_exceeded', { agencyId, agents, ...facts }),
  };
}

/**
 * The first hard limit (domain.md section 6.3) that placing a case with an agency would break:
 * `refused` licence_missing, licence_expired, conflict_of_interest, region_not_covered; `exhausted`
 * capacity_exceeded, amount_exceeded. A debtor without a known region breaks none by it.
 */
export function brokenLimit(standing: Standing, load: Load, one: Limited): Broken | undefined {
  return standing.paper ?? caseLimit(standing, one) ?? deskLimit(standing, load, one);
}
