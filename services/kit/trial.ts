import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntitySchema } from '@mikro-orm/core';
import pg from 'pg';
import { type Db, openDb } from './db.ts';
import { createLog, type Log } from './log.ts';
import { migrate } from './migrate.ts';
import { type Nats, type Postgres, removePostgres, startNats, startPostgres } from './parts.ts';
import { columnTypes } from './postgres.ts';

/**
 * The ground under the kit's own tests: one cluster, databases in it, one broker that may be wiped.
 */
export type Trial = {
  log: Log;
  /** A migrated database of its own with both roles. */
  database(o?: { folder?: URL; entities?: EntitySchema[] }): Promise<TrialDatabase>;
  /** Starts (or starts again, on the same port and store) the broker and gives its address. */
  nats(): Promise<string>;
  killNats(): Promise<void>;
  /** Removes everything the broker has stored; it must be stopped. */
  wipeNats(): void;
  natsDir: string;
  stop(): Promise<void>;
};

export type TrialDatabase = {
  db: Db;
  ownerUrl: string;
  url: string;
  systemUrl: string;
  /** Runs SQL as the superuser, who sees everything. */
  ask<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
};

function withUser(url: string, database: string, user?: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (user !== undefined) {
    changed.username = user;
    changed.password = 'trial';
  }
  return changed.href;
}

function asker(url: string): { ask: TrialDatabase['ask']; end(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    types: columnTypes as pg.CustomTypesConfig,
  });
  pool.on('error', () => undefined);
  return {
    ask: async <R extends object>(sql: string, params: readonly unknown[] = []) =>
      (await pool.query<R>(sql, [...params])).rows,
    end: () => pool.end(),
  };
}

export async function startTrial(): Promise<Trial> {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-kit-'));
  const natsDir = join(dir, 'nats');
  const log = createLog('trial', 'fatal');
  const postgres: Postgres = await startPostgres({ dir: join(dir, 'pg'), durable: false });
  const closers: (() => Promise<void>)[] = [];
  let nats: Nats | undefined;
  let port: number | undefined;
  let count = 0;
  const stopNats = async (): Promise<void> => {
    await nats?.kill();
    nats = undefined;
  };
  return {
    log,
    natsDir,
    database: async (o = {}) => {
      count += 1;
      const name = `trial_${count}`;
      const root = asker(postgres.url);
      await root.ask(`CREATE DATABASE ${name}`);
      await root.end();
      const ownerUrl = withUser(postgres.url, name);
      const url = withUser(postgres.url, name, 'trial_app');
      const systemUrl = withUser(postgres.url, name, 'trial_system');
      await migrate({ ownerUrl, url, systemUrl, folder: o.folder, log });
      const db = await openDb({ url, systemUrl, entities: o.entities ?? [], log });
      const owner = asker(ownerUrl);
      closers.push(
        () => db.stop(),
        () => owner.end(),
      );
      return { db, ownerUrl, url, systemUrl, ask: owner.ask };
    },
    nats: async () => {
      nats ??= await startNats({ dir: natsDir, durable: false, ...(port ? { port } : {}) });
      port = nats.port;
      return nats.url;
    },
    killNats: stopNats,
    wipeNats: () => rmSync(natsDir, { recursive: true, force: true }),
    stop: async () => {
      await Promise.allSettled(closers.map((close) => close()));
      await stopNats();
      await postgres.stop();
      removePostgres(join(dir, 'pg'));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
