/**
 * Finds nats-server, or fetches it, in this order: PATH when recent enough; a copy kept from
 * before; built from the Go module proxy when Go is there; the distribution's package when root;
 * the pinned release archive with its checksum. What is fetched stays in the person's cache, so the
 * next clone on the same machine starts at once.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { arch, homedir, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fault } from './fault.ts';
import { sha256 } from './hash.ts';

type Words = (line: string) => void;

/** Per-message TTL and the fixes we rely on came with 2.11 (stack.md, NATS). */
const oldestMinor = 11;

/** What the Go module proxy is asked for. */
const moduleVersion = 'v2.14.2';

/** The release archive and the SHA-256 of each build, as in the release's SHA256SUMS. */
const archiveVersion = 'v2.14.0';
const archiveSums: Readonly<Record<string, string>> = {
  'linux-amd64': '3d8b74dfad39af184c765a6dd120441ed1c648d6672eddf6b304f222661251b8',
  'linux-arm64': 'ce7dc5f7d97b70dabc38b13157fed28d7d06227860676143c15c62c5c297996c',
  'darwin-amd64': 'c307afaa5810dea24bfe5bb0cd895ddc7c47946f359823336ef3be1a41bdddfa',
  'darwin-arm64': '36f28cf166e5ae5dd88d700a609c810b97ffad641e0c51b49cf8fae25fb3fac7',
};

/** `[2, 14, 2]` of a binary, empty when it does not run. */
export function natsVersion(binary: string): readonly number[] {
  const said = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  const found = /v(\d+)\.(\d+)\.(\d+)/.exec(said.stdout ?? '');
  return found === null ? [] : found.slice(1).map((part) => Number.parseInt(part, 10));
}

export function isRecent(version: readonly number[]): boolean {
  const [major = 0, minor = 0] = version;
  return major > 2 || (major === 2 && minor >= oldestMinor);
}

let found: Promise<string> | undefined;

/**
 * Path or name of a nats-server that runs here. Throws `no_nats_server` with every way that failed.
 */
export function findNats(say: Words = () => {}): Promise<string> {
  found ??= search(say).catch((error: unknown) => {
    found = undefined;
    throw error;
  });
  return found;
}

async function search(say: Words): Promise<string> {
  if (isRecent(natsVersion('nats-server'))) return 'nats-server';
  const cache = cacheFolder();
  const kept = join(cache, 'nats-server');
  if (isRecent(natsVersion(kept))) return kept;
  const failures: string[] = [];
  for (const way of [buildWithGo, installPackage, downloadArchive]) {
    try {
      const binary = await way(cache, say);
      if (natsVersion(binary).length > 0) return binary;
      failures.push(`${way.name}: what it brought does not run`);
    } catch (error) {
      failures.push(`${way.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  // Streams, de-duplication and pull consumers work from 2.9 on; better an old server than none.
  if (natsVersion('nats-server').length > 0) return 'nats-server';
  throw fault('unavailable', 'no_nats_server', {
    tried: failures.join('; '),
    repair: 'put nats-server 2.11 or newer on PATH, or give NATS_URL',
  });
}

/** The person's cache; the checkout's own folder when there is no writable home. */
function cacheFolder(): string {
  const inHome = join(homedir(), '.cache', 'recourse', 'bin');
  try {
    mkdirSync(inHome, { recursive: true });
    accessSync(inHome, constants.W_OK);
    return inHome;
  } catch {
    const inCheckout = join(import.meta.dirname, '..', '..', '.data', 'bin');
    mkdirSync(inCheckout, { recursive: true });
    return inCheckout;
  }
}

async function buildWithGo(cache: string, say: Words): Promise<string> {
  if (spawnSync('go', ['version']).error !== undefined) throw new Error('Go is not installed');
  say(`building nats-server ${moduleVersion} with Go; takes about a minute, once per machine`);
  const target = mkdtempSync(join(cache, 'go-'));
  try {
    const module = `github.com/nats-io/nats-server/v2@${moduleVersion}`;
    await run('env', [`GOBIN=${target}`, 'CGO_ENABLED=0', 'go', 'install', '-trimpath', module]);
    return keep(join(target, 'nats-server'), cache);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

async function installPackage(_cache: string, say: Words): Promise<string> {
  if (process.getuid?.() !== 0) throw new Error('not root');
  if (!existsSync('/usr/bin/apt-get')) throw new Error('no apt-get here');
  say("installing the distribution's package nats-server");
  await run('apt-get', ['update', '-q']);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'nats-server']);
  return 'nats-server';
}

async function downloadArchive(cache: string, say: Words): Promise<string> {
  const build = `${platform()}-${arch() === 'x64' ? 'amd64' : arch()}`;
  const expected = archiveSums[build];
  if (expected === undefined) throw new Error(`no pinned archive for ${build}`);
  const name = `nats-server-${archiveVersion}-${build}`;
  const releases = 'https://github.com/nats-io/nats-server/releases/download';
  say(`downloading ${name}`);
  const answer = await fetch(`${releases}/${archiveVersion}/${name}.tar.gz`, {
    signal: AbortSignal.timeout(120_000),
  });
  if (!answer.ok) throw new Error(`the release page answered ${answer.status}`);
  return unpack(new Uint8Array(await answer.arrayBuffer()), { name, expected, cache });
}

/** Checks the archive's sum before anything of it is unpacked. */
export async function unpack(
  archive: Uint8Array,
  about: { name: string; expected: string; cache: string },
): Promise<string> {
  const sum = sha256(archive);
  if (sum !== about.expected)
    throw new Error(`${about.name} has checksum ${sum}, not the pinned one`);
  const folder = mkdtempSync(join(tmpdir(), 'recourse-nats-'));
  try {
    writeFileSync(join(folder, 'archive.tar.gz'), archive);
    await run('tar', ['-xzf', join(folder, 'archive.tar.gz'), '-C', folder]);
    const staged = join(mkdtempSync(join(about.cache, 'tar-')), 'nats-server');
    await run('cp', [join(folder, about.name, 'nats-server'), staged]);
    return keep(staged, about.cache);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Moves a binary into place in one step, so that two runs at once never see half of it. */
function keep(built: string, cache: string): string {
  chmodSync(built, 0o755);
  const kept = join(cache, 'nats-server');
  renameSync(built, kept);
  return kept;
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let tail = '';
    child.stderr.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-400);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${tail.trim()}`)),
    );
  });
}
