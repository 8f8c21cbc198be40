/** A whole restore, into an installation in which there is nothing yet. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLog } from '@recourse/kit/log.ts';
import { migrate } from '@recourse/kit/migrate.ts';
import { type DatabaseUrls, makeDatabases } from '../machine/databases.ts';
import { expectKeyFits } from './backup.ts';
import { expectNoIdentity, loadIdentity } from './identity.ts';
import { databaseUrl } from './installation.ts';
import { expectEmptyDatabase, loadDatabase } from './load.ts';
import { checkSums, type Manifest, readManifest } from './manifest.ts';
import { expectEmptyBroker, loadFiles } from './stored.ts';

export type Target = {
  /** A superuser's address of the database `postgres`. */
  postgresUrl: string;
  natsUrl: string;
  /** Of the services' roles, which are made when they are missing. */
  databasePassword: string;
  /** KEY_ENCRYPTION_KEY that the restored installation will run with. */
  key: string | undefined;
  /** Where the embedded identity provider will look; a drill brings back none. */
  identity?: { dir: string; keys: string | undefined };
};

const root = join(import.meta.dirname, '../..');
const log = createLog('restore', 'error');

/** `recourse_<service>` by service, as a superuser. */
export function databasesAt(postgresUrl: string, services: readonly string[]) {
  return new Map(
    services.map((service) => [service, databaseUrl(postgresUrl, `recourse_${service}`)]),
  );
}

async function makeSchema(service: string, urls: DatabaseUrls): Promise<void> {
  await migrate({
    ownerUrl: urls.DATABASE_OWNER_URL,
    url: urls.DATABASE_URL,
    systemUrl: urls.DATABASE_SYSTEM_URL,
    folder: pathToFileURL(join(root, 'services', service, 'migrations/')),
    log,
  });
}

/**
 * Gives a broker that has lost its store the files of a backup back, while everything runs; what it
 * still has, or has got since, is left as it is. Gives how many were missing. Streams need no help,
 * nor do the files that services keep: they notice, publish again and put back.
 */
export async function restoreFiles(natsUrl: string, folder: string): Promise<number> {
  const manifest = readManifest(folder);
  await checkSums(folder, manifest);
  return loadFiles(natsUrl, folder, manifest.files);
}

/**
 * Restores the backup in `folder`. Refuses, before it writes anything, a damaged or unfinished
 * backup, a key that does not open it, and a target with tables or streams in it; and a backup of
 * another schema. Streams are not restored: the services publish the outboxes of the last seven
 * days again, and receipts make the repeats harmless. Kept files come with the databases, and into
 * the store when the services start.
 */
export async function restore(target: Target, folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  if (target.key !== undefined) expectKeyFits(manifest, target.key);
  await checkSums(folder, manifest);
  if (target.identity !== undefined) expectNoIdentity(target.identity.dir);
  await expectEmptyBroker(target.natsUrl);
  const services = manifest.databases.map(({ service }) => service);
  const urls = await makeDatabases(target.postgresUrl, services, target.databasePassword);
  const databases = databasesAt(target.postgresUrl, services);
  for (const [service, url] of databases) await expectEmptyDatabase(service, url);
  for (const [service, url] of databases) {
    const own = urls.get(service);
    if (own === undefined) throw new Error(`no database for ${service}`);
    await makeSchema(service, own);
    await loadDatabase(manifest, service, folder, url);
  }
  await loadFiles(target.natsUrl, folder, manifest.files);
  const { identity } = target;
  if (identity !== undefined && manifest.identity !== undefined) {
    loadIdentity(identity.dir, folder, identity.keys);
  }
  return manifest;
}
