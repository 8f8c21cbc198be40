import { spawn } from 'node:child_process';
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier } from '@recourse/kit/caller.ts';
import type { ClientCall } from '@recourse/kit/client.ts';
import { type Issuer, startIssuer, type TokenClaims } from '@recourse/kit/issuer.ts';
import { freePort, removePostgres, startNats, startPostgres } from '@recourse/kit/parts.ts';
import { columnTypes } from '@recourse/kit/postgres.ts';
import pg from 'pg';
import { type DatabaseUrls, makeDatabases } from '../machine/databases.ts';
import { type Addresses, gatewayEnv, serviceEnv } from '../machine/plan.ts';
import { logTail, openLog } from '../machine/supervise.ts';
import { say } from './report.ts';

const root = join(import.meta.dirname, '../..');

/** A process of the platform that is being measured. */
export type Process = { name: string; pid: number; stop(): Promise<void> };

/**
 * PostgreSQL, NATS and services as in production (fsync, `sync_interval: always`, a process per
 * service), on a data folder that is removed afterwards.
 */
export type House = {
  natsUrl: string;
  rpcAddress(service: string): string;
  /** Starts a service's main.ts and waits until it is ready; it migrates its database. */
  start(service: string): Promise<Process>;
  /** Starts the gateway with limits that measuring does not reach; gives its address. */
  startGateway(): Promise<string>;
  /** Starts a script of the measurement itself, told `env`; it says `ready` when it is. */
  startScript(script: string, env: Readonly<Record<string, string>>): Promise<Process>;
  /** Address of a service's database for the superuser, whom row-level security does not bind. */
  bareUrl(service: string): string;
  /** Connections there; ended with the house. */
  bare(service: string, connections?: number): pg.Pool;
  /** A path in the house's folder that the database server may write. */
  file(name: string): string;
  call(claims: TokenClaims): Promise<ClientCall>;
  token(claims: TokenClaims): Promise<string>;
  stop(): Promise<void>;
};

const services = ['credit', 'cases', 'agencies'] as const;
/** The gateway wants their addresses too, though nobody is there. */
const absent = ['blacklist', 'litigation'] as const;

type Ground = {
  folder: string;
  /** Open to the database server, which runs as a user of its own under root. */
  shared: string;
  logs: string;
  postgresUrl: string;
  issuer: Issuer;
  at: Addresses;
  databases: Map<string, DatabaseUrls>;
  secrets: { keyEncryptionKey: string; databasePassword: string; machineClientSecret: string };
  processes: Process[];
  pools: pg.Pool[];
};

async function reservePorts(names: readonly string[]): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for (const name of names) ports.set(name, await freePort());
  return ports;
}

/** How long a process may take to be ready, migrations included. */
const readySeconds = 60;

function launch(ground: Ground, name: string, script: string, env: Record<string, string>) {
  const log = openLog(ground.logs, name);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: root,
    env: { ...env, LOG_LEVEL: 'warn' },
    // A session of its own, as in a container: Linux shares processors between sessions.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const made: Process = {
    name,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
  ground.processes.push(made);
  return { made, hasEnded: () => child.exitCode !== null };
}

async function untilAnswers(ground: Ground, name: string, url: string, hasEnded: () => boolean) {
  for (let waited = 0; waited < readySeconds * 20; waited += 1) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    if (hasEnded()) break;
    await sleep(50);
  }
  throw new Error(`${name} did not become ready:\n${logTail(ground.logs, name)}`);
}

async function startOf(ground: Ground, service: string): Promise<Process> {
  const database = ground.databases.get(service);
  if (database === undefined) throw new Error(`no database for ${service}`);
  const env = serviceEnv(service, ground.at, database, ground.secrets);
  const { made, hasEnded } = launch(ground, service, `services/${service}/main.ts`, env);
  await untilAnswers(ground, service, `http://127.0.0.1:${env['HEALTH_PORT']}/ready`, hasEnded);
  return made;
}

