import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * org_id is the creditor's from here on. An agency sees the rows that name it; it writes none: its
 * own verbs run in the creditor's transaction, after the row has said that it may.
 */
const namesAgency = 'agency_id = (SELECT app_org())';

export const up = [
  tenantTable(
    'placement',
    `placement_id uuid NOT NULL,
     case_id uuid NOT NULL,
     case_number text NOT NULL,
     masked_name text NOT NULL,
     creditor_name text NOT NULL,
     agency_id uuid NOT NULL,
     agency_name text NOT NULL,
     state text NOT NULL CHECK (state IN ('OFFERED','ACTIVE','DECLINED','RECALLED','COMPLETED')),
     terms jsonb NOT NULL,
     rate_bps integer NOT NULL CHECK (rate_bps BETWEEN 0 AND 10000),
     term text NOT NULL,
     currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
     placed_minor bigint NOT NULL CHECK (placed_minor > 0),
     placed_days_overdue integer NOT NULL,
     region text NOT NULL,
     industry text NOT NULL,
     note text NOT NULL,
     -- Kept by the transaction that adds a commission line.
     recovered_minor bigint NOT NULL DEFAULT 0,
     commission_minor bigint NOT NULL DEFAULT 0,
     placed_at timestamptz NOT NULL,
     accepted_at timestamptz,
     ended_at timestamptz,
     end_reason text NOT NULL DEFAULT '',
     answer_by date NOT NULL,
     content_hash text NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, placement_id),
     CONSTRAINT ended_when_over
       CHECK ((ended_at IS NULL) = (state IN ('OFFERED', 'ACTIVE'))),
     CONSTRAINT active_when_accepted CHECK (state <> 'ACTIVE' OR accepted_at IS NOT NULL)`,
    { see: namesAgency },
  ),
  'REVOKE DELETE ON placement FROM {app}',
  // A case is with one agency at a time.
  `CREATE UNIQUE INDEX placement_live ON placement (org_id, case_id)
     WHERE state IN ('OFFERED', 'ACTIVE')`,
  'CREATE INDEX placement_of_case ON placement (org_id, case_id)',
  'CREATE INDEX placement_by_time ON placement (org_id, placed_at, placement_id)',
  'CREATE INDEX placement_of_agency ON placement (agency_id, state, placed_at, placement_id)',
  `CREATE INDEX placement_unanswered ON placement (org_id, answer_by) WHERE state = 'OFFERED'`,

  // The full name has a row of its own, so that the database itself masks it: the agency sees the
  // row only while shown_to names it, which is while the placement is ACTIVE.
  tenantTable(
    'placement_debtor',
    `placement_id uuid NOT NULL,
     debtor_name text NOT NULL,
     shown_to uuid,
     PRIMARY KEY (org_id, placement_id),
     FOREIGN KEY (org_id, placement_id) REFERENCES placement`,
    { see: 'shown_to = (SELECT app_org())' },
  ),
  'REVOKE DELETE ON placement_debtor FROM {app}',

  // One row per case that was ever placed or closed. Placing and closing both take its lock, so
  // that a case cannot be placed and closed past each other.
  tenantTable(
    'case_standing',
    `case_id uuid NOT NULL,
     closed_at timestamptz,
     PRIMARY KEY (org_id, case_id)`,
  ),
];
