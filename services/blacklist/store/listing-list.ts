import type { Tx } from '@recourse/kit/db.ts';
import { page, unlessEmpty, where } from '@recourse/kit/page.ts';
import type { PageRequest } from '@recourse/proto/type/v1/type.ts';
import type { Listing } from '../domain/listing.ts';

export type ListingFilter = {
  state: string;
  category: string;
  query: string;
  nextStep: string;
  /** Only what waits for a step, most pressing first. */
  waiting: boolean;
};

const newestFirst = { sortColumn: 'l.drafted_at', descending: true };
/** What has no last day can be done now. */
const pressingFirst = {
  sortColumn: "coalesce(l.next_due, '-infinity'::date)",
  descending: false,
};

/** Listings the organisation may see; names of natural persons still sealed. */
export async function listListings(
  tx: Tx,
  filter: ListingFilter,
  request: PageRequest | undefined,
) {
  const like = filter.query.toLowerCase().replaceAll(/[\\%_]/gu, '\\$&');
  const { sql, values } = where([
    unlessEmpty('l.state = ?', filter.state),
    unlessEmpty('l.category = ?', filter.category),
    unlessEmpty('l.next_step = ?', filter.nextStep),
    filter.waiting ? ["l.next_step <> ''"] : undefined,
    filter.query === ''
      ? undefined
      : ['(lower(l.name) LIKE ? OR lower(l.credit_code) LIKE ?)', `%${like}%`, `${like}%`],
  ]);
  const list = {
    table: 'listing',
    alias: 'l',
    conditions: sql,
    values,
    besides: '',
    columns: 'l.file, l.version',
    idColumn: 'l.listing_id',
    ...(filter.waiting ? pressingFirst : newestFirst),
  };
  const asked = { list: 'listings', ...filter };
  const found = await page<{ file: Omit<Listing, 'version'>; version: bigint }>(
    tx,
    list,
    request,
    asked,
  );
  const listings = found.rows.map(({ file, version }): Listing => ({ ...file, version }));
  return { listings, page: found.page };
}
