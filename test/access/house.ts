import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { agencies } from '@recourse/agencies/service.ts';
import { blacklist } from '@recourse/blacklist/service.ts';
import { cases } from '@recourse/cases/service.ts';
import { credit } from '@recourse/credit/service.ts';
import { openBroker } from '@recourse/gateway/broker.ts';
import { startGateway } from '@recourse/gateway/gateway.ts';
import { readSettings } from '@recourse/gateway/settings.ts';
import { readRealm } from '@recourse/identity/realm.ts';
import { startIdentity } from '@recourse/identity/server.ts';
import { contract } from '@recourse/kit/contract.ts';
import { createMetrics } from '@recourse/kit/health.ts';
import { createLog } from '@recourse/kit/log.ts';
import { freePort } from '@recourse/kit/parts.ts';
import { litigation } from '@recourse/litigation/service.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';

export const serviceNames = ['credit', 'cases', 'agencies', 'blacklist', 'litigation'] as const;
type Service = (typeof serviceNames)[number];

/** The whole system behind its gateway, in this process, on real PostgreSQL and NATS. */
export type House = {
  platform: TestPlatform;
  services: Readonly<Record<Service, TestService>>;
  url: string;
  stop(): Promise<void>;
};

/** The provider whose organisations the directory shows; tokens are the test's own. */
async function openDirectory() {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-access-'));
  const port = await freePort();
  const realm = readRealm(join(import.meta.dirname, '../../deploy/keycloak/realm.json'), {
    PORTAL_URL: 'http://localhost:9997',
    DEMO_USERS: 'true',
    DEMO_PASSWORD: 'Correct-Horse-2026',
    MACHINE_CLIENT_SECRET: 'machine',
    DIRECTORY_CLIENT: 'true',
    DIRECTORY_CLIENT_SECRET: 'directory',
  });
  const log = createLog('identity', 'silent');
  const identity = await startIdentity({
    realm,
    origin: `http://localhost:${port}`,
    port,
    dir,
    log,
  });
  return {
    variables: { DIRECTORY_URL: identity.issuer, DIRECTORY_CLIENT_SECRET: 'directory' },
    async stop() {
      await identity.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export async function openHouse(): Promise<House> {
  const platform = await testPlatform();
  const directory = await openDirectory();
  const services = {
    credit: await platform.startService(credit),
    cases: await platform.startService(cases),
    agencies: await platform.startService(agencies, { variables: directory.variables }),
    blacklist: await platform.startService(blacklist),
    litigation: await platform.startService(litigation),
  };
  const log = createLog('gateway', 'fatal');
  const broker = openBroker({ url: platform.natsUrl, log });
  const settings = readSettings({
    NODE_ENV: 'test',
    HTTP_PORT: '0',
    HEALTH_PORT: '0',
    NATS_URL: platform.natsUrl,
    OIDC_ISSUER: platform.issuer.issuer,
    CREDIT_ADDRESS: services.credit.address,
    CASES_ADDRESS: services.cases.address,
    AGENCIES_ADDRESS: services.agencies.address,
    BLACKLIST_ADDRESS: services.blacklist.address,
    LITIGATION_ADDRESS: services.litigation.address,
    // Thousands of requests come from one address here.
    RATE_ANONYMOUS: '1000000',
    // A busy machine is no failure.
    CALL_DEADLINE_MS: '60000',
  });
  const gateway = await startGateway({
    settings,
    contract: contract(),
    files: broker.files,
    live: broker.live,
    log,
    metrics: createMetrics('gateway', { process: false }),
    version: 'test',
  });
  while (!broker.isConnected()) await wait(10);
  return {
    platform,
    services,
    url: `http://127.0.0.1:${gateway.port}`,
    async stop() {
      await gateway.stop();
      await broker.stop();
      await platform.stop();
      await directory.stop();
    },
  };
}
