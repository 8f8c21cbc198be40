import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Instalment plans and their instalments. What was agreed stays as it was; states and what was
 * received are decided anew from the payments. An agency sees those of its active placements.
 */
const seenByAgency = (table: string): { see: string } => ({
  see: `EXISTS (SELECT FROM placement_grant g
     WHERE g.org_id = ${table}.org_id AND g.case_id = ${table}.case_id
       AND g.agency_id = (SELECT app_org()) AND g.state = 'ACTIVE')`,
});

const plan = tenantTable(
  'instalment_plan',
  `plan_id uuid NOT NULL,
   case_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   currency text NOT NULL,
   amount_minor bigint NOT NULL CHECK (amount_minor > 0),
   accelerates boolean NOT NULL,
   consequences text NOT NULL,
   agreed_with text NOT NULL,
   agreed_on date NOT NULL,            -- in the creditor's zone
   agreed_at timestamptz NOT NULL,
   actor jsonb NOT NULL,
   state text NOT NULL DEFAULT 'ACTIVE'
     CHECK (state IN ('ACTIVE','KEPT','BROKEN','CANCELLED')),
   settled_at timestamptz,
   confirmed_on date,                  -- null while the written confirmation is outstanding
   confirmation_reference text NOT NULL,
   cancelled_at timestamptz,
   cancel_reason text NOT NULL DEFAULT '',
   cancelled_by jsonb,
   content_hash text NOT NULL,
   CONSTRAINT plan_pkey PRIMARY KEY (org_id, plan_id),
   FOREIGN KEY (org_id, case_id) REFERENCES case_file,
   CHECK ((confirmed_on IS NULL) = (confirmation_reference = '')),
   CHECK ((state = 'CANCELLED') = (cancelled_at IS NOT NULL))`,
  seenByAgency('instalment_plan'),
);

const instalment = tenantTable(
  'instalment',
  `plan_id uuid NOT NULL,
   number int NOT NULL CHECK (number > 0),
   case_id uuid NOT NULL,
   due_day date NOT NULL,
   amount_minor bigint NOT NULL CHECK (amount_minor > 0),
   state text NOT NULL DEFAULT 'PENDING'
     CHECK (state IN ('PENDING','MET','LATE','MISSED','ACCELERATED','CANCELLED')),
   received_minor bigint NOT NULL DEFAULT 0 CHECK (received_minor BETWEEN 0 AND amount_minor),
   met_on date,
   PRIMARY KEY (org_id, plan_id, number),
   UNIQUE (org_id, plan_id, due_day),
   FOREIGN KEY (org_id, plan_id) REFERENCES instalment_plan,
   FOREIGN KEY (org_id, case_id) REFERENCES case_file,
   CHECK ((met_on IS NULL) = (received_minor < amount_minor))`,
  seenByAgency('instalment'),
);

export const up: string[] = [
  plan,
  instalment,
  'CREATE INDEX instalment_plan_case ON instalment_plan (org_id, case_id, agreed_at)',
  `CREATE UNIQUE INDEX instalment_plan_active ON instalment_plan (org_id, case_id)
     WHERE state = 'ACTIVE'`,
  `CREATE INDEX instalment_pending ON instalment (org_id, case_id, due_day)
     WHERE state = 'PENDING'`,
  `ALTER TABLE timeline_entry DROP CONSTRAINT timeline_entry_kind_check,
     ADD CONSTRAINT timeline_entry_kind_check
     CHECK (kind IN ('contact','letter','promise','plan','payment','placement','case'))`,
];
