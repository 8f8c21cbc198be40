import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Customers, the facts of their receivables as cases tells them, and the behaviour made of these.
 */
export const up = [
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  tenantTable(
    'customer',
    `customer_id uuid NOT NULL,
     kind text NOT NULL CHECK (kind IN ('COMPANY', 'PERSON')),
     customer_number text NOT NULL,
     name text NOT NULL,
     aliases jsonb NOT NULL,
     credit_code text NOT NULL,
     region text NOT NULL,
     industry text NOT NULL,
     -- Sealed: names and numbers of natural persons.
     contacts_sealed text NOT NULL,
     time_zone text NOT NULL,
     note text NOT NULL,
     edited_by_hand boolean NOT NULL,
     -- Everything a person may search by, in one column with one index.
     search_text text NOT NULL,
     -- Set when facts came in that the behaviour has not been made of yet.
     behaviour_stale boolean NOT NULL DEFAULT false,
     first_seen_at timestamptz NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, customer_id)`,
  ),
  'CREATE INDEX customer_by_name ON customer (org_id, name, customer_id)',
  'CREATE INDEX customer_by_number ON customer (org_id, customer_number, customer_id)',
  'CREATE INDEX customer_search ON customer USING gin (search_text gin_trgm_ops)',
  'CREATE INDEX customer_stale ON customer (org_id) WHERE behaviour_stale',
  tenantTable(
    'receivable_fact',
    `receivable_id uuid NOT NULL,
     customer_id uuid NOT NULL,
     document_date date,
     due_date date,
     currency text NOT NULL,
     amount_minor bigint,
     disputed boolean NOT NULL DEFAULT false,
     -- When the event with the dates and the amount was, and when the one with the open amount was:
     -- an older event that arrives later changes nothing.
     told_at timestamptz,
     open_minor bigint NOT NULL,
     settled_date date,
     open_told_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, receivable_id)`,
  ),
  'CREATE INDEX receivable_fact_by_customer ON receivable_fact (org_id, customer_id)',
  tenantTable(
    'behaviour',
    `customer_id uuid NOT NULL,
     currency text NOT NULL,
     as_of date NOT NULL,
     receivable_count bigint NOT NULL,
     settled_count bigint NOT NULL,
     exposure_minor bigint NOT NULL,
     overdue_minor bigint NOT NULL,
     late_share_bps integer NOT NULL,
     mean_days_late_tenths integer NOT NULL,
     worst_days_late integer NOT NULL,
     trend_tenths integer NOT NULL,
     trend_known boolean NOT NULL,
     disputed_count bigint NOT NULL,
     last_settled_date date,
     PRIMARY KEY (org_id, customer_id, currency),
     FOREIGN KEY (org_id, customer_id) REFERENCES customer ON DELETE CASCADE`,
  ),
  'CREATE INDEX behaviour_by_exposure ON behaviour (org_id, exposure_minor DESC, customer_id)',
  'CREATE INDEX behaviour_by_overdue ON behaviour (org_id, overdue_minor DESC, customer_id)',
];
