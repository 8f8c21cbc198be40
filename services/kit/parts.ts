/**
 * The two parts a machine needs beside Node: PostgreSQL and nats-server, started as children for a
 * laptop and for tests. In a cluster they are given by URL and this file is not used.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fault } from './fault.ts';
import { findNats, natsVersion } from './nats-server.ts';
import { postgresHome, type Home } from './postgres-home.ts';

/** Takes one line of a part's own log. */
export type LineLog = (line: string) => void;

/** Asks the system for a free port of the loopback address; the wanted one when nobody has it. */
export async function freePort(wanted = 0): Promise<number> {
  for (const port of [wanted, 0]) {
    const found = await tryPort(port);
    if (found !== undefined) return found;
  }
  throw fault('unavailable', 'no_free_port', { wanted });
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(found));
    });
  });
}

export type PostgresOptions = {
  /** Folder of the cluster; made when it is not there, reused when it is. */
  dir: string;
  /** Wanted port; another is chosen when it is taken. */
  port?: number;
  /** False for tests: no fsync, so a power cut may lose the cluster. Default true. */
  durable?: boolean;
  /** Further server settings, `{ work_mem: '64MB' }`. */
  settings?: Readonly<Record<string, string>>;
  log?: LineLog;
};

export type Postgres = {
  /** Superuser's address of the database `postgres`. */
  url: string;
  port: number;
  pid: number;
  /** Settles when the server is gone, wanted or not. */
  gone: Promise<void>;
  stop(): Promise<void>;
};

const localeFlags = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

const baseSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  // An import fills empty tables; for a minute more, they would be planned for as if still empty.
  autovacuum_naptime: '10s',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const undurable = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts PostgreSQL 18 on a folder, with data checksums, on the loopback address only. As root it
 * runs as the system user `postgres` (made when missing), because the server refuses root. A
 * cluster left running by a killed run is stopped first. Throws `postgres_did_not_start` with the
 * log's last line.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const home = postgresHome(options.dir);
  const password = initialise(home);
  await clearLeftover(home.dir);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? options.port : 0);
    const started = await launchPostgres(home, port, options);
    if (typeof started !== 'string') {
      return {
        ...started,
        port,
        url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      };
    }
    // Another process may take the port between the question and the start.
    if (attempt === 5 || !started.includes('bind')) {
      throw fault('unavailable', 'postgres_did_not_start', { dir: home.dir, log: started });
    }
  }
}

