import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Caller } from '@recourse/kit/caller.ts';
import { removePostgres, startNats, startPostgres } from '@recourse/kit/parts.ts';
import { people } from '../../scripts/demo/people.ts';
import { bringDown, bringUp, type House } from '../../scripts/machine/house.ts';
import { demoPasswordOf, readOptions } from '../../scripts/machine/options.ts';
import { writeRun } from '../../scripts/machine/run-file.ts';

const root = join(import.meta.dirname, '..', '..');

/** The platform as `./scripts/start` brings it up, in a folder of its own and without demo data. */
export type TestHouse = {
  address: string;
  password: string;
  issuer: string;
  /** A person of the demonstration's realm, signed in without a browser. */
  person(username: string): Promise<Caller>;
  /** Between the services; a test may speak there as one of them. */
  nats: NatsConnection;
  /** Moves every service's clock back by days; 0 is the real time again. */
  goBack(days: number): Promise<void>;
  stop(): Promise<void>;
};

/** With `keycloak`, a real Keycloak signs people in; its distribution lies in `.data/tools`. */
export type HouseOptions = { keycloak: boolean };

/**
 * `RECOURSE_TEST_PORTAL` names a platform that runs already, freshly started without demo data, in
 * place of one of the test's own: `./scripts/start --fresh --no-demo`. Its NATS is `NATS_URL`.
 */
export async function openHouse(o: HouseOptions): Promise<TestHouse> {
  const { RECOURSE_TEST_PORTAL: given, NATS_URL: natsUrl } = process.env;
  if (given !== undefined) return at(given, natsUrl ?? 'nats://127.0.0.1:7422');
  // Another platform that starts at the same moment may take a port that was found free.
  return openOwn(o).catch(() => openOwn(o));
}

async function openOwn(o: HouseOptions): Promise<TestHouse> {
  const data = mkdtempSync(join(tmpdir(), 'recourse-house-'));
  // PostgreSQL runs as a user of its own and has to pass through.
  chmodSync(data, 0o711);
  // The distribution is fetched and built once for all houses.
  symlinkSync(join(root, '.data', 'tools'), join(data, 'tools'));
  const dir = join(data, 'postgres');
  const postgres = await startPostgres({ dir, durable: false });
  const nats = await startNats({ dir: join(data, 'nats') });
  const house = houseIn(data, { POSTGRES_URL: postgres.url, NATS_URL: nats.url }, o);
  const stop = async () => {
    await bringDown(house);
    await Promise.all([postgres.stop(), nats.stop()]);
    removePostgres(dir);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const opened = await at(await bringUp(house), nats.url);
    return { ...opened, stop: () => opened.stop().then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function houseIn(data: string, parts: Record<string, string>, o: HouseOptions): House {
  const args = o.keycloak ? ['--no-demo', '--keycloak'] : ['--no-demo'];
  const { KEYCLOAK_DIST: dist, KEYCLOAK_SHA256: sum } = process.env;
  const from = dist === undefined ? {} : { KEYCLOAK_DIST: dist };
  const options = readOptions(args, {
    ...parts,
    ...from,
    ...(sum === undefined ? {} : { KEYCLOAK_SHA256: sum }),
  });
  if (options === 'help') throw new Error('options were not read');
  return {
    root,
    data,
    logs: join(data, 'logs'),
    options,
    say: () => undefined,
    run: writeRun(join(data, 'run.json')),
    signal: new AbortController().signal,
    // A busy machine is no failure.
    gateway: { CALL_DEADLINE_MS: '60000' },
    stages: [],
  };
}

/** Of the five services; the gateway has none to move. */
const clocks = 5;

async function at(address: string, natsUrl: string): Promise<TestHouse> {
  const answer = await fetch(`${address}/config.json`);
  const { url, realm } = (await answer.json()) as { url: string; realm: string };
  const password = demoPasswordOf({});
  const issuer = `${url}/realms/${realm}`;
  const person = people({ issuer, portalUrl: address, password });
  const nats = await connect({ servers: natsUrl });
  return {
    address,
    password,
    issuer,
    person,
    nats,
    goBack: async (days) => {
      const to = days === 0 ? null : Temporal.Now.instant().subtract({ hours: 24 * days });
      const told = JSON.stringify({ at: to?.toString() ?? null });
      const how = { strategy: 'count', maxMessages: clocks, maxWait: 60_000 } as const;
      // Each service answers once it has moved its clock.
      const moved = await Array.fromAsync(await nats.requestMany('recourse.clock', told, how));
      if (moved.length < clocks) throw new Error(`only ${moved.length} clocks were moved`);
    },
    stop: () => nats.drain(),
  };
}
