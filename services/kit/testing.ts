import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Caller, createVerifier } from './caller.ts';
import { client, type ClientConstructor, type ClientCall, type Promised } from './client.ts';
import { fault } from './fault.ts';
import { type Issuer, startIssuer, type TokenClaims } from './issuer.ts';
import { createLog } from './log.ts';
import { migrate, migrationsHash } from './migrate.ts';
import { freePort, type Nats, startNats } from './parts.ts';
import { type Running, type ServiceSpec, startService } from './service.ts';
import type { Neighbours } from './settings.ts';
import { type Query, testCluster, type TestCluster, type TestDatabase } from './test-cluster.ts';
import { continueTrace } from './trace.ts';

/**
 * A service that runs in a test, on its own database, started by the wiring it has in production.
 */
export type TestService = Pick<Running, 'db' | 'bus' | 'rpcPort' | 'healthPort'> & {
  /** gRPC address. */
  address: string;
  database: TestDatabase;
  /** As the owner, who sees every organisation's rows. */
  ownerQuery: Query;
  /** As the service's system role. */
  systemQuery: Query;
  /** A client of one of its gRPC services. */
  client<C>(Ctor: ClientConstructor<C>): Promised<C>;
  /** Stops the service; its database stays until the platform stops. */
  stop(): Promise<void>;
};

export type StartOptions = {
  /** The database of an earlier start, to start again where it stopped. */
  database?: TestDatabase;
  /** Variables that differ from the usual ones. */
  variables?: Readonly<Record<string, string>>;
};

/** Real PostgreSQL, a nats-server of its own, and an issuer of tokens; nothing is a mock. */
export type TestPlatform = {
  natsUrl: string;
  /**
   * Stop, kill and start the broker: `nats.kill()`, then `restartNats()` on the same store and
   * port; `wiped` has lost everything that was stored.
   */
  nats(): Nats;
  restartNats(o?: { wiped: boolean }): Promise<void>;
  issuer: Issuer;
  /** Starts a service. Neighbours find each other by name, whichever starts first. */
  startService<K extends Neighbours>(
    spec: ServiceSpec<K>,
    options?: StartOptions,
  ): Promise<TestService>;
  /**
   * What a process of a service is told, and the database it is to use: for tests that kill
   * processes.
   */
  variables(
    service: string,
    database?: TestDatabase,
  ): Promise<{ variables: Record<string, string>; database: TestDatabase }>;
  /** Where a service has or will have its gRPC port. */
  addressOf(service: string): Promise<string>;
  /** A signed token; the kind of organisation follows from the role when it is not given. */
  token(claims: TokenClaims): Promise<string>;
  caller(claims: TokenClaims): Promise<Caller>;
  /**
   * What a client's method takes beside the request: `await cases.getCase(…, await p.call({ role
   * }))`.
   */
  call(claims: TokenClaims, more?: Partial<ClientCall>): Promise<ClientCall>;
  stop(): Promise<void>;
};

/** Long enough for a slow test machine, short enough that a hanging call ends the test. */
const callMs = 60_000;

/** The three services may call each other in a circle, so each gets its port before any starts. */
const services = ['credit', 'cases', 'agencies'] as const;

const lowestPort = 20_000;
const portCount = 12_000;
/** Processes whose ids are neighbours begin far from each other. */
let lastPort = (process.pid * 7_919) % portCount;

/**
 * A port that nobody has and that none is given again for a long while. It is below those that the
 * system gives to outgoing connections: one of them could take a port from there before the service
 * that it was meant for has started.
 */
export async function reservePort(): Promise<number> {
  for (let tries = 0; tries < portCount; tries += 1) {
    lastPort = (lastPort + 1) % portCount;
    const wanted = lowestPort + lastPort;
    if ((await freePort(wanted)) === wanted) return wanted;
  }
  throw fault('unavailable', 'no_free_port');
}

async function reservePorts(): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for (const service of services) ports.set(service, await reservePort());
  return ports;
}

function addressVariables(ports: ReadonlyMap<string, number>): Record<string, string> {
  return Object.fromEntries(
    [...ports].map(([name, port]) => [`${name.toUpperCase()}_ADDRESS`, `127.0.0.1:${port}`]),
  );
}

type Ground = {
  cluster: TestCluster;
  issuer: Issuer;
  ports: Map<string, number>;
  keyEncryptionKey: string;
  nats: Nats;
};

