import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * The book: who owes (debtor), what is owed (receivable), what is done about it (case_file; `case`
 * is a reserved word of SQL), and which agency may see it (placement_grant). org_id is always the
 * creditor's; an agency sees a row only through one of its own grants that is ACTIVE.
 */
const grantedToAgency = (link: string): string =>
  `EXISTS (SELECT FROM placement_grant g WHERE ${link}
     AND g.agency_id = (SELECT app_org()) AND g.state = 'ACTIVE')`;

/** Fed by the events of agencies; a state only moves on: OFFERED → ACTIVE → an ended one. */
const placementGrant = tenantTable(
  'placement_grant',
  `placement_id uuid NOT NULL,
   case_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   agency_id uuid NOT NULL,
   agency_name text NOT NULL,
   state text NOT NULL CHECK (state IN ('OFFERED','ACTIVE','DECLINED','RECALLED','COMPLETED')),
   currency text NOT NULL,
   placed_minor bigint NOT NULL,       -- what was open when it was offered
   offered_at timestamptz,
   accepted_at timestamptz,
   ended_at timestamptz,
   PRIMARY KEY (org_id, placement_id)`,
  { see: 'agency_id = (SELECT app_org())' },
);

const debtor = tenantTable(
  'debtor',
  `debtor_id uuid NOT NULL,            -- namedUuid(org_id, customer_key)
   customer_key text NOT NULL,         -- normalised identity of the customer
   customer_number text NOT NULL,      -- as delivered
   name text NOT NULL,
   aliases jsonb NOT NULL DEFAULT '[]',
   credit_code text NOT NULL DEFAULT '',
   region text NOT NULL DEFAULT '',
   industry text NOT NULL DEFAULT '',
   contacts_sealed text NOT NULL DEFAULT '', -- people, as store/contact-seal.ts writes them
   time_zone text NOT NULL DEFAULT 'Asia/Shanghai',
   import_id uuid,                     -- the import that first brought it
   told_version bigint NOT NULL DEFAULT 0, -- of the customer, as credit told it last
   version bigint NOT NULL DEFAULT 1,
   PRIMARY KEY (org_id, debtor_id),
   UNIQUE (org_id, customer_key)`,
  { see: grantedToAgency('g.org_id = debtor.org_id AND g.debtor_id = debtor.debtor_id') },
);

/**
 * One open case per debtor and currency. The figures are kept by the same transaction that changes
 * them.
 */
const caseFile = tenantTable(
  'case_file',
  `case_id uuid NOT NULL,
   number text NOT NULL,               -- C-2026-000123
   org_name text NOT NULL,
   debtor_id uuid NOT NULL,
   debtor_name text NOT NULL,
   currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
   state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN','CLOSED')),
   stage text NOT NULL DEFAULT 'SOFT_COLLECTION'
     CHECK (stage IN ('SOFT_COLLECTION','PRE_LITIGATION','LITIGATION','ASSET_RECOVERY')),
   outcome text CHECK (outcome IN ('PAID','SETTLED','WRITTEN_OFF','SOLD','WITHDRAWN')),
   tier text NOT NULL CHECK (tier IN ('HIGH','MEDIUM','LOW')),
   tier_why jsonb NOT NULL,
   handling text NOT NULL DEFAULT 'INTERNAL' CHECK (handling IN ('INTERNAL','OFFERED','PLACED')),
   placement_id uuid,
   agency_id uuid,
   agency_name text NOT NULL DEFAULT '',
   open_minor bigint NOT NULL CHECK (open_minor >= 0),
   overdue_minor bigint NOT NULL CHECK (overdue_minor BETWEEN 0 AND open_minor),
   recovered_minor bigint NOT NULL DEFAULT 0,
   receivable_count bigint NOT NULL,   -- those with something open
   oldest_due_date date NOT NULL,      -- of what is open, else of what was last open
   assignee_id uuid,
   assignee_name text NOT NULL DEFAULT '',
   next_step text NOT NULL DEFAULT '',
   next_day date NOT NULL DEFAULT 'infinity',
   next_why jsonb,
   last_contact_at timestamptz NOT NULL DEFAULT '-infinity',
   missed_calls int NOT NULL DEFAULT 0, -- in a row, since somebody was reached
   opened_at timestamptz NOT NULL,
   closed_at timestamptz,
   version bigint NOT NULL DEFAULT 1,
   PRIMARY KEY (org_id, case_id),
   UNIQUE (org_id, number),
   FOREIGN KEY (org_id, debtor_id) REFERENCES debtor,
   CHECK ((state = 'CLOSED') = (outcome IS NOT NULL)),
   CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))`,
  { see: grantedToAgency('g.org_id = case_file.org_id AND g.case_id = case_file.case_id') },
);

