import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * What the first page adds up: open cases by tier, and by day what is open and due and what was
 * invoiced. Triggers keep the sums, for whoever writes cases and receivables. A row per sum is one
 * that all writers would wait for; each connection adds to one of its own.
 */
const caseSum = tenantTable(
  'case_sum',
  `tier text NOT NULL,
   currency text NOT NULL,
   handling text NOT NULL,
   stripe smallint NOT NULL CHECK (stripe BETWEEN 0 AND 15),
   cases bigint NOT NULL,
   open_minor bigint NOT NULL,
   overdue_minor bigint NOT NULL,
   PRIMARY KEY (org_id, tier, currency, handling, stripe)`,
);

const bookSum = tenantTable(
  'book_sum',
  `currency text NOT NULL,
   on_day date NOT NULL,
   stripe smallint NOT NULL CHECK (stripe BETWEEN 0 AND 15),
   open_minor bigint NOT NULL,    -- of what is due on the day
   sales_minor bigint NOT NULL,   -- of documents of the day
   PRIMARY KEY (org_id, currency, on_day, stripe)`,
);

/** Rows that count for more or, with a minus, for less. */
const openCases = (rows: string, sign: '' | '-'): string => `
  SELECT org_id, tier, currency, handling, ${sign}1 AS cases, ${sign}open_minor AS open_minor,
         ${sign}overdue_minor AS overdue_minor
    FROM ${rows} WHERE state = 'OPEN'`;

const days = (rows: string, sign: '' | '-'): string => `
  SELECT org_id, currency, due_date AS on_day, ${sign}open_minor AS open_minor, 0 AS sales_minor
    FROM ${rows} WHERE open_minor <> 0
  UNION ALL
  SELECT org_id, currency, document_date, 0, ${sign}amount_minor
    FROM ${rows} WHERE document_date IS NOT NULL`;

const addCases = (counted: string, stripe: string): string => `
  INSERT INTO case_sum AS s (org_id, tier, currency, handling, stripe, cases, open_minor,
    overdue_minor)
  SELECT org_id, tier, currency, handling, ${stripe}, sum(cases), sum(open_minor),
         sum(overdue_minor)
    FROM (${counted}) counted GROUP BY org_id, tier, currency, handling
  HAVING (sum(cases), sum(open_minor), sum(overdue_minor)) IS DISTINCT FROM (0, 0, 0)
   ORDER BY 1, 2, 3, 4
  ON CONFLICT (org_id, tier, currency, handling, stripe) DO UPDATE SET
    cases = s.cases + excluded.cases, open_minor = s.open_minor + excluded.open_minor,
    overdue_minor = s.overdue_minor + excluded.overdue_minor`;

const addDays = (counted: string, stripe: string): string => `
  INSERT INTO book_sum AS s (org_id, currency, on_day, stripe, open_minor, sales_minor)
  SELECT org_id, currency, on_day, ${stripe}, sum(open_minor), sum(sales_minor)
    FROM (${counted}) counted GROUP BY org_id, currency, on_day
  HAVING (sum(open_minor), sum(sales_minor)) IS DISTINCT FROM (0, 0) ORDER BY 1, 2, 3
  ON CONFLICT (org_id, currency, on_day, stripe) DO UPDATE SET
    open_minor = s.open_minor + excluded.open_minor,
    sales_minor = s.sales_minor + excluded.sales_minor`;

type Add = (counted: string, stripe: string) => string;
type Rows = (rows: string, sign: '' | '-') => string;

/** Functions and triggers that count a table's rows as they come, change and go. */
function counting(table: string, rows: Rows, add: Add): string {
  const own = 'pg_backend_pid() % 16';
  const change = {
    insert: ['NEW TABLE AS new_rows', rows('new_rows', '')],
    update: [
      'OLD TABLE AS old_rows NEW TABLE AS new_rows',
      `${rows('new_rows', '')} UNION ALL ${rows('old_rows', '-')}`,
    ],
    delete: ['OLD TABLE AS old_rows', rows('old_rows', '-')],
  };
  return Object.entries(change)
    .map(
      ([verb, [tables = '', counted = '']]) => `
CREATE FUNCTION count_${table}_${verb}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  ${add(counted, own)};
  RETURN NULL;
END $$;
CREATE TRIGGER ${table}_counted_${verb} AFTER ${verb.toUpperCase()} ON ${table}
  REFERENCING ${tables} FOR EACH STATEMENT EXECUTE FUNCTION count_${table}_${verb}();`,
    )
    .join('\n');
}

export const up = [
  caseSum,
  bookSum,
  // The triggers' locks keep writers out until what is there is counted.
  counting('case_file', openCases, addCases),
  counting('receivable', days, addDays),
  addCases(openCases('case_file', ''), '0'),
  addDays(days('receivable', ''), '0'),
  `CREATE INDEX promise_broken ON promise (org_id, case_id) WHERE state = 'BROKEN'`,
];

export const assert = `
  SELECT 'case_sum' AS sum, org_id FROM (
    SELECT org_id, tier, currency, handling, sum(open_minor) AS minor FROM case_file
     WHERE state = 'OPEN' GROUP BY 1, 2, 3, 4) c
    FULL JOIN case_sum s USING (org_id, tier, currency, handling)
   WHERE c.minor IS DISTINCT FROM s.open_minor
  UNION ALL
  SELECT 'book_sum', org_id FROM (
    SELECT org_id, currency, due_date AS on_day, sum(open_minor) AS minor FROM receivable
     WHERE open_minor <> 0 GROUP BY 1, 2, 3) r
    FULL JOIN book_sum s USING (org_id, currency, on_day)
   WHERE coalesce(r.minor, 0) <> coalesce(s.open_minor, 0)`;
