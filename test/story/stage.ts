import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect } from '@jest/globals';
import type { OrgKind } from '@recourse/kit/caller.ts';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { moveClock } from '@recourse/kit/clock.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { sha256 } from '@recourse/kit/hash.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import { ReportsServiceClient } from '@recourse/proto/agencies/v1/reports.ts';
import { AssociationsServiceClient } from '@recourse/proto/blacklist/v1/associations.ts';
import { ListingsServiceClient } from '@recourse/proto/blacklist/v1/listings.ts';
import { ScreeningServiceClient } from '@recourse/proto/blacklist/v1/screening.ts';
import { RatingServiceClient } from '@recourse/proto/credit/v1/ratings.ts';
import { CalculatorsServiceClient } from '@recourse/proto/litigation/v1/calculators.ts';
import { DeadlinesServiceClient } from '@recourse/proto/litigation/v1/deadlines.ts';
import { LimitationServiceClient } from '@recourse/proto/litigation/v1/limitation.ts';
import { MattersServiceClient } from '@recourse/proto/litigation/v1/matters.ts';
import { MatterMoneyServiceClient } from '@recourse/proto/litigation/v1/money.ts';
import { agencies } from '../../services/agencies/service.ts';
import { blacklist } from '../../services/blacklist/service.ts';
import { cases } from '../../services/cases/service.ts';
import { credit } from '../../services/credit/service.ts';
import { litigation } from '../../services/litigation/service.ts';
import { type Org, openTown, type Town } from '../flows/town.ts';

type Name = 'credit' | 'cases' | 'agencies' | 'blacklist' | 'litigation';

/** All five services on one platform, with a clock that the story moves. */
export type Stage = {
  platform: TestPlatform;
  services: Record<Name, TestService>;
  town: Town;
  ratings: Promised<RatingServiceClient>;
  reports: Promised<ReportsServiceClient>;
  associations: Promised<AssociationsServiceClient>;
  listings: Promised<ListingsServiceClient>;
  screening: Promised<ScreeningServiceClient>;
  matters: Promised<MattersServiceClient>;
  limitation: Promised<LimitationServiceClient>;
  deadlines: Promised<DeadlinesServiceClient>;
  money: Promised<MatterMoneyServiceClient>;
  calculators: Promised<CalculatorsServiceClient>;
  /** An organisation; of each role there is one person, others by their names. */
  org(orgKind: OrgKind, orgName: string): Org & { as(role: string, name?: string): Call };
  /** What an organisation keeps of a file, and its digest. */
  upload(org: Org, text: string): Promise<{ uploadId: string; sha256: string }>;
  /** Runs a job of a service for an organisation, as its schedule does. */
  run(service: Name, job: string, org: Org): Promise<void>;
  stop(): Promise<void>;
};

type Call = Promise<ClientCall>;

export type Person = ReturnType<Stage['org']>;

/** Ten in the morning of a day in Shanghai, from which every service's clock goes on. */
export function onDay(day: string): void {
  moveClock(Temporal.Instant.from(`${day}T02:00:00Z`), false);
}

async function runJob(service: TestService, name: string, orgId: string): Promise<void> {
  const id = randomUUIDv7();
  const sql = `INSERT INTO job (org_id, id, name, data) VALUES ($1, $2, $3, '{}')`;
  await service.ownerQuery(sql, [orgId, id, name]);
  await eventually(async () => {
    const found = await service.ownerQuery('SELECT state, reason FROM job WHERE id = $1', [id]);
    expect(found).toEqual([{ state: 'done', reason: '' }]);
  }, 30_000);
}

export async function setStage(): Promise<Stage> {
  const platform = await testPlatform();
  const services = {
    credit: await platform.startService(credit),
    cases: await platform.startService(cases),
    agencies: await platform.startService(agencies),
    blacklist: await platform.startService(blacklist),
    litigation: await platform.startService(litigation),
  };
  const town = await openTown(platform);
  const people = new Map<string, string>();
  return {
    platform,
    services,
    town,
    ratings: services.credit.client(RatingServiceClient),
    reports: services.agencies.client(ReportsServiceClient),
    associations: services.blacklist.client(AssociationsServiceClient),
    listings: services.blacklist.client(ListingsServiceClient),
    screening: services.blacklist.client(ScreeningServiceClient),
    matters: services.litigation.client(MattersServiceClient),
    limitation: services.litigation.client(LimitationServiceClient),
    deadlines: services.litigation.client(DeadlinesServiceClient),
    money: services.litigation.client(MatterMoneyServiceClient),
    calculators: services.litigation.client(CalculatorsServiceClient),
    org: (orgKind, orgName) => {
      const orgId = randomUUIDv7();
      const as = (role: string, name = role): Call => {
        const userId = people.get(`${orgId} ${name}`) ?? randomUUIDv7();
        people.set(`${orgId} ${name}`, userId);
        return platform.call({ role, orgId, orgKind, orgName, userId, name });
      };
      return { orgId, orgName, as };
    },
    upload: async ({ orgId }, text) => {
      const uploadId = randomUUIDv7();
      const about = { fileName: '证据.pdf', mediaType: 'application/pdf', maxBytes: 10_000 };
      await town.files.put(orgId, uploadId, Readable.from([Buffer.from(text)]), about);
      return { uploadId, sha256: sha256(text) };
    },
    run: (service, job, { orgId }) => runJob(services[service], job, orgId),
    stop: async () => {
      moveClock(undefined, false);
      await town.stop();
      await platform.stop();
    },
  };
}
