/** A whole backup: databases of one moment, the files, the manifest; the key elsewhere. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { dumpDatabases } from './dump.ts';
import { identityFile, saveIdentity, saveIdentityKeys } from './identity.ts';
import type { Installation } from './installation.ts';
import { type Manifest, manifestName, sumOf } from './manifest.ts';
import { saveFiles } from './stored.ts';

export const keyFileName = 'key-encryption-key';

/** A new or empty folder that only its owner may enter; throws when there is something in it. */
function emptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
}

/** Whoever steals a backup must not find its key in it. */
function expectApart(folder: string, keys: string): void {
  const between = relative(resolve(folder), resolve(keys));
  const isInside = between === '' || !between.startsWith('..');
  if (isInside) throw new Error('the keys must not lie in the folder of the backup');
}

/** The ids that data keys name their wrapping keys by (kit/crypto.ts). */
export function keyIds(key: string): string[] {
  return key.split(',').map((part) => {
    const written = part.trim();
    const bytes = Buffer.from(written, /^[0-9a-f]{64}$/i.test(written) ? 'hex' : 'base64');
    return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  });
}

/** Throws when the personal fields of a backup could not be opened with this key. */
export function expectKeyFits({ wrappingKeys }: Pick<Manifest, 'wrappingKeys'>, key: string): void {
  const known = keyIds(key);
  const missing = wrappingKeys.filter((id) => !known.includes(id));
  if (missing.length > 0)
    throw new Error(`the key does not open it: ${missing.join(', ')} missing`);
}

function saveKey(key: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, keyFileName);
  if (existsSync(file)) throw new Error(`${file} is there already`);
  writeFileSync(file, key, { mode: 0o600, flag: 'wx' });
}

/**
 * Backs an installation up into an empty folder; `keys` is another folder, for the key. Without the
 * key the personal fields in the backup cannot be read by anybody, its owner included.
 */
export async function backUp(
  at: Installation,
  folder: string,
  keys: string | undefined,
): Promise<Manifest> {
  if (keys !== undefined) expectApart(folder, keys);
  if (keys !== undefined && at.key === undefined) {
    throw new Error('there is no KEY_ENCRYPTION_KEY to keep');
  }
  emptyFolder(folder);
  const { kept, ...dumped } = await dumpDatabases(at.databases, folder);
  if (at.key !== undefined) expectKeyFits(dumped, at.key);
  const files = await saveFiles(at.natsUrl, folder, kept);
  const identity = saveIdentity(at.identityDir, folder) ? { identity: identityFile } : {};
  const paths = [
    ...Object.values(identity),
    ...dumped.databases.flatMap(({ tables }) => tables.map(({ file }) => file)),
    ...files.map(({ file }) => file),
  ];
  const sums: Record<string, string> = {};
  for (const path of paths) sums[path] = await sumOf(join(folder, path));
  const manifest: Manifest = { format: 1, ...dumped, files, ...identity, sums };
  if (keys !== undefined && at.key !== undefined) saveKey(at.key, keys);
  if (keys !== undefined) saveIdentityKeys(at.identityDir, keys);
  writeFileSync(join(folder, manifestName), `${JSON.stringify(manifest, null, 1)}\n`, {
    mode: 0o600,
  });
  return manifest;
}
