import type { FileRef } from '@recourse/proto/type/v1/type.ts';
import type { Rooms } from './rooms.ts';

/**
 * A file that was uploaded before, with the digest of what is stored, and kept from now on;
 * undefined without an id.
 * Fault: `missing` file_not_found.
 */
export async function uploaded(
  { files }: Pick<Rooms, 'files'>,
  orgId: string,
  uploadId: string,
): Promise<{ file: FileRef; sha256: string } | undefined> {
  if (uploadId === '') return undefined;
  const { fileName, mediaType, sizeBytes, sha256 } = await files.keep(orgId, uploadId);
  const file = { fileId: uploadId, fileName, mediaType, sizeBytes: BigInt(sizeBytes) };
  return { file, sha256 };
}
