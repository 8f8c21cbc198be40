import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Tx } from './db.ts';
import { contentHash } from './hash.ts';

/** Conditions with their values, joined by AND; `?` stands for the value. */
export type Conditions = readonly (readonly [sql: string, value: unknown])[];

/** A list of one of the kit's tables, the largest key first. */
export type PlatformList<R, T> = {
  table: string;
  conditions: Conditions;
  columns: string;
  /** A row as it is answered. */
  shown: (row: R) => T;
  /** Columns of the order, each with its type, in which a cursor keeps them as text. */
  key: readonly { column: string; type: 'uuid' | 'timestamptz' | 'text' }[];
};

const countLimit = 10_000;
const usualSize = 50;

/** Conditions as SQL, numbered after `from` earlier parameters. */
export function whereOf(conditions: Conditions, from = 0): { sql: string; values: unknown[] } {
  const parts = conditions.map(([sql], n) => sql.replace('?', `$${from + n + 1}`));
  return {
    sql: parts.length === 0 ? 'true' : parts.join(' AND '),
    values: conditions.map(([, value]) => value),
  };
}

function afterKey({ key }: Pick<PlatformList<never, never>, 'key'>, from: number): string {
  const columns = key.map(({ column }) => column).join(', ');
  const places = key.map(({ type }, n) => `$${from + n + 1}::${type}`).join(', ');
  return ` AND (${columns}) < (${places})`;
}

/**
 * One page by key, with the count up to 10,000. `asked` says what the cursor belongs to. Faults:
 * `invalid` cursor_is_malformed, cursor_of_other_query.
 */
export async function listPage<R extends object, T>(
  tx: Tx,
  list: PlatformList<R, T>,
  request: PageRequest | undefined,
  asked: unknown,
): Promise<{ rows: T[]; page: PageInfo }> {
  const size = request?.size || usualSize;
  const cursor = request?.cursor ?? '';
  const hash = contentHash(asked);
  const { sql, values } = whereOf(list.conditions);
  const [counted] = await tx.query<{ count: bigint }>(
    `SELECT count(*) FROM (SELECT 1 FROM ${list.table} WHERE ${sql} LIMIT ${countLimit + 1}) c`,
    values,
  );
  const after = cursor === '' ? '' : afterKey(list, values.length);
  const found = await tx.query<R & { cursor_key: string[] }>(
    `SELECT ${list.columns},
            ARRAY[${list.key.map(({ column }) => `${column}::text`).join(', ')}] AS cursor_key
       FROM ${list.table} WHERE ${sql}${after}
      ORDER BY ${list.key.map(({ column }) => `${column} DESC`).join(', ')} LIMIT ${size + 1}`,
    [...values, ...(cursor === '' ? [] : decodeCursor(cursor, hash))],
  );
  const rows = found.slice(0, size);
  const last = found.length > size ? rows.at(-1) : undefined;
  const count = counted?.count ?? 0n;
  return {
    rows: rows.map((row) => list.shown(row)),
    page: {
      nextCursor: last === undefined ? '' : encodeCursor(last.cursor_key, hash),
      count: count > countLimit ? BigInt(countLimit) : count,
      countEstimated: count > countLimit,
    },
  };
}
