import { tenantTable } from '../tenancy.ts';

/**
 * What people of the platform did to events and jobs that had failed, one row for each event or
 * job; `org_id` is the organisation of whoever did it. It is never removed. The index serves the
 * list of jobs, latest first.
 */
export const up = [
  tenantTable(
    'repair',
    `id uuid NOT NULL DEFAULT uuidv7(),
     action text NOT NULL CHECK (action IN ('retry_event', 'discard_event', 'retry_job')),
     about_org_id uuid NOT NULL,
     subject_id uuid NOT NULL,
     subject text NOT NULL,
     consumer text NOT NULL,
     failure text NOT NULL,
     reason text NOT NULL,
     request_id uuid NOT NULL,
     actor jsonb NOT NULL,
     at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (org_id, id)`,
    { append: true, system: 'ALL' },
  ),
  `CREATE INDEX repair_subject ON repair (org_id, subject_id);
   CREATE INDEX job_asked ON job (asked_at DESC, id DESC);`,
];
