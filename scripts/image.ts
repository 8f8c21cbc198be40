/** Builds the image, says its size and how long it took, and writes its bill of materials. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildArguments,
  type Engine,
  engines,
  help,
  type ImageOptions,
  type Origin,
  readImageOptions,
  sizeArguments,
} from './machine/image.ts';

const root = join(import.meta.dirname, '..');

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

/** What a command prints, or undefined when it is not there or fails. */
function asked(command: string, args: readonly string[]): string | undefined {
  const maxBuffer = 64_000_000;
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/** The engine wanted, or the first that answers: docker's command may be there without a daemon. */
function findEngine(wanted: Engine | undefined): Engine {
  const among = wanted === undefined ? engines : [wanted];
  const found = among.find((name) => asked(name, ['version']) !== undefined);
  if (found !== undefined) return found;
  throw new Error(`none of these answers to "version": ${among.join(', ')}`);
}

/** Of the commit, so that the same commit makes the same labels. */
function originOf(version: string): Origin {
  const revision = asked('git', ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*']);
  const created = asked('git', ['log', '-1', '--format=%cI']);
  return { version, revision: revision ?? 'unknown', created: created ?? 'unknown' };
}

function build(o: ImageOptions, version: string): void {
  const engine = findEngine(o.engine);
  const begun = performance.now();
  // The builder before BuildKit, which old versions of docker still take by themselves, is another.
  const env = { ...process.env, DOCKER_BUILDKIT: '1' };
  const args = buildArguments(engine, o, originOf(version));
  const done = spawnSync(engine, args, { cwd: root, env, stdio: 'inherit' });
  if (done.status !== 0) throw new Error(`${engine} build failed: see above`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const size = asked(engine, sizeArguments(o.tag))?.split('\n')[0] ?? 'of unknown size';
  say(`${o.tag}: ${size}, built with ${engine} in ${seconds} s`);
}

/** Writes what `./scripts/sbom` prints. */
function writeBill(file: string): void {
  const bill = asked(join(root, 'scripts/sbom'), []);
  if (bill === undefined) throw new Error('./scripts/sbom failed');
  writeFileSync(file, `${bill}\n`);
  const { components } = JSON.parse(bill) as { components: object[] };
  say(`${file}: ${components.length} parts`);
}

try {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Origin;
  const given = readImageOptions(process.argv.slice(2), version);
  if (given === 'help') say(help);
  else {
    build(given, version);
    if (given.sbom !== undefined) writeBill(given.sbom);
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