async function portOf(ground: Ground, service: string): Promise<number> {
  const port = ground.ports.get(service) ?? (await reservePort());
  ground.ports.set(service, port);
  return port;
}

async function variablesFor(
  ground: Ground,
  service: string,
  database: TestDatabase,
): Promise<Record<string, string>> {
  const port = await portOf(ground, service);
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    RPC_PORT: String(port),
    HEALTH_PORT: '0',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATABASE_SYSTEM_URL: database.systemUrl,
    NATS_URL: ground.nats.url,
    OIDC_ISSUER: ground.issuer.issuer,
    KEY_ENCRYPTION_KEY: ground.keyEncryptionKey,
    ...addressVariables(ground.ports),
  };
}

/** A database that a service has migrated already, copied. */
async function migratedDatabase(
  cluster: TestCluster,
  { name, migrations }: { name: string; migrations?: URL },
): Promise<TestDatabase> {
  const log = createLog('test', 'fatal');
  return cluster.database(name, {
    key: await migrationsHash(migrations),
    fill: (addresses) => migrate({ ...addresses, folder: migrations, log }),
  });
}

async function startTestService<K extends Neighbours>(
  ground: Ground,
  spec: ServiceSpec<K>,
  options: StartOptions,
): Promise<TestService> {
  const database = options.database ?? (await migratedDatabase(ground.cluster, spec));
  const variables = await variablesFor(ground, spec.name, database);
  const source = { ...variables, ...options.variables };
  const running = await startService(spec, { source, processMetrics: false });
  const address = `127.0.0.1:${running.rpcPort}`;
  const clients: { close(): void }[] = [];
  return {
    db: running.db,
    bus: running.bus,
    rpcPort: running.rpcPort,
    healthPort: running.healthPort,
    address,
    database,
    ownerQuery: database.ownerQuery,
    systemQuery: database.systemQuery,
    client: (Ctor) => {
      const made = client(Ctor, address);
      clients.push(made);
      return made;
    },
    stop: async () => {
      for (const made of clients.splice(0)) made.close();
      await running.stop();
    },
  };
}

/**
 * The ground a service's test stands on; call it once per suite in `beforeAll` and `stop` it in
 * `afterAll`. PostgreSQL is shared by the whole run, each start of a service gets a database in it.
 */
export async function testPlatform(): Promise<TestPlatform> {
  const natsDir = mkdtempSync(join(tmpdir(), 'recourse-nats-'));
  const [cluster, nats, issuer, ports] = await Promise.all([
    testCluster(),
    startNats({ dir: natsDir, durable: false }),
    startIssuer(),
    reservePorts(),
  ]);
  const keyEncryptionKey = randomBytes(32).toString('base64');
  const ground: Ground = { cluster, issuer, ports, keyEncryptionKey, nats };
  const verify = createVerifier({ issuer: issuer.issuer, audience: issuer.audience });
  const started: TestService[] = [];
  return {
    natsUrl: nats.url,
    nats: () => ground.nats,
    restartNats: async (o = { wiped: false }) => {
      if (o.wiped) rmSync(join(natsDir, 'store'), { recursive: true, force: true });
      ground.nats = await startNats({ dir: natsDir, durable: false, port: nats.port });
    },
    issuer,
    startService: async (spec, options = {}) => {
      const service = await startTestService(ground, spec, options);
      started.push(service);
      return service;
    },
    variables: async (service, given) => {
      const database = given ?? (await cluster.database(service));
      return { variables: await variablesFor(ground, service, database), database };
    },
    addressOf: async (service) => `127.0.0.1:${await portOf(ground, service)}`,
    token: (claims) => issuer.token(claims),
    caller: async (claims) => verify(await issuer.token(claims)),
    call: async (claims, more = {}) => ({
      caller: await verify(await issuer.token(claims)),
      requestId: randomUUIDv7(),
      signal: new AbortController().signal,
      deadlineMs: callMs,
      traceparent: continueTrace(undefined).traceparent,
      ...more,
    }),
    stop: async () => {
      for (const service of started.toReversed()) await service.stop();
      await Promise.all([cluster.stop(), ground.nats.stop(), issuer.stop()]);
      rmSync(natsDir, { recursive: true, force: true });
    },
  };
}
