import { inject } from '@angular/core';
import { Api } from './api';
import type { Loaded } from './load';

/** Where a page ends, as the contract's `PageInfo`. */
export type PageEnd = { nextCursor: string; count: bigint; countEstimated: boolean };

export type PageOf<Row> = { rows: readonly Row[]; page: PageEnd | undefined };

/**
 * Reads a list page by page with the filter and the sort it had when it was asked; the cursor of
 * the first page is empty. Throws a `Problem`.
 */
export type EveryPage<Row> = () => (cursor: string, signal: AbortSignal) => Promise<PageOf<Row>>;

/** The most the contract gives at once (`recourse.type.v1.PageRequest`). */
const largest = 200;

/** All pages of a loaded list, for its export. Call it where a page's fields are made. */
export function everyPage<T extends { page?: PageEnd | undefined }, Row>(
  loaded: Pick<Loaded<T>, 'asked'>,
  rowsOf: (answer: T) => readonly Row[],
): EveryPage<Row> {
  const api = inject(Api);
  return () => {
    const asked = loaded.asked();
    return async (cursor, signal) => {
      if (asked === undefined) return { rows: [], page: undefined };
      const query = { ...Object(asked.query), page: { size: largest, cursor } };
      const answer = await api.get(asked.path, asked.decode, query, signal);
      return { rows: rowsOf(answer), page: answer.page };
    };
  };
}
