import type { Files } from '@recourse/kit/files.ts';
import type { FileRef } from '@recourse/proto/type/v1/type.ts';

/**
 * An uploaded file as it is put on a creditor's case. What an agency uploaded is handed to the
 * creditor under the same id: the proof of a debt stays with whom it is owed. Fault: `missing`
 * file_not_found.
 */
export async function paperFor(
  files: Files,
  uploaderId: string,
  creditorId: string,
  uploadId: string,
): Promise<FileRef> {
  const { meta, stream } = await files.get(uploaderId, uploadId);
  const { fileName, mediaType, sizeBytes } = meta;
  if (uploaderId === creditorId) stream.destroy();
  else await files.put(creditorId, uploadId, stream, { fileName, mediaType, maxBytes: sizeBytes });
  return { fileId: uploadId, fileName, mediaType, sizeBytes: BigInt(sizeBytes) };
}
