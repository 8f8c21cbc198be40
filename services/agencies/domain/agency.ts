import { type Day, daysBetween, day, isBefore } from '@recourse/kit/day.ts';
import { creditCodeVerdict } from '@recourse/kit/check.ts';
import { fault } from '@recourse/kit/fault.ts';
import { canonicalJson } from '@recourse/kit/hash.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { CommissionTerms, Licence } from '@recourse/proto/agencies/v1/agencies.ts';
import type { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import { coverOf } from './region.ts';
import { amountPerAgent, casesPerAgent, requiredLicences, ruleOn } from './rules.ts';
import { checkedTerms } from './terms.ts';

export type Told = NonNullable<AgenciesEvent['event']>;

/** What an agency says of itself; empty `sectors` or `regions` mean that it takes any. */
export type Profile = {
  agencyId: string;
  name: string;
  description: string;
  sectors: readonly string[];
  regions: readonly string[];
  languages: readonly string[];
  licences: readonly Licence[];
  listTerms: CommissionTerms;
  agentCount: number;
  capacityCases: number;
  /** Unified social credit code; empty when it has not said. */
  creditCode: string;
  version: bigint;
};

/**
 * What an agency has on its desk: cases offered to it and not answered, and accepted, and what is
 * open on both, in minor units of the currency of `amountPerAgent`.
 */
export type Load = { offered: number; active: number; openMinor: bigint };

export const noLoad: Load = { offered: 0, active: 0, openMinor: 0n };

export type PutProfile = Omit<Profile, 'version' | 'listTerms' | 'creditCode'> & {
  listTerms: CommissionTerms | undefined;
  /** As it is when absent. */
  creditCode: string | undefined;
  expectedVersion: bigint;
};

/** A credit code as it is compared; `invalid` credit_code_malformed for what cannot be one. */
export function checkedCode(text: string): string {
  const creditCode = text.trim().toUpperCase();
  if (creditCode !== '' && creditCodeVerdict(creditCode) === 'malformed') {
    throw fault('invalid', 'credit_code_malformed', { creditCode });
  }
  return creditCode;
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
}

/**
 * Creates or changes an agency's profile. A capacity of 0 is counted from its agents. Saying again
 * what is already so changes nothing, whatever version the repeat expects.
 * Faults: `denied` not_own_agency; `refused` terms_*; `invalid` credit_code_malformed; `stale`
 * agency_changed_meanwhile.
 */
export function putProfile(
  before: Profile | undefined,
  command: PutProfile,
  callerOrgId: string,
  today: Day,
): { state: Profile; events: Told[] } {
  const { expectedVersion, ...said } = command;
  if (said.agencyId !== callerOrgId) throw fault('denied', 'not_own_agency');
  const present = before?.version ?? 0n;
  const perAgent = ruleOn(casesPerAgent, today);
  const state: Profile = {
    ...said,
    name: said.name.trim(),
    sectors: unique(said.sectors),
    regions: unique(said.regions),
    languages: unique(said.languages),
    listTerms: checkedTerms(said.listTerms),
    capacityCases: said.capacityCases === 0 ? said.agentCount * perAgent : said.capacityCases,
    creditCode: checkedCode(said.creditCode ?? before?.creditCode ?? ''),
    version: present + 1n,
  };
  if (
    before !== undefined &&
    canonicalJson({ ...state, version: present }) === canonicalJson(before)
  ) {
    return { state: before, events: [] };
  }
  if (expectedVersion !== present) {
    throw fault('stale', 'agency_changed_meanwhile', { expected: expectedVersion, present });
  }
  const { agencyId, name } = state;
  return { state, events: [{ $case: 'agencyChanged', value: { agencyId, name } }] };
}

/** Licences that are no longer good on a day; one is good through the day it expires on. */
export function expiredLicences(profile: Profile, today: Day): Licence[] {
  return profile.licences.filter((licence) => isBefore(day(licence.expiresOn), today));
}

/** Kinds of papers that the work needs and the agency does not list (`requiredLicences`). */
export function missingLicences(profile: Profile, today: Day): string[] {
  const listed = profile.licences.map((licence) => licence.kind.toLowerCase());
  return ruleOn(requiredLicences, today)
    .filter(({ names }) => !names.some((name) => listed.some((kind) => kind.includes(name))))
    .map(({ kind }) => kind);
}

/** Licences that expire in exactly one of these numbers of days: the days to remind on. */
export function licencesToRemind(profile: Profile, today: Day, days: readonly number[]): Licence[] {
  return profile.licences.filter((licence) =>
    days.includes(daysBetween(today, day(licence.expiresOn))),
  );
}

/**
 * Why an agency gets no new placements today, named with the paper: `licence_expired:营业执照`,
 * `licence_missing:营业执照`.
 */
export function suspendedReasons(profile: Profile, today: Day): string[] {
  return [
    ...missingLicences(profile, today).map((kind) => `licence_missing:${kind}`),
    ...expiredLicences(profile, today).map((licence) => `licence_expired:${licence.kind}`),
  ];
}

/** Cases that may still be offered, never below zero. */
export function capacityLeft(profile: Profile, load: Load): number {
  return Math.max(0, profile.capacityCases - load.offered - load.active);
}

/** The most that may be open with an agency's agents, by `amountPerAgent`. */
export function amountCapacity(profile: Profile, today: Day): Money {
  const { currency, minor } = ruleOn(amountPerAgent, today);
  return { currency, minor: minor * BigInt(profile.agentCount) };
}

/** Open amount that may still be offered, never below zero. */
export function amountLeft(profile: Profile, load: Load, today: Day): Money {
  const { currency, minor } = amountCapacity(profile, today);
  const left = minor - load.openMinor;
  return { currency, minor: left > 0n ? left : 0n };
}

/** A region is covered by itself and by what contains it; see `coverOf` for one that is unknown. */
export function coversRegion(profile: Profile, region: string): boolean {
  return coverOf(profile.regions, region) === 'covered';
}

export function coversSector(profile: Profile, sector: string): boolean {
  return profile.sectors.length === 0 || profile.sectors.includes(sector);
}
