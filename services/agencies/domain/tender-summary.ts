import type { Day } from '@recourse/kit/day.ts';
import { roughly } from '@recourse/kit/round-rates.ts';
import type {
  AgeCount,
  AmountCount,
  NamedCount,
  TenderSummary,
} from '@recourse/proto/agencies/v1/tenders.ts';
import { coversSector, type Profile } from './agency.ts';
import { openByCurrency } from './comparison.ts';
import { paperLimit } from './limits.ts';
import type { Basis } from './placement.ts';
import { coverOf } from './region.ts';
import { ruleOn, segmentBands } from './rules.ts';

/** A case as it is tendered: what placing looks at, and its tier (`HIGH`). */
export type Tendered = { basis: Basis; tier: string };

/** How many of the values reach each step, the last step that each reaches. */
function counted<V extends number | bigint>(steps: readonly V[], values: readonly V[]): number[] {
  return steps.map((from, index) => {
    const to = steps[index + 1];
    const isHere = (value: V): boolean =>
      (value >= from || index === 0) && (to === undefined || value < to);
    return values.filter(isHere).length;
  });
}

function agesOf(cases: readonly Tendered[], fromDays: readonly number[]): AgeCount[] {
  const days = cases.map(({ basis }) => basis.daysOverdue);
  return counted(fromDays, days).map((count, index) => ({
    fromDaysOverdue: fromDays[index] ?? 0,
    toDaysOverdue: (fromDays[index + 1] ?? 1) - 1,
    cases: count,
  }));
}

function amountsOf(
  cases: readonly Tendered[],
  fromMinor: readonly bigint[],
  currency: string,
): AmountCount[] {
  // As in segments: an amount without a round rate is of the first bracket.
  const minors = cases.map(({ basis }) => roughly(basis.open, currency)?.minor ?? 0n);
  return counted(fromMinor, minors).map((count, index) => {
    const to = fromMinor[index + 1];
    return {
      fromAmount: { currency, minor: fromMinor[index] ?? 0n },
      toAmount: to === undefined ? undefined : { currency, minor: to },
      cases: count,
    };
  });
}

/** Most cases first. */
function namedCounts(names: readonly string[]): NamedCount[] {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, those]) => ({ name, cases: those.length }))
    .sort((a, b) => b.cases - a.cases || (a.name < b.name ? -1 : 1));
}

/**
 * What agencies learn of tendered cases before the award: counts and sums by the classes of
 * `segmentBands`, never a name, a number, an id or the amount of one case (the mask of offers,
 * domain.md section 6.2, drawn over the whole bundle).
 */
export function summaryOf(cases: readonly Tendered[], today: Day): TenderSummary {
  const { fromDays, fromMinor, currency } = ruleOn(segmentBands, today);
  return {
    cases: cases.length,
    openByCurrency: openByCurrency(cases.map(({ basis }) => basis)),
    ages: agesOf(cases, fromDays).filter((one) => one.cases > 0),
    amounts: amountsOf(cases, fromMinor, currency).filter((one) => one.cases > 0),
    tiers: namedCounts(cases.map(({ tier }) => tier)),
    regions: namedCounts(cases.map(({ basis }) => basis.region)),
    sectors: namedCounts(cases.map(({ basis }) => basis.industry.trim())),
  };
}

/** What of an agency decides to which open tenders it comes, as a search asks for it. */
export type Fit = {
  hasPapers: boolean;
  coversRegion: (region: string) => boolean;
  coversSector: (sector: string) => boolean;
};

/** A region or sector that the cases do not tell is held against nobody, as in placing. */
export function fitOf(profile: Profile, today: Day): Fit {
  return {
    hasPapers: paperLimit(profile, today) === undefined,
    coversRegion: (region) => coverOf(profile.regions, region) !== 'outside',
    coversSector: (sector) => sector === '' || coversSector(profile, sector),
  };
}

/** Whether an open tender is open to an agency: papers, and some of the regions and sectors. */
export function fits(profile: Profile, summary: TenderSummary, today: Day): boolean {
  const fit = fitOf(profile, today);
  return (
    fit.hasPapers &&
    summary.regions.some(({ name }) => fit.coversRegion(name)) &&
    summary.sectors.some(({ name }) => fit.coversSector(name))
  );
}
