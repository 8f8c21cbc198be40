import { isDay, isInstant, isUuid } from '@recourse/kit/check.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { type CursorValue, decodeCursor, encodeCursor } from '@recourse/kit/cursor.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';

/** Paging by key: the sort column and the id of the last row say where the next page begins. */

const defaultSize = 50;

export type Counted = { count: bigint; isEstimated: boolean };

export type Wanted = {
  size: number;
  /** Sort value and id after which the page begins; undefined on the first page. */
  after: readonly [CursorValue, CursorValue] | undefined;
  /** What the first page has counted, carried along so that later pages need not. */
  counted: Counted | undefined;
  filterHash: string;
};

/** What a list request asks for. Faults: `invalid` cursor_is_malformed, cursor_of_other_query. */
export function wantedPage(page: PageRequest | undefined, filter: unknown): Wanted {
  const filterHash = contentHash(filter);
  const size = page?.size === undefined || page.size === 0 ? defaultSize : page.size;
  if (page === undefined || page.cursor === '') {
    return { size, after: undefined, counted: undefined, filterHash };
  }
  const [value = null, id = null, count, isEstimated] = decodeCursor(page.cursor, filterHash);
  const counted =
    typeof count === 'bigint' ? { count, isEstimated: isEstimated === true } : undefined;
  return { size, after: [value, id], counted, filterHash };
}

/**
 * Cuts the one row too many that was read to see whether there is more, says where to go on, and
 * counts the rows of `from` where the page itself does not tell how many there are.
 */
export async function cutPage<R>(
  tx: Tx,
  wanted: Wanted,
  of: { from: string; params: readonly unknown[] },
  rows: readonly R[],
  keyOf: (row: R) => readonly [CursorValue, CursorValue],
): Promise<{ rows: R[]; page: PageInfo }> {
  const { count, isEstimated } = wanted.counted ?? (await countAll(tx, wanted, of, rows.length));
  const kept = rows.slice(0, wanted.size);
  const last = kept.at(-1);
  const nextCursor =
    rows.length <= wanted.size || last === undefined
      ? ''
      : encodeCursor([...keyOf(last), count, isEstimated], wanted.filterHash);
  return { rows: kept, page: { nextCursor, count, countEstimated: isEstimated } };
}

/** A first page that is not full holds all there is. */
async function countAll(
  tx: Tx,
  wanted: Wanted,
  { from, params }: { from: string; params: readonly unknown[] },
  read: number,
): Promise<Counted> {
  return wanted.after === undefined && read <= wanted.size
    ? { count: BigInt(read), isEstimated: false }
    : countRows(tx, from, params);
}

/** Collects the parameters of a statement that is put together: `add(value)` answers `$3`. */
export function parameterList(): { add(value: unknown): string; values: unknown[] } {
  const values: unknown[] = [];
  return {
    values,
    add: (value) => {
      values.push(value);
      return `$${values.length}`;
    },
  };
}

/** What a list is sorted by: a column with its type, then the id, both in one direction. */
export type Key = {
  column: string;
  cast: 'bigint' | 'date' | 'text' | 'timestamptz';
  id: string;
  direction: 'ASC' | 'DESC';
};

const fits: Readonly<Record<Key['cast'], (value: CursorValue) => boolean>> = {
  bigint: (value) => typeof value === 'bigint',
  date: (value) => typeof value === 'string' && (isDay(value) || value === 'infinity'),
  text: (value) => typeof value === 'string',
  timestamptz: (value) => typeof value === 'string' && (isInstant(value) || value === '-infinity'),
};

/** ` AND (column, id) > (…)`, empty on the first page. Fault: `invalid` cursor_is_malformed. */
export function afterKey(
  wanted: Wanted,
  key: Key,
  params: ReturnType<typeof parameterList>,
): string {
  if (wanted.after === undefined) return '';
  const [value, id] = wanted.after;
  if (!fits[key.cast](value) || typeof id !== 'string' || !isUuid(id)) {
    throw fault('invalid', 'cursor_is_malformed');
  }
  const sign = key.direction === 'ASC' ? '>' : '<';
  return ` AND (${key.column}, ${key.id}) ${sign}
    (${params.add(value)}::${key.cast}, ${params.add(id)}::uuid)`;
}

/** `ORDER BY` of a key. */
export function byKey({ column, id, direction }: Key): string {
  return `ORDER BY ${column} ${direction}, ${id} ${direction}`;
}

const mostCounted = 10_000n;
/** An estimate above this is believed without counting, which would cost more than the page. */
const surelyMany = 100_000;

type Known = { until: number; counted: Counted };

/** Estimates stay good for a while: nobody sees whether there are 300,000 rows or 300,100. */
const estimateMs = 60_000;
/** Many rows take longer to count than a page to read; so many may be one off for a moment. */
const manyMs = 2_000;
const many = 500n;
const known = new Map<string, Known>();
const mostKnown = 1_000;

/**
 * Counts rows of `FROM …` exactly up to 10,000, and estimates above, at most once a minute; from
 * 500 on at most every two seconds.
 */
async function countRows(tx: Tx, from: string, params: readonly unknown[]): Promise<Counted> {
  const question = [tx.orgId, from, ...params].join('\u0000');
  const last = known.get(question);
  if (last !== undefined && performance.now() < last.until) return last.counted;
  const counted = await countNow(tx, from, params, last?.counted);
  if (known.size >= mostKnown) known.clear();
  known.set(question, { until: performance.now() + goodMs(counted), counted });
  return counted;
}

function goodMs({ count, isEstimated }: Counted): number {
  if (isEstimated) return estimateMs;
  return count >= many ? manyMs : 0;
}

async function countNow(
  tx: Tx,
  from: string,
  params: readonly unknown[],
  last: Counted | undefined,
): Promise<Counted> {
  // Where rows were few, planning first to learn it again would cost as much as counting.
  const wereFew = last?.isEstimated === false;
  const planned = wereFew ? undefined : await estimate(tx, from, params);
  if (planned !== undefined && planned > surelyMany) {
    return { count: BigInt(planned), isEstimated: true };
  }
  const few = await countFew(tx, from, params);
  if (few !== undefined) return { count: few, isEstimated: false };
  const guess = planned ?? (await estimate(tx, from, params));
  return { count: BigInt(Math.max(guess, Number(mostCounted) + 1)), isEstimated: true };
}

/** How many rows there are; undefined when they are more than are counted. */
async function countFew(
  tx: Tx,
  from: string,
  params: readonly unknown[],
): Promise<bigint | undefined> {
  const [row] = await tx.query<{ count: bigint }>(
    `SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${mostCounted + 1n}) counted`,
    params,
  );
  const count = row?.count ?? 0n;
  return count > mostCounted ? undefined : count;
}

type Plan = { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] };

async function estimate(tx: Tx, from: string, params: readonly unknown[]): Promise<number> {
  const [row] = await tx.query<Plan>(`EXPLAIN (FORMAT JSON) SELECT 1 ${from}`, params);
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
