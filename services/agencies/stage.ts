import { randomUUIDv7 } from 'node:crypto';
import type { Promised } from '@recourse/kit/client.ts';
import type { OrgKind } from '@recourse/kit/caller.ts';
import { casesStandIn, openCaseBasis, type ToldCases } from '@recourse/kit/cases-stand-in.ts';
import { emit } from '@recourse/kit/events.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import {
  AgenciesServiceClient,
  type CommissionTerms,
} from '@recourse/proto/agencies/v1/agencies.ts';
import { ConflictsServiceClient } from '@recourse/proto/agencies/v1/conflicts.ts';
import { CommissionServiceClient } from '@recourse/proto/agencies/v1/commission.ts';
import { PacksServiceClient } from '@recourse/proto/agencies/v1/packs.ts';
import { PlacementsServiceClient } from '@recourse/proto/agencies/v1/placements.ts';
import { ReportsServiceClient } from '@recourse/proto/agencies/v1/reports.ts';
import { TendersServiceClient } from '@recourse/proto/agencies/v1/tenders.ts';
import type { PlacementBasis } from '@recourse/proto/cases/v1/cases.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { agencies } from './service.ts';
import { casesTopic } from './topic.ts';

/** An organisation of a test, and how its people call. */
export type Org = {
  orgId: string;
  orgName: string;
  orgKind: OrgKind;
  /** A call by somebody of this role. */
  as(role: string): ReturnType<TestPlatform['call']>;
};

/** Cases as far as agencies can tell: it answers by the contract and tells events. */
export type Neighbour = ToldCases & { service: TestService };

export type Stage = {
  platform: TestPlatform;
  service: TestService;
  cases: Neighbour;
  market: Promised<AgenciesServiceClient>;
  conflicts: Promised<ConflictsServiceClient>;
  placements: Promised<PlacementsServiceClient>;
  packs: Promised<PacksServiceClient>;
  tenders: Promised<TendersServiceClient>;
  reports: Promised<ReportsServiceClient>;
  commission: Promised<CommissionServiceClient>;
  creditor(name?: string): Org;
  /** A new agency with a profile. */
  agency(more?: {
    name?: string;
    terms?: CommissionTerms;
    capacityCases?: number;
    agentCount?: number;
    regions?: string[];
    expiresOn?: string;
  }): Promise<Org>;
  /** An open case that can be placed. */
  openCase(more?: Partial<PlacementBasis>): string;
  /** An event of cases about one aggregate, as the real service would tell it. */
  tell(
    org: Org,
    aggregateId: string,
    event: NonNullable<CasesEvent['event']>,
    at?: Temporal.Instant,
  ): Promise<void>;
  stop(): Promise<void>;
};

export function flatTerms(rateBps: number, more: Partial<CommissionTerms> = {}): CommissionTerms {
  return { model: { $case: 'flat', value: { rateBps } }, vatBps: 600, tailDays: 30, ...more };
}

/** The service on its real ground, with a neighbour that keeps to the contract. */
export async function setStage(): Promise<Stage> {
  const platform = await testPlatform();
  const told: ToldCases = { bases: new Map(), activities: new Map(), asked: 0 };
  const neighbour = await platform.startService(casesStandIn(told));
  const cases: Neighbour = Object.assign(told, { service: neighbour });
  const service = await platform.startService(agencies);
  const market = service.client(AgenciesServiceClient);
  const org = (orgKind: OrgKind, orgName: string): Org => {
    const orgId = randomUUIDv7();
    return {
      orgId,
      orgName,
      orgKind,
      as: (role) => platform.call({ role, orgId, orgKind, orgName, name: '张敏' }),
    };
  };
  return {
    platform,
    service,
    cases,
    market,
    conflicts: service.client(ConflictsServiceClient),
    placements: service.client(PlacementsServiceClient),
    packs: service.client(PacksServiceClient),
    tenders: service.client(TendersServiceClient),
    reports: service.client(ReportsServiceClient),
    commission: service.client(CommissionServiceClient),
    creditor: (name = '远望机电') => org('creditor', name),
    agency: async ({
      name = '正信资产',
      terms = flatTerms(1500),
      capacityCases = 1000,
      agentCount = 5,
      regions = [],
      expiresOn,
    } = {}) => {
      const made = org('agency', name);
      const licence = { kind: '营业执照', number: 'YY1', expiresOn: expiresOn ?? '2099-12-31' };
      await market.putAgency(
        {
          agencyId: made.orgId,
          name,
          description: '',
          sectors: [],
          regions,
          languages: [],
          licences: [licence],
          listTerms: terms,
          agentCount,
          capacityCases,
          expectedVersion: 0n,
        },
        await made.as('agency_manager'),
      );
      return made;
    },
    openCase: (more = {}) => {
      const basis = openCaseBasis(more);
      cases.bases.set(basis.caseId, basis);
      return basis.caseId;
    },
    tell: (by, aggregateId, event, at = Temporal.Now.instant()) =>
      neighbour.db.tenant(by.orgId, (tx) => emit(tx, casesTopic, { aggregateId, at }, [event])),
    stop: () => platform.stop(),
  };
}
