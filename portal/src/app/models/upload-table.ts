import { path } from '../session/api';
import type { Api } from '../session/api';

/** Puts a table where the service reads it; `onSent` gets the bytes sent so far. */
export async function uploadTable(
  api: Api,
  fileId: string,
  file: File,
  onSent: (sent: number) => void,
): Promise<void> {
  await api.upload(path`/v1/uploads/${fileId}`, file, (json) => json, onSent);
}
