import { setTimeout as sleep } from 'node:timers/promises';
import type { EntitySchema } from '@mikro-orm/core';
import { type Bus, createBus } from './bus.ts';
import { createVerifier } from './caller.ts';
import { client, type ClientConstructor, type Promised } from './client.ts';
import { readConfig } from './config.ts';
import { type Contract, contract } from './contract.ts';
import { createCrypto, type Crypto } from './crypto.ts';
import { type Db, openDb } from './db.ts';
import { faultFrom } from './fault.ts';
import { createFiles } from './files.ts';
import { measureDatabase, measureInbox, measureJobs, measureOutbox } from './gauges.ts';
import { countRefusals } from './count-refusals.ts';
import { createMetrics, type Metrics, type Probe, serveHealth } from './health.ts';
import type { Consumer } from './inbox.ts';
import { type Inbox, startInbox } from './inbox-runner.ts';
import { startJobRunner } from './job-runner.ts';
import { type KeptFiles, keepFiles } from './kept-files.ts';
import { type Job, jobs, type Jobs, scheduledJobs } from './jobs.ts';
import { createLog, type Log } from './log.ts';
import { startMaintenance } from './maintain.ts';
import { followClock } from './moved-clock.ts';
import { migrate } from './migrate.ts';
import { platformImplementations, type PlatformRoom } from './platform.ts';
import type { RuleTree } from './platform-rules.ts';
import { readyProcess, stopOnSignals } from './process.ts';
import { startReconciler } from './reconcile.ts';
import { startRefill } from './refill.ts';
import { startRelay } from './relay.ts';
import { type Implementation, serveRpc } from './rpc.ts';
import {
  type AddressOf,
  type DirectoryKeeper,
  directoryOf,
  migrationVariables,
  type Neighbours,
  readSettings,
  type Settings,
  type Source,
} from './settings.ts';
import { createShutdown, type Shutdown } from './shutdown.ts';
import { takeOver } from './take-over.ts';
import { type Transport, transportOf } from './tls.ts';
import { startTracing } from './tracing.ts';
import { answerWanted } from './wanted-files.ts';

/** The neighbours, ready to be called. */
export type Clients<K extends Neighbours> = {
  readonly [N in keyof K]: K[N] extends ClientConstructor<infer C> ? Promised<C> : never;
};

/** Everything a service may use; it opens nothing itself. */
export type Deps<K extends Neighbours = Neighbours> = {
  db: Db;
  bus: Bus;
  files: KeptFiles;
  crypto: Crypto;
  jobs: Jobs;
  clients: Clients<K>;
  log: Log;
  metrics: Metrics;
};

/** The two doors in and the clock. */
export type Wiring = {
  rpc: readonly Implementation[];
  inbox?: readonly Consumer[];
  jobs?: readonly Job[];
  /** What must be done before the service is ready: an index that is kept in memory. */
  prepare?: () => Promise<void>;
};

/** All that makes one service different from another. */
export type ServiceSpec<K extends Neighbours = Neighbours> = DirectoryKeeper & {
  /** `cases`: its name in logs, streams and subjects. */
  name: string;
  /** Folder of its migrations: `new URL('./migrations/', import.meta.url)`. */
  migrations?: URL;
  entities?: readonly EntitySchema[];
  /** `{ cases: CasesServiceClient }`; the address is CASES_ADDRESS, by the client's package. */
  clients?: K;
  wire: (deps: Deps<K>) => Wiring;
  /** SQL that gives as `id` the files that its rows name: what it has taken (take-over.ts). */
  namedFiles?: string;
  /** Its dated rule tables, as people of the platform see them. */
  rules?: RuleTree;
  /** The contract its rpc belongs to; ours unless a test brings its own. */
  contract?: Contract;
};

/** Writes a spec down with its clients' types; it starts nothing, so tests may import it. */
export function defineService<K extends Neighbours = Readonly<Record<string, never>>>(
  spec: ServiceSpec<K>,
): ServiceSpec<K> {
  return spec;
}

/** A service that has started. */
export type Running = {
  name: string;
  rpcPort: number;
  healthPort: number;
  db: Db;
  bus: Bus;
  /** Tells that it goes, by readiness and health, and goes on answering for a second. */
  leave(): Promise<void>;
  /** Drains and stops everything; calls in flight are answered. */
  stop(): Promise<void>;
};

/**
 * A process that was told to end serves for this long yet: whoever asks its readiness sends
 * elsewhere, and clients have found the one that was replaced before it (kit/client.ts).
 */
const leaveMs = 1_000;

/** What a start has so far. */
type Start = {
  settings: Settings;
  log: Log;
  metrics: Metrics;
  shutdown: Shutdown;
  transport: Transport;
};

