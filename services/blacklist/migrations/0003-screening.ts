import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * org_id is the asking member's. The association sees that its entries were looked up and why, so
 * that it can tell the listed party; it does not see what was asked and not found.
 */
const ofMyEntries = 'association_id = (SELECT app_org())';

export const up = [
  tenantTable(
    'look_up',
    `look_up_id uuid NOT NULL,
     purpose text NOT NULL,
     at timestamptz NOT NULL,
     actor jsonb NOT NULL,
     kind text NOT NULL CHECK (kind IN ('COMPANY', 'PERSON')),
     customer_id uuid,
     -- What was asked and answered; sealed when it is about a natural person.
     asked text NOT NULL,
     answer text NOT NULL,
     verdict text NOT NULL CHECK (verdict IN ('CLEAR', 'POSSIBLE', 'LISTED')),
     consent_reference text NOT NULL,
     content_hash text NOT NULL,
     PRIMARY KEY (org_id, look_up_id)`,
    { append: true },
  ),
  'CREATE INDEX look_up_by_time ON look_up (org_id, at, look_up_id)',
  tenantTable(
    'look_up_hit',
    `look_up_id uuid NOT NULL,
     listing_id uuid NOT NULL,
     association_id uuid NOT NULL,
     purpose text NOT NULL,
     at timestamptz NOT NULL,
     PRIMARY KEY (org_id, look_up_id, listing_id)`,
    { append: true, see: ofMyEntries },
  ),
  'CREATE INDEX look_up_hit_of_listing ON look_up_hit (listing_id, purpose)',
  tenantTable(
    'quota_use',
    `day date NOT NULL,
     kind text NOT NULL CHECK (kind IN ('look_up', 'bulk_row')),
     used integer NOT NULL CHECK (used >= 0),
     PRIMARY KEY (org_id, day, kind)`,
  ),
  tenantTable(
    'subject_report',
    `report_id uuid NOT NULL,
     -- Keyed hash of the identifier: whose report it was.
     subject_hash text NOT NULL,
     year integer NOT NULL,
     free boolean NOT NULL,
     identity_proof text NOT NULL,
     payment_reference text NOT NULL,
     actor jsonb NOT NULL,
     issued_at timestamptz NOT NULL,
     content_hash text NOT NULL,
     PRIMARY KEY (org_id, report_id)`,
    { append: true },
  ),
  'CREATE INDEX subject_report_of_year ON subject_report (org_id, subject_hash, year)',

  // The member's own customers, as credit and cases tell of them.
  tenantTable(
    'present_customer',
    `customer_id uuid NOT NULL,
     name text NOT NULL,
     credit_code text NOT NULL,
     told_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, customer_id)`,
  ),
  `CREATE INDEX present_customer_by_code ON present_customer (org_id, credit_code)
     WHERE credit_code <> ''`,
  tenantTable(
    'alert',
    `alert_id uuid NOT NULL,
     customer_id uuid NOT NULL,
     listing_id uuid NOT NULL,
     association_id uuid NOT NULL,
     state text NOT NULL CHECK (state IN ('POSSIBLE', 'CONFIRMED', 'NAMESAKE', 'CLEARED')),
     score integer NOT NULL,
     reasons jsonb NOT NULL,
     found_at timestamptz NOT NULL,
     settled_at timestamptz,
     note text NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, alert_id),
     FOREIGN KEY (org_id, customer_id) REFERENCES present_customer`,
  ),
  'CREATE INDEX alert_by_time ON alert (org_id, found_at, alert_id)',
  'CREATE UNIQUE INDEX alert_once ON alert (org_id, customer_id, listing_id)',
  tenantTable(
    'bulk_screen',
    `bulk_id uuid NOT NULL,
     purpose text NOT NULL,
     upload_id uuid,
     file_name text NOT NULL,
     rows_given jsonb NOT NULL,
     state text NOT NULL CHECK (state IN ('RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
     done_count bigint NOT NULL DEFAULT 0,
     total_count bigint NOT NULL DEFAULT 0,
     reason text NOT NULL DEFAULT '',
     actor jsonb NOT NULL,
     asked_at timestamptz NOT NULL,
     content_hash text NOT NULL,
     PRIMARY KEY (org_id, bulk_id)`,
  ),
  'CREATE INDEX bulk_screen_by_time ON bulk_screen (org_id, asked_at, bulk_id)',
  tenantTable(
    'bulk_row',
    `bulk_id uuid NOT NULL,
     row_number bigint NOT NULL,
     name text NOT NULL,
     credit_code text NOT NULL,
     -- Empty for a row that could not be asked.
     verdict text NOT NULL CHECK (verdict IN ('', 'CLEAR', 'POSSIBLE', 'LISTED')),
     answer jsonb NOT NULL,
     PRIMARY KEY (org_id, bulk_id, row_number),
     FOREIGN KEY (org_id, bulk_id) REFERENCES bulk_screen`,
  ),
];
