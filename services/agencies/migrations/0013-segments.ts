import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Recovery per segment, as sums that a job makes in the agency's own name over all its creditors,
 * and the complaints of the last year that count: part of what an agency publishes.
 */
export const up = [
  tenantTable(
    'agency_segment',
    `agency_id uuid NOT NULL,
     from_days integer NOT NULL CHECK (from_days >= 0),
     from_minor bigint NOT NULL CHECK (from_minor >= 0),
     industry text NOT NULL,
     sample integer NOT NULL CHECK (sample > 0),
     share_sum_bps bigint NOT NULL,
     PRIMARY KEY (org_id, agency_id, from_days, from_minor, industry),
     FOREIGN KEY (org_id, agency_id) REFERENCES agency`,
    { see: '(SELECT app_org()) IS NOT NULL' },
  ),
  'ALTER TABLE agency_record ADD COLUMN complaints integer NOT NULL DEFAULT 0',
  'ALTER TABLE agency_record ADD COLUMN complaints_upheld integer NOT NULL DEFAULT 0',
];
