/** What each process is told: the variables declared in services/kit/config.ts and by each main. */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseUrls } from './databases.ts';
import type { Secrets } from './secrets.ts';

export type Addresses = {
  natsUrl: string;
  issuer: string;
  portalUrl: string;
  /** gRPC port by service. */
  rpcPorts: ReadonlyMap<string, number>;
  healthPorts: ReadonlyMap<string, number>;
};

/** Ports on a laptop; a service that is not named here gets the next ones. */
const rpcPorts: Readonly<Record<string, number>> = {
  credit: 7101,
  cases: 7102,
  agencies: 7103,
  blacklist: 7104,
  litigation: 7105,
};

export function wantedRpcPort(service: string): number {
  return rpcPorts[service] ?? 7110;
}

/** Started by themselves, not as one of the services with a database. */
const others = new Set(['kit', 'identity', 'gateway']);

/** Services with a main, found by folder. */
export function findServices(root: string): string[] {
  return globSync('services/*/main.ts', { cwd: root })
    .map((file) => file.split(/[\\/]/)[1] ?? '')
    .filter((name) => !others.has(name))
    .toSorted((a, b) => wantedRpcPort(a) - wantedRpcPort(b));
}

export function hasMain(root: string, service: string): boolean {
  return existsSync(join(root, 'services', service, 'main.ts'));
}

export type Env = Record<string, string>;

/**
 * Without a limit Node lets the heap grow with the machine and collects late: an import of 200,000
 * rows then holds 540 MiB, with it 270 MiB in the same time. The image says the same.
 */
export const heapLimits = '--max-old-space-size=320 --max-semi-space-size=16';

/** Compiled once, read at the next start: half of what a process does until it is ready. */
const compileCache = join(import.meta.dirname, '../../node_modules/.cache/node');

/** What a process needs of its host, and nothing else of the shell that ran the start. */
export function hostEnv(): Env {
  const kept: Env = {};
  for (const name of ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return {
    ...kept,
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    BIND_HOST: '127.0.0.1',
    NODE_OPTIONS: heapLimits,
    NODE_COMPILE_CACHE: compileCache,
  };
}

/** `CREDIT_ADDRESS=127.0.0.1:7101` and so on, for whoever calls a neighbour. */
function neighbours(at: Addresses): Env {
  return Object.fromEntries(
    [...at.rpcPorts].map(([name, port]) => [`${name.toUpperCase()}_ADDRESS`, `127.0.0.1:${port}`]),
  );
}

function shared(at: Addresses): Env {
  return {
    ...hostEnv(),
    NATS_URL: at.natsUrl,
    OIDC_ISSUER: at.issuer,
    OIDC_AUDIENCE: 'recourse-api',
    ...neighbours(at),
  };
}

function portOf(ports: ReadonlyMap<string, number>, name: string): string {
  return String(ports.get(name) ?? 0);
}

export function serviceEnv(
  name: string,
  at: Addresses,
  db: DatabaseUrls,
  secrets: Pick<Secrets, 'keyEncryptionKey'> & Partial<Pick<Secrets, 'directoryClientSecret'>>,
): Env {
  const { directoryClientSecret: secret } = secrets;
  const keepsDirectory = name === 'agencies' && secret !== undefined;
  return {
    ...shared(at),
    ...db,
    RPC_PORT: portOf(at.rpcPorts, name),
    HEALTH_PORT: portOf(at.healthPorts, name),
    KEY_ENCRYPTION_KEY: secrets.keyEncryptionKey,
    ...(keepsDirectory ? { DIRECTORY_CLIENT_SECRET: secret } : {}),
  };
}

export function gatewayEnv(at: Addresses, port: number, portalDir: string | undefined): Env {
  return {
    ...shared(at),
    HTTP_PORT: String(port),
    HEALTH_PORT: portOf(at.healthPorts, 'gateway'),
    PORTAL_URL: at.portalUrl,
    OIDC_CLIENT_ID: 'recourse-portal',
    ...(portalDir === undefined ? {} : { PORTAL_DIR: portalDir }),
  };
}

export function identityEnv(o: {
  port: number;
  dir: string;
  portalUrl: string;
  demoPassword: string;
  secrets: Secrets;
}): Env {
  return {
    ...hostEnv(),
    IDENTITY_PORT: String(o.port),
    IDENTITY_URL: `http://localhost:${o.port}`,
    IDENTITY_DIR: o.dir,
    PORTAL_URL: o.portalUrl,
    DEMO_PASSWORD: o.demoPassword,
    MACHINE_CLIENT_SECRET: o.secrets.machineClientSecret,
    DIRECTORY_CLIENT_SECRET: o.secrets.directoryClientSecret,
  };
}

export function seedEnv(at: Addresses, demoPassword: string): Env {
  return {
    ...shared(at),
    GATEWAY_URL: at.portalUrl,
    PORTAL_URL: at.portalUrl,
    DEMO_PASSWORD: demoPassword,
  };
}