/**
 * `open_minor` is what is owed now. What the last delivery said is kept beside it
 * (`delivered_open_minor`, `delivered_settled_date`), for two reasons: a re-import that repeats an
 * old open amount must not undo a payment recorded here since, and what was open as of a past day D
 * is
 *   open_minor + Σ principal allocated with received_on > D
 *     + (amount_minor − delivered_open_minor when delivered_settled_date > D),
 *   never beyond amount_minor;
 *   0 when it is settled now (open_minor = 0) and document_date > D: it did not exist on that day.
 * An item that is still open counts whatever its document date, since ledgers date documents ahead.
 * Costs and interest are claimed on top of the document and are not part of its open amount.
 */
const receivable = tenantTable(
  'receivable',
  `receivable_id uuid NOT NULL,
   document_key text NOT NULL,         -- normalised identity of the document
   document_number text NOT NULL,      -- as delivered, leading zeros intact
   company_code text NOT NULL DEFAULT '',
   debtor_id uuid NOT NULL,
   document_date date,
   due_date date NOT NULL,
   currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
   amount_minor bigint NOT NULL,
   open_minor bigint NOT NULL,
   costs_minor bigint NOT NULL DEFAULT 0 CHECK (costs_minor >= 0),       -- open costs of collecting
   interest_minor bigint NOT NULL DEFAULT 0 CHECK (interest_minor >= 0), -- open interest
   settled_date date,
   delivered_open_minor bigint NOT NULL,
   delivered_settled_date date,
   disputed boolean NOT NULL DEFAULT false,
   payment_terms text NOT NULL DEFAULT '',
   description text NOT NULL DEFAULT '',
   import_id uuid,
   case_id uuid,
   content_hash text NOT NULL,
   version bigint NOT NULL DEFAULT 1,
   PRIMARY KEY (org_id, receivable_id),
   UNIQUE (org_id, document_key),
   FOREIGN KEY (org_id, debtor_id) REFERENCES debtor,
   FOREIGN KEY (org_id, case_id) REFERENCES case_file,
   CHECK (open_minor BETWEEN least(0, amount_minor) AND greatest(0, amount_minor))`,
  { see: grantedToAgency('g.org_id = receivable.org_id AND g.case_id = receivable.case_id') },
);

const indexes = [
  `CREATE INDEX placement_grant_case ON placement_grant (org_id, case_id)`,
  `CREATE INDEX placement_grant_agency ON placement_grant (agency_id, state, org_id, case_id)`,
  `CREATE INDEX placement_grant_debtor ON placement_grant (org_id, debtor_id)`,
  `CREATE UNIQUE INDEX case_file_one_open ON case_file (org_id, debtor_id, currency)
     WHERE state = 'OPEN'`,
  `CREATE INDEX case_file_debtor ON case_file (org_id, debtor_id)`,
  `CREATE INDEX case_file_open ON case_file (org_id, state, open_minor, case_id)`,
  `CREATE INDEX case_file_tier ON case_file (org_id, state, tier, open_minor, case_id)`,
  `CREATE INDEX case_file_due ON case_file (org_id, state, oldest_due_date, case_id)`,
  `CREATE INDEX case_file_next ON case_file (org_id, state, next_day, case_id)`,
  `CREATE INDEX case_file_contact ON case_file (org_id, state, last_contact_at, case_id)`,
  `CREATE INDEX case_file_name ON case_file (org_id, state, debtor_name, case_id)`,
  `CREATE INDEX case_file_handling ON case_file (org_id, handling, state)`,
  `CREATE INDEX case_file_currency ON case_file (org_id, currency, state)`,
  `CREATE INDEX case_file_agency ON case_file (org_id, agency_id) WHERE agency_id IS NOT NULL`,
  `CREATE INDEX case_file_assignee ON case_file (org_id, assignee_id)
     WHERE assignee_id IS NOT NULL`,
  `CREATE INDEX receivable_debtor ON receivable (org_id, debtor_id, due_date)`,
  `CREATE INDEX receivable_case ON receivable (org_id, case_id, due_date)
     WHERE case_id IS NOT NULL`,
  `CREATE INDEX receivable_due ON receivable (org_id, due_date, receivable_id)`,
  `CREATE INDEX receivable_open ON receivable (org_id, open_minor, receivable_id)
     WHERE open_minor <> 0`,
];

export const up = [placementGrant, debtor, caseFile, receivable, ...indexes];
