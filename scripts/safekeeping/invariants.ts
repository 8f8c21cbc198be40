/** What must hold of an installation whatever happened to it; read as one who sees every row. */
import pg from 'pg';

/** Something that does not hold: where, what, and the first rows of it. */
export type Broken = { service: string; what: string; rows: readonly unknown[] };

type Rule = { what: string; sql: string };

/** Larger ones would not fit the memory of one statement; their sizes must do. */
const mostHashedBytes = 64 * 1024 * 1024;

const keptFiles: Rule = {
  what: 'kept files whose pieces are not what was taken',
  sql: `SELECT f.org_id, f.file_id FROM kept_file f
         CROSS JOIN LATERAL (
           SELECT count(*) AS count, coalesce(max(number) + 1, 0) AS next,
                  coalesce(sum(length(bytes)), 0) AS size FROM kept_piece p
            WHERE p.org_id = f.org_id AND p.file_id = f.file_id) p
         WHERE f.whole AND (p.size <> f.size_bytes OR p.count <> p.next
            OR CASE WHEN f.size_bytes > ${mostHashedBytes} THEN false ELSE
                 (SELECT encode(sha256(coalesce(string_agg(bytes, ''::bytea ORDER BY number), '')),
                                'hex')
                    FROM kept_piece b WHERE b.org_id = f.org_id AND b.file_id = f.file_id)
                 <> f.sha256 END)`,
};

/** Rows that these find are what is wrong. */
const ofEvery: readonly Rule[] = [
  keptFiles,
  {
    // The outbox is shortened from its old end, so it need not begin with 1.
    what: 'aggregates whose events have a gap, a repeat, or an end other than they count',
    sql: `SELECT o.org_id, o.aggregate_id, min(o.version), max(o.version), count(*), v.version
            FROM outbox o LEFT JOIN aggregate_version v USING (org_id, aggregate_id)
           GROUP BY o.org_id, o.aggregate_id, v.version
          HAVING max(o.version) - min(o.version) + 1 <> count(*)
              OR count(DISTINCT o.version) <> count(*)
              OR max(o.version) IS DISTINCT FROM v.version`,
  },
  {
    what: 'parked events without the receipt that lets the stream go on',
    sql: `SELECT p.org_id, p.consumer, p.event_id FROM parked_event p
            LEFT JOIN inbox_receipt r USING (org_id, consumer, event_id)
           WHERE p.state IN ('parked', 'retry', 'discarded') AND r.event_id IS NULL
             AND p.last_failed_at > now() - interval '29 days'`,
  },
];

