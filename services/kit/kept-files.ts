import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Db } from './db.ts';
import { Fault, fault } from './fault.ts';
import { type FileMeta, type FileName, type Files, isLost, type StoredFiles } from './files.ts';
import {
  dropCopy,
  findCopy,
  keepForGood,
  type KeptCopy,
  proved,
  readCopy,
  writeCopy,
} from './kept-copy.ts';
import type { Log } from './log.ts';

/**
 * Files of a service: in the object store, and a copy in its own database of what it has taken, so
 * that a store that is lost loses none of them.
 */
export type KeptFiles = Files & {
  /**
   * Takes a file that others have put into the store, as an upload: once this has answered, the
   * store may lose it. Repeats change nothing, and one that was broken off goes on. A `passing`
   * copy is let go (`letGo`) when its work is done, and after 30 days in any case. Faults:
   * `missing` file_not_found, `exists` file_id_used_with_other_content, `internal`
   * file_is_damaged, `unavailable` file_store_unavailable.
   */
  keep(orgId: string, fileId: string, o?: { passing?: boolean }): Promise<FileMeta>;
  /**
   * Puts a kept file back unless the store has the same content; whether it did. Fault: `internal`
   * file_is_damaged when the copy is not what was kept.
   */
  mend(orgId: string, fileId: string): Promise<boolean>;
  /** What is being put back may end; resolves when nothing is. */
  stop(): Promise<void>;
};

type Room = { store: StoredFiles; db: Db; log: Log; stopping: AbortSignal };

const isAway = (thrown: unknown): boolean =>
  thrown instanceof Fault && thrown.kind === 'unavailable';

const isWanting = (thrown: unknown): boolean => isLost(thrown) || isAway(thrown);

async function* untilStopped(content: AsyncIterable<Buffer>, stopping: AbortSignal) {
  for await (const bytes of content) {
    stopping.throwIfAborted();
    yield bytes;
  }
}

/** `anyway` when the store's own word for what it has cannot be trusted. */
async function mend(room: Room, name: FileName, anyway: boolean): Promise<boolean> {
  const { store, db, stopping } = room;
  const { orgId, fileId } = name;
  const copy = await findCopy(db, name);
  if (copy === undefined) return false;
  const there = await store.describe(orgId, fileId);
  if (!anyway && there?.sha256 === copy.sha256) return false;
  const content = untilStopped(proved(readCopy(db, name, copy), copy), stopping);
  const { fileName, mediaType, sizeBytes } = copy;
  await store.replace(orgId, fileId, content, { fileName, mediaType, maxBytes: sizeBytes });
  // Whoever removed it meanwhile may have removed it from the store before it was back there.
  if ((await findCopy(db, name)) === undefined) await store.remove(orgId, fileId);
  return true;
}

type Mender = {
  /** Puts a file back when those before it are done; who asks meanwhile shares the work. */
  mend(name: FileName, anyway: boolean): Promise<boolean>;
  /** The same, beside the work that found it lost. */
  ask(name: FileName, anyway: boolean): void;
  idle(): Promise<unknown>;
};

function mender(room: Room): Mender {
  const running = new Map<string, Promise<boolean>>();
  let last: Promise<unknown> = Promise.resolve();
  const mendInTurn: Mender['mend'] = (name, anyway) => {
    const key = `${name.orgId}/${name.fileId}`;
    const known = running.get(key);
    if (known !== undefined) return known;
    const work = last
      .then(() => mend(room, name, anyway))
      .finally(() => {
        running.delete(key);
      });
    running.set(key, work);
    last = work.catch(() => undefined);
    return work;
  };
  return {
    mend: mendInTurn,
    ask: (name, anyway) => {
      if (room.stopping.aborted) return;
      mendInTurn(name, anyway).catch((thrown: unknown) => {
        room.log.warn({ err: thrown, fileId: name.fileId }, 'a lost file was not put back');
      });
    },
    idle: () => last,
  };
}

