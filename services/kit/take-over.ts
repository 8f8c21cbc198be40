import type { Db } from './db.ts';
import { isLost, type StoredFiles } from './files.ts';
import type { KeptFiles } from './kept-files.ts';
import type { Log } from './log.ts';

/**
 * Keeps what an earlier version has taken without a copy: of the files in the store those that a
 * service's rows name. `named` gives their ids as `id`, of the rows in an organisation's sight;
 * `goOn` is called now and then, since it may take long.
 */
export async function takeOver(
  o: { store: StoredFiles; db: Db; files: KeptFiles; log: Log; named: string },
  goOn: () => Promise<void>,
): Promise<void> {
  const { store, db, files, log } = o;
  const byOrg = Map.groupBy(await store.names(), ({ orgId }) => orgId);
  for (const [orgId, own] of byOrg) {
    const rows = await db.tenant(orgId, (tx) => tx.query<{ id: string }>(o.named));
    const named = new Set(rows.map(({ id }) => id));
    for (const { fileId } of own.filter((one) => named.has(one.fileId))) {
      await files.keep(orgId, fileId).catch((thrown: unknown) => {
        if (!isLost(thrown)) throw thrown;
        log.error({ orgId, fileId }, 'a file was damaged before it could be kept');
      });
    }
    await goOn();
  }
}
