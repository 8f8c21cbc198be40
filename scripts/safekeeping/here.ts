/** A restore into `.data/`, for `./scripts/start`: on parts of its own, while nothing runs. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNats, startPostgres } from '@recourse/kit/parts.ts';
import { runningAt } from '../machine/run-file.ts';
import { keepSecrets } from '../machine/secrets.ts';
import type { Manifest } from './manifest.ts';
import { restore } from './restore.ts';

/** Throws when a start runs, or has run, in the folder: nothing is ever written over. */
function expectUnused(data: string): void {
  const running = runningAt(join(data, 'run.json'));
  if (running !== undefined) throw new Error(`it runs at ${running.address}: stop it first`);
  const found = ['postgres', 'nats', 'identity'].filter((part) => existsSync(join(data, part)));
  if (found.length > 0) {
    throw new Error(`${data} holds an installation (${found.join(', ')}): put it aside first`);
  }
}

/** The services will open personal fields with the key that the backup was taken under. */
function secretsWith(data: string, key: string | undefined) {
  const file = join(data, 'secrets.json');
  const secrets = { ...keepSecrets(file), ...(key === undefined ? {} : { keyEncryptionKey: key }) };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/**
 * Restores a backup into an unused data folder; the next start finds everything there and loads no
 * demo data over it. `keys` is the folder of the keys, `key` what is in it.
 */
export async function restoreHere(
  data: string,
  folder: string,
  { keys, key }: { keys: string | undefined; key: string | undefined },
): Promise<Manifest> {
  expectUnused(data);
  mkdirSync(data, { recursive: true });
  const { databasePassword, keyEncryptionKey } = secretsWith(data, key);
  const postgres = await startPostgres({ dir: join(data, 'postgres') });
  try {
    const nats = await startNats({ dir: join(data, 'nats') });
    try {
      const at = { postgresUrl: postgres.url, natsUrl: nats.url, databasePassword };
      const identity = { dir: join(data, 'identity'), keys };
      const manifest = await restore({ ...at, key: keyEncryptionKey, identity }, folder);
      writeFileSync(join(data, 'demo-loaded'), '');
      return manifest;
    } finally {
      await nats.stop();
    }
  } finally {
    await postgres.stop();
  }
}
