import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * The daily work on a case. Contacts, payments, allocations and the timeline are added and never
 * changed; a payment is taken back by new rows. An agency sees those of its active placements.
 */
const seenByAgency = (table: string): { see: string } => ({
  see: `EXISTS (SELECT FROM placement_grant g
     WHERE g.org_id = ${table}.org_id AND g.case_id = ${table}.case_id
       AND g.agency_id = (SELECT app_org()) AND g.state = 'ACTIVE')`,
});

const added = (table: string) => ({ ...seenByAgency(table), append: true });

/** A refused attempt is a row too; only permitted ones count against the day's limit. */
const contact = tenantTable(
  'contact',
  `contact_id uuid NOT NULL,
   case_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   agency_id uuid,                     -- null when the creditor's own people made it
   channel text NOT NULL,
   party text NOT NULL,
   result text NOT NULL,
   attitude text NOT NULL,
   excuse text NOT NULL,
   note text NOT NULL,
   companion text NOT NULL,
   happened_at timestamptz NOT NULL,
   contact_day date NOT NULL,          -- in the debtor's zone
   permitted boolean NOT NULL,
   verdict jsonb NOT NULL,
   actor jsonb NOT NULL,
   recorded_at timestamptz NOT NULL,
   content_hash text NOT NULL,
   PRIMARY KEY (org_id, contact_id),
   FOREIGN KEY (org_id, case_id) REFERENCES case_file,
   FOREIGN KEY (org_id, debtor_id) REFERENCES debtor`,
  added('contact'),
);

const promise = tenantTable(
  'promise',
  `promise_id uuid NOT NULL,
   case_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   agency_id uuid,
   currency text NOT NULL,
   amount_minor bigint NOT NULL CHECK (amount_minor > 0),
   made_on date NOT NULL,              -- in the creditor's zone
   due_day date NOT NULL,
   channel text NOT NULL,
   promised_by text NOT NULL,
   state text NOT NULL DEFAULT 'PENDING'
     CHECK (state IN ('PENDING','KEPT','PARTLY_KEPT','BROKEN')),
   received_minor bigint NOT NULL DEFAULT 0 CHECK (received_minor BETWEEN 0 AND amount_minor),
   settled_at timestamptz,
   actor jsonb NOT NULL,
   made_at timestamptz NOT NULL,
   content_hash text NOT NULL,
   PRIMARY KEY (org_id, promise_id),
   FOREIGN KEY (org_id, case_id) REFERENCES case_file`,
  seenByAgency('promise'),
);

const payment = tenantTable(
  'payment',
  `payment_id uuid NOT NULL,
   case_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   agency_id uuid,
   currency text NOT NULL,
   amount_minor bigint NOT NULL CHECK (amount_minor > 0),
   received_on date NOT NULL,
   means text NOT NULL,
   reference text NOT NULL,
   note text NOT NULL,
   actor jsonb NOT NULL,
   recorded_at timestamptz NOT NULL,
   content_hash text NOT NULL,
   PRIMARY KEY (org_id, payment_id),
   FOREIGN KEY (org_id, case_id) REFERENCES case_file`,
  added('payment'),
);

const paymentReversal = tenantTable(
  'payment_reversal',
  `payment_id uuid NOT NULL,
   case_id uuid NOT NULL,
   reason text NOT NULL,
   actor jsonb NOT NULL,
   reversed_at timestamptz NOT NULL,
   PRIMARY KEY (org_id, payment_id),
   FOREIGN KEY (org_id, payment_id) REFERENCES payment`,
  added('payment_reversal'),
);

/** Line n of a payment, or −n that takes it back; so a line can be taken back once only. */
const allocation = tenantTable(
  'allocation',
  `payment_id uuid NOT NULL,
   line int NOT NULL CHECK (line <> 0),
   case_id uuid NOT NULL,
   receivable_id uuid,
   part text NOT NULL CHECK (part IN ('costs','interest','principal','credit')),
   amount_minor bigint NOT NULL CHECK (sign(amount_minor) = sign(line)),
   received_on date NOT NULL,
   PRIMARY KEY (org_id, payment_id, line),
   FOREIGN KEY (org_id, payment_id) REFERENCES payment,
   FOREIGN KEY (org_id, receivable_id) REFERENCES receivable,
   CHECK ((part = 'credit') = (receivable_id IS NULL))`,
  added('allocation'),
);

/** What a debtor has paid above what was owed. */
const debtorCredit = tenantTable(
  'debtor_credit',
  `debtor_id uuid NOT NULL,
   currency text NOT NULL,
   credit_minor bigint NOT NULL CHECK (credit_minor >= 0),
   PRIMARY KEY (org_id, debtor_id, currency),
   FOREIGN KEY (org_id, debtor_id) REFERENCES debtor`,
);

const timelineEntry = tenantTable(
  'timeline_entry',
  `case_id uuid NOT NULL,
   at timestamptz NOT NULL,
   entry_id uuid NOT NULL DEFAULT uuidv7(),
   kind text NOT NULL CHECK (kind IN ('contact','promise','payment','placement','case')),
   what text NOT NULL,
   actor jsonb,
   currency text,
   amount_minor bigint,
   text text NOT NULL DEFAULT '',
   facts jsonb NOT NULL DEFAULT '{}',
   PRIMARY KEY (org_id, case_id, at, entry_id)`,
  added('timeline_entry'),
);

/** The last case number of a year. */
const caseCounter = tenantTable(
  'case_counter',
  `year int NOT NULL,
   last bigint NOT NULL,
   PRIMARY KEY (org_id, year)`,
);

const indexes = [
  `CREATE INDEX contact_day ON contact (org_id, debtor_id, contact_day)`,
  `CREATE INDEX contact_case ON contact (org_id, case_id, happened_at)`,
  `CREATE INDEX promise_case ON promise (org_id, case_id)`,
  `CREATE INDEX promise_due ON promise (org_id, due_day, promise_id)`,
  `CREATE INDEX promise_pending ON promise (org_id, due_day) WHERE state = 'PENDING'`,
  `CREATE INDEX payment_case ON payment (org_id, case_id, recorded_at, payment_id)`,
  `CREATE INDEX payment_received ON payment (org_id, received_on)`,
  `CREATE INDEX allocation_receivable ON allocation (org_id, receivable_id)
     WHERE receivable_id IS NOT NULL`,
  `CREATE INDEX allocation_received ON allocation (org_id, received_on)`,
];

export const up = [
  contact,
  promise,
  payment,
  paymentReversal,
  allocation,
  debtorCredit,
  timelineEntry,
  caseCounter,
  ...indexes,
];
