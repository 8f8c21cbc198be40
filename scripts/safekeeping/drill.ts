/** Restores a backup on parts of its own and asks whether all that must hold holds. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removePostgres, startNats, startPostgres } from '@recourse/kit/parts.ts';
import { type Broken, brokenInvariants, countRules } from './invariants.ts';
import type { Manifest } from './manifest.ts';
import { databasesAt, restore } from './restore.ts';

export type Drilled = {
  manifest: Manifest;
  seconds: { restore: number; invariants: number };
  rules: number;
  broken: readonly Broken[];
};

/** Starts an empty installation for one piece of work and removes it with all that is in it. */
export async function onEmptyParts<T>(
  work: (at: { postgresUrl: string; natsUrl: string }) => Promise<T>,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-drill-'));
  // PostgreSQL may run as a user of its own and has to pass through.
  chmodSync(dir, 0o711);
  try {
    return await onParts(dir, work);
  } finally {
    removePostgres(join(dir, 'postgres'));
    rmSync(dir, { recursive: true, force: true });
  }
}

async function onParts<T>(
  dir: string,
  work: (at: { postgresUrl: string; natsUrl: string }) => Promise<T>,
): Promise<T> {
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false });
  try {
    const nats = await startNats({ dir: join(dir, 'nats'), durable: false });
    try {
      return await work({ postgresUrl: postgres.url, natsUrl: nats.url });
    } finally {
      await nats.stop();
    }
  } finally {
    await postgres.stop();
  }
}

/** Leaves nothing behind, and touches nothing that runs. */
export async function drill(folder: string, key: string | undefined): Promise<Drilled> {
  return onEmptyParts(async (at) => {
    const began = performance.now();
    const databasePassword = randomBytes(24).toString('hex');
    const manifest = await restore({ ...at, databasePassword, key }, folder);
    const restored = performance.now();
    const services = manifest.databases.map(({ service }) => service);
    const broken = await brokenInvariants(databasesAt(at.postgresUrl, services));
    const seconds = {
      restore: (restored - began) / 1000,
      invariants: (performance.now() - restored) / 1000,
    };
    return { manifest, seconds, rules: countRules(services), broken };
  });
}
