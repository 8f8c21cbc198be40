import { getConstructionPlans } from 'pg-boss';
import { tenantTable } from '../tenancy.ts';

/** pg-boss's own tables, made by the owner: no service role ever runs DDL. */
const boss = getConstructionPlans('pgboss')
  .replace(/^\s*BEGIN;/, '')
  .replace(/COMMIT;\s*$/, '')
  .replaceAll(/SET LOCAL \w+ = \d+;/g, '');

/**
 * Compared instead of the SQL, which comes from the package: schema version 43 of pg-boss 12.35.
 */
export const identity = 'pgboss-43';

/**
 * What people ask for and see of jobs is the tenant's `job` table; pg-boss runs them and is seen by
 * the system role alone.
 */
export const up = [
  boss,
  `GRANT USAGE ON SCHEMA pgboss TO {system};
   GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO {system};
   GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA pgboss TO {system};`,
  tenantTable(
    'job',
    `id uuid NOT NULL,
     name text NOT NULL,
     data jsonb NOT NULL,
     state text NOT NULL DEFAULT 'asked'
       CHECK (state IN ('asked', 'queued', 'running', 'done', 'failed', 'cancelled')),
     stage text NOT NULL DEFAULT '',
     done_count bigint NOT NULL DEFAULT 0,
     total_count bigint NOT NULL DEFAULT 0,
     reason text NOT NULL DEFAULT '',
     detail text NOT NULL DEFAULT '',
     boss_id uuid,
     asked_at timestamptz NOT NULL DEFAULT now(),
     started_at timestamptz,
     cancel_asked_at timestamptz,
     ended_at timestamptz,
     PRIMARY KEY (org_id, id)`,
    { system: 'ALL' },
  ),
  `CREATE INDEX job_waiting ON job (name, asked_at) WHERE state = 'asked';
   CREATE INDEX job_at_work ON job (name) WHERE state IN ('queued', 'running');`,
];
