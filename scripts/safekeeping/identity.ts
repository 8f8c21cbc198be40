/**
 * What the embedded identity provider keeps: its signing key, which goes where the keys go, and
 * what administrators changed of people and organisations. Who was signed in is left out: nobody
 * who gets hold of a backup shall find a session in it, and people sign in again after a restore.
 */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const sessionsName = 'sessions.sqlite';
const keysName = 'keys.json';

/** The file's name in the folder of the keys. */
export const identityKeysName = 'identity-keys.json';

/** Where it lies in a backup. */
export const identityFile = join('identity', sessionsName);

/** Quoted as SQLite wants it: VACUUM takes no parameter for its target. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}

/**
 * A copy of one moment, whether or not the provider runs. False when there is nothing to keep: the
 * provider is another one.
 */
export function saveIdentity(dir: string | undefined, folder: string): boolean {
  const from = dir === undefined ? undefined : join(dir, sessionsName);
  if (from === undefined || !existsSync(from)) return false;
  mkdirSync(join(folder, 'identity'), { mode: 0o700 });
  const into = join(folder, identityFile);
  const live = new DatabaseSync(from, { readOnly: true });
  live.exec(`VACUUM INTO ${quoted(into)}`);
  live.close();
  const copy = new DatabaseSync(into);
  copy.exec('DELETE FROM kept; VACUUM');
  copy.close();
  return true;
}

/** The key that tokens are signed with; without it everybody signs in again, which is all. */
export function saveIdentityKeys(dir: string | undefined, keys: string): void {
  const from = dir === undefined ? undefined : join(dir, keysName);
  if (from !== undefined && existsSync(from)) copyFileSync(from, join(keys, identityKeysName));
}

/** Throws when a provider has been there already. */
export function expectNoIdentity(dir: string): void {
  if (existsSync(join(dir, sessionsName))) throw new Error(`${dir} is not empty`);
}

/** Puts both back; `keys` is the folder of the keys when it is at hand. */
export function loadIdentity(dir: string, folder: string, keys: string | undefined): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  copyFileSync(join(folder, identityFile), join(dir, sessionsName));
  const key = keys === undefined ? undefined : join(keys, identityKeysName);
  if (key !== undefined && existsSync(key)) copyFileSync(key, join(dir, keysName));
}
