import { Fault } from '@recourse/kit/fault.ts';
import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import type { Paper } from '../domain/listing.ts';

/**
 * An uploaded file of an organisation as it is put on file, and kept from now on: for good, or
 * `passing` while a job works on it. Undefined when there is none.
 */
export async function paperOf(
  files: KeptFiles,
  orgId: string,
  fileId: string,
  o: { passing?: boolean } = {},
): Promise<Paper | undefined> {
  if (fileId === '') return undefined;
  try {
    const { fileName, mediaType, sizeBytes, sha256 } = await files.keep(orgId, fileId, o);
    return { fileId, fileName, mediaType, sizeBytes: String(sizeBytes), sha256 };
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.kind === 'missing') return undefined;
    throw thrown;
  }
}

/** Fault: `missing` file_not_found for the first that is not there. */
export async function papersOf(
  files: KeptFiles,
  orgId: string,
  fileIds: readonly string[],
): Promise<Paper[]> {
  const papers: Paper[] = [];
  for (const fileId of fileIds) {
    const paper = await paperOf(files, orgId, fileId);
    if (paper === undefined) throw new Fault('missing', 'file_not_found', { fileId });
    papers.push(paper);
  }
  return papers;
}

/**
 * Hands the reporter's evidence to the association: under the same ids, so that its stewards read
 * it as their own. What was handed over before is not sent again.
 */
export async function handOver(
  files: KeptFiles,
  from: string,
  to: string,
  papers: readonly Paper[],
): Promise<void> {
  for (const { fileId, fileName, mediaType, sizeBytes } of papers) {
    if ((await paperOf(files, to, fileId)) !== undefined) continue;
    const { stream } = await files.get(from, fileId);
    await files.put(to, fileId, stream, { fileName, mediaType, maxBytes: Number(sizeBytes) });
  }
}
