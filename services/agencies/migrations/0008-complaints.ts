import { tenantTable } from '@recourse/kit/tenancy.ts';

export const up = [
  // org_id is the creditor's; an agency sees what was said about it.
  tenantTable(
    'complaint',
    `complaint_id uuid NOT NULL,
     agency_id uuid NOT NULL,
     case_id uuid,
     source text NOT NULL,
     subject text NOT NULL,
     received_on date NOT NULL,
     text text NOT NULL,
     answer_by date NOT NULL,
     outcome text NOT NULL CHECK (outcome IN ('', 'UPHELD', 'UNFOUNDED')),
     answer text NOT NULL,
     answered_at timestamptz,
     recorded_at timestamptz NOT NULL,
     content_hash text NOT NULL,
     PRIMARY KEY (org_id, complaint_id)`,
    { see: 'agency_id = (SELECT app_org())' },
  ),
  'CREATE INDEX complaint_by_time ON complaint (org_id, recorded_at, complaint_id)',
  'CREATE INDEX complaint_of_agency ON complaint (agency_id, recorded_at)',
];
