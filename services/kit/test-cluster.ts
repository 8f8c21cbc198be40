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

/** The addresses of a database: of its owner and of a service's two roles. */
export type TestAddresses = Pick<TestDatabase, 'ownerUrl' | 'url' | 'systemUrl'>;

/** What a database begins as. It is filled once, copied as often as databases are asked for. */
export type Template = {
  /** Another key is another template. */
  key: string;
  fill(addresses: TestAddresses): Promise<void>;
};

/** The PostgreSQL that all test processes of this checkout share. */
export type TestCluster = {
  /** A new database for a service, empty or a copy; its roles are made when it migrates. */
  database(service: string, like?: Template): Promise<TestDatabase>;
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

const startMs = 240_000;
/** A start that has not ended after this long was killed; somebody else may try. */
const staleStartMs = 80_000;

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

function addressesOf(url: string, database: string, service: string): TestAddresses {
  // Roles belong to the cluster and are the same for every database of a service.
  return {
    ownerUrl: addressOf(url, database),
    url: addressOf(url, database, `${service}_app`),
    systemUrl: addressOf(url, database, `${service}_system`),
  };
}

/** The database that others are copied from; whoever asks first fills it, the others wait. */
async function templateDatabase(
  client: pg.Client,
  url: string,
  service: string,
  like: Template,
): Promise<string> {
  const name = `like_${service}_${sha256(like.key).slice(0, 16)}`;
  await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
  try {
    const known = await client.query(
      'SELECT FROM pg_database WHERE datname = $1 AND datistemplate',
      [name],
    );
    if (known.rowCount === 0) {
      // One that is no template yet was left half filled.
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${name}`);
      await like.fill(addressesOf(url, name, service));
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`);
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtext($1))', [name]);
  }
  return name;
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
  // The lock is of the connection, which would let its holder in twice.
  const templates = new Map<string, Promise<string>>();
  const copied = (service: string, like: Template): Promise<string> => {
    const known = templates.get(`${service} ${like.key}`);
    if (known !== undefined) return known;
    const filling = templateDatabase(client, url, service, like);
    templates.set(`${service} ${like.key}`, filling);
    return filling;
  };
  return {
    async database(service, like) {
      const name = `test_${service}_${randomBytes(5).toString('hex')}`;
      const from = like === undefined ? '' : ` TEMPLATE ${await copied(service, like)}`;
      await client.query(`CREATE DATABASE ${name}${from}`);
      const addresses = addressesOf(url, name, service);
      const owner = querier(addresses.ownerUrl);
      const system = querier(addresses.systemUrl);
      const database: TestDatabase = {
        name,
        ...addresses,
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
