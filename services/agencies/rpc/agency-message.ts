import type { Day } from '@recourse/kit/day.ts';
import type { Agency } from '@recourse/proto/agencies/v1/agencies.ts';
import { amountCapacity, amountLeft, capacityLeft, suspendedReasons } from '../domain/agency.ts';
import { meanDaysToFirstPaymentTenths, recovery, type Tally } from '../domain/record.ts';
import type { Known } from '../store/agencies.ts';

function recordMessage(known: Known, platform: Tally, today: Day): Agency['record'] {
  const { tally, reportsDue, reportsOnTime, complaints, complaintsUpheld } = known.measured;
  const made = recovery(tally, platform, today);
  return {
    sample: BigInt(tally.sample),
    recoveryRateBps: BigInt(made?.rateBps ?? 0),
    recoveryLowBps: BigInt(made?.lowBps ?? 0),
    recoveryHighBps: BigInt(made?.highBps ?? 0),
    reportsDue,
    reportsOnTime,
    complaints,
    complaintsUpheld,
    meanDaysToFirstPaymentTenths: meanDaysToFirstPaymentTenths(tally),
  };
}

/** An agency as it is shown in the market. */
export function agencyMessage(known: Known, platform: Tally, today: Day): Agency {
  const { profile, load } = known;
  const suspended = suspendedReasons(profile, today);
  if (capacityLeft(profile, load) === 0) suspended.push('capacity_exceeded');
  if (amountLeft(profile, load, today).minor === 0n) suspended.push('amount_exceeded');
  const most = amountCapacity(profile, today);
  return {
    ...profile,
    sectors: [...profile.sectors],
    regions: [...profile.regions],
    languages: [...profile.languages],
    licences: [...profile.licences],
    activeCases: load.active,
    record: recordMessage(known, platform, today),
    openAmount: { currency: most.currency, minor: load.openMinor },
    capacityAmount: most,
    acceptsPlacements: suspended.length === 0,
    suspendedReasons: suspended,
  };
}
