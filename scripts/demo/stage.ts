import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import type { Caller } from '@recourse/kit/caller.ts';
import { client, type ClientCall, type Promised } from '@recourse/kit/client.ts';
import { Fault } from '@recourse/kit/fault.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import { AgenciesServiceClient } from '@recourse/proto/agencies/v1/agencies.ts';
import { CommissionServiceClient } from '@recourse/proto/agencies/v1/commission.ts';
import { PlacementsServiceClient } from '@recourse/proto/agencies/v1/placements.ts';
import { RankingServiceClient } from '@recourse/proto/agencies/v1/ranking.ts';
import { ReportsServiceClient } from '@recourse/proto/agencies/v1/reports.ts';
import { TendersServiceClient } from '@recourse/proto/agencies/v1/tenders.ts';
import { AssociationsServiceClient } from '@recourse/proto/blacklist/v1/associations.ts';
import { ListingsServiceClient } from '@recourse/proto/blacklist/v1/listings.ts';
import { ScreeningServiceClient } from '@recourse/proto/blacklist/v1/screening.ts';
import { CasesServiceClient } from '@recourse/proto/cases/v1/cases.ts';
import { ImportsServiceClient } from '@recourse/proto/cases/v1/imports.ts';
import { ClosingsServiceClient } from '@recourse/proto/cases/v1/closings.ts';
import { LettersServiceClient } from '@recourse/proto/cases/v1/letters.ts';
import { PlansServiceClient } from '@recourse/proto/cases/v1/plans.ts';
import { SettlementsServiceClient } from '@recourse/proto/cases/v1/settlements.ts';
import { WorkServiceClient } from '@recourse/proto/cases/v1/work.ts';
import { CreditServiceClient } from '@recourse/proto/credit/v1/credit.ts';
import { RatingServiceClient } from '@recourse/proto/credit/v1/ratings.ts';
import { DeadlinesServiceClient } from '@recourse/proto/litigation/v1/deadlines.ts';
import { MattersServiceClient } from '@recourse/proto/litigation/v1/matters.ts';
import { MatterMoneyServiceClient } from '@recourse/proto/litigation/v1/money.ts';
import { PlatformServiceClient } from '@recourse/proto/platform/v1/platform.ts';

/** Where the demo is played: the running services, the people, and the platform's clock. */
export type Stage = {
  imports: Promised<ImportsServiceClient>;
  cases: Promised<CasesServiceClient>;
  work: Promised<WorkServiceClient>;
  letters: Promised<LettersServiceClient>;
  plans: Promised<PlansServiceClient>;
  settlements: Promised<SettlementsServiceClient>;
  closings: Promised<ClosingsServiceClient>;
  agencies: Promised<AgenciesServiceClient>;
  placements: Promised<PlacementsServiceClient>;
  tenders: Promised<TendersServiceClient>;
  reports: Promised<ReportsServiceClient>;
  commission: Promised<CommissionServiceClient>;
  ranking: Promised<RankingServiceClient>;
  credit: Promised<CreditServiceClient>;
  ratings: Promised<RatingServiceClient>;
  associations: Promised<AssociationsServiceClient>;
  listings: Promised<ListingsServiceClient>;
  screening: Promised<ScreeningServiceClient>;
  matters: Promised<MattersServiceClient>;
  deadlines: Promised<DeadlinesServiceClient>;
  money: Promised<MatterMoneyServiceClient>;
  /** The platform's door into each service, by its name. */
  rooms: ReadonlyMap<string, Promised<PlatformServiceClient>>;
  person(username: string): Promise<Caller>;
  /** The call of one person. */
  as(username: string): Promise<ClientCall>;
  /** Uploads a file as the gateway would; resolves to its upload id. */
  upload(caller: Caller, name: string, content: Buffer): Promise<string>;
  /** Moves every service's clock; `undefined` is the real time again. */
  moveTo(at: Temporal.Instant | undefined): Promise<void>;
  /** The next id of the demo; the same in every run, as each act counts its own. */
  id(what: string): string;
  /** The same stage with ids of its own, for an act played at the same time as others. */
  act(name: string): Stage;
  stop(): Promise<void>;
};