async function startGatewayOf(ground: Ground): Promise<string> {
  const port = await freePort();
  const env = {
    ...gatewayEnv(ground.at, port, undefined),
    RATE_READ: '100000000',
    RATE_UPLOAD: '100000000',
  };
  const { hasEnded } = launch(ground, 'gateway', 'services/gateway/main.ts', env);
  const address = `http://127.0.0.1:${port}`;
  await untilAnswers(ground, 'gateway', `${address}/config.json`, hasEnded);
  return address;
}

async function startScriptOf(
  ground: Ground,
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<Process> {
  const name = script.replace(/^.*\/|\.ts$/g, '');
  const told = { PATH: process.env['PATH'] ?? '', ...env };
  const { made, hasEnded } = launch(ground, name, script, told);
  await untilAnswers(ground, name, `http://127.0.0.1:${env['PORT']}/ready`, hasEnded);
  return made;
}

function bareUrlOf(ground: Ground, service: string): string {
  const url = new URL(ground.postgresUrl);
  url.pathname = `/recourse_${service}`;
  return url.href;
}

function bareOf(ground: Ground, service: string, connections: number): pg.Pool {
  const connectionString = bareUrlOf(ground, service);
  const pool = new pg.Pool({ connectionString, types: columnTypes, max: connections });
  // When a measurement fails, the server may go before its connections do.
  pool.on('error', () => undefined);
  ground.pools.push(pool);
  return pool;
}

/**
 * Brings up a house for one part of the measurement and takes it down again, whatever happens. The
 * commit time of every transaction is kept, which costs next to nothing and tells lags exactly.
 */
export async function withHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-bench-'));
  const dir = join(folder, 'postgres');
  const shared = join(folder, 'shared');
  mkdirSync(shared);
  chmodSync(folder, 0o755);
  chmodSync(shared, 0o777);
  const settings = { track_commit_timestamp: 'on' };
  const [postgres, nats, issuer] = await Promise.all([
    startPostgres({ dir, settings }),
    startNats({ dir: join(folder, 'nats') }),
    startIssuer(),
  ]);
  const password = randomBytes(24).toString('hex');
  const at: Addresses = {
    natsUrl: nats.url,
    issuer: issuer.issuer,
    portalUrl: 'http://127.0.0.1',
    rpcPorts: await reservePorts([...services, ...absent]),
    healthPorts: await reservePorts([...services, 'gateway']),
  };
  const ground: Ground = {
    folder,
    shared,
    logs: join(folder, 'logs'),
    postgresUrl: postgres.url,
    issuer,
    at,
    databases: await makeDatabases(postgres.url, services, password),
    secrets: {
      keyEncryptionKey: randomBytes(32).toString('base64'),
      databasePassword: password,
      machineClientSecret: '',
    },
    processes: [],
    pools: [],
  };
  const stop = async (): Promise<void> => {
    await Promise.all(ground.pools.map((pool) => pool.end()));
    for (const one of ground.processes.toReversed()) await one.stop();
    await Promise.all([postgres.stop(), nats.stop(), issuer.stop()]);
    removePostgres(dir);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return await work(houseOf(ground, stop));
  } catch (thrown) {
    for (const { name } of ground.processes) say(`${name}:\n${logTail(ground.logs, name)}`);
    throw thrown;
  } finally {
    await stop();
  }
}

function houseOf(ground: Ground, stop: () => Promise<void>): House {
  const { issuer, at } = ground;
  const verify = createVerifier({ issuer: issuer.issuer, audience: issuer.audience });
  return {
    natsUrl: at.natsUrl,
    rpcAddress: (service) => `127.0.0.1:${at.rpcPorts.get(service) ?? 0}`,
    start: (service) => startOf(ground, service),
    startGateway: () => startGatewayOf(ground),
    startScript: (script, env) => startScriptOf(ground, script, env),
    bareUrl: (service) => bareUrlOf(ground, service),
    bare: (service, connections = 1) => bareOf(ground, service, connections),
    file: (name) => join(ground.shared, name),
    token: (claims) => issuer.token(claims),
    call: async (claims) => ({
      caller: await verify(await issuer.token(claims)),
      requestId: randomUUIDv7(),
      signal: new AbortController().signal,
      deadlineMs: 30_000,
    }),
    stop,
  };
}
