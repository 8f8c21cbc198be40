import { type Day, daysBetween, day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { canonicalJson } from '@recourse/kit/hash.ts';
import type { CommissionTerms, Licence } from '@recourse/proto/agencies/v1/agencies.ts';
import type { AgenciesEvent } from '@recourse/proto/agencies/v1/events.ts';
import { casesPerAgent, ruleOn } from './rules.ts';
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
  version: bigint;
};

/** Cases an agency has on its desk: offered to it and not answered, and accepted. */
export type Load = { offered: number; active: number };

export type PutProfile = Omit<Profile, 'version' | 'listTerms'> & {
  listTerms: CommissionTerms | undefined;
  expectedVersion: bigint;
};

function unique(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
}

/**
 * Creates or changes an agency's profile. A capacity of 0 is counted from its agents. Saying again
 * what is already so changes nothing, whatever version the repeat expects.
 * Faults: `denied` not_own_agency; `refused` terms_*; `stale` agency_changed_meanwhile.
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

/** Licences that expire in exactly one of these numbers of days: the days to remind on. */
export function licencesToRemind(profile: Profile, today: Day, days: readonly number[]): Licence[] {
  return profile.licences.filter((licence) =>
    days.includes(daysBetween(today, day(licence.expiresOn))),
  );
}

/** Why an agency gets no new placements today, named with the paper: `licence_expired:营业执照`. */
export function suspendedReasons(profile: Profile, today: Day): string[] {
  return expiredLicences(profile, today).map((licence) => `licence_expired:${licence.kind}`);
}

/** Cases that may still be offered, never below zero. */
export function capacityLeft(profile: Profile, load: Load): number {
  return Math.max(0, profile.capacityCases - load.offered - load.active);
}

/** A region is covered by itself and by what contains it (江苏 covers 江苏省苏州市). */
export function coversRegion(profile: Profile, region: string): boolean {
  return profile.regions.length === 0 || profile.regions.some((own) => region.startsWith(own));
}

export function coversSector(profile: Profile, sector: string): boolean {
  return profile.sectors.length === 0 || profile.sectors.includes(sector);
}
