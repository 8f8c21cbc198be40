import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Profiles belong to the agency's own organisation and are published: whoever is signed in may
 * read.
 */
const published = 'published AND (SELECT app_org()) IS NOT NULL';
const signedIn = '(SELECT app_org()) IS NOT NULL';

export const up = [
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  tenantTable(
    'agency',
    `agency_id uuid NOT NULL,
     name text NOT NULL,
     description text NOT NULL,
     sectors jsonb NOT NULL,
     regions jsonb NOT NULL,
     languages jsonb NOT NULL,
     licences jsonb NOT NULL,
     list_terms jsonb NOT NULL,
     agent_count integer NOT NULL CHECK (agent_count >= 0),
     capacity_cases integer NOT NULL CHECK (capacity_cases >= 0),
     published boolean NOT NULL DEFAULT true,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, agency_id),
     CONSTRAINT agency_is_its_organisation CHECK (org_id = agency_id)`,
    { see: published },
  ),
  'CREATE INDEX agency_by_name ON agency (name, agency_id)',
  'CREATE INDEX agency_search ON agency USING gin (lower(name) gin_trgm_ops)',

  // Two counters over all creditors, kept by each transaction that places, accepts or ends. They
  // are part of what an agency publishes; a creditor's transaction may move them and nothing else.
  tenantTable(
    'agency_load',
    `agency_id uuid NOT NULL,
     offered integer NOT NULL DEFAULT 0 CHECK (offered >= 0),
     active integer NOT NULL DEFAULT 0 CHECK (active >= 0),
     PRIMARY KEY (org_id, agency_id),
     FOREIGN KEY (org_id, agency_id) REFERENCES agency`,
    { see: signedIn },
  ),
  `CREATE POLICY shared_change ON agency_load FOR UPDATE TO {app}
     USING (${signedIn}) WITH CHECK (${signedIn});
   REVOKE UPDATE, DELETE ON agency_load FROM {app};
   GRANT UPDATE (offered, active) ON agency_load TO {app};`,

  // Measured recovery as sums, made by a job in the agency's own name: no creditor can be told from
  // it.
  tenantTable(
    'agency_record',
    `agency_id uuid NOT NULL,
     sample integer NOT NULL DEFAULT 0,
     share_sum_bps bigint NOT NULL DEFAULT 0,
     paid_sample integer NOT NULL DEFAULT 0,
     days_to_first_payment_sum integer NOT NULL DEFAULT 0,
     reports_due integer NOT NULL DEFAULT 0,
     reports_on_time integer NOT NULL DEFAULT 0,
     measured_at timestamptz,
     PRIMARY KEY (org_id, agency_id),
     FOREIGN KEY (org_id, agency_id) REFERENCES agency`,
    { see: signedIn },
  ),
];
