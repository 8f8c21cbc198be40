import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { Fault } from '@recourse/kit/fault.ts';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { Limits } from './limits.ts';

/** The inside of a zip file, checked before anything in it is unpacked. */
export type Zip = {
  entries: ReadonlyMap<string, Entry>;
  /** The text of an entry, in pieces. */
  read(entry: Entry): AsyncGenerator<string>;
  close(): void;
};

function refuse(reason: string, facts: Record<string, string | number>, repair: string): Fault {
  return new Fault(
    'invalid',
    reason,
    { ...facts, repair },
    {
      violations: [{ field: 'file', rule: reason, repair }],
    },
  );
}

const saveAgain = 'Open the file in Excel or WPS, save it again as XLSX, and upload that.';

function bomb(facts: Record<string, string | number>): Fault {
  return refuse('zip_bomb', facts, 'Save the sheet as CSV and upload that.');
}

/** Entries below this size are no danger however well they are packed. */
const harmlessBytes = 1_048_576;

function checkEntry(entry: Entry, unpacked: number, limits: Limits): void {
  if (entry.isEncrypted()) {
    throw refuse('file_encrypted', { found: entry.fileName }, 'Save the file without a password.');
  }
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > harmlessBytes && ratio > limits.ratio) {
    throw bomb({ entry: entry.fileName, ratio: Math.round(ratio), limit: limits.ratio });
  }
  if (unpacked > limits.unpackedBytes) {
    throw bomb({ unpacked_bytes: unpacked, limit: limits.unpackedBytes });
  }
}

/** Reads an entry whole and right, or throws: its size and checksum are those the file states. */
async function* unpack(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const decoder = new TextDecoder('utf-8');
  let sum = 0;
  for await (const chunk of stream) {
    sum = crc32(chunk, sum);
    yield decoder.decode(chunk, { stream: true });
  }
  if (sum !== entry.crc32) throw refuse('xlsx_damaged', { found: entry.fileName }, saveAgain);
  yield decoder.decode();
}

/** What zlib and yauzl say about broken files becomes one fault; our own pass as they are. */
function damaged(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const found = error instanceof Error ? error.message.slice(0, 200) : String(error);
  return refuse('xlsx_damaged', { found }, saveAgain);
}

async function* guarded(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  try {
    yield* unpack(zip, entry);
  } catch (error) {
    throw damaged(error);
  }
}

async function listed(zip: ZipFile, limits: Limits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) {
    throw bomb({ entries: zip.entryCount, limit: limits.entries });
  }
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize;
    checkEntry(entry, unpacked, limits);
    entries.set(entry.fileName, entry);
  }
  return entries;
}

/**
 * Opens a zip file and checks its directory: number of entries, unpacked size, ratio, encryption.
 * The sizes it declares are enforced while entries are read, so a directory that lies does not
 * help. Throws `zip_bomb`, `file_encrypted`, `xlsx_truncated`, `xlsx_damaged`.
 */
export async function openZip(path: string, limits: Limits): Promise<Zip> {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, {
      autoClose: false,
      lazyEntries: true,
      validateEntrySizes: true,
    });
  } catch (error) {
    const found = error instanceof Error ? error.message.slice(0, 200) : '';
    throw refuse('xlsx_truncated', { found }, 'Upload the file again; its end is missing.');
  }
  try {
    const entries = await listed(zip, limits);
    return { entries, read: (entry) => guarded(zip, entry), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw damaged(error);
  }
}
