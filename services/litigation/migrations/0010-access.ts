import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Who may act for the organisation, as far as it was decided: by person, and under the
 * organisation's own id for all its people. Who is not here was never suspended.
 */
export const up: string[] = [
  tenantTable(
    'access_told',
    `subject_id text NOT NULL,
     allowed boolean NOT NULL,
     told_version bigint NOT NULL,
     PRIMARY KEY (org_id, subject_id)`,
  ),
];
