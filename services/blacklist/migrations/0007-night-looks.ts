import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Receipts of the nightly screening: one for each batch of customers that was looked at, also when
 * nothing was found, so that of every customer it can be shown on which nights it was asked about,
 * of whom, by what and with which answer. Never changed afterwards, and no part of any quota: the
 * quota is of what people ask.
 */
export const up: string[] = [
  tenantTable(
    'night_look',
    `receipt_id uuid NOT NULL,
     -- The job that looked; its batches share it.
     run_id uuid NOT NULL,
     at timestamptz NOT NULL,
     kind text NOT NULL CHECK (kind IN ('COMPANY', 'PERSON')),
     -- Whose lists the run reached; of natural persons each look says whose of them it asked.
     association_ids uuid[] NOT NULL,
     customer_ids uuid[] NOT NULL,
     clear_count integer NOT NULL,
     possible_count integer NOT NULL,
     listed_count integer NOT NULL,
     -- What was asked of each customer and what was found, as JSON; sealed when of natural persons.
     looks text NOT NULL,
     PRIMARY KEY (org_id, receipt_id)`,
    { append: true },
  ),
  'CREATE INDEX night_look_by_time ON night_look (org_id, at, receipt_id)',
  'CREATE INDEX night_look_of_customer ON night_look USING gin (customer_ids)',
];
