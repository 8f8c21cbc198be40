import type { TestService } from './testing.ts';

/** What a service's rows and its database say of a file: whether it is named, and has a copy. */
export async function namedAndKept(
  { db, ownerQuery }: Pick<TestService, 'db' | 'ownerQuery'>,
  namedFiles: string,
  file: { orgId: string; fileId: string },
): Promise<{ named: boolean; kept: boolean }> {
  const { orgId, fileId } = file;
  const rows = await db.tenant(orgId, (tx) => tx.query<{ id: string }>(namedFiles));
  const copies = await ownerQuery(
    'SELECT FROM kept_file WHERE org_id = $1 AND file_id = $2 AND whole AND NOT passing',
    [orgId, fileId],
  );
  return { named: rows.some(({ id }) => id === fileId), kept: copies.length === 1 };
}