export type StageOptions = {
  creditAddress: string;
  casesAddress: string;
  agenciesAddress: string;
  blacklistAddress: string;
  litigationAddress: string;
  gatewayUrl: string;
  natsUrl: string;
  person(username: string): Promise<Caller>;
};

/** A namespace of its own keeps the demo's ids apart from anything people create. */
const demoNamespace = '5d3b1c1e-0000-8000-8000-7265636f7572';

async function putUpload(
  gatewayUrl: string,
  id: string,
  caller: Caller,
  name: string,
  body: Buffer,
) {
  const response = await fetch(`${gatewayUrl}/v1/uploads/${id}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${caller.token}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
    },
    body: new Uint8Array(body),
  });
  if (!response.ok)
    throw new Error(`upload of ${name}: ${response.status} ${await response.text()}`);
}

/** Opens the stage on running services. */
export async function openStage(o: StageOptions): Promise<Stage> {
  const nats = await connect({ servers: o.natsUrl });
  const ids = new Map<string, number>();
  const idOf = (what: string): string => {
    const count = (ids.get(what) ?? 0) + 1;
    ids.set(what, count);
    return namedUuid(demoNamespace, `${what} ${count}`);
  };
  const stage: Stage = {
    imports: client(ImportsServiceClient, o.casesAddress),
    cases: client(CasesServiceClient, o.casesAddress),
    work: client(WorkServiceClient, o.casesAddress),
    letters: client(LettersServiceClient, o.casesAddress),
    plans: client(PlansServiceClient, o.casesAddress),
    settlements: client(SettlementsServiceClient, o.casesAddress),
    closings: client(ClosingsServiceClient, o.casesAddress),
    agencies: client(AgenciesServiceClient, o.agenciesAddress),
    placements: client(PlacementsServiceClient, o.agenciesAddress),
    tenders: client(TendersServiceClient, o.agenciesAddress),
    reports: client(ReportsServiceClient, o.agenciesAddress),
    commission: client(CommissionServiceClient, o.agenciesAddress),
    ranking: client(RankingServiceClient, o.agenciesAddress),
    credit: client(CreditServiceClient, o.creditAddress),
    ratings: client(RatingServiceClient, o.creditAddress),
    associations: client(AssociationsServiceClient, o.blacklistAddress),
    listings: client(ListingsServiceClient, o.blacklistAddress),
    screening: client(ScreeningServiceClient, o.blacklistAddress),
    matters: client(MattersServiceClient, o.litigationAddress),
    deadlines: client(DeadlinesServiceClient, o.litigationAddress),
    money: client(MatterMoneyServiceClient, o.litigationAddress),
    rooms: new Map(
      Object.entries({
        cases: o.casesAddress,
        credit: o.creditAddress,
        agencies: o.agenciesAddress,
        blacklist: o.blacklistAddress,
        litigation: o.litigationAddress,
      }).map(([service, address]) => [service, client(PlatformServiceClient, address)]),
    ),
    person: o.person,
    as: async (username) => ({
      caller: await o.person(username),
      requestId: 'demo',
      signal: new AbortController().signal,
      deadlineMs: 60_000,
    }),
    upload: async (caller, name, content) => {
      const uploadId = idOf(`upload ${name}`);
      await putUpload(o.gatewayUrl, uploadId, caller, name, content);
      return uploadId;
    },
    moveTo: async (at) => {
      nats.publish('recourse.clock', JSON.stringify({ at: at?.toString() ?? null }));
      await nats.flush();
      // Services apply it as it arrives; a moment covers the slowest of them.
      await sleep(30);
    },
    id: idOf,
    act: (name) => ({ ...stage, id: (what) => idOf(`${name} ${what}`) }),
    stop: () => nats.drain(),
  };
  return stage;
}

/**
 * Repeats a question until its answer fits, for what follows by event; gives up after two minutes.
 */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 2400; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(50);
  }
  throw new Error(`the demo waited in vain for ${what}`);
}

/**
 * Runs a step that may be refused for the named reasons, as it would be in life; true when done.
 */
export async function unlessRefused(reasons: readonly string[], step: () => Promise<unknown>) {
  try {
    await step();
    return true;
  } catch (thrown) {
    if (thrown instanceof Fault && reasons.includes(thrown.reason)) return false;
    throw thrown;
  }
}
