import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql';
import type { EntitySchema } from '@mikro-orm/core';
import type { PoolClient, Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { isUuid } from './check.ts';
import { fault } from './fault.ts';
import type { Log } from './log.ts';
import {
  databaseFault,
  forgetPlans,
  isOfAborted,
  isStalePlan,
  mayRunAgain,
  openPool,
  parameters,
  statementName,
} from './postgres.ts';
import { type SpanAbout, traced } from './trace.ts';

/** Who polls and may be woken early: the relay, the job runner. */
export type Sleeper = 'relay' | 'jobs';

/** One open transaction; everything in it runs on one connection and is seen or lost together. */
export type Tx = {
  /** The organisation whose rows are seen; empty in a system transaction. */
  readonly orgId: string;
  /** MikroORM joined to this transaction. Flush before reading the same rows with `query`. */
  readonly em: SqlEntityManager;
  /** Rows of one statement. Parameters may be bigint and Temporal values. */
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  /**
   * `COPY … FROM STDIN`; returns the rows copied. Tables under row-level security refuse COPY: copy
   * to a `TEMP … ON COMMIT DROP` table and `INSERT … SELECT` from there.
   */
  copyIn(sql: string, rows: AsyncIterable<string | Buffer>): Promise<number>;
  /**
   * Takes a statement that is under way and whose answer nobody needs: it travels together with
   * COMMIT instead of costing a round trip of its own. When it fails, the transaction fails.
   */
  withCommit(statement: Promise<unknown>): void;
  /** Runs when the commit has succeeded, never otherwise: for hints that may be lost. */
  afterCommit(run: () => void): void;
  /** After the commit, tells those who poll one of the kit's tables that there is something. */
  wake(whom: Sleeper): void;
};

/**
 * How the statements of a transaction are planned. `keyed` is for work that reaches every row by
 * its key, or in the very order of an index: each prepared statement is planned once per connection
 * and then kept, which spares about a millisecond per statement over tables with row-level
 * security. What sums, searches or filters goes without: its best plan depends on the values.
 */
export type How = { keyed?: boolean };

export type PoolGauge = { role: 'app' | 'system'; total: number; idle: number; waiting: number };

export type Db = {
  /**
   * Runs work in one transaction that sees only the organisation's rows. A serialization failure or
   * deadlock runs the whole work again, at most four times, so work must touch nothing but `tx`.
   * Faults: `unavailable` (no database, too many conflicts), `expired` (statement too long),
   * `denied` (a row of another organisation), or whatever the work throws.
   */
  tenant<T>(orgId: string, work: (tx: Tx) => Promise<T>, how?: How): Promise<T>;
  /**
   * The same for the system role, which sees the kit's tables of all organisations and no others.
   */
  system<T>(work: (tx: Tx) => Promise<T>, how?: How): Promise<T>;
  /**
   * Called after each commit that asked for it by `tx.wake`; gives back the way to stop listening.
   */
  onWake(whom: Sleeper, listener: () => void): () => void;
  gauges(): PoolGauge[];
  stop(): Promise<void>;
};

const attempts = 4;
const chunkBytes = 64 * 1024;

/** Joins small pieces to chunks of 64 KiB: a million rows are then 2,000 writes, not a million. */
async function* chunks(rows: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const row of rows) {
    const part = typeof row === 'string' ? Buffer.from(row) : row;
    parts.push(part);
    size += part.length;
    if (size < chunkBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(parts);
}

async function copyRows(
  client: PoolClient,
  sql: string,
  rows: AsyncIterable<string | Buffer>,
): Promise<number> {
  // COPY must have the connection to itself: first everything asked before is answered. pg looks at
  // the property each time, though its types call it read-only.
  await client.query('');
  Reflect.set(client, 'pipeline', false);
  try {
    const target = client.query(copyFrom(sql));
    await pipeline(Readable.from(chunks(rows)), target);
    return target.rowCount;
  } finally {
    Reflect.set(client, 'pipeline', true);
  }
}

type Compiled = { sql: string; parameters: readonly unknown[] };

/**
 * The shape MikroORM 7.2 expects of a transaction (Kysely's controlled transaction, of which it
 * uses these methods), over a client that is already inside one. So `em`, `query` and `copyIn`
 * share it.
 */
function joined(client: PoolClient, isOpen: () => boolean): object {
  const run = async (sql: string, values: readonly unknown[] = []) => {
    if (!isOpen()) throw fault('internal', 'transaction_has_ended');
    const { rows, rowCount } = await client.query(sql, [...values]);
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
  };
  const savepoint = (verb: string) => (name: string) => ({
    execute: async () => {
      await run(`${verb} "${name}"`);
      return joined(client, isOpen);
    },
  });
  return {
    executeQuery: (compiled: Compiled) => run(compiled.sql, compiled.parameters),
    savepoint: savepoint('savepoint'),
    releaseSavepoint: savepoint('release savepoint'),
    rollbackToSavepoint: savepoint('rollback to savepoint'),
    getExecutor: () => ({ provideConnection: (use: () => Promise<unknown>) => use() }),
  };
}

/** The text has no values in it: those are parameters. */
function statementSpan(sql: string): SpanAbout {
  return { kind: 'client', attributes: { 'db.system.name': 'postgresql', 'db.query.text': sql } };
}

function verbOf(sql: string): string {
  return /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
}

const transactionSpan: SpanAbout = {
  kind: 'client',
  attributes: { 'db.system.name': 'postgresql' },
};

type Side = { pool: Pool; orm: MikroORM | undefined; listeners: Listeners };
type Listeners = Readonly<Record<Sleeper, Set<() => void>>>;
type Opened = {
  tx: Tx;
  flush(): Promise<void>;
  /** Resolves when what was left to the commit is done, else fails as the first of it did. */
  remaining(): Promise<void>;
  committed(): void;
  end(): void;
};

function openTx(client: PoolClient, orgId: string, { orm, listeners }: Side): Opened {
  let open = true;
  let em: SqlEntityManager | undefined;
  const afterwards: (() => void)[] = [];
  const remaining: Promise<unknown>[] = [];
  const query = async <R extends object>(sql: string, params: readonly unknown[] = []) => {
    if (!open) throw fault('internal', 'transaction_has_ended');
    const name = statementName(sql);
    const statement = { text: sql, values: parameters(params) };
    const ask = () => client.query<R>(name === undefined ? statement : { ...statement, name });
    const { rows } = await traced(verbOf(sql), statementSpan(sql), ask);
    return rows;
  };
  const joinedManager = (): SqlEntityManager => {
    if (orm === undefined) throw fault('internal', 'no_entities');
    const manager = orm.em.fork();
    manager.setTransactionContext(joined(client, () => open));
    return manager;
  };
  return {
    tx: {
      orgId,
      get em() {
        em ??= joinedManager();
        return em;
      },
      query,
      copyIn: (sql, rows) => copyRows(client, sql, rows),
      withCommit: (statement) => {
        remaining.push(statement);
        // Heard when the transaction ends, however it does.
        statement.catch(() => undefined);
      },
      afterCommit: (run) => void afterwards.push(run),
      wake: (whom) => void afterwards.push(...listeners[whom]),
    },
    flush: async () => em?.flush(),
    remaining: async () => {
      // In order: what fails first is the cause, the others only saw an aborted transaction.
      for (const statement of remaining) await statement;
    },
    committed: () => {
      for (const run of afterwards) run();
    },
    end: () => {
      open = false;
    },
  };
}

type Work<T> = (tx: Tx) => Promise<T>;

/**
 * Begins, works, commits; a client whose rollback fails is thrown away with its connection. The
 * work's first statement does not wait for the answer to BEGIN.
 */
async function attempt<T>(side: Side, orgId: string, begin: string, work: Work<T>): Promise<T> {
  const client = await side.pool.connect();
  const opened = openTx(client, orgId, side);
  let broken: Error | undefined;
  try {
    const begun = client.query(begin);
    const [result] = await Promise.all([work(opened.tx), begun]);
    await opened.flush();
    opened.end();
    const commit = client.query('COMMIT');
    // One failed statement makes a rollback of it; which, the statement says itself.
    commit.catch(() => undefined);
    await opened.remaining();
    const { command } = await commit;
    // COMMIT of a transaction in which a statement failed rolls back and reports no error.
    if (command !== 'COMMIT') throw fault('internal', 'failed_statement_was_ignored');
    opened.committed();
    return result;
  } catch (thrown) {
    opened.end();
    await client.query('ROLLBACK').catch((failed: Error) => {
      broken = failed;
    });
    if (isOfAborted(thrown)) await opened.remaining();
    throw thrown;
  } finally {
    client.release(broken);
  }
}

/** See https://www.postgresql.org/docs/18/runtime-config-query.html, plan_cache_mode. */
function planning(how: How | undefined): string {
  return how?.keyed === true ? '; SET LOCAL plan_cache_mode = force_generic_plan' : '';
}

/** Runs again what lost against another transaction, after 5–40 ms times the attempt, at random. */
function transaction<T>(side: Side, orgId: string, begin: string, work: Work<T>): Promise<T> {
  return traced('transaction', transactionSpan, () => untilDone(side, orgId, begin, work));
}

async function untilDone<T>(side: Side, orgId: string, begin: string, work: Work<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt(side, orgId, begin, work);
    } catch (thrown) {
      if (tried >= attempts || !mayRunAgain(thrown)) throw databaseFault(thrown);
      if (isStalePlan(thrown)) forgetPlans();
      await sleep(tried * (5 + Math.random() * 35));
    }
  }
}

