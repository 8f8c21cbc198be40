import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Every movement of a debtor's credit, so that each cent of it traces to a payment, a matter or a
 * refund; `debtor_credit` is their sum. No agency sees any: credit is of all cases of a debtor.
 */
const creditMovement = tenantTable(
  'credit_movement',
  `debtor_id uuid NOT NULL,
   currency text NOT NULL,
   place bigint NOT NULL CHECK (place > 0), -- from 1 without gaps
   kind text NOT NULL CHECK (kind IN ('overpaid','overpaid_reversed','recovery',
     'recovery_reversed','cost_lifted','applied','applied_reversed','refunded','refund_reversed',
     'carried')),
   minor bigint NOT NULL,                   -- positive when more is held by it
   balance_minor bigint NOT NULL CHECK (balance_minor >= 0 AND balance_minor >= minor),
   missing_minor bigint NOT NULL DEFAULT 0 CHECK (missing_minor >= 0), -- was used before
   on_day date NOT NULL,
   source_id uuid,                          -- payment, entry of a matter, or refund
   case_id uuid,
   reference text NOT NULL DEFAULT '',
   reason text NOT NULL DEFAULT '',
   actor jsonb,
   recorded_at timestamptz NOT NULL,
   PRIMARY KEY (org_id, debtor_id, currency, place),
   UNIQUE (org_id, kind, source_id, case_id),
   FOREIGN KEY (org_id, debtor_id) REFERENCES debtor,
   FOREIGN KEY (org_id, case_id) REFERENCES case_file,
   CHECK ((kind = 'carried') = (source_id IS NULL)),
   CHECK ((source_id IS NULL) = (case_id IS NULL)),
   CHECK (minor <> 0 OR missing_minor > 0)`,
  { append: true },
);

const creditRefund = tenantTable(
  'credit_refund',
  `refund_id uuid NOT NULL,
   case_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   currency text NOT NULL,
   amount_minor bigint NOT NULL CHECK (amount_minor > 0),
   paid_on date NOT NULL,
   reference text NOT NULL,
   reason text NOT NULL,
   actor jsonb NOT NULL,
   recorded_at timestamptz NOT NULL,
   content_hash text NOT NULL,
   PRIMARY KEY (org_id, refund_id),
   FOREIGN KEY (org_id, case_id) REFERENCES case_file`,
  { append: true },
);

const refundReversal = tenantTable(
  'credit_refund_reversal',
  `refund_id uuid NOT NULL,
   reason text NOT NULL,
   actor jsonb NOT NULL,
   reversed_at timestamptz NOT NULL,
   PRIMARY KEY (org_id, refund_id),
   FOREIGN KEY (org_id, refund_id) REFERENCES credit_refund`,
  { append: true },
);

/**
 * What was held before: each overpayment and its reversal as they were recorded, then, as one
 * movement, what came of matters, of which no day was kept.
 */
const carryOver = `
WITH told AS (
  SELECT p.org_id, p.debtor_id, p.currency, p.payment_id, p.case_id, a.amount_minor AS minor,
         CASE WHEN a.line > 0 THEN 'overpaid' ELSE 'overpaid_reversed' END AS kind,
         CASE WHEN a.line > 0 THEN p.received_on
              ELSE (v.reversed_at AT TIME ZONE 'Asia/Shanghai')::date END AS on_day,
         p.reference, CASE WHEN a.line > 0 THEN '' ELSE v.reason END AS reason,
         CASE WHEN a.line > 0 THEN p.actor ELSE v.actor END AS actor,
         CASE WHEN a.line > 0 THEN p.recorded_at ELSE v.reversed_at END AS recorded_at, a.line
    FROM allocation a
    JOIN payment p USING (org_id, payment_id)
    LEFT JOIN payment_reversal v USING (org_id, payment_id)
   WHERE a.part = 'credit')
INSERT INTO credit_movement (org_id, debtor_id, currency, place, kind, minor, balance_minor,
       on_day, source_id, case_id, reference, reason, actor, recorded_at)
SELECT org_id, debtor_id, currency, row_number() OVER w, kind, minor, sum(minor) OVER w, on_day,
       payment_id, case_id, reference, reason, actor, recorded_at
  FROM told
WINDOW w AS (PARTITION BY org_id, debtor_id, currency ORDER BY recorded_at, line DESC, payment_id
             ROWS UNBOUNDED PRECEDING);

INSERT INTO credit_movement (org_id, debtor_id, currency, place, kind, minor, balance_minor,
       on_day, recorded_at)
SELECT k.org_id, k.debtor_id, k.currency, coalesce(m.places, 0) + 1, 'carried',
       k.credit_minor - coalesce(m.minor, 0), k.credit_minor,
       (now() AT TIME ZONE 'Asia/Shanghai')::date, now()
  FROM debtor_credit k
  LEFT JOIN (SELECT org_id, debtor_id, currency, count(*) AS places, sum(minor) AS minor
               FROM credit_movement GROUP BY org_id, debtor_id, currency) m
    USING (org_id, debtor_id, currency)
 WHERE k.credit_minor <> coalesce(m.minor, 0);

UPDATE debtor_credit k SET movements = m.places
  FROM (SELECT org_id, debtor_id, currency, max(place) AS places
          FROM credit_movement GROUP BY org_id, debtor_id, currency) m
 WHERE (k.org_id, k.debtor_id, k.currency) = (m.org_id, m.debtor_id, m.currency);`;

/** What was paid above a claim is no recovery of it, so that each cent counts once. */
const recovered = `
UPDATE case_file c SET recovered_minor = c.recovered_minor - a.minor
  FROM (SELECT org_id, case_id, sum(amount_minor) AS minor FROM allocation
         WHERE part = 'credit' GROUP BY org_id, case_id) a
 WHERE a.minor <> 0 AND c.org_id = a.org_id AND c.case_id = a.case_id;`;

export const up: string[] = [
  `ALTER TABLE debtor_credit ADD COLUMN movements bigint NOT NULL DEFAULT 0`,
  creditMovement,
  creditRefund,
  refundReversal,
  carryOver,
  recovered,
];

/** Credit that is not the sum of its movements. */
export const assert = `
SELECT k.org_id, k.debtor_id, k.currency FROM debtor_credit k
  LEFT JOIN (SELECT org_id, debtor_id, currency, sum(minor) AS minor, max(place) AS places
               FROM credit_movement GROUP BY org_id, debtor_id, currency) m
    USING (org_id, debtor_id, currency)
 WHERE k.credit_minor <> coalesce(m.minor, 0) OR k.movements <> coalesce(m.places, 0)`;
