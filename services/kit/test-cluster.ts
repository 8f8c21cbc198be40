import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readConfig } from './config.ts';
import { fault } from './fault.ts';
import { sha256 } from './hash.ts';
import { columnTypes } from './postgres.ts';

/** A database for one service in one test: its three addresses, and both sights on it. */
export type TestDatabase = {
  name: string;
  ownerUrl: string;
  /** As the role that row-level security binds. */
  url: string;
  systemUrl: string;
  /** Runs SQL as the owner, who sees every organisation's rows. */
  ownerQuery: Query;
  /** Runs SQL as the service's system role. */
  systemQuery: Query;
  close(): Promise<void>;
};

export type Query = <R extends object>(sql: string, params?: readonly unknown[]) => Promise<R[]>;

/** The PostgreSQL that all test processes of this checkout share. */
export type TestCluster = {
  /** A new, empty database for a service; its roles are made when it migrates. */
  database(service: string): Promise<TestDatabase>;
  /** Drops the databases made here and lets go of the cluster. */
  stop(): Promise<void>;
};

const variables = {
  RECOURSE_TEST_POSTGRES_URL: {
    kind: 'url',
    optional: true,
    doc: 'A PostgreSQL for tests, as its superuser; tests start one of their own otherwise.',
  },
} as const;

const startMs = 60_000;
/** A start that has not ended after this long was killed; somebody else may try. */
const staleStartMs = 20_000;

/** Where the shared cluster of this checkout and this user lives. */
export function clusterFolder(): string {
  const name = `recourse-test-${userInfo().uid}-${sha256(import.meta.dirname).slice(0, 12)}`;
  return join(tmpdir(), name);
}

/** Starts the keeper unless another process is just doing so. */
function startKeeper(folder: string): void {
  // Open to be passed through, as the server runs as another user when tests run as root.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const lock = join(folder, 'starting');
  try {
    if (Date.now() - statSync(lock).mtimeMs > staleStartMs) rmSync(lock, { force: true });
  } catch {
    // Nobody is starting it.
  }
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch {
    return;
  }
  const keeper = join(import.meta.dirname, 'test-keeper.ts');
  spawn(process.execPath, [keeper, folder], { detached: true, stdio: 'ignore' }).unref();
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types: columnTypes });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function noted(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'cluster'), 'utf8');
  } catch {
    return undefined;
  }
}

/** A connection to the shared cluster, which stays up as long as somebody holds one. */
async function joinCluster(folder: string): Promise<{ client: pg.Client; url: string }> {
  const deadline = Date.now() + startMs;
  while (Date.now() < deadline) {
    const url = noted(folder);
    if (url !== undefined) {
      const client = await connect(url).catch(() => undefined);
      if (client !== undefined) {
        rmSync(join(folder, 'starting'), { force: true });
        return { client, url };
      }
    }
    startKeeper(folder);
    await sleep(50);
  }
  throw fault('unavailable', 'test_cluster_did_not_start', { folder });
}

async function reach(): Promise<{ client: pg.Client; url: string }> {
  const given = readConfig(variables).RECOURSE_TEST_POSTGRES_URL;
  if (given === undefined) return joinCluster(clusterFolder());
  return { client: await connect(given), url: given };
}

function addressOf(url: string, database: string, user?: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  if (user !== undefined) {
    address.username = user;
    address.password = 'test';
  }
  return address.href;
}

function querier(url: string): { query: Query; end(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    idleTimeoutMillis: 1_000,
    allowExitOnIdle: true,
    types: columnTypes,
  });
  pool.on('error', () => undefined);
  return {
    query: async <R extends object>(sql: string, params: readonly unknown[] = []) =>
      (await pool.query<R>(sql, [...params])).rows,
    end: () => pool.end(),
  };
}

/**
 * Joins the shared cluster, starting it when nobody has; `RECOURSE_TEST_POSTGRES_URL` gives
 * another.
 */
export async function testCluster(): Promise<TestCluster> {
  const { client, url } = await reach();
  const made: TestDatabase[] = [];
  return {
    async database(service) {
      const name = `test_${service}_${randomBytes(5).toString('hex')}`;
      await client.query(`CREATE DATABASE ${name}`);
      const ownerUrl = addressOf(url, name);
      // Roles belong to the cluster and are the same for every database of a service.
      const systemUrl = addressOf(url, name, `${service}_system`);
      const owner = querier(ownerUrl);
      const system = querier(systemUrl);
      const database: TestDatabase = {
        name,
        ownerUrl,
        url: addressOf(url, name, `${service}_app`),
        systemUrl,
        ownerQuery: owner.query,
        systemQuery: system.query,
        close: async () => {
          await Promise.all([owner.end(), system.end()]);
        },
      };
      made.push(database);
      return database;
    },
    async stop() {
      for (const { name, close } of made) {
        await close();
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }
      await client.end();
    },
  };
}
