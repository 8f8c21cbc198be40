/**
 * A rollout on one machine: two processes of cases behind the gateway, replaced one after the other
 * while people work. They repeat nothing: a request that fails counts.
 */
import { randomInt, randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencies } from '@recourse/agencies/service.ts';
import { openBroker } from '@recourse/gateway/broker.ts';
import { type Gateway, startGateway } from '@recourse/gateway/gateway.ts';
import { readSettings } from '@recourse/gateway/settings.ts';
import { contract } from '@recourse/kit/contract.ts';
import { createMetrics } from '@recourse/kit/health.ts';
import { createLog } from '@recourse/kit/log.ts';
import { freePort } from '@recourse/kit/parts.ts';
import type { TestDatabase } from '@recourse/kit/test-cluster.ts';
import { testPlatform, type TestPlatform } from '@recourse/kit/testing.ts';
import { type LoadHouse, seedCases } from '../scripts/loading/book.ts';
import { type Instance, instance } from './load/instances.ts';

/** Below those that the system gives to outgoing connections. */
const port = (): Promise<number> => freePort(randomInt(20_000, 32_000));
const nobody = '127.0.0.1:1';

/** A client looks for an address that was away again after 5 s at most (kit/client.ts). */
const reconnectMs = 7_000;

let platform: TestPlatform;
let gateway: Gateway;
let broker: ReturnType<typeof openBroker>;
let house: LoadHouse;
const instances: Instance[] = [];
let database: TestDatabase;

/** Both processes of cases as grpc-js is told of a fixed list, and the one of agencies. */
async function startServices(): Promise<{ cases: string; agencies: string }> {
  const ports = [await port(), await port()];
  const list = `ipv4:${ports.map((one) => `127.0.0.1:${one}`).join(',')}`;
  const told = await platform.variables('cases');
  ({ database } = told);
  for (const rpc of ports) {
    const own = { ...told.variables, RPC_PORT: String(rpc) };
    instances.push(instance('cases', own, await port()));
  }
  // One after the other, as the first one migrates.
  for (const one of instances) await one.start();
  const variables = { CASES_ADDRESS: list };
  const { address } = await platform.startService(agencies, { variables });
  return { cases: list, agencies: address };
}

async function openGateway(addresses: { cases: string; agencies: string }): Promise<void> {
  const log = createLog('gateway', 'fatal');
  broker = openBroker({ url: platform.natsUrl, log });
  const settings = readSettings({
    NODE_ENV: 'test',
    HTTP_PORT: '0',
    HEALTH_PORT: '0',
    NATS_URL: platform.natsUrl,
    OIDC_ISSUER: platform.issuer.issuer,
    CASES_ADDRESS: addresses.cases,
    AGENCIES_ADDRESS: addresses.agencies,
    CREDIT_ADDRESS: nobody,
    BLACKLIST_ADDRESS: nobody,
    LITIGATION_ADDRESS: nobody,
  });
  const metrics = createMetrics('gateway', { process: false });
  const { files, live } = broker;
  const about = { settings, contract: contract(), files, live, log, metrics, version: 'test' };
  gateway = await startGateway(about);
  while (!broker.isConnected()) await sleep(10);
}

async function signIn(): Promise<LoadHouse> {
  const [creditor, agency] = [randomUUIDv7(), randomUUIDv7()];
  const as = (role: string, orgId: string): Promise<string> => platform.token({ role, orgId });
  return {
    address: `http://127.0.0.1:${gateway.port}`,
    agencyId: agency,
    tokens: {
      director: await as('director', creditor),
      collector: await as('collector', creditor),
      finance: await as('finance', creditor),
      manager: await as('agency_manager', agency),
      agent: await as('agency_agent', agency),
    },
  };
}

beforeAll(async () => {
  platform = await testPlatform();
  await openGateway(await startServices());
  house = await signIn();
  await seedCases(house, 30);
}, 180_000);

afterAll(async () => {
  for (const one of instances) await one.stop();
  await gateway?.stop();
  await broker?.stop();
  await platform.stop();
}, 60_000);

type Told = { asked: number; failures: string[]; payments: string[] };

async function request(told: Told, role: keyof LoadHouse['tokens'], path: string, body?: object) {
  told.asked += 1;
  const answer = await fetch(`${house.address}${path}`, {
    method: body === undefined ? 'GET' : 'PUT',
    headers: {
      authorization: `Bearer ${house.tokens[role]}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status !== 200) told.failures.push(`${path}: ${answer.status} ${text}`);
  return answer.status === 200;
}

/** One person who pays, lists and reads commission without a pause until told to stop. */
async function work(told: Told, caseIds: readonly string[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const paymentId = randomUUIDv7();
    const caseId = caseIds[randomInt(caseIds.length)] ?? '';
    const receivedOn = Temporal.Now.plainDateISO('Asia/Shanghai').toString();
    const payment = {
      amount: { currency: 'CNY', minor: '7' },
      receivedOn,
      means: 'bank_transfer',
    };
    const path = `/v1/cases/${caseId}/payments/${paymentId}`;
    if (await request(told, 'finance', path, payment)) told.payments.push(paymentId);
    await request(told, 'collector', '/v1/cases?page.size=20');
    await request(told, 'finance', '/v1/commission/lines?page.size=20');
  }
}

describe('A rollout under load', () => {
  it('lets no request fail and loses nothing while both processes are replaced', async () => {
    const told: Told = { asked: 0, failures: [], payments: [] };
    const listed = await fetch(`${house.address}/v1/cases?page.size=30`, {
      headers: { authorization: `Bearer ${house.tokens.collector}` },
    });
    const { cases } = (await listed.json()) as { cases: { caseId: string }[] };
    const ids = cases.map(({ caseId }) => caseId);
    const stop = new AbortController();
    const people = [1, 2, 3, 4].map(() => work(told, ids, stop.signal));
    await sleep(500);
    const exits: (number | null)[] = [];
    for (const one of instances) {
      exits.push(await one.stop());
      await one.start();
      await sleep(reconnectMs);
    }
    stop.abort();
    await Promise.all(people);
    expect(told.failures).toEqual([]);
    expect(exits).toEqual([0, 0]);
    expect(told.asked).toBeGreaterThan(200);
    const rows = await database.ownerQuery<{ id: string }>(
      'SELECT payment_id::text AS id FROM payment',
    );
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(told.payments));
  }, 180_000);
});
