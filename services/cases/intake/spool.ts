import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault, faultFrom } from '@recourse/kit/fault.ts';
import { markupEncoding } from '../domain/import/declared-encoding.ts';
import { encodingScan } from '@recourse/kit/encoding.ts';
import type { EncodingFinding } from '@recourse/kit/encoding.ts';
import { fileKind, headBytes } from '../domain/import/file-kind.ts';
import type { FileKind } from '../domain/import/file-kind.ts';
import type { Limits } from './limits.ts';

/**
 * An upload on this machine's disk, for it is read several times and workbooks need random access.
 */
export type Spool = {
  path: string;
  sizeBytes: number;
  kind: FileKind;
  /** The encoding of a text file; undefined for a workbook. */
  encoding: EncodingFinding | undefined;
  remove(): Promise<void>;
};

function tooLarge(limits: Limits): Fault {
  const repair = 'Export a shorter period, or split the file.';
  return new Fault(
    'exhausted',
    'file_too_large',
    { limit_bytes: limits.fileBytes, repair },
    {
      violations: [{ field: 'file', rule: 'file_too_large', repair }],
    },
  );
}

function isText(kind: FileKind): boolean {
  return kind === 'text' || kind === 'html' || kind === 'xml_workbook';
}

/** Watches the bytes that pass: their kind first of all, then size and encoding. */
function inspector(limits: Limits) {
  const scan = encodingScan();
  let head = Buffer.alloc(0);
  let kind: FileKind | undefined;
  let sizeBytes = 0;
  function look(chunk: Buffer): void {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.fileBytes) throw tooLarge(limits);
    if (kind === undefined) {
      head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
      if (head.length >= headBytes) kind = fileKind(head);
    }
    if (kind === undefined || isText(kind)) scan.feed(chunk);
  }
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        look(chunk);
        done(null, chunk);
      } catch (error) {
        done(faultFrom(error));
      }
    },
  });
  const encodingOf = (found: FileKind): EncodingFinding =>
    found === 'text' ? scan.finish() : markupEncoding(head, scan.finish);
  const finish = () => {
    const found = kind ?? fileKind(head);
    const encoding = isText(found) ? encodingOf(found) : undefined;
    return { kind: found, encoding, sizeBytes };
  };
  return { watch, finish };
}

/**
 * Writes a stream to a temporary file while it looks at the bytes. Throws by the first bytes what
 * is no table (`file_kind_refused`, `file_empty`), past the limit `file_too_large`, and for text
 * that cannot be read `encoding_unknown`; nothing is left behind then.
 */
export async function spool(source: AsyncIterable<Uint8Array>, limits: Limits): Promise<Spool> {
  const folder = await mkdtemp(join(limits.folder, 'recourse-import-'));
  const path = join(folder, 'file');
  const remove = () => rm(folder, { recursive: true, force: true });
  const { watch, finish } = inspector(limits);
  try {
    await pipeline(source, watch, createWriteStream(path, { mode: 0o600 }));
    return { path, ...finish(), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
