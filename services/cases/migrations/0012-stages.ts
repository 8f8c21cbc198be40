import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * What brought cases to their stages: a letter or a matter, and how far it has come.
 */
export const up: string[] = [
  tenantTable(
    'case_stage_fact',
    `case_id uuid NOT NULL,
     source_id uuid NOT NULL,            -- a letter, or a matter
     stage text NOT NULL
       CHECK (stage IN ('SOFT_COLLECTION','PRE_LITIGATION','LITIGATION','ASSET_RECOVERY')),
     ended boolean NOT NULL,
     PRIMARY KEY (org_id, case_id, source_id),
     FOREIGN KEY (org_id, case_id) REFERENCES case_file`,
  ),
];