async function openDatabase(spec: Pick<ServiceSpec, 'migrations' | 'entities'>, start: Start) {
  const { settings, log, metrics, shutdown } = start;
  await migrateWith(spec, settings, log);
  const db = await openDb({
    url: settings.DATABASE_URL,
    systemUrl: settings.DATABASE_SYSTEM_URL,
    entities: spec.entities ?? [],
    log,
  });
  shutdown.add('database', () => db.stop());
  measureDatabase(metrics, db);
  return db;
}

/** A process that is not given the owner's address does not migrate. */
async function migrateWith(
  spec: Pick<ServiceSpec, 'migrations'>,
  settings: Pick<Settings, 'DATABASE_URL' | 'DATABASE_SYSTEM_URL' | 'DATABASE_OWNER_URL'>,
  log: Log,
): Promise<void> {
  const ownerUrl = settings.DATABASE_OWNER_URL;
  if (ownerUrl === undefined) return;
  await migrate({
    ownerUrl,
    url: settings.DATABASE_URL,
    systemUrl: settings.DATABASE_SYSTEM_URL,
    folder: spec.migrations,
    log,
  });
}

async function openBus(name: string, start: Start): Promise<Bus> {
  const { settings, log, shutdown } = start;
  const bus = await createBus({
    url: settings.NATS_URL,
    service: name,
    log,
    replicas: settings.NATS_REPLICAS,
  });
  shutdown.add('bus', () => bus.stop());
  if (settings.NODE_ENV !== 'production') {
    followClock(bus, log).catch((thrown: unknown) =>
      log.warn({ err: thrown }, 'clock is not followed'),
    );
  }
  return bus;
}

/** Files, and what puts them back into a store that has lost them. */
function openFiles(
  { name: service, namedFiles: named }: Pick<ServiceSpec, 'name' | 'namedFiles'>,
  db: Db,
  bus: Bus,
  start: Start,
): KeptFiles {
  const { settings, log, shutdown } = start;
  const store = createFiles({ bus, replicas: settings.NATS_REPLICAS });
  const files = keepFiles({ store, db, log });
  shutdown.add('files', () => files.stop());
  const first =
    named === undefined
      ? undefined
      : (goOn: () => Promise<void>) => takeOver({ store, db, files, log, named }, goOn);
  const refill = startRefill({ db, bus, files, log, first });
  shutdown.add('refill', () => refill.stop());
  const wanted = answerWanted({ db, bus, files, service, log });
  shutdown.add('wanted files', () => wanted.stop());
  return files;
}

function openClients<K extends Neighbours>(
  spec: ServiceSpec<K>,
  addressOf: AddressOf,
  { shutdown, transport }: Start,
): Clients<K> {
  const clients = Object.entries(spec.clients ?? {}).map(([name, Ctor]) => {
    const made = client(Ctor, addressOf(Ctor), transport.channel);
    shutdown.add(`client ${name}`, () => made.close());
    return [name, made] as const;
  });
  // Each name got the client of its own constructor, which is what Clients spells out.
  return Object.fromEntries(clients) as Clients<K>;
}

/** Events out and in: they run as long as the service does, whether or not anyone calls. */
function startEvents(
  spec: Pick<ServiceSpec, 'name'>,
  deps: Deps,
  wiring: Wiring,
  start: Start,
): Inbox {
  const { db, bus, log, metrics } = deps;
  const { shutdown } = start;
  const inbox = startInbox({ db, bus, consumers: wiring.inbox ?? [], log });
  shutdown.add('inbox', () => inbox.stop());
  const relay = startRelay({ db, bus, service: spec.name, log });
  shutdown.add('relay', () => relay.stop());
  const reconciler = startReconciler({ db, bus, service: spec.name, log });
  shutdown.add('reconciler', () => reconciler.stop());
  const maintenance = startMaintenance({ db, log });
  shutdown.add('maintenance', () => maintenance.stop());
  measureOutbox(metrics, db, bus);
  measureInbox(metrics, db, inbox);
  return inbox;
}

async function startJobs(deps: Deps, wiring: Wiring, start: Start): Promise<void> {
  const { db, bus, log, metrics } = deps;
  const systemUrl = start.settings.DATABASE_SYSTEM_URL;
  const { jobs: all = [] } = wiring;
  const runner = await startJobRunner({ db, bus, systemUrl, jobs: all, log });
  start.shutdown.add('jobs', () => runner.stop());
  measureJobs(metrics, db, all);
}

/** A test that brings its own contract has nothing of the platform in it. */
function implementationsOf(
  spec: Pick<ServiceSpec, 'contract'>,
  wiring: Wiring,
  room: Omit<PlatformRoom, 'contract'>,
): readonly Implementation[] {
  if (spec.contract !== undefined) return wiring.rpc;
  return [...wiring.rpc, ...platformImplementations({ ...room, contract: contract() })];
}

