import type { KeptFiles } from '@recourse/kit/kept-files.ts';
import type { FileRef } from '@recourse/proto/type/v1/type.ts';

/**
 * An uploaded file as it is put on a creditor's case. What an agency uploaded is handed to the
 * creditor under the same id: the proof of a debt stays with whom it is owed. Fault: `missing`
 * file_not_found.
 */
export async function paperFor(
  files: KeptFiles,
  uploaderId: string,
  creditorId: string,
  uploadId: string,
): Promise<FileRef> {
  const { fileName, mediaType, sizeBytes } = await files.keep(uploaderId, uploadId);
  if (uploaderId !== creditorId) {
    const { stream } = await files.get(uploaderId, uploadId);
    await files.put(creditorId, uploadId, stream, { fileName, mediaType, maxBytes: sizeBytes });
  }
  return { fileId: uploadId, fileName, mediaType, sizeBytes: BigInt(sizeBytes) };
}
