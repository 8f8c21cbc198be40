import type { Db } from '@recourse/kit/db.ts';
import { atMostEvery, gauge } from '@recourse/kit/gauges.ts';
import type { Metrics } from '@recourse/kit/health.ts';
import { measures } from '@recourse/kit/measures.ts';

/** A whole ledger is added up, so not at every scrape. */
const readSeconds = 60;

type Row = { currency: string; value: number };

/**
 * Debits less credits of every creditor's book, without sign, by currency. The constraint on
 * entries keeps it at 0; this tells when something has gone around the constraint. While the ledger
 * is empty the home currency is told, so that a missing series always means a broken reading.
 */
export function measureLedger(metrics: Metrics, db: Db): void {
  const read = atMostEvery(readSeconds, () =>
    db.system((tx) =>
      tx.query<Row>(
        `SELECT currency, sum(abs(difference))::float8 AS value
           FROM (SELECT org_id, currency, sum(debit_minor - credit_minor) AS difference
                   FROM ledger_line GROUP BY org_id, currency) book
          GROUP BY currency`,
      ),
    ),
  );
  gauge(metrics, measures.ledgerImbalance, async () => {
    const rows = await read();
    const told = rows.length > 0 ? rows : [{ currency: 'CNY', value: 0 }];
    return told.map(({ currency, value }) => ({ labels: { currency }, value }));
  });
}
