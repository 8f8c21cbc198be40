import { tenantTable } from '@recourse/kit/tenancy.ts';

export const up = [
  // Name and answer of a row about a person are sealed; the answer is then a text in JSON.
  `ALTER TABLE bulk_row
     ADD COLUMN kind text NOT NULL DEFAULT 'COMPANY' CHECK (kind IN ('COMPANY', 'PERSON')),
     ADD COLUMN consent_reference text NOT NULL DEFAULT ''`,
  tenantTable(
    'person_watch',
    `customer_id uuid NOT NULL,
     -- Sealed; empty when the watch has ended.
     name text NOT NULL,
     -- The ID number as each association keeps it, by association.
     id_hashes jsonb NOT NULL,
     consent_reference text NOT NULL,
     consented_on date NOT NULL,
     until_on date NOT NULL,
     actor jsonb NOT NULL,
     recorded_at timestamptz NOT NULL,
     ended_at timestamptz,
     screened_at timestamptz,
     PRIMARY KEY (org_id, customer_id),
     FOREIGN KEY (org_id, customer_id) REFERENCES present_customer`,
  ),
  'CREATE INDEX person_watch_by_time ON person_watch (org_id, recorded_at, customer_id)',
];
