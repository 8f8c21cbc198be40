/**
 * The whole system on one machine: parts, identity, services, gateway, portal, demo data. Run by
 * `scripts/start`, which has installed what is needed. Ctrl-C stops all of it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removePostgres } from '@recourse/kit/parts.ts';
import { databasesThere } from './machine/databases.ts';
import { bringDown, bringUp, type House } from './machine/house.ts';
import { help, readOptions, type Options } from './machine/options.ts';
import { findServices } from './machine/plan.ts';
import { clearLeftovers, runningAt, writeRun } from './machine/run-file.ts';
import { readyWords } from './machine/words.ts';

const root = join(import.meta.dirname, '..');
const data = join(root, '.data');
const logs = join(data, 'logs');
const runFile = join(data, 'run.json');

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const facts = 'facts' in error ? Object.entries(error.facts ?? {}) : [];
  return [error.message, ...facts.map(([name, value]) => `  ${name}: ${value}`)].join('\n');
}

function generate(): void {
  const done = spawnSync(process.execPath, [join(root, 'scripts', 'gen.ts')], { stdio: 'inherit' });
  if (done.status !== 0) throw new Error('the contract does not build; see above');
}

/** Throws away everything but the parts that were fetched; refuses when some of it is not here. */
async function startOver({ postgresUrl }: Options): Promise<void> {
  if (postgresUrl !== undefined) {
    const left = await databasesThere(postgresUrl, findServices(root));
    if (left.length > 0) {
      const drops = left.map((name) => `  DROP DATABASE ${name};`).join('\n');
      throw new Error(
        `--fresh does not empty a PostgreSQL that was given; its rows are sealed with keys that ` +
          `would be thrown away. Drop them there, or start without --fresh:\n${drops}`,
      );
    }
  }
  removePostgres(join(data, 'postgres'));
  const kept = existsSync(data) ? readdirSync(data) : [];
  for (const name of kept) {
    if (!['bin', 'tools', 'run.json'].includes(name)) rmSync(join(data, name), { recursive: true });
  }
}

async function start(options: Options): Promise<number> {
  const began = performance.now();
  const other = runningAt(runFile);
  if (other !== undefined) {
    say(`Recourse already runs here: ${other.address} (process ${other.pid}).`);
    say(`Stop it with Ctrl-C where it was started, or: kill ${other.pid}`);
    return 1;
  }
  const left = await clearLeftovers(runFile);
  if (left.length > 0) say(`stopped what an earlier run left behind: ${left.join(', ')}`);
  const run = writeRun(runFile);
  const stopping = new AbortController();
  const house: House = {
    root,
    data,
    logs,
    options,
    say,
    run,
    signal: stopping.signal,
    stages: [],
  };
  const stopped = stopOnSignal(stopping);
  try {
    if (options.fresh) await startOver(options);
    generate();
    const address = await bringUp(house);
    run.setAddress(address);
    say(
      readyWords({
        address,
        seconds: (performance.now() - began) / 1000,
        logs: '.data/logs',
        realmFile: join(root, 'deploy', 'keycloak', 'realm.json'),
        password: options.issuer === undefined ? options.demoPassword : undefined,
      }),
    );
    await stopped;
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    say(`\nRecourse did not start: ${words(error)}`);
    return 1;
  } finally {
    say('stopping');
    stopping.abort();
    await bringDown(house);
    run.remove();
    say('stopped');
  }
}

/**
 * The first signal stops in order; whoever insists ends this process, and the next start tidies up.
 */
function stopOnSignal(stopping: AbortController): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (stopping.signal.aborted && signal === 'SIGINT') say('still stopping; a moment');
        stopping.abort();
        resolve();
      });
    }
  });
}

let options: Options | 'help';
try {
  options = readOptions(process.argv.slice(2), process.env);
} catch (error) {
  say(`${words(error)}\n\n${help}`);
  process.exit(2);
}
if (options === 'help') say(help);
process.exit(options === 'help' ? 0 : await start(options));
