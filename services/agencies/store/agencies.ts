import { defineEntity, LockMode, p } from '@mikro-orm/core';
import type { Tx } from '@recourse/kit/db.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { CommissionTerms, Licence } from '@recourse/proto/agencies/v1/agencies.ts';
import {
  CommissionTerms as TermsCodec,
  Licence as LicenceCodec,
} from '@recourse/proto/agencies/v1/agencies.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import { type Load, noLoad, type Profile } from '../domain/agency.ts';
import { emptyTally, type Tally } from '../domain/record.ts';
import { coverOf } from '../domain/region.ts';
import { lockByName } from './lock.ts';

/** A row of `agency`; lists and terms are kept as the contract's own JSON. */
export const AgencyRow = defineEntity({
  name: 'AgencyRow',
  tableName: 'agency',
  properties: {
    orgId: p.uuid().primary(),
    agencyId: p.uuid().primary(),
    name: p.string(),
    description: p.text(),
    sectors: p.json<string[]>(),
    regions: p.json<string[]>(),
    languages: p.json<string[]>(),
    licences: p.json<unknown[]>(),
    listTerms: p.json<unknown>(),
    agentCount: p.integer(),
    capacityCases: p.integer(),
    creditCode: p.string(),
    version: p.bigint(),
  },
});

type Row = {
  agencyId: string;
  name: string;
  description: string;
  sectors: string[];
  regions: string[];
  languages: string[];
  licences: unknown[];
  listTerms: unknown;
  agentCount: number;
  capacityCases: number;
  creditCode: string;
  version: bigint;
};

/** What an agency has measured, and how punctual it was. */
export type Measured = {
  tally: Tally;
  reportsDue: number;
  reportsOnTime: number;
  /** Of the last year, those found unfounded left out; and of these the upheld. */
  complaints: number;
  complaintsUpheld: number;
};

/** An agency as it stands in the market. */
export type Known = { profile: Profile; load: Load; measured: Measured };

export function termsFrom(stored: unknown): CommissionTerms {
  return TermsCodec.fromJSON(stored);
}

export function licencesFrom(stored: readonly unknown[]): Licence[] {
  return stored.map((one) => LicenceCodec.fromJSON(one));
}

function profileFrom(row: Row): Profile {
  const { agencyId, name, description, sectors, regions, languages } = row;
  const { agentCount, capacityCases, creditCode, version } = row;
  return {
    agencyId,
    name,
    description,
    sectors,
    regions,
    languages,
    agentCount,
    capacityCases,
    creditCode,
    version,
    licences: licencesFrom(row.licences),
    listTerms: termsFrom(row.listTerms),
  };
}

/** The profile of the transaction's organisation, when it is an agency. */
export async function ownProfile(tx: Tx): Promise<Profile | undefined> {
  const row = await tx.em.findOne(AgencyRow, { orgId: tx.orgId, agencyId: tx.orgId });
  return row === null ? undefined : profileFrom(row);
}