const ofService: Readonly<Record<string, readonly Rule[]>> = {
  agencies: [
    {
      what: 'books whose debits and credits differ',
      sql: `SELECT org_id, currency, sum(debit_minor - credit_minor) FROM ledger_line
             GROUP BY org_id, currency HAVING sum(debit_minor) <> sum(credit_minor)`,
    },
    {
      what: 'entries whose debits and credits differ',
      sql: `SELECT org_id, entry_id FROM ledger_line
             GROUP BY org_id, entry_id, currency HAVING sum(debit_minor) <> sum(credit_minor)`,
    },
    {
      what: 'entries that do not say what their commission line says',
      sql: `SELECT l.org_id, l.line_id FROM commission_line l
              LEFT JOIN (SELECT org_id, entry_id, sum(credit_minor - debit_minor)
                                FILTER (WHERE account = 'commission_payable') AS payable
                           FROM ledger_line GROUP BY org_id, entry_id) e
                ON e.org_id = l.org_id AND e.entry_id = l.line_id
             WHERE coalesce(e.payable, 0) <> l.commission_minor + l.vat_minor`,
    },
    {
      what: 'balances that are not what was posted',
      sql: `SELECT org_id, agency_id, account, currency FROM (
              SELECT org_id, agency_id, account, currency, sum(debit_minor - credit_minor) AS minor
                FROM ledger_line GROUP BY org_id, agency_id, account, currency) l
              FULL JOIN (
                SELECT org_id, agency_id, account, currency, sum(minor) AS minor
                  FROM ledger_balance GROUP BY org_id, agency_id, account, currency) b
                USING (org_id, agency_id, account, currency)
             WHERE l.minor IS DISTINCT FROM b.minor`,
    },
  ],
  cases: [
    {
      what: 'payments whose allocation is not their amount, or not nothing after a reversal',
      sql: `SELECT p.org_id, p.payment_id FROM payment p
              LEFT JOIN payment_reversal r USING (org_id, payment_id)
              LEFT JOIN (SELECT org_id, payment_id, sum(amount_minor) AS allocated
                           FROM allocation GROUP BY org_id, payment_id) a USING (org_id, payment_id)
             WHERE coalesce(a.allocated, 0)
                <> CASE WHEN r.payment_id IS NULL THEN p.amount_minor ELSE 0 END`,
    },
    {
      what: 'days on which more or less was received than payments say',
      sql: `SELECT org_id, received_on, currency FROM (
              SELECT p.org_id, p.received_on, p.currency, sum(p.amount_minor) AS minor
                FROM payment p LEFT JOIN payment_reversal v USING (org_id, payment_id)
               WHERE p.means <> 'credit' AND v.payment_id IS NULL GROUP BY 1, 2, 3) p
              FULL JOIN (
                SELECT org_id, received_on, currency, sum(minor) AS minor FROM received_sum
                 GROUP BY 1, 2, 3 HAVING sum(minor) <> 0) s
                USING (org_id, received_on, currency)
             WHERE p.minor IS DISTINCT FROM s.minor`,
    },
    {
      what: 'open cases of which more or fewer, or other amounts, are counted than there are',
      sql: `SELECT org_id, tier, currency, handling FROM (
              SELECT org_id, tier, currency, handling, count(*) AS cases, sum(open_minor) AS open,
                     sum(overdue_minor) AS overdue
                FROM case_file WHERE state = 'OPEN' GROUP BY 1, 2, 3, 4) c
              FULL JOIN (
                SELECT org_id, tier, currency, handling, sum(cases) AS cases,
                       sum(open_minor) AS open, sum(overdue_minor) AS overdue
                  FROM case_sum GROUP BY 1, 2, 3, 4 HAVING sum(cases) <> 0) s
                USING (org_id, tier, currency, handling)
             WHERE (c.cases, c.open, c.overdue) IS DISTINCT FROM (s.cases, s.open, s.overdue)`,
    },
    {
      what: 'days of which more or less is counted as due or invoiced than receivables say',
      sql: `SELECT org_id, currency, on_day FROM (
              SELECT org_id, currency, on_day, sum(open) AS open, sum(sales) AS sales FROM (
                SELECT org_id, currency, due_date AS on_day, open_minor AS open, 0 AS sales
                  FROM receivable
                UNION ALL
                SELECT org_id, currency, document_date, 0, amount_minor FROM receivable
                 WHERE document_date IS NOT NULL) days GROUP BY 1, 2, 3) r
              FULL JOIN (
                SELECT org_id, currency, on_day, sum(open_minor) AS open, sum(sales_minor) AS sales
                  FROM book_sum GROUP BY 1, 2, 3) s USING (org_id, currency, on_day)
             WHERE coalesce(r.open, 0) <> coalesce(s.open, 0)
                OR coalesce(r.sales, 0) <> coalesce(s.sales, 0)`,
    },
    {
      what: 'credit of debtors that is not the sum of its movements',
      sql: `SELECT k.org_id, k.debtor_id, k.currency FROM debtor_credit k
              LEFT JOIN (SELECT org_id, debtor_id, currency, sum(minor) AS minor, count(*) AS count
                           FROM credit_movement GROUP BY org_id, debtor_id, currency) m
                USING (org_id, debtor_id, currency)
             WHERE k.credit_minor <> coalesce(m.minor, 0) OR k.movements <> coalesce(m.count, 0)`,
    },
    {
      what: 'receivables of which more came back than was given up',
      sql: `SELECT org_id, closing_id, case_id, receivable_id, part FROM write_down
             GROUP BY org_id, closing_id, case_id, receivable_id, part
            HAVING sum(amount_minor) < 0`,
    },
  ],
};

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function brokenIn(service: string, url: string): Promise<Broken[]> {
  const rules = [...ofEvery, ...(ofService[service] ?? [])];
  return withClient(url, async (client) => {
    const broken: Broken[] = [];
    for (const { what, sql } of rules) {
      const { rows } = await client.query<object>(`${sql} LIMIT 5`);
      if (rows.length > 0) broken.push({ service, what, rows });
    }
    return broken;
  });
}

type Receipt = { consumer: string; id: string };

/** Younger than the outbox is kept: older receipts have outlived what they are of. */
const young = `received_at > now() - interval '6 days'`;

async function receiptsOf(url: string): Promise<Receipt[]> {
  return withClient(url, async (client) => {
    const sql = `SELECT consumer, event_id::text AS id FROM inbox_receipt WHERE ${young}`;
    return (await client.query<Receipt>(sql)).rows;
  });
}

async function eventsOf(url: string): Promise<Set<string>> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT id::text AS id FROM outbox');
    return new Set(rows.map(({ id }) => id));
  });
}

/** Receipts of events that their producer knows nothing of. */
async function strangeReceipts(databases: ReadonlyMap<string, string>): Promise<Broken[]> {
  const told = new Map<string, Set<string>>();
  for (const [service, url] of databases) told.set(service, await eventsOf(url));
  const broken: Broken[] = [];
  for (const [service, url] of databases) {
    const strange = (await receiptsOf(url)).filter(({ consumer, id }) => {
      const producer = consumer.split(':')[1] ?? '';
      return told.get(producer)?.has(id) === false;
    });
    if (strange.length > 0) {
      const what = 'receipts of events that were never told';
      broken.push({ service, what, rows: strange.slice(0, 5) });
    }
  }
  return broken;
}

/** How many rules `brokenInvariants` asks, for the words of the drill. */
export function countRules(services: readonly string[]): number {
  return services.reduce((sum, one) => sum + ofEvery.length + (ofService[one]?.length ?? 0) + 1, 0);
}

/** Everything that does not hold; empty when all is well. */
export async function brokenInvariants(databases: ReadonlyMap<string, string>): Promise<Broken[]> {
  const found: Broken[] = [];
  for (const [service, url] of databases) found.push(...(await brokenIn(service, url)));
  return [...found, ...(await strangeReceipts(databases))];
}
