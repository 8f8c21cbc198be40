import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Matters, each kept whole as the contract's JSON; what lists search and sort by stands in columns
 * beside it.
 */
export const up = [
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  tenantTable(
    'matter',
    `matter_id uuid NOT NULL,
     serial integer NOT NULL,
     number text NOT NULL,
     state text NOT NULL CHECK (state IN ('OPEN', 'CLOSED')),
     debtor_id uuid NOT NULL,
     -- The procedures that were ever begun, in short words.
     procedures text[] NOT NULL,
     search_text text NOT NULL,
     opened_at timestamptz NOT NULL,
     content jsonb NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, matter_id),
     CONSTRAINT matter_serial UNIQUE (org_id, serial)`,
  ),
  'REVOKE DELETE ON matter FROM {app}',
  'CREATE INDEX matter_by_opening ON matter (org_id, opened_at DESC, matter_id DESC)',
  'CREATE INDEX matter_by_debtor ON matter (org_id, debtor_id)',
  'CREATE INDEX matter_search ON matter USING gin (search_text gin_trgm_ops)',
  tenantTable(
    'matter_case',
    `matter_id uuid NOT NULL,
     case_id uuid NOT NULL,
     matter_open boolean NOT NULL,
     PRIMARY KEY (org_id, matter_id, case_id),
     FOREIGN KEY (org_id, matter_id) REFERENCES matter`,
  ),
  // A case is claimed for in one open matter at a time.
  `CREATE UNIQUE INDEX matter_case_once ON matter_case (org_id, case_id) WHERE matter_open`,
  'CREATE INDEX matter_case_by_case ON matter_case (org_id, case_id)',
];