/** Removes a stopped cluster with everything in it. */
export function removePostgres(dir: string): void {
  const home = postgresHome(dir);
  rmSync(home.dir, { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
}

/**
 * The dozens of processes of one server push services aside at each of their wake-ups; on few cores
 * those get 5 % more done where Linux knows the server as batch (sched(7)), which never does that.
 */
function asBatch(): readonly string[] {
  const batch = ['chrt', '--batch', '0'];
  const tried = spawnSync('chrt', [...batch.slice(1), 'true']);
  return tried.status === 0 ? batch : [];
}

async function launchPostgres(
  home: Home,
  port: number,
  options: PostgresOptions,
): Promise<Pick<Postgres, 'pid' | 'gone' | 'stop'> | string> {
  const settings = {
    ...baseSettings,
    ...(options.durable === false ? undurable : {}),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = [join(home.bin, 'postgres'), '-D', home.dir, '-p', String(port), ...flags];
  const [command = '', ...words] = [...asBatch(), ...server];
  const child = spawn(command, words, {
    ...home.person,
    cwd: home.dir,
    // A group of its own: Ctrl-C in a terminal must reach the services first, not the database.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const last = await ready(child, 'ready to accept connections', options.log);
  if (last !== undefined) return last;
  const gone = ended(child);
  // SIGINT is PostgreSQL's fast stop, SIGQUIT its immediate one.
  return { pid: child.pid ?? 0, gone, stop: () => end(child, gone, ['SIGINT', 'SIGQUIT']) };
}

/** Makes the cluster when the folder has none; returns the superuser's password. */
function initialise(home: Home): string {
  const passwordFile = join(home.dir, 'superuser');
  if (existsSync(passwordFile)) return readFileSync(passwordFile, 'utf8').trim();
  // Without the password file a cluster is half made: initdb was killed before its end.
  rmSync(home.dir, { recursive: true, force: true });
  mkdirSync(home.dir, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  const handed = `${home.dir}.password`;
  writeFileSync(handed, password, { mode: 0o600 });
  if (home.person !== undefined) {
    chownSync(home.dir, home.person.uid, home.person.gid);
    chownSync(handed, home.person.uid, home.person.gid);
  }
  const made = spawnSync(
    join(home.bin, 'initdb'),
    [
      '-D',
      home.dir,
      '-U',
      'postgres',
      '--pwfile',
      handed,
      '--auth=scram-sha-256',
      '--data-checksums',
      '--no-instructions',
      ...localeFlags,
    ],
    { ...home.person, cwd: home.dir, encoding: 'utf8' },
  );
  rmSync(handed, { force: true });
  if (made.status !== 0) {
    rmSync(home.dir, { recursive: true, force: true });
    const log = made.stderr || String(made.error);
    throw fault('unavailable', 'postgres_not_initialised', { dir: home.dir, log });
  }
  writeFileSync(passwordFile, password, { mode: 0o600 });
  return password;
}

/** Stops a server that a killed run left behind, or removes its stale pid file. */
async function clearLeftover(dir: string): Promise<void> {
  const file = join(dir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  const isOurs = () => {
    const seen = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return seen.error === undefined ? seen.stdout.includes(dir) : alive(pid);
  };
  if (pid > 1 && isOurs()) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; waited < 100 && alive(pid); waited += 1) await sleep(100);
    if (alive(pid)) throw fault('unavailable', 'postgres_already_runs', { dir, pid });
  }
  rmSync(file, { force: true });
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export type NatsOptions = {
  /** Folder of the JetStream store and the server's config. */
  dir: string;
  port?: number;
  /** False for tests: acknowledges before fsync. Default true, `sync_interval: always`. */
  durable?: boolean;
  log?: LineLog;
};

export type Nats = {
  url: string;
  port: number;
  pid: number;
  gone: Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
};

/** Starts nats-server with JetStream on the loopback address; finds or fetches it when needed. */
export async function startNats(options: NatsOptions): Promise<Nats> {
  const binary = await findNats(options.log);
  mkdirSync(options.dir, { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? options.port : 0);
    const config = join(options.dir, 'nats.conf');
    writeFileSync(config, natsConfig(options, port, natsVersion(binary)));
    const child = spawn(binary, ['-c', config], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const last = await ready(child, 'Server is ready', options.log);
    if (last === undefined) return runningNats(child, port);
    if (attempt === 5 || !last.includes('address already in use')) {
      throw fault('unavailable', 'nats_did_not_start', { dir: options.dir, log: last });
    }
  }
}

function runningNats(child: ChildProcess, port: number): Nats {
  const gone = ended(child);
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    gone,
    stop: () => end(child, gone, ['SIGTERM', 'SIGKILL']),
    kill: () => end(child, gone, ['SIGKILL']),
  };
}

/** The embedded server's config; a cluster's is `deploy/nats.conf` and the chart. */
function natsConfig(options: NatsOptions, port: number, version: readonly number[]): string {
  const [major = 0, minor = 0] = version;
  // Acks come before fsync otherwise; the setting came with 2.10.
  const sync =
    options.durable !== false && (major > 2 || minor >= 10) ? 'sync_interval: always' : '';
  return `server_name: recourse
listen: "127.0.0.1:${port}"
max_payload: 4MB
jetstream {
  store_dir: ${JSON.stringify(join(options.dir, 'store'))}
  ${sync}
}
`;
}

/** Waits for the line that says a part is up; the last lines of its log when it ended instead. */
function ready(child: ChildProcess, sign: string, log?: LineLog): Promise<string | undefined> {
  return new Promise((resolve) => {
    const tail: string[] = [];
    child.once('error', (error) => resolve(String(error)));
    child.once('close', () => resolve(tail.join(' | ') || 'it ended without a word'));
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      log?.(line);
      if (tail.push(line) > 5) tail.shift();
      if (line.includes(sign)) resolve(undefined);
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Sends the signals in turn, ten seconds each, until the child is gone. */
async function end(
  child: ChildProcess,
  gone: Promise<void>,
  signals: readonly NodeJS.Signals[],
): Promise<void> {
  for (const signal of signals) {
    child.kill(signal);
    const patience = new AbortController();
    const left = sleep(10_000, 'late', { signal: patience.signal }).catch(() => 'done');
    const outcome = await Promise.race([gone, left]);
    patience.abort();
    if (outcome !== 'late') return;
  }
}