/**
 * What the store has of a file, and where that breaks off the rest from the copy; all together must
 * be what was stored. `onLoss` hears that the store has not got it as it should.
 */
async function* mendedContent(
  { db }: Room,
  name: FileName,
  { meta, stream }: { meta: FileMeta; stream: Readable },
  onLoss: (anyway: boolean) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let at = 0;
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      hash.update(bytes);
      at += bytes.length;
      yield bytes;
    }
    return;
  } catch (thrown) {
    if (!isWanting(thrown)) throw thrown;
    const copy = await findCopy(db, name);
    if (copy === undefined) throw thrown;
    // Read to its end it was not what was stored, which no rest can mend.
    const isOther = at >= meta.sizeBytes || copy.sha256 !== meta.sha256;
    onLoss(isOther);
    if (isOther) throw thrown;
    for await (const bytes of readCopy(db, name, copy, at)) {
      hash.update(bytes);
      yield bytes;
    }
  }
  if (hash.digest('hex') !== meta.sha256) throw fault('internal', 'file_is_damaged');
}

async function stored(room: Room, { orgId, fileId }: FileName): Promise<FileMeta | undefined> {
  return room.store.describe(orgId, fileId).catch((thrown: unknown) => {
    if (isWanting(thrown)) return undefined;
    throw thrown;
  });
}

/** Puts and takes files for a service; `store` alone is what a process without a database has. */
export function keepFiles(o: { store: StoredFiles; db: Db; log: Log }): KeptFiles {
  const { store, db } = o;
  const stopping = new AbortController();
  const room: Room = { ...o, stopping: stopping.signal };
  const mending = mender(room);

  const known = async (name: FileName, copy: KeptCopy, passing: boolean): Promise<FileMeta> => {
    const there = await stored(room, name);
    if (there?.sha256 !== copy.sha256) mending.ask(name, false);
    if (there !== undefined && there.sha256 !== copy.sha256) {
      throw fault('exists', 'file_id_used_with_other_content', { fileId: name.fileId });
    }
    if (copy.passing && !passing) await keepForGood(db, name);
    return copy;
  };

  const keep: KeptFiles['keep'] = async (orgId, fileId, { passing = false } = {}) => {
    const name = { orgId, fileId };
    const copy = await findCopy(db, name);
    if (copy !== undefined) return known(name, copy, passing);
    const { meta, stream } = await store.get(orgId, fileId);
    await writeCopy(db, name, meta, stream, passing);
    return meta;
  };

  return {
    keep,
    put: async (orgId, fileId, content, about) => {
      const put = await store.put(orgId, fileId, content, about);
      if (about.fleeting !== true) await keep(orgId, fileId);
      return put;
    },
    get: async (orgId, fileId) => {
      const name = { orgId, fileId };
      try {
        const found = await store.get(orgId, fileId);
        const onLoss = (anyway: boolean): void => mending.ask(name, anyway);
        const content = mendedContent(room, name, found, onLoss);
        return { meta: found.meta, stream: Readable.from(content, { objectMode: false }) };
      } catch (thrown) {
        const copy = isWanting(thrown) ? await findCopy(db, name) : undefined;
        if (copy === undefined) throw thrown;
        if (!isAway(thrown)) mending.ask(name, false);
        const content = proved(readCopy(db, name, copy), copy);
        return { meta: copy, stream: Readable.from(content, { objectMode: false }) };
      }
    },
    remove: async (orgId, fileId) => {
      // The copy first: whoever finds only that puts the file back.
      await db.tenant(orgId, (tx) => dropCopy(tx, fileId));
      await store.remove(orgId, fileId);
    },
    mend: (orgId, fileId) => mending.mend({ orgId, fileId }, false),
    stop: async () => {
      stopping.abort(fault('cancelled', 'service_stops'));
      await mending.idle();
    },
  };
}
