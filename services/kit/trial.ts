import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntitySchema } from '@mikro-orm/core';
import { type Db, openDb } from './db.ts';
import { createLog, type Log } from './log.ts';
import { migrate } from './migrate.ts';
import { type Nats, startNats } from './parts.ts';
import { type Query, testCluster } from './test-cluster.ts';

/** The ground under the kit's own tests: migrated databases and one broker that may be wiped. */
export type Trial = {
  log: Log;
  /** A migrated database of its own with both roles, `trial_app` and `trial_system`. */
  database(o?: { folder?: URL; entities?: EntitySchema[] }): Promise<TrialDatabase>;
  /** Starts (or starts again, on the same port and store) the broker and gives its address. */
  nats(): Promise<string>;
  /** SIGKILL. */
  killNats(): Promise<void>;
  /** Where the broker, when it is stopped, may be robbed of what it has stored. */
  natsDir: string;
  stop(): Promise<void>;
};

export type TrialDatabase = {
  db: Db;
  ownerUrl: string;
  url: string;
  systemUrl: string;
  /** Runs SQL as the superuser, who sees everything. */
  ask: Query;
};

export async function startTrial(): Promise<Trial> {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-kit-'));
  const natsDir = join(dir, 'nats');
  const log = createLog('trial', 'fatal');
  const cluster = await testCluster();
  const opened: Db[] = [];
  let nats: Nats | undefined;
  let port: number | undefined;
  const killNats = async (): Promise<void> => {
    await nats?.kill();
    nats = undefined;
  };
  return {
    log,
    natsDir,
    database: async (o = {}) => {
      const { ownerUrl, url, systemUrl, ownerQuery } = await cluster.database('trial');
      await migrate({ ownerUrl, url, systemUrl, folder: o.folder, log });
      const db = await openDb({ url, systemUrl, entities: o.entities ?? [], log });
      opened.push(db);
      return { db, ownerUrl, url, systemUrl, ask: ownerQuery };
    },
    nats: async () => {
      nats ??= await startNats({ dir: natsDir, durable: false, ...(port ? { port } : {}) });
      port = nats.port;
      return nats.url;
    },
    killNats,
    stop: async () => {
      await Promise.allSettled(opened.map((db) => db.stop()));
      await killNats();
      await cluster.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Waits until something is so; throws with `what` when it is not within `seconds`. */
export async function until(
  isSo: () => Promise<boolean>,
  what: string,
  seconds = 60,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