/** The agency's own profile, locked for the transaction whether or not it is there yet. */
export async function profileForUpdate(tx: Tx): Promise<Profile | undefined> {
  await lockByName(tx, 'agency');
  const row = await tx.em.findOne(
    AgencyRow,
    { orgId: tx.orgId, agencyId: tx.orgId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  return row === null ? undefined : profileFrom(row);
}

/** Creates or replaces the agency's own profile, and its empty counters with it. */
export async function saveProfile(tx: Tx, profile: Profile): Promise<void> {
  const key = { orgId: tx.orgId, agencyId: tx.orgId };
  const written = {
    ...profile,
    sectors: [...profile.sectors],
    regions: [...profile.regions],
    languages: [...profile.languages],
    licences: profile.licences.map((one) => LicenceCodec.toJSON(one)),
    listTerms: TermsCodec.toJSON(profile.listTerms),
  };
  const row = await tx.em.findOne(AgencyRow, key);
  if (row === null) tx.em.create(AgencyRow, { ...written, ...key });
  else tx.em.assign(row, written);
  await tx.em.flush();
  for (const table of ['agency_load', 'agency_record']) {
    await tx.query(
      `INSERT INTO ${table} (org_id, agency_id) VALUES ($1, $1) ON CONFLICT DO NOTHING`,
      [tx.orgId],
    );
  }
}

const columns = `a.agency_id AS "agencyId", a.name, a.description, a.sectors, a.regions,
  a.languages, a.licences, a.list_terms AS "listTerms", a.agent_count AS "agentCount",
  a.capacity_cases AS "capacityCases", a.credit_code AS "creditCode", a.version, l.offered,
  l.active, l.open_minor AS "openMinor", r.sample,
  r.share_sum_bps AS "shareSumBps", r.paid_sample AS "paidSample",
  r.days_to_first_payment_sum AS "daysSum", r.reports_due AS "reportsDue",
  r.reports_on_time AS "reportsOnTime", r.complaints, r.complaints_upheld AS "complaintsUpheld"`;

const besides = `JOIN agency_load l ON l.org_id = a.org_id AND l.agency_id = a.agency_id
  JOIN agency_record r ON r.org_id = a.org_id AND r.agency_id = a.agency_id`;

type KnownRow = Row & {
  offered: number;
  active: number;
  openMinor: bigint;
  sample: number;
  shareSumBps: bigint;
  paidSample: number;
  daysSum: number;
  reportsDue: number;
  reportsOnTime: number;
  complaints: number;
  complaintsUpheld: number;
};

function knownFrom(row: KnownRow): Known {
  const { offered, active, openMinor, sample, paidSample, reportsDue, reportsOnTime } = row;
  const { complaints, complaintsUpheld } = row;
  const tally: Tally = {
    sample,
    paidSample,
    shareSumBps: Number(row.shareSumBps),
    daysToFirstPaymentSum: row.daysSum,
  };
  return {
    profile: profileFrom(row),
    load: { offered, active, openMinor },
    measured: { tally, reportsDue, reportsOnTime, complaints, complaintsUpheld },
  };
}

/** Published agencies by id; all of them when no ids are given, at most 1,000. */
export async function knownAgencies(tx: Tx, agencyIds: readonly string[]): Promise<Known[]> {
  const rows = await tx.query<KnownRow>(
    `SELECT ${columns} FROM agency a ${besides}
      WHERE ($1::uuid[] = '{}' OR a.agency_id = ANY ($1::uuid[])) ORDER BY a.agency_id LIMIT 1000`,
    [agencyIds],
  );
  return rows.map(knownFrom);
}

export type AgencyFilter = { query: string; sector: string; region: string };

/** The regions as agencies state them, of those that cover one or lie in it. */
async function statedCovering(tx: Tx, region: string): Promise<string[]> {
  const rows = await tx.query<{ stated: string }>(
    'SELECT DISTINCT jsonb_array_elements_text(regions) AS stated FROM agency',
  );
  const all = rows.map((row) => row.stated);
  return all.filter((stated) => coverOf([stated], region) !== 'outside');
}

/** Published agencies by name; one that names no sectors or regions takes any. */
export async function listAgencies(
  tx: Tx,
  filter: AgencyFilter,
  request: PageRequest | undefined,
): Promise<{ agencies: Known[]; page: PageInfo }> {
  const like = `%${filter.query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { sql, values } = where([
    filter.query === '' ? undefined : ['lower(a.name) LIKE ?', like],
    unlessEmpty(`(a.sectors = '[]' OR jsonb_exists(a.sectors, ?))`, filter.sector),
    filter.region === ''
      ? undefined
      : [
          `(a.regions = '[]' OR jsonb_exists_any(a.regions, ?::text[]))`,
          await statedCovering(tx, filter.region),
        ],
  ]);
  const list = {
    table: 'agency',
    alias: 'a',
    conditions: sql,
    values,
    besides,
    columns,
    sortColumn: 'a.name',
    idColumn: 'a.agency_id',
    descending: false,
  };
  const found = await page<KnownRow>(tx, list, request, { filter });
  return { agencies: found.rows.map(knownFrom), page: found.page };
}

/** What all agencies of the platform have measured together. */
export async function platformTally(tx: Tx): Promise<Tally> {
  const [row] = await tx.query<{ sample: bigint | null; sum: string | null }>(
    'SELECT sum(sample) AS sample, sum(share_sum_bps) AS sum FROM agency_record',
  );
  return { ...emptyTally, sample: Number(row?.sample ?? 0), shareSumBps: Number(row?.sum ?? 0) };
}

/** An agency's counters, locked so that two creditors cannot both take its last place. */
export async function loadForUpdate(tx: Tx, agencyId: string): Promise<Load> {
  const [row] = await tx.query<Load>(
    `SELECT offered, active, open_minor AS "openMinor" FROM agency_load
      WHERE org_id = $1 AND agency_id = $1 FOR UPDATE`,
    [agencyId],
  );
  return row ?? { ...noLoad };
}

/** Moves the counters of agencies, always in the order of their ids. */
export async function moveLoads(tx: Tx, moves: ReadonlyMap<string, Load>): Promise<void> {
  for (const [agencyId, by] of [...moves].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { offered, active, openMinor } = by;
    if (offered === 0 && active === 0 && openMinor === 0n) continue;
    await tx.query(
      `UPDATE agency_load SET offered = offered + $2, active = active + $3,
              open_minor = open_minor + $4
        WHERE org_id = $1 AND agency_id = $1`,
      [agencyId, offered, active, openMinor],
    );
  }
}

/** Writes what was measured, in the agency's own transaction. */
export async function saveMeasured(
  tx: Tx,
  { tally, reportsDue, reportsOnTime, complaints, complaintsUpheld }: Measured,
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `UPDATE agency_record SET sample = $2, share_sum_bps = $3, paid_sample = $4,
       days_to_first_payment_sum = $5, reports_due = $6, reports_on_time = $7, measured_at = $8,
       complaints = $9, complaints_upheld = $10
      WHERE org_id = $1 AND agency_id = $1`,
    [
      tx.orgId,
      tally.sample,
      tally.shareSumBps,
      tally.paidSample,
      tally.daysToFirstPaymentSum,
      reportsDue,
      reportsOnTime,
      at,
      complaints,
      complaintsUpheld,
    ],
  );
}
