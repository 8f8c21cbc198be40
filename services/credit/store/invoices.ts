import type { Tx } from '@recourse/kit/db.ts';
import type { Invoice } from '../domain/fitting/late-payment.ts';

type Row = Omit<Invoice, 'settledDay'> & { settledDay: number | null };

/**
 * Receivables as a model of late payment sees them: of these customers, or of all. A customer's
 * newest thousand are enough, and keep one with a hundred thousand from filling the memory.
 */
export async function invoices(tx: Tx, customerIds?: readonly string[]): Promise<Invoice[]> {
  const rows = await tx.query<Row>(
    `SELECT customer_id AS customer, (document_date - date '1970-01-01')::int AS "invoicedDay",
            (due_date - date '1970-01-01')::int AS "dueDay",
            (settled_date - date '1970-01-01')::int AS "settledDay",
            amount_minor::float8 AS size, disputed AS "isDisputed"
       FROM (SELECT f.*, row_number() OVER (PARTITION BY customer_id
               ORDER BY document_date DESC) AS place
               FROM receivable_fact f
              WHERE f.org_id = $1 AND f.document_date IS NOT NULL AND f.due_date IS NOT NULL
                AND f.amount_minor IS NOT NULL
                AND ($2::uuid[] IS NULL OR f.customer_id = ANY ($2::uuid[]))) newest
      WHERE place <= 1000 ORDER BY customer_id, document_date`,
    [tx.orgId, customerIds ?? null],
  );
  return rows.map(({ settledDay, ...rest }) => ({ ...rest, settledDay: settledDay ?? undefined }));
}

/** Ratings of one probability that have come to the same end, and how many of them there are. */
export type Ended = { pdBps: number; bad: boolean; count: number };

/** Outcomes of ratings: of those whose window is over, and those whose window still runs. */
export type Outcomes = {
  ended: Ended[];
  running: number;
  /** Of the running those that have failed already; they prove nothing until all are over. */
  runningBad: number;
};

type Counted = { pdBps: number; over: boolean; bad: boolean; count: number };

function outcomesOf(rows: readonly Counted[]): Outcomes {
  const running = rows.filter((row) => !row.over);
  const sum = (counted: readonly Counted[]): number =>
    counted.reduce((total, row) => total + row.count, 0);
  return {
    ended: rows.filter((row) => row.over),
    running: sum(running),
    runningBad: sum(running.filter((row) => row.bad)),
  };
}

/** Whose outcomes are asked for: a model's since it was put to use, as known on a day. */
export type Watched = { modelId: string; since: string; today: string; zone: string };

/**
 * What a model of the organisation's own receivables foretells: of each receivable written while a
 * rating by it stood, whether it came to be late by more than so many days. A rating stands from
 * its day, since it is of an invoice written on that day, until the customer's next one by
 * whatever model. A receivable's window is over when everything that would be late is late; one
 * that was paid sooner waits for that too, else those paid in time would be counted first.
 */
export async function receivableOutcomes(
  tx: Tx,
  { modelId, since, today, zone }: Watched,
  moreThanDays: number,
): Promise<Outcomes> {
  const rows = await tx.query<Counted>(
    `WITH standing AS (
       SELECT customer_id, pd_bps, model_id,
              (rated_at AT TIME ZONE $5)::date AS from_day,
              (lead(rated_at) OVER (PARTITION BY customer_id ORDER BY rated_at, rating_id)
                AT TIME ZONE $5)::date AS until_day
         FROM rating WHERE org_id = $1 AND rated_at >= $3::timestamptz)
     SELECT s.pd_bps AS "pdBps", $4::date - 1 - f.due_date > $6 AS over,
            coalesce(f.settled_date, $4::date) - f.due_date > $6 AS bad, count(*)::int AS count
       FROM standing s JOIN receivable_fact f ON f.org_id = $1 AND f.customer_id = s.customer_id
        AND f.document_date >= s.from_day
        AND (s.until_day IS NULL OR f.document_date < s.until_day)
      WHERE s.model_id = $2 AND f.due_date IS NOT NULL AND f.amount_minor IS NOT NULL
      GROUP BY 1, 2, 3`,
    [tx.orgId, modelId, since, today, zone, moreThanDays],
  );
  return outcomesOf(rows);
}

/**
 * What a model of customers foretells: of each customer first rated by it, whether within a year
 * of that day one of its receivables came to be more than so many days late. Who had such a one
 * open on that day had failed before and is left out (Regulation (EU) 575/2013 Art. 4(1)(54),
 * 178: default within one year of those not in default, 90 days past due). A year that is over is
 * over for good and bad alike, since who fails early would else be counted first.
 */
export async function customerOutcomes(
  tx: Tx,
  { modelId, since, today, zone }: Watched,
  moreThanDays: number,
): Promise<Outcomes> {
  const rows = await tx.query<Counted>(
    `WITH rated AS (
       SELECT DISTINCT ON (customer_id) customer_id, pd_bps,
              (rated_at AT TIME ZONE $5)::date AS from_day,
              ((rated_at AT TIME ZONE $5)::date + interval '1 year')::date AS last_day
         FROM rating WHERE org_id = $1 AND model_id = $2 AND rated_at >= $3::timestamptz
        ORDER BY customer_id, rated_at),
     failing AS (
       SELECT customer_id, due_date + $6::int + 1 AS failed_day, settled_date
         FROM receivable_fact
        WHERE org_id = $1 AND due_date + $6::int < coalesce(settled_date, $4::date))
     SELECT r.pd_bps AS "pdBps", $4::date > r.last_day AS over,
            EXISTS (SELECT FROM failing f WHERE f.customer_id = r.customer_id
              AND f.failed_day > r.from_day AND f.failed_day <= r.last_day) AS bad,
            count(*)::int AS count
       FROM rated r
      WHERE NOT EXISTS (SELECT FROM failing f WHERE f.customer_id = r.customer_id
              AND f.failed_day <= r.from_day
              AND (f.settled_date IS NULL OR f.settled_date >= r.from_day))
      GROUP BY 1, 2, 3`,
    [tx.orgId, modelId, since, today, zone, moreThanDays],
  );
  return outcomesOf(rows);
}

/** Scores that a model has given, one per customer. */
export async function scoresOf(tx: Tx, modelId: string): Promise<number[]> {
  const rows = await tx.query<{ score: number }>(
    `SELECT p.score FROM present_rating p JOIN rating r
        ON r.org_id = $1 AND r.rating_id = p.rating_id
      WHERE p.org_id = $1 AND r.model_id = $2`,
    [tx.orgId, modelId],
  );
  return rows.map((row) => row.score);
}
