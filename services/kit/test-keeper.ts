/**
 * Keeps one PostgreSQL for all test processes of this checkout, and ends it when nobody has been
 * connected for a while. A process of its own, because test workers come, go and get killed.
 * Run as `node test-keeper.ts <folder>`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { removePostgres, startPostgres } from './parts.ts';

const idleMs = 15_000;
const pollMs = 1_000;

const folder = process.argv[2] ?? '';
if (folder === '') throw new Error('usage: node test-keeper.ts <folder>');
const note = join(folder, 'cluster');
const own = join(folder, `cluster-${process.pid}`);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends the server of a keeper that was killed; its folder's name stands in the server's command.
 */
function endOrphan(dir: string): void {
  try {
    const pid = Number.parseInt(readFileSync(join(dir, 'postmaster.pid'), 'utf8'), 10);
    const seen = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    if (seen.stdout.includes(dir)) process.kill(pid, 'SIGQUIT');
  } catch {
    // It had not started, or it is gone already.
  }
}

/** Removes what keepers that were killed have left behind. */
function sweep(): void {
  for (const name of readdirSync(folder)) {
    const keeper = Number(/^cluster-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(keeper) || isAlive(keeper)) continue;
    const dir = join(folder, name);
    endOrphan(dir);
    removePostgres(dir);
  }
}

/** Whether anyone else is connected; that the server is gone means nobody is. */
async function isInUse(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query(
      `SELECT FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1`,
    );
    return rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function withdraw(url: string): void {
  try {
    if (readFileSync(note, 'utf8') === url) rmSync(note);
  } catch {
    // Another keeper has replaced or removed it.
  }
}

sweep();
const postgres = await startPostgres({
  dir: own,
  durable: false,
  settings: { max_connections: '400', shared_buffers: '128MB' },
});
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
writeFileSync(`${own}.note`, postgres.url, { mode: 0o600 });
renameSync(`${own}.note`, note);

let lastUsedMs = Date.now();
while (!stopping.signal.aborted && Date.now() - lastUsedMs < idleMs) {
  if (await isInUse(postgres.url)) lastUsedMs = Date.now();
  await sleep(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
}
withdraw(postgres.url);
await postgres.stop();
removePostgres(own);
