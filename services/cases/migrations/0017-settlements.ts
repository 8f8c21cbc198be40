import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Settlements. What was proposed and decided stays as it was; what was received is decided anew
 * from the payments. An agency sees those of its active placements.
 */
const settlement = tenantTable(
  'settlement',
  `settlement_id uuid NOT NULL,
   case_id uuid NOT NULL,
   debtor_id uuid NOT NULL,
   agency_id uuid,                     -- whose people proposed it; null for the creditor's own
   currency text NOT NULL,
   amount_minor bigint NOT NULL CHECK (amount_minor > 0),
   due_day date NOT NULL,
   reason text NOT NULL,
   proposed_at timestamptz NOT NULL,
   actor jsonb NOT NULL,
   state text NOT NULL DEFAULT 'PROPOSED' CHECK (state IN
     ('PROPOSED','APPROVED','REFUSED','WITHDRAWN','FULFILLED','LAPSED')),
   open_minor bigint NOT NULL,         -- when it was proposed, then when it was decided
   suggested_bps int NOT NULL,         -- of the policy on that day
   receivable_ids uuid[],              -- what was open when it was approved: what it settles
   decided_on date,                    -- in the creditor's zone
   decided_at timestamptz,
   decided_by jsonb,
   decision_note text NOT NULL DEFAULT '',
   received_minor bigint NOT NULL DEFAULT 0 CHECK (received_minor >= 0),
   fulfilled_on date,
   settled_at timestamptz,
   withdrawn_at timestamptz,
   withdrawn_by jsonb,                 -- null when its day or its case was over
   withdraw_reason text NOT NULL DEFAULT '',
   content_hash text NOT NULL,
   CONSTRAINT settlement_pkey PRIMARY KEY (org_id, settlement_id),
   FOREIGN KEY (org_id, case_id) REFERENCES case_file,
   CHECK ((state = 'WITHDRAWN') = (withdrawn_at IS NOT NULL)),
   CHECK ((state = 'FULFILLED') = (fulfilled_on IS NOT NULL)),
   CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
   CHECK (state IN ('PROPOSED','WITHDRAWN') OR decided_at IS NOT NULL),
   CHECK (state NOT IN ('APPROVED','FULFILLED','LAPSED') OR receivable_ids IS NOT NULL)`,
  {
    see: `EXISTS (SELECT FROM placement_grant g
     WHERE g.org_id = settlement.org_id AND g.case_id = settlement.case_id
       AND g.agency_id = (SELECT app_org()) AND g.state = 'ACTIVE')`,
  },
);

export const up: string[] = [
  settlement,
  'CREATE INDEX settlement_case ON settlement (org_id, case_id, proposed_at)',
  `CREATE UNIQUE INDEX settlement_living ON settlement (org_id, case_id)
     WHERE state IN ('PROPOSED','APPROVED')`,
  `CREATE INDEX settlement_due ON settlement (org_id, due_day, case_id)
     WHERE state IN ('PROPOSED','APPROVED')`,
  `ALTER TABLE timeline_entry DROP CONSTRAINT timeline_entry_kind_check,
     ADD CONSTRAINT timeline_entry_kind_check CHECK
     (kind IN ('contact','letter','promise','plan','settlement','payment','placement','case'))`,
];
