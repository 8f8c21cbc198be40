import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Which receivables a debt is made of, and what cases last told of each. Facts, joinings and
 * payments come in any order: each column keeps the instant of what told it, and a receivable of
 * which only a payment is known has no due day yet.
 */
export const up = [
  tenantTable(
    'receivable_fact',
    `receivable_id uuid NOT NULL,
     debtor_id uuid,
     due_day date,
     told_at timestamptz,
     open_minor bigint NOT NULL,
     currency text NOT NULL,
     open_told_at timestamptz NOT NULL,
     -- An import that brought it was undone.
     removed_at timestamptz,
     PRIMARY KEY (org_id, receivable_id)`,
  ),
  tenantTable(
    'claim',
    `debt_id uuid NOT NULL,
     receivable_id uuid NOT NULL,
     document_number text NOT NULL,
     PRIMARY KEY (org_id, debt_id, receivable_id)`,
  ),
  'CREATE INDEX claim_of_receivable ON claim (org_id, receivable_id)',
  `ALTER TABLE limitation_event ADD COLUMN receivable_ids uuid[] NOT NULL DEFAULT '{}'`,
];
