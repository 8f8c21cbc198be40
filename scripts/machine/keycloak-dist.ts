/**
 * Obtains Keycloak once and keeps it built in `.data/tools`: from Maven's registry through Maven
 * itself, which knows the machine's mirrors; or from where `KEYCLOAK_DIST` says.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export const keycloakVersion = '26.7.3';
/** SHA-256 of that version's archive. Another version needs its own, by `KEYCLOAK_SHA256`. */
const archiveSum = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f';
const oldestJava = 17;
const artifact = `org.keycloak:keycloak-quarkus-dist:${keycloakVersion}:zip`;
const mavenCopy = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';

/**
 * Fixed when Keycloak is built, so that each start is quick: its own store in a file, no cluster,
 * readiness on the management port, and no grants that nobody here uses.
 */
const buildOptions = [
  '--db=dev-file',
  '--health-enabled=true',
  '--features-disabled=device-flow,ciba',
];

export type DistOptions = {
  /** Folder of what was fetched, `.data/tools`. */
  tools: string;
  /** An archive, a folder or an address of an archive, in place of the registry. */
  given: string | undefined;
  /** SHA-256 of the archive given, when it is not the pinned version. */
  sum: string | undefined;
  say: (words: string) => void;
  signal: AbortSignal;
};

/** The command `java` of this machine. Throws in words when there is none, or an old one. */
export function findJava(home: string | undefined): string {
  const java = home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
  const said = spawnSync(java, ['-version'], { encoding: 'utf8' });
  const found = /version "(?:1\.)?(\d+)/.exec(said.stderr ?? '')?.[1];
  if (found === undefined) {
    throw new Error(`Keycloak needs Java ${oldestJava} or newer, and ${java} does not run here`);
  }
  if (Number.parseInt(found, 10) < oldestJava) {
    throw new Error(`Keycloak needs Java ${oldestJava} or newer; ${java} is Java ${found}`);
  }
  return java;
}

function folderOf(o: Pick<DistOptions, 'tools' | 'given'>): string {
  const given = o.given ?? '';
  const digest = createHash('sha256').update(given).digest('hex');
  const mark = given === '' ? '' : `-${digest.slice(0, 8)}`;
  return join(o.tools, `keycloak-${keycloakVersion}${mark}`);
}

/** Fetching and building it must not hold up a test run for longer. */
const patienceMs = 240_000;

/**
 * For tests: its folder, obtained when that is possible here, or in words why there is none.
 * `RECOURSE_KEYCLOAK=0` says that none is wanted.
 */
export async function findKeycloak(o: {
  tools: string;
  given: NodeJS.ProcessEnv;
  say: (words: string) => void;
}): Promise<{ dist: string } | { why: string }> {
  const { RECOURSE_KEYCLOAK: wanted, KEYCLOAK_DIST: given, KEYCLOAK_SHA256: sum } = o.given;
  if (wanted === '0') return { why: 'RECOURSE_KEYCLOAK=0' };
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const dist = await obtainKeycloak({ tools: o.tools, given, sum, say: o.say, signal });
    return { dist };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

/** Folder of Keycloak, unpacked and built. Throws with words that say what can be done. */
export async function obtainKeycloak(o: DistOptions): Promise<string> {
  findJava(process.env['JAVA_HOME']);
  const folder = folderOf(o);
  if (existsSync(folder)) return folder;
  mkdirSync(o.tools, { recursive: true });
  const work = mkdtempSync(join(o.tools, 'keycloak-new-'));
  try {
    const unpacked = await unpackedIn(work, o);
    o.say('building Keycloak, once; takes half a minute');
    await run(join(unpacked, 'bin', 'kc.sh'), ['build', ...buildOptions], o.signal);
    // Whole or not at all: nobody may find one half built, and who came first keeps theirs.
    if (!existsSync(folder)) renameSync(unpacked, folder);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function unpackedIn(work: string, o: DistOptions): Promise<string> {
  const target = join(work, 'unpacked');
  if (o.given !== undefined && existsSync(o.given) && statSync(o.given).isDirectory()) {
    cpSync(o.given, target, { recursive: true });
    return target;
  }
  const archive = await archiveFor(work, o);
  await checkSum(archive, o.sum ?? archiveSum);
  mkdirSync(target);
  await unzip(archive, target, o.signal);
  const [inside = ''] = readdirSync(target);
  const home = join(target, inside);
  for (const name of readdirSync(join(home, 'bin'))) {
    if (name.endsWith('.sh')) chmodSync(join(home, 'bin', name), 0o755);
  }
  return home;
}

async function archiveFor(work: string, o: DistOptions): Promise<string> {
  const { given } = o;
  if (given !== undefined && existsSync(given)) return given;
  if (given !== undefined && /^https?:/.test(given)) {
    o.say('downloading Keycloak from the address given');
    const answer = await fetch(given, { signal: o.signal });
    if (!answer.ok) throw new Error(`KEYCLOAK_DIST: ${given} answered ${answer.status}`);
    const file = join(work, 'keycloak.zip');
    writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
    return file;
  }
  if (given !== undefined) throw new Error(`KEYCLOAK_DIST: there is no ${given}`);
  if (spawnSync('mvn', ['--version']).error !== undefined) {
    throw new Error(
      `Keycloak ${keycloakVersion} is fetched with Maven, and mvn is not installed. Install it, ` +
        `or fetch ${artifact} yourself and give its archive as KEYCLOAK_DIST`,
    );
  }
  o.say(`fetching Keycloak ${keycloakVersion} with Maven, 170 MB, once`);
  const where = `-DoutputDirectory=${work}`;
  await run('mvn', ['-B', '-q', mavenCopy, `-Dartifact=${artifact}`, where], o.signal);
  return join(work, `keycloak-quarkus-dist-${keycloakVersion}.zip`);
}

async function checkSum(archive: string, expected: string): Promise<void> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(archive)) digest.update(Buffer.from(chunk));
  const found = digest.digest('hex');
  if (found === expected) return;
  throw new Error(
    `the archive of Keycloak is not the one expected: SHA-256 ${found}, not ${expected}; ` +
      'for another version give its own sum as KEYCLOAK_SHA256',
  );
}

/** Whoever runs Java usually has one of these. */
async function unzip(archive: string, target: string, signal: AbortSignal): Promise<void> {
  const ways = [
    ['unzip', '-q', archive, '-d', target],
    ['jar', '--extract', '--file', archive, '--dir', target],
    ['python3', '-m', 'zipfile', '-e', archive, target],
  ];
  for (const [command = '', ...args] of ways) {
    if (spawnSync(command, ['--help'], { stdio: 'ignore' }).error !== undefined) continue;
    await run(command, args, signal);
    if (readdirSync(target).length > 0) return;
  }
  throw new Error('nothing here unpacks a zip archive: install unzip');
}

async function run(command: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', resolve);
  });
  if (code === 0) return;
  const end = Buffer.concat(said).toString('utf8').trimEnd().split('\n').slice(-15).join('\n');
  throw new Error(`${command} failed (${String(code)}):\n${end}`);
}
