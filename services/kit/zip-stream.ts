import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { fault } from './fault.ts';

/**
 * A ZIP file written front to back (APPNOTE 6.3.10): sizes and checksums follow each entry in a
 * data descriptor (4.3.9), so that nothing has to be held until it is known. Without ZIP64: below
 * 4 GiB, which `files.put` is asked to hold it to.
 */
export type ZipEntry = { path: string; content: AsyncIterable<string> | Iterable<string> };

const most = 0xffff_ffff;

/** 1980-01-01, the first day a ZIP can name: it says nothing of when it was made. */
const zipDate = 0x0021;

/** Bit 3, sizes follow; bit 11, the name is UTF-8. */
const flags = 0x0808;
const deflated = 8;
const version = 20;

function record(signature: number, length: number, words: readonly [at: number, value: number][]) {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  for (const [at, value] of words) bytes.writeUInt16LE(value, at);
  return bytes;
}

type Written = { name: Buffer; crc: number; packed: number; plain: number; offset: number };

function sizes(bytes: Buffer, at: number, { crc, packed, plain }: Written): Buffer {
  bytes.writeUInt32LE(crc, at);
  bytes.writeUInt32LE(packed, at + 4);
  bytes.writeUInt32LE(plain, at + 8);
  return bytes;
}

function localHeader(name: Buffer): Buffer {
  const head = record(0x04034b50, 30, [
    [4, version],
    [6, flags],
    [8, deflated],
    [12, zipDate],
    [26, name.length],
  ]);
  return Buffer.concat([head, name]);
}

function listing(one: Written): Buffer {
  const entry = record(0x02014b50, 46, [
    [4, version],
    [6, version],
    [8, flags],
    [10, deflated],
    [14, zipDate],
    [28, one.name.length],
  ]);
  entry.writeUInt32LE(one.offset, 42);
  return Buffer.concat([sizes(entry, 16, one), one.name]);
}

/** Hands the text on as bytes and keeps count of them. */
async function* counted(content: ZipEntry['content'], one: Written): AsyncGenerator<Buffer> {
  for await (const text of content) {
    const bytes = Buffer.from(text);
    one.crc = crc32(bytes, one.crc);
    one.plain += bytes.length;
    yield bytes;
  }
}

async function* packedBytes(content: ZipEntry['content'], one: Written): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw();
  // Its failure is that of the reading below: `pipeline` hands the error on.
  pipeline(Readable.from(counted(content, one)), deflate, () => undefined);
  for await (const piece of deflate as AsyncIterable<Buffer>) {
    one.packed += piece.length;
    yield piece;
  }
  if (one.plain > most) throw fault('exhausted', 'zip_entry_too_large', { bytes: one.plain });
}

function ending(listed: readonly Buffer[], offset: number): Buffer {
  const directory = Buffer.concat(listed);
  const end = record(0x06054b50, 22, [
    [8, listed.length],
    [10, listed.length],
  ]);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([directory, end]);
}

/** Entries are asked for one after the other: a later one may depend on what an earlier one saw. */
export async function* zipBytes(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
): AsyncGenerator<Uint8Array> {
  const listed: Buffer[] = [];
  let offset = 0;
  for await (const { path, content } of entries) {
    const one = { name: Buffer.from(path), crc: 0, packed: 0, plain: 0, offset };
    const head = localHeader(one.name);
    yield head;
    yield* packedBytes(content, one);
    const descriptor = sizes(record(0x08074b50, 16, []), 4, one);
    yield descriptor;
    offset += head.length + one.packed + descriptor.length;
    if (offset > most) throw fault('exhausted', 'zip_too_large', { bytes: offset });
    listed.push(listing(one));
  }
  yield ending(listed, offset);
}
