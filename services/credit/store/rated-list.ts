import { decodeCursor, encodeCursor } from '@recourse/kit/cursor.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Grade, RatedCustomer } from '@recourse/proto/credit/v1/ratings.ts';

export type RatedFilter = {
  query: string;
  grades: readonly Grade[];
  overLimit: boolean;
  sort: string;
};

const sortColumns: Readonly<Record<string, string>> = {
  pd: 'p.pd_bps',
  score: 'p.score',
  name: 'c.name',
  exposure: 'p.exposure_minor',
  review_on: 'p.review_on',
};

type Row = {
  customer_id: string;
  name: string;
  customer_number: string;
  region: string;
  industry: string;
  grade: Grade;
  grade_before: Grade;
  score: number;
  pd_bps: number;
  limit_minor: bigint;
  exposure_minor: bigint;
  currency: string;
  over_limit: boolean;
  warnings: bigint;
  rated_at: string;
  review_on: string;
  sort_key: string | number | bigint;
};

function shown(row: Row): RatedCustomer {
  const { currency } = row;
  return {
    customerId: row.customer_id,
    name: row.name,
    customerNumber: row.customer_number,
    region: row.region,
    industry: row.industry,
    grade: row.grade,
    gradeBefore: row.grade_before,
    score: row.score,
    pdBps: row.pd_bps,
    limit: { currency, minor: row.limit_minor },
    exposure: { currency, minor: row.exposure_minor },
    overLimit: row.over_limit,
    warningCount: Number(row.warnings),
    ratedAt: row.rated_at,
    reviewOn: row.review_on,
  };
}

/** A page of rated customers by key, riskiest first when nothing is said. */
export async function ratedCustomers(
  tx: Tx,
  filter: RatedFilter,
  page: { size: number; cursor: string },
): Promise<{ customers: RatedCustomer[]; nextCursor: string; count: bigint }> {
  const sort = filter.sort === '' ? '-pd' : filter.sort;
  const descending = sort.startsWith('-');
  const column = sortColumns[sort.replace(/^-/, '')] ?? 'p.pd_bps';
  const like = `%${filter.query.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const values: unknown[] = [tx.orgId, like, filter.grades, filter.overLimit];
  const base = `FROM present_rating p JOIN customer c
        ON c.org_id = $1 AND c.customer_id = p.customer_id
     WHERE p.org_id = $1 AND c.search_text LIKE $2
       AND (cardinality($3::text[]) = 0 OR p.grade = ANY ($3::text[]))
       AND (NOT $4::boolean OR p.over_limit)`;
  const [counted] = await tx.query<{ count: bigint }>(`SELECT count(*) ${base}`, values);
  const hash = contentHash({ filter });
  let after = '';
  if (page.cursor !== '') {
    const [key, id] = decodeCursor(page.cursor, hash);
    const place = (value: unknown): string => `$${values.push(value)}`;
    const than = descending ? '<' : '>';
    after = ` AND (${column}, p.customer_id) ${than} (${place(key)}, ${place(id)})`;
  }
  const direction = descending ? 'DESC' : 'ASC';
  const rows = await tx.query<Row>(
    `SELECT p.*, c.name, c.customer_number, c.region, c.industry, ${column} AS sort_key,
            (SELECT count(*) FROM credit_warning w WHERE w.org_id = $1
                AND w.customer_id = p.customer_id AND w.settled_at IS NULL) AS warnings
       ${base}${after}
      ORDER BY ${column} ${direction}, p.customer_id ${direction} LIMIT ${page.size + 1}`,
    values,
  );
  const kept = rows.slice(0, page.size);
  const last = rows.length > page.size ? kept.at(-1) : undefined;
  return {
    customers: kept.map(shown),
    nextCursor: last === undefined ? '' : encodeCursor([last.sort_key, last.customer_id], hash),
    count: counted?.count ?? 0n,
  };
}