function startRpc(
  spec: Pick<ServiceSpec, 'contract'>,
  implementations: readonly Implementation[],
  start: Start,
) {
  const { settings, log, metrics } = start;
  return serveRpc({
    implementations,
    port: settings.RPC_PORT,
    host: settings.BIND_HOST,
    verify: countRefusals(
      metrics,
      createVerifier({
        issuer: settings.OIDC_ISSUER,
        audience: settings.OIDC_AUDIENCE,
        jwksUrl: settings.OIDC_JWKS_URL,
      }),
    ),
    log,
    metrics,
    reflection: settings.NODE_ENV !== 'production',
    credentials: start.transport.server,
    ...(spec.contract === undefined ? {} : { contract: spec.contract }),
  });
}

/**
 * Without its database a service is of no use; without the broker its events wait, and it serves.
 */
function probesOf(db: Db, bus: Bus): Probe[] {
  return [
    {
      name: 'database',
      required: true,
      check: async () => void (await db.system((tx) => tx.query('SELECT 1'))),
    },
    {
      name: 'broker',
      required: false,
      check: async () => {
        if (!bus.isConnected()) throw new Error('not connected');
      },
    },
  ];
}

async function startParts<K extends Neighbours>(
  spec: ServiceSpec<K>,
  start: Start,
  addressOf: AddressOf,
): Promise<Running> {
  const { settings, log, metrics, shutdown } = start;
  const tracing = startTracing({
    service: spec.name,
    endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    percent: settings.TRACE_PERCENT,
  });
  shutdown.add('tracing', () => tracing.stop());
  // The real clock's: it tells how long the process runs, wherever a demo has moved the business's.
  const startedAt = Temporal.Now.instant();
  let serving = false;
  const probes: Probe[] = [];
  // First of all, so that /live answers while a long migration runs.
  const health = await serveHealth({
    port: settings.HEALTH_PORT,
    host: settings.BIND_HOST,
    metrics,
    isServing: () => serving,
    probes,
  });
  shutdown.add('health', () => health.stop());
  const db = await openDatabase(spec, start);
  const bus = await openBus(spec.name, start);
  probes.push(...probesOf(db, bus));
  const clients = openClients(spec, addressOf, start);
  const files = openFiles(spec, db, bus, start);
  const crypto = createCrypto({ db, keyEncryptionKey: settings.KEY_ENCRYPTION_KEY });
  const deps = { db, bus, files, crypto, jobs, clients, log, metrics };
  const wiring = spec.wire(deps);
  await wiring.prepare?.();
  const inbox = startEvents(spec, deps, wiring, start);
  await startJobs(deps, wiring, start);
  const { name: service, rules = {} } = spec;
  const directory = directoryOf(spec, settings);
  const scheduled = scheduledJobs(wiring.jobs);
  const room = { service, db, inbox, probes, startedAt, rules, scheduled, directory };
  const rpc = await startRpc(spec, implementationsOf(spec, wiring, room), start);
  shutdown.add('rpc', () => rpc.stop());
  shutdown.add('readiness', () => {
    serving = false;
  });
  serving = true;
  log.info({ rpcPort: rpc.port, healthPort: health.port }, 'serving');
  return {
    name: spec.name,
    rpcPort: rpc.port,
    healthPort: health.port,
    db,
    bus,
    leave: async () => {
      serving = false;
      rpc.leave();
      await sleep(leaveMs);
    },
    stop: () => shutdown.run(),
  };
}

/**
 * Starts a service: configuration, health, migrations, database, broker, events, gRPC, and only
 * then ready. What had started is stopped again when a later part fails. `source` stands in for the
 * environment; `processMetrics: false` leaves out memory and event loop, for many in one process.
 */
export async function startService<K extends Neighbours>(
  spec: ServiceSpec<K>,
  o: { source?: Source; processMetrics?: boolean } = {},
): Promise<Running> {
  const { settings, addressOf } = readSettings(spec, o.source);
  const log = createLog(spec.name, settings.LOG_LEVEL);
  const metrics = createMetrics(spec.name, { process: o.processMetrics !== false });
  const shutdown = createShutdown(log);
  try {
    const transport = transportOf(settings);
    return await startParts(spec, { settings, log, metrics, shutdown, transport }, addressOf);
  } catch (thrown) {
    await shutdown.run();
    throw thrown;
  }
}

/**
 * What a service's main.ts does: `await runService(cases)`. `node main.ts migrate` only migrates. A
 * start that fails says why, every wrong variable by name, and exits with 1.
 */
export async function runService<K extends Neighbours>(spec: ServiceSpec<K>): Promise<void> {
  const log = createLog(spec.name);
  readyProcess(log);
  try {
    if (process.argv[2] === 'migrate') {
      await migrateWith(spec, readConfig(migrationVariables), log);
      return;
    }
    stopOnSignals(await startService(spec), log);
  } catch (thrown) {
    log.fatal({ err: faultFrom(thrown) }, 'service did not start');
    process.exit(1);
  }
}
