import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import { type Case, CaseState, type Handling } from '@recourse/proto/cases/v1/cases.ts';
import { type Org, patiently, type Town } from './town.ts';

/** Puts an agency with a price list on the market. */
export async function introduce(town: Town, agency: Org, listTerms: CommissionTerms) {
  const licence = { kind: '营业执照', number: 'YY1', expiresOn: '2099-12-31' };
  const call = await agency.as('agency_manager');
  const profile = {
    agencyId: agency.orgId,
    name: agency.orgName,
    description: '',
    sectors: [],
    regions: [],
    languages: [],
    licences: [licence],
    listTerms,
    // Their amounts are of no interest here.
    agentCount: 1_000,
    capacityCases: 1_000,
    expectedVersion: 0n,
  };
  await patiently(() => town.agencies.putAgency(profile, call));
}

/** Cases as somebody sees them, up to 200, in the order of their numbers. */
export async function casesSeen(
  town: Town,
  org: Org,
  role: string,
  handlings: Handling[] = [],
): Promise<Case[]> {
  const { cases } = await town.cases.listCases(
    {
      states: [CaseState.OPEN],
      tiers: [],
      overdueClasses: [],
      handlings,
      stages: [],
      agencyId: '',
      assigneeId: '',
      query: '',
      currency: '',
      minOpen: undefined,
      sort: 'number',
      dueBy: '',
      page: { size: 200, cursor: '' },
    },
    await org.as(role),
  );
  return cases;
}

/** Opens a case for every debtor of a creditor that is overdue. */
export async function openAll(town: Town, creditor: Org): Promise<Case[]> {
  const wanted = {
    requestId: randomUUIDv7(),
    asOf: '',
    minOverdue: undefined,
    minDaysOverdue: 0,
    preview: false,
    debtorIds: [],
  };
  await town.cases.openCases(wanted, await creditor.as('director'));
  return casesSeen(town, creditor, 'director');
}

export type Placed = { caseId: string; placementId: string };

/** Offers cases to an agency by its price list. */
export async function offer(
  town: Town,
  creditor: Org,
  agency: Org,
  caseIds: readonly string[],
): Promise<Placed[]> {
  const placements = caseIds.map((caseId) => ({ caseId, placementId: randomUUIDv7() }));
  const wanted = { placements, agencyId: agency.orgId, terms: undefined, note: '' };
  const { results } = await town.placements.placeCases(wanted, await creditor.as('director'));
  const refused = results.find(({ done }) => !done);
  if (refused !== undefined) throw new Error(`not placed: ${refused.reason}`);
  return placements;
}

/** The agency takes what it was offered; resolves when cases has opened them to it. */
export async function accept(town: Town, agency: Org, placed: readonly Placed[]): Promise<void> {
  const placementIds = placed.map(({ placementId }) => placementId);
  const call = await agency.as('agency_manager');
  await town.placements.acceptPlacements({ placementIds, requestId: randomUUIDv7() }, call);
  await eventually(async () => {
    const seen = new Set((await casesSeen(town, agency, 'agency_agent')).map((one) => one.caseId));
    const missing = placed.filter(({ caseId }) => !seen.has(caseId));
    if (missing.length > 0) throw new Error(`${missing.length} cases are not open to the agency`);
  }, 30_000);
}
