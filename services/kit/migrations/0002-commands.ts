import { tenantTable } from '../tenancy.ts';

/**
 * What was answered to which request; the unique key makes a repeat wait for the first to finish.
 */
export const up = tenantTable(
  'command_receipt',
  `request_id uuid NOT NULL,
   content_hash text NOT NULL,
   answer jsonb,
   answered_at timestamptz NOT NULL DEFAULT now(),
   PRIMARY KEY (org_id, request_id)`,
  { system: 'ALL' },
);
