import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { JetStreamApiError, StorageType } from '@nats-io/jetstream';
import { type ObjectInfo, Objm, type ObjectStore } from '@nats-io/obj';
import type { Bus } from './bus.ts';
import { isUuid } from './check.ts';
import { Fault, fault } from './fault.ts';

/** What is known of a stored file. */
export type FileMeta = {
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  /** SHA-256 of the content, lower-case hex. */
  sha256: string;
  storedAt: Temporal.Instant;
};

export type FileDescription = {
  fileName: string;
  mediaType: string;
  /** More than this is refused while it streams in, and nothing of it is kept. */
  maxBytes: number;
  /** It can be made again at any time: a service keeps no copy beside the store. */
  fleeting?: boolean;
};

/**
 * Where files are kept; the one implementation is JetStream's object store, an S3 one would be
 * another. A file is named by its organisation and an id that the client has made, and never
 * changes.
 */
export type Files = {
  /**
   * Stores a stream. The same content under the same id again is the same answer. Faults: `invalid`
   * file_too_large, `exists` file_id_used_with_other_content, `exhausted` file_store_full,
   * `unavailable` file_store_unavailable, or whatever the source throws.
   */
  put(
    orgId: string,
    fileId: string,
    content: AsyncIterable<Uint8Array>,
    about: FileDescription,
  ): Promise<{ sizeBytes: number; sha256: string }>;
  /**
   * A file of this organisation; its stream fails with `internal` file_is_damaged at its end when
   * what was read is not what was stored. Faults: `missing` file_not_found, `internal`
   * file_is_damaged when a part of it is gone.
   */
  get(orgId: string, fileId: string): Promise<{ meta: FileMeta; stream: Readable }>;
  /** Removes it; removing what is not there is no error. */
  remove(orgId: string, fileId: string): Promise<void>;
};

/** A file of an organisation. */
export type FileName = { orgId: string; fileId: string };

/** The object store itself, with what a keeper of copies needs of it (`kept-files.ts`). */
export type StoredFiles = Files & {
  /** What the store says of a file; undefined when it has not got all of it. */
  describe(orgId: string, fileId: string): Promise<FileMeta | undefined>;
  /** All files of all organisations. */
  names(): Promise<FileName[]>;
  /** Writes a file whatever is there under its id: a good copy takes a damaged one's place. */
  replace(
    orgId: string,
    fileId: string,
    content: AsyncIterable<Uint8Array>,
    about: FileDescription,
  ): Promise<void>;
};

const bucket = 'FILES';

/** The stream under the bucket: when it was made tells one store from its successor. */
export const fileStream = `OBJ_${bucket}`;

/** JetStream API errors: 10047 no storage left, 10077 the stream's own limit. */
const fullCodes: readonly number[] = [10047, 10077];

function nameOf(orgId: string, fileId: string): string {
  if (!isUuid(orgId) || !isUuid(fileId)) throw fault('invalid', 'file_id_is_not_a_uuid');
  return `${orgId}/${fileId}`;
}

/** Whether a fault says that the store has not got a file as it should. */
export function isLost(thrown: unknown): boolean {
  const reasons = ['file_not_found', 'file_is_damaged'];
  return thrown instanceof Fault && reasons.includes(thrown.reason);
}

function storeFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  if (thrown instanceof JetStreamApiError && fullCodes.includes(thrown.code)) {
    return new Fault('exhausted', 'file_store_full', {}, { cause: thrown });
  }
  return new Fault('unavailable', 'file_store_unavailable', {}, { cause: thrown });
}

/** Hands the content on as long as it is not too long; what the source throws is kept for `put`. */
async function* limited(content: AsyncIterable<Uint8Array>, maxBytes: number) {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw fault('invalid', 'file_too_large', { maxBytes });
    yield chunk;
  }
}

/** The object store says `SHA-256=<base64url>`. */
function hexOf(digest: string): string {
  return Buffer.from(digest.replace(/^SHA-256=/, ''), 'base64url').toString('hex');
}

function metaOf(info: ObjectInfo): FileMeta {
  return {
    fileName: info.metadata?.['fileName'] ?? '',
    mediaType: info.metadata?.['mediaType'] ?? '',
    sizeBytes: info.size,
    sha256: hexOf(info.digest),
    storedAt: Temporal.Instant.from(info.mtime),
  };
}

/** The source's own error, as it was thrown, instead of what the web stream makes of it. */
function watched(content: AsyncIterable<Uint8Array>): {
  stream: ReadableStream<Uint8Array>;
  failure(): unknown;
} {
  let failure: unknown;
  const reading = content[Symbol.asyncIterator]();
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    try {
      const { done, value } = await reading.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    } catch (thrown) {
      failure = thrown;
      controller.error(thrown);
    }
  };
  // Nothing is read before the store asks: a repeat must find the content whole.
  const stream = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
  return { stream, failure: () => failure };
}

const chunkSubject = (info: ObjectInfo): string => `$O.${bucket}.C.${info.nuid}`;