/** The ORM maps rows; its own pool is never opened, since `em` exists only inside a transaction. */
function openOrm(url: string, entities: readonly EntitySchema[]): MikroORM {
  return new MikroORM({
    entities: [...entities],
    clientUrl: url,
    dbName: new URL(url).pathname.slice(1),
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: true,
    debug: false,
  });
}

function gauge(role: PoolGauge['role'], pool: Pool): PoolGauge {
  return { role, total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
}

/**
 * Opens the pools of a service's two roles. `appSize` and `systemSize` are connections at most; a
 * statement may take `statementSeconds` (`SET LOCAL statement_timeout` lengthens it for one
 * transaction). Without `systemUrl`, `system` refuses.
 */
export async function openDb(o: {
  url: string;
  systemUrl?: string;
  entities?: readonly EntitySchema[];
  log: Log;
  appSize?: number;
  systemSize?: number;
  statementSeconds?: number;
}): Promise<Db> {
  const onError = (error: Error): void => o.log.warn({ err: error }, 'database connection lost');
  const statementSeconds = o.statementSeconds ?? 60;
  const open = (url: string, size: number) => openPool({ url, size, statementSeconds, onError });
  const orm = o.entities?.length ? openOrm(o.url, o.entities) : undefined;
  const listeners: Listeners = { relay: new Set(), jobs: new Set() };
  const app: Side = { pool: open(o.url, o.appSize ?? 12), orm, listeners };
  const system: Side | undefined =
    o.systemUrl === undefined
      ? undefined
      : { pool: open(o.systemUrl, o.systemSize ?? 6), orm: undefined, listeners };
  return {
    tenant: async (orgId, work, how) => {
      if (!isUuid(orgId)) throw fault('invalid', 'organisation_is_not_a_uuid');
      const begin = `BEGIN; SET LOCAL app.org_id = '${orgId}'${planning(how)}`;
      return transaction(app, orgId, begin, work);
    },
    system: async (work, how) => {
      if (system === undefined) throw fault('internal', 'no_system_role');
      return transaction(system, '', `BEGIN${planning(how)}`, work);
    },
    onWake: (whom, listener) => {
      listeners[whom].add(listener);
      return () => void listeners[whom].delete(listener);
    },
    gauges: () => [
      gauge('app', app.pool),
      ...(system === undefined ? [] : [gauge('system', system.pool)]),
    ],
    stop: async () => {
      await Promise.all([app.pool.end(), system?.pool.end(), orm?.close()]);
    },
  };
}
