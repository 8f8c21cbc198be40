import { Fault, fault } from '@recourse/kit/fault.ts';
import type { Files } from '@recourse/kit/files.ts';
import { type BulkQuestion, bulkQuestions, textOf } from '../domain/bulk.ts';

/** A list of 50,000 names is well under this. */
const fileMostBytes = 20 * 1024 * 1024;

/** The questions of an uploaded list. Faults: those of domain/bulk.ts; `invalid` file_too_large. */
export async function readList(
  files: Files,
  orgId: string,
  fileId: string,
): Promise<BulkQuestion[]> {
  const { meta, stream } = await files.get(orgId, fileId);
  if (meta.sizeBytes > fileMostBytes) {
    stream.destroy();
    throw fault('invalid', 'file_too_large', { mostBytes: fileMostBytes });
  }
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part as Uint8Array);
  return bulkQuestions(textOf(Buffer.concat(parts)));
}

/** What no repeat would change ends the bulk with its reason; the rest is tried again. */
export function isDefinite(thrown: unknown): thrown is Fault {
  return (
    thrown instanceof Fault && ['invalid', 'missing', 'refused', 'exhausted'].includes(thrown.kind)
  );
}

/** Drops the file of a list that has ended when it tells of persons: their numbers are not kept. */
export async function dropPersons(files: Files, orgId: string, fileId: string): Promise<void> {
  if (fileId === '') return;
  try {
    const rows = await readList(files, orgId, fileId);
    if (rows.some((row) => row.kind === 'PERSON')) await files.remove(orgId, fileId);
  } catch (thrown) {
    // No list, or gone already.
    if (!isDefinite(thrown)) throw thrown;
  }
}
