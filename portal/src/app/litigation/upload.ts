import type { Api } from '../session/api';
import { path } from '../session/api';
import { newId } from '../session/new-id';

/** Kinds of paper that evidence comes as, and the most a file may weigh. */
export const paperFiles = '.pdf,.jpg,.jpeg,.png,.doc,.docx,.xlsx,.zip';
export const paperBytes = 20_000_000;

/** Files that have been sent: a request that is repeated names the same upload again. */
const sent = new WeakMap<File, string>();

/** Sends a file to the upload store once; gives the id under which a request names it. */
export async function uploadFile(api: Api, file: File): Promise<string> {
  const known = sent.get(file);
  if (known !== undefined) return known;
  const uploadId = newId();
  await api.upload(
    path`/v1/uploads/${uploadId}`,
    file,
    (json) => json,
    () => undefined,
  );
  sent.set(file, uploadId);
  return uploadId;
}

/** SHA-256 of a file in hexadecimal: what the server compares with what it received. */
export async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
