import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, isNotFound } from './bus.ts';
import type { Db } from './db.ts';
import { Fault } from './fault.ts';
import { type FileName, fileStream } from './files.ts';
import { copiesAfter } from './kept-copy.ts';
import type { KeptFiles } from './kept-files.ts';
import type { Log } from './log.ts';

export type Refill = {
  /** Looks at the store now and puts back what a new one lacks; returns how many files that was. */
  check(): Promise<number>;
  stop(): Promise<void>;
};

/** When the store was made and how far it has come; no date while there is none. */
type Seen = { created: string; lastSeq: number };

/** A look at the store's figures this often; a new connection is looked at at once. */
const lookEveryMs = 10_000;
const filesAtOnce = 20;
/** One replica puts back; when it dies, another goes on after this. */
const lease = '2 minutes';

const beforeAll: FileName = {
  orgId: '00000000-0000-0000-0000-000000000000',
  fileId: '00000000-0000-0000-0000-000000000000',
};

async function look(bus: Bus): Promise<Seen> {
  try {
    const { created, state } = await bus.jsm.streams.info(fileStream);
    return { created, lastSeq: state.last_seq };
  } catch (thrown) {
    if (isNotFound(thrown)) return { created: '', lastSeq: 0 };
    throw thrown;
  }
}

const hasOnlyGrown = (before: Seen | undefined, now: Seen): boolean =>
  before !== undefined && before.created === now.created && before.lastSeq <= now.lastSeq;

type Claim = 'first' | 'mine' | 'same' | 'taken';

/**
 * Whether this replica is the one to put back, perhaps for the first time ever; `same` when the
 * store is the one last seen.
 */
async function claim(db: Db, { created, lastSeq }: Seen): Promise<Claim> {
  return db.system(async (tx) => {
    await tx.query(
      `INSERT INTO file_store (name, created, last_seq) VALUES ($1, '', 0) ON CONFLICT DO NOTHING`,
      [fileStream],
    );
    const [row] = await tx.query<{ same: boolean; free: boolean; fresh: boolean }>(
      `SELECT created = $2 AND last_seq <= $3 AND created <> '' AS same,
              refilling_until < now() AS free, created = '' AS fresh
         FROM file_store WHERE name = $1 FOR UPDATE`,
      [fileStream, created, lastSeq],
    );
    if (row?.same === true) return 'same';
    if (row?.free !== true) return 'taken';
    await tx.query(`UPDATE file_store SET refilling_until = now() + $2::interval WHERE name = $1`, [
      fileStream,
      lease,
    ]);
    return row.fresh ? 'first' : 'mine';
  });
}

async function goOn(db: Db): Promise<void> {
  await db.system((tx) =>
    tx.query('UPDATE file_store SET refilling_until = now() + $2::interval WHERE name = $1', [
      fileStream,
      lease,
    ]),
  );
}

/** Remembers a store that has everything, or, without one, that nobody is at it any more. */
async function release(db: Db, seen: Seen | undefined): Promise<void> {
  await db.system((tx) =>
    tx.query(
      `UPDATE file_store SET refilling_until = '-infinity', created = coalesce($2, created),
              last_seq = coalesce($3::bigint, last_seq)
        WHERE name = $1`,
      [fileStream, seen?.created ?? null, seen?.lastSeq ?? null],
    ),
  );
}

/** The store has grown: were it rolled back while nobody looks, it would be seen by this. */
async function noteGrowth(db: Db, { created, lastSeq }: Seen): Promise<void> {
  await db.system((tx) =>
    tx.query(
      `UPDATE file_store SET last_seq = $3
        WHERE name = $1 AND created = $2 AND last_seq < $3::bigint`,
      [fileStream, created, lastSeq],
    ),
  );
}

/**
 * Keeps the object store filled with what the service has kept: when the store is another than the
 * one last seen, or behind it, every kept file that it lacks is put back, one after the other.
 * `first` is done once, with the first store that a service sees.
 */
export function startRefill(o: {
  db: Db;
  bus: Bus;
  files: KeptFiles;
  log: Log;
  first?: ((goOn: () => Promise<void>) => Promise<void>) | undefined;
}): Refill {
  const { db, bus, files, log } = o;
  const stopping = new AbortController();
  let before: Seen | undefined;
  let wakeUp = Promise.withResolvers<void>();

  /** A copy that is damaged is told and passed over; a store that is away ends the round. */
  const mendOne = async ({ orgId, fileId }: FileName): Promise<number> => {
    stopping.signal.throwIfAborted();
    try {
      return (await files.mend(orgId, fileId)) ? 1 : 0;
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.reason !== 'file_is_damaged') throw thrown;
      log.error({ orgId, fileId }, 'a kept file is damaged and was not put back');
      return 0;
    }
  };

  const refillAll = async (): Promise<number> => {
    let count = 0;
    for (let after: FileName | undefined = beforeAll; after !== undefined;) {
      const names: FileName[] = await copiesAfter(db, after, filesAtOnce);
      for (const name of names) count += await mendOne(name);
      after = names.at(-1);
      if (after !== undefined) await goOn(db);
    }
    return count;
  };

  const refill = async (seen: Seen, isFirst: boolean): Promise<number> => {
    let filled: Seen | undefined;
    try {
      if (isFirst && seen.created !== '') await o.first?.(() => goOn(db));
      const count = await refillAll();
      const now = await look(bus);
      // Lost once more meanwhile, it is another round's.
      if (seen.created === '' || now.created === seen.created) filled = now;
      if (count > 0) log.warn({ count }, 'the broker has lost files; put back');
      return count;
    } finally {
      await release(db, filled);
      before = filled;
    }
  };

  const check = async (): Promise<number> => {
    const now = await look(bus);
    if (hasOnlyGrown(before, now)) {
      if (before?.lastSeq !== now.lastSeq) await noteGrowth(db, now);
      before = now;
      return 0;
    }
    const found = await claim(db, now);
    if (found === 'mine' || found === 'first') return refill(now, found === 'first');
    before = found === 'same' ? now : undefined;
    return 0;
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        if (bus.isConnected()) await check();
      } catch (thrown) {
        before = undefined;
        if (!stopping.signal.aborted) log.warn({ err: thrown }, 'lost files were not put back');
      }
      const timer = sleep(lookEveryMs, undefined, { signal: stopping.signal });
      await Promise.race([timer.catch(() => undefined), wakeUp.promise]);
      wakeUp = Promise.withResolvers();
    }
  };

  const stopListening = bus.onReconnect(() => {
    before = undefined;
    wakeUp.resolve();
  });
  const running = run();
  return {
    check,
    stop: async () => {
      stopping.abort();
      stopListening();
      wakeUp.resolve();
      await running;
    },
  };
}
