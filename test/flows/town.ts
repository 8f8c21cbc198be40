import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, createBus } from '@recourse/kit/bus.ts';
import type { OrgKind } from '@recourse/kit/caller.ts';
import { client, type ClientCall, type Promised } from '@recourse/kit/client.ts';
import { Fault } from '@recourse/kit/fault.ts';
import { createFiles, type Files } from '@recourse/kit/files.ts';
import { createLog } from '@recourse/kit/log.ts';
import type { TestPlatform } from '@recourse/kit/testing.ts';
import { AgenciesServiceClient } from '@recourse/proto/agencies/v1/agencies.ts';
import { CommissionServiceClient } from '@recourse/proto/agencies/v1/commission.ts';
import { PlacementsServiceClient } from '@recourse/proto/agencies/v1/placements.ts';
import { CasesServiceClient } from '@recourse/proto/cases/v1/cases.ts';
import { ImportsServiceClient } from '@recourse/proto/cases/v1/imports.ts';
import { WorkServiceClient } from '@recourse/proto/cases/v1/work.ts';
import { CreditServiceClient } from '@recourse/proto/credit/v1/credit.ts';

/** An organisation of a flow, and how its people call. */
export type Org = {
  orgId: string;
  orgName: string;
  as(role: string): Promise<ClientCall>;
};

/** The services as their neighbours see them, wherever they run, and the broker's file store. */
export type Town = {
  imports: Promised<ImportsServiceClient>;
  cases: Promised<CasesServiceClient>;
  work: Promised<WorkServiceClient>;
  agencies: Promised<AgenciesServiceClient>;
  placements: Promised<PlacementsServiceClient>;
  commission: Promised<CommissionServiceClient>;
  credit: Promised<CreditServiceClient>;
  files: Files;
  bus: Bus;
  org(orgKind: OrgKind, orgName: string): Org;
  stop(): Promise<void>;
};

/** Connects to services by their addresses; they may start later. */
export async function openTown(platform: TestPlatform): Promise<Town> {
  const [cases, agencies, credit] = await Promise.all([
    platform.addressOf('cases'),
    platform.addressOf('agencies'),
    platform.addressOf('credit'),
  ]);
  const log = createLog('flows', 'fatal');
  const bus = await createBus({ url: platform.natsUrl, service: 'flows', log });
  const clients = {
    imports: client(ImportsServiceClient, cases),
    cases: client(CasesServiceClient, cases),
    work: client(WorkServiceClient, cases),
    agencies: client(AgenciesServiceClient, agencies),
    placements: client(PlacementsServiceClient, agencies),
    commission: client(CommissionServiceClient, agencies),
    credit: client(CreditServiceClient, credit),
  };
  return {
    ...clients,
    bus,
    files: createFiles({ bus }),
    org: (orgKind, orgName) => {
      const orgId = randomUUIDv7();
      return { orgId, orgName, as: (role) => platform.call({ role, orgId, orgKind, orgName }) };
    },
    stop: async () => {
      for (const one of Object.values(clients)) one.close();
      await bus.stop();
    },
  };
}

/** A busy machine takes long to start a service; a broken one never does. */
const patienceMs = 300_000;

/**
 * Repeats a step as a client does that was given no definite answer: every command may be repeated,
 * since the client names what it creates. Any other fault is the step's own.
 */
export async function patiently<T>(step: () => Promise<T>): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await step();
    } catch (thrown) {
      const isOpen = thrown instanceof Fault && ['unavailable', 'expired'].includes(thrown.kind);
      if (!isOpen || performance.now() > end) throw thrown;
    }
    await sleep(50);
  }
}
