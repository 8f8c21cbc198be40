import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { BookEnd, DaySales } from '../domain/book-months.ts';
import { openAsOf } from './aging.ts';

/**
 * The book at the ends of several days, by currency: each as aging counts it back, except that a
 * document counts from its date on, an undated one from its due day. Aging shows an open item
 * whatever its date; in a series every document of today would stand in every month before.
 */
export async function bookEnds(tx: Tx, ends: readonly Day[]): Promise<BookEnd[]> {
  return tx.query<BookEnd>(
    `SELECT e.day, b.currency, b.open_minor AS "openMinor", b.overdue_minor AS "overdueMinor"
       FROM unnest($2::date[]) AS e(day)
       JOIN LATERAL (
         SELECT r.currency, sum(r.open_minor)::bigint AS open_minor,
                coalesce(sum(r.open_minor) FILTER (WHERE r.due_date < e.day), 0)::bigint
                  AS overdue_minor
           FROM ${openAsOf(true, '$1', 'e.day')} r
          WHERE r.dated_on <= e.day GROUP BY r.currency) b ON true`,
    [tx.orgId, ends.map(String)],
  );
}

/** What was invoiced on each day from one to another, by the day from which the book counts it. */
export async function salesByDay(tx: Tx, from: Day, to: Day): Promise<DaySales[]> {
  return tx.query<DaySales>(
    `SELECT coalesce(document_date, due_date) AS day, currency, sum(amount_minor)::bigint AS minor
       FROM receivable
      WHERE org_id = $1 AND coalesce(document_date, due_date) BETWEEN $2 AND $3
      GROUP BY 1, 2`,
    [tx.orgId, from, to],
  );
}