/** Whether the store has as many chunks as it once took: one that is gone leaves no other trace. */
async function isWhole(bus: Bus, info: ObjectInfo): Promise<boolean> {
  if (info.chunks === 0) return true;
  const subject = chunkSubject(info);
  const { state } = await bus.jsm.streams.info(fileStream, { subjects_filter: subject });
  return state.subjects?.[subject] === info.chunks;
}

/**
 * One piece after the other, as fast as the reader takes them: the library's own reading would fill
 * the memory with a large file. A follower may not have the newest piece yet; the leader has.
 */
async function* chunksOf(bus: Bus, info: ObjectInfo): AsyncGenerator<Uint8Array> {
  const subject = chunkSubject(info);
  const hash = createHash('sha256');
  let seq = 1;
  for (let count = 0; count < info.chunks; count += 1) {
    const wanted = { seq, next_by_subj: subject };
    const chunk = await bus.jsm.direct
      .getMessage(fileStream, wanted)
      .then((found) => found ?? bus.jsm.streams.getMessage(fileStream, wanted))
      .catch((thrown: unknown) => {
        throw storeFault(thrown);
      });
    if (chunk === null) throw fault('internal', 'file_is_damaged');
    hash.update(chunk.data);
    yield chunk.data;
    seq = chunk.seq + 1;
  }
  if (hash.digest('hex') !== hexOf(info.digest)) throw fault('internal', 'file_is_damaged');
}

async function repeated(
  known: FileMeta,
  content: AsyncIterable<Uint8Array>,
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  const { sizeBytes, sha256 } = known;
  if (hash.digest('hex') !== sha256) throw fault('exists', 'file_id_used_with_other_content');
  return { sizeBytes, sha256 };
}

type Source = ReturnType<typeof watched>;

async function write(
  objects: ObjectStore,
  name: string,
  { stream }: Source,
  { fileName, mediaType }: FileDescription,
): Promise<{ sizeBytes: number; sha256: string }> {
  const stored = await objects.put({ name, metadata: { fileName, mediaType } }, stream);
  return { sizeBytes: stored.size, sha256: hexOf(stored.digest) };
}

/** Files in JetStream, in one bucket that is made when it is missing. */
export function createFiles(o: { bus: Bus; replicas?: number; maxBytes?: number }): StoredFiles {
  const store = async (): Promise<ObjectStore> => {
    if (!o.bus.isConnected()) throw fault('unavailable', 'file_store_unavailable');
    return new Objm(o.bus.nc).create(bucket, {
      storage: StorageType.File,
      replicas: o.replicas ?? 1,
      max_bytes: o.maxBytes ?? -1,
    });
  };
  /** Asks the store about a name; what goes wrong there is a fault of ours. */
  const ask = async <T>(
    orgId: string,
    fileId: string,
    work: (objects: ObjectStore, name: string, known: ObjectInfo | undefined) => Promise<T>,
  ): Promise<T> => {
    const name = nameOf(orgId, fileId);
    try {
      const objects = await store();
      const info = await objects.info(name);
      return await work(objects, name, info === null || info.deleted ? undefined : info);
    } catch (thrown) {
      throw storeFault(thrown);
    }
  };
  /** The same for content that comes in: what its source throws comes out as it was thrown. */
  const take = async <T>(source: Source, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (thrown) {
      throw source.failure() ?? thrown;
    }
  };
  return {
    put: (orgId, fileId, content, about) => {
      const source = watched(limited(content, about.maxBytes));
      const work = ask(orgId, fileId, (objects, name, known) =>
        known === undefined
          ? write(objects, name, source, about)
          : repeated(metaOf(known), limited(content, about.maxBytes)),
      );
      return take(source, work);
    },
    get: (orgId, fileId) =>
      ask(orgId, fileId, async (_objects, _name, info) => {
        if (info === undefined) throw fault('missing', 'file_not_found', { fileId });
        if (!(await isWhole(o.bus, info))) throw fault('internal', 'file_is_damaged', { fileId });
        const stream = Readable.from(chunksOf(o.bus, info), { objectMode: false });
        return { meta: metaOf(info), stream };
      }),
    describe: (orgId, fileId) =>
      ask(orgId, fileId, async (_objects, _name, info) =>
        info !== undefined && (await isWhole(o.bus, info)) ? metaOf(info) : undefined,
      ),
    remove: (orgId, fileId) =>
      ask(orgId, fileId, async (objects, name, known) => {
        if (known !== undefined) await objects.delete(name);
      }),
    names: async () => {
      const listed = await (await store()).list();
      return listed.map(({ name }) => {
        const [orgId = '', fileId = ''] = name.split('/');
        return { orgId, fileId };
      });
    },
    replace: async (orgId, fileId, content, about) => {
      const source = watched(limited(content, about.maxBytes));
      const work = ask(orgId, fileId, (objects, name) => write(objects, name, source, about));
      await take(source, work);
    },
  };
}
