import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * What litigation told of the money of a matter, each case's share of an entry, and what it did
 * here: so that it is done once, and taken back exactly, in whatever order it is told.
 */
const matterEntry = tenantTable(
  'matter_entry',
  `entry_id uuid NOT NULL,
   case_id uuid NOT NULL,
   matter_id uuid NOT NULL,
   kind text NOT NULL CHECK (kind IN ('cost','recovery')),
   what text NOT NULL,
   currency text NOT NULL,
   amount_minor bigint NOT NULL,       -- negative when it takes an earlier entry back
   on_day date NOT NULL,
   reverses_id uuid,
   receivable_id uuid,                 -- the one that the cost or the interest was put on
   raised_minor bigint NOT NULL DEFAULT 0, -- costs, or interest, that it put there
   PRIMARY KEY (org_id, entry_id, case_id),
   FOREIGN KEY (org_id, case_id) REFERENCES case_file`,
  { append: true },
);

const byReversed = `CREATE INDEX matter_entry_reversed ON matter_entry
  (org_id, reverses_id, case_id) WHERE reverses_id IS NOT NULL`;

export const up: string[] = [matterEntry, byReversed];
