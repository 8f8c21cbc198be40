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
import { type Conflict, conflictWith } from './conflict.ts';
import { coverOf } from './region.ts';
import { amountPerAgent, ruleOn } from './rules.ts';

/** What of a case the limits look at. */
export type Limited = {
  debtorName: string;
  /** Empty when it is not known. */
  creditCode: string;
  region: string;
  open: Money;
};

/**
 * An open amount as it counts against `amountPerAgent`, in minor units of that rule's currency; 0
 * where the kit has no round rate: such an amount cannot be held against it.
 */
export function loadMinorOf(open: Money, today: Day): bigint {
  return roughly(open, ruleOn(amountPerAgent, today).currency)?.minor ?? 0n;
}

/** Papers that an agency lacks or that have expired: it takes no case today. */
export function paperLimit(agency: Profile, today: Day): Fault | undefined {
  const { agencyId } = agency;
  const kind = missingLicences(agency, today)[0];
  if (kind !== undefined) return fault('refused', 'licence_missing', { agencyId, kind });
  const paper = expiredLicences(agency, today)[0];
  if (paper === undefined) return undefined;
  const { number, expiresOn } = paper;
  return fault('refused', 'licence_expired', { agencyId, kind: paper.kind, number, expiresOn });
}

/** What keeps this case from this agency, whatever else the agency has on its desk. */
function caseLimit(
  agency: Profile,
  conflicts: readonly Conflict[],
  one: Limited,
): Fault | undefined {
  const { agencyId, regions } = agency;
  const { debtorName: name, creditCode, region } = one;
  const conflict = conflictWith(agency, conflicts, { name, creditCode });
  if (conflict !== undefined) {
    return fault('refused', 'conflict_of_interest', { agencyId, ...conflict });
  }
  if (coverOf(regions, region) === 'outside') {
    return fault('refused', 'region_not_covered', {
      agencyId,
      region,
      regions: regions.join('、'),
    });
  }
  return undefined;
}

/** What is full on the agency's desk for one more case: first in cases, then in money. */
function deskLimit(agency: Profile, load: Load, one: Limited, today: Day): Fault | undefined {
  const { agencyId } = agency;
  if (capacityLeft(agency, load) === 0) {
    return fault('exhausted', 'capacity_exceeded', { agencyId, capacity: agency.capacityCases });
  }
  const most = amountCapacity(agency, today);
  if (load.openMinor + loadMinorOf(one.open, today) > most.minor) {
    return fault('exhausted', 'amount_exceeded', {
      agencyId,
      agents: agency.agentCount,
      open: load.openMinor,
      most: most.minor,
      currency: most.currency,
    });
  }
  return undefined;
}

/**
 * The first hard limit (domain.md section 6.3) that placing a case with an agency would break, as
 * the fault it is refused with: `refused` licence_missing, licence_expired, conflict_of_interest,
 * region_not_covered; `exhausted` capacity_exceeded, amount_exceeded. A debtor without a known
 * region breaks none by it.
 */
export function brokenLimit(
  agency: Profile,
  load: Load,
  conflicts: readonly Conflict[],
  one: Limited,
  today: Day,
): Fault | undefined {
  return (
    paperLimit(agency, today) ??
    caseLimit(agency, conflicts, one) ??
    deskLimit(agency, load, one, today)
  );
}
