import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import type { Export } from '@recourse/proto/type/v1/export.ts';
import type { Bus } from './bus.ts';
import { createFiles } from './files.ts';

/**
 * What an export has written, for tests: waits for its end and reads its file. `look` asks for it
 * again. Throws when it did not come to a file.
 */
export async function exportedText(
  bus: Bus,
  orgId: string,
  look: () => Promise<{ export?: Export | undefined }>,
): Promise<{ done: Export; text: string }> {
  let { export: found } = await look();
  while (found?.progress !== undefined) {
    await sleep(25);
    ({ export: found } = await look());
  }
  if (found?.file === undefined) throw new Error(`${found?.state} ${found?.failureReason}`);
  const { stream } = await createFiles({ bus }).get(orgId, found.file.fileId);
  return { done: found, text: (await buffer(stream)).toString() };
}
