/** Where an installation is: its databases, its broker and its key. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresHome } from '@recourse/kit/postgres-home.ts';
import { findServices } from '../machine/plan.ts';
import type { Secrets } from '../machine/secrets.ts';

export type Installation = {
  /** A role that sees every row, by service; to restore it must be a superuser. */
  databases: ReadonlyMap<string, string>;
  natsUrl: string;
  /** KEY_ENCRYPTION_KEY; without it the keys are not kept and not checked. */
  key: string | undefined;
  /** Folder of the embedded identity provider; a Keycloak has its own backup. */
  identityDir?: string | undefined;
};

const root = join(import.meta.dirname, '../..');

/** What `./scripts/start` keeps on this machine. */
export const localData = join(root, '.data');
const data = localData;

export const services: readonly string[] = findServices(root);

/** `postgres://…/recourse_cases` of `postgres://…/postgres`. */
export function databaseUrl(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

function localPostgres(): string | undefined {
  if (!existsSync(join(data, 'postgres'))) return undefined;
  const { dir } = postgresHome(join(data, 'postgres'));
  const pidFile = join(dir, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const port = readFileSync(pidFile, 'utf8').split('\n')[3] ?? '';
  const password = readFileSync(join(dir, 'superuser'), 'utf8').trim();
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

function localNats(): string | undefined {
  const file = join(data, 'nats', 'nats.conf');
  const listen = existsSync(file) ? /listen: "([\d.:]+)"/.exec(readFileSync(file, 'utf8')) : null;
  return listen === null ? undefined : `nats://${listen[1]}`;
}

function localSecrets(): Partial<Secrets> {
  const file = join(data, 'secrets.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
}

/** What the variables say, or else what `./scripts/start` runs on this machine. */
export function findInstallation(given: NodeJS.ProcessEnv): Installation {
  const postgresUrl = given['POSTGRES_URL'] ?? localPostgres();
  const natsUrl = given['NATS_URL'] ?? localNats();
  const isLocal = given['POSTGRES_URL'] === undefined;
  if (postgresUrl === undefined || natsUrl === undefined) {
    throw new Error('nothing runs here: start it, or give POSTGRES_URL and NATS_URL');
  }
  return {
    databases: new Map(
      services.map((service) => [service, databaseUrl(postgresUrl, `recourse_${service}`)]),
    ),
    natsUrl,
    key: given['KEY_ENCRYPTION_KEY'] ?? localSecrets().keyEncryptionKey,
    identityDir: given['IDENTITY_DIR'] ?? (isLocal ? join(data, 'identity') : undefined),
  };
}
