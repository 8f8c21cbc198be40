import { type CursorValue, decodeCursor, encodeCursor } from './cursor.ts';
import type { Tx } from './db.ts';
import { contentHash } from './hash.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';

/** A list as SQL: which rows of one table, what is shown beside them, and the order. */
export type Listing = {
  table: string;
  /** The alias under which all other parts name the table. */
  alias: string;
  /** Conditions on the table alone, a `?` for each of `values`. */
  conditions: string;
  values: readonly unknown[];
  /** Joins that are made for the shown rows only. */
  besides: string;
  /** Columns as they are shown, each with its name. */
  columns: string;
  sortColumn: string;
  idColumn: string;
  descending: boolean;
};

const countLimit = 10_000;
const usualSize = 50;

export type Page<R> = { rows: R[]; page: PageInfo };

function numbered(sql: string, from: number): string {
  let place = from;
  return sql.replaceAll('?', () => {
    place += 1;
    return `$${place}`;
  });
}

/** How many rows there are, up to the limit. */
async function countUpTo(tx: Tx, base: string, values: readonly unknown[]): Promise<bigint> {
  const [counted] = await tx.query<{ count: bigint }>(
    `SELECT count(*) FROM (SELECT 1 ${base} LIMIT ${countLimit + 1}) counted`,
    values,
  );
  return counted?.count ?? 0n;
}

/**
 * One page of a list by key, with the count up to 10,000. `asked` says what the cursor belongs to:
 * filter and sort. Faults: `invalid` cursor_is_malformed, cursor_of_other_query.
 */
export async function page<R extends object>(
  tx: Tx,
  list: Listing,
  request: PageRequest | undefined,
  asked: unknown,
): Promise<Page<R>> {
  const size = request?.size || usualSize;
  const hash = contentHash(asked);
  const { table, alias, besides, sortColumn, idColumn } = list;
  const base = `FROM ${table} ${alias} WHERE ${numbered(list.conditions, 0)}`;
  const [sortKey, idKey, counted] =
    request === undefined || request.cursor === '' ? [] : decodeCursor(request.cursor, hash);
  const key = sortKey === undefined ? [] : [sortKey, idKey];
  const sign = list.descending ? '<' : '>';
  const after = `AND (${sortColumn}, ${idColumn}) ${sign} (?, ?)`;
  const from = key.length === 0 ? '' : numbered(after, list.values.length);
  const direction = list.descending ? 'DESC' : 'ASC';
  const order = `ORDER BY ${sortColumn} ${direction}, ${idColumn} ${direction}`;
  const found = await tx.query<R & { sortKey: CursorValue; idKey: string }>(
    `SELECT ${list.columns}, ${sortColumn} AS "sortKey", ${idColumn} AS "idKey"
       FROM (SELECT ${alias}.* ${base} ${from} ${order} LIMIT ${size + 1}) ${alias} ${besides}
      ${order}`,
    [...list.values, ...key],
  );
  const rows = found.slice(0, size);
  const last = found.length > size ? rows.at(-1) : undefined;
  // A first page that is not full holds all there is; later ones carry what the first has counted.
  const isAll = key.length === 0 && last === undefined;
  const carried = typeof counted === 'bigint' ? counted : undefined;
  const count = isAll ? BigInt(rows.length) : (carried ?? (await countUpTo(tx, base, list.values)));
  const nextCursor =
    last === undefined ? '' : encodeCursor([last.sortKey, last.idKey, count], hash);
  const countEstimated = count > countLimit;
  return {
    rows,
    page: { nextCursor, count: countEstimated ? BigInt(countLimit) : count, countEstimated },
  };
}

/** One condition with a `?` for each of its values; undefined is left out. */
export type Condition = readonly [sql: string, ...values: unknown[]] | undefined;

/** Conditions joined by AND, with their values in order. */
export function where(conditions: readonly Condition[]): { sql: string; values: unknown[] } {
  const kept = conditions.filter((one) => one !== undefined);
  return {
    sql: kept.length === 0 ? 'true' : kept.map(([sql]) => sql).join(' AND '),
    values: kept.flatMap(([, ...values]) => values),
  };
}

/** A condition on one value, left out when the value is empty. */
export function unlessEmpty(sql: string, value: string | readonly string[]): Condition {
  return value.length === 0 ? undefined : [sql, value];
}
