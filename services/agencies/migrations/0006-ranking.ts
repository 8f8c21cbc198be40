import { tenantTable } from '@recourse/kit/tenancy.ts';

export const up = [
  // What a creditor counts how much; defaults are rule data and have no row.
  tenantTable(
    'ranking_weights',
    `weights jsonb NOT NULL,
     set_by jsonb NOT NULL,
     set_at timestamptz NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id)`,
  ),

  // Contacts made for the creditor and refused by the rules, per agency and day.
  tenantTable(
    'ranking_contact',
    `agency_id uuid NOT NULL,
     day date NOT NULL,
     contacts integer NOT NULL,
     refused integer NOT NULL,
     PRIMARY KEY (org_id, agency_id, day)`,
  ),

  // A ranking as it was made: of a month, of all cases (no kind) or of a segment of them.
  tenantTable(
    'ranking',
    `month text NOT NULL CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
     segment_kind text NOT NULL CHECK (segment_kind IN ('', 'industry', 'region')),
     segment text NOT NULL,
     first_day date NOT NULL,
     last_day date NOT NULL,
     made_at timestamptz NOT NULL,
     cases bigint NOT NULL,
     model jsonb NOT NULL,
     PRIMARY KEY (org_id, month, segment_kind, segment)`,
  ),

  // An agency sees its own standing of all cases, and no other row.
  tenantTable(
    'ranking_standing',
    `month text NOT NULL,
     segment_kind text NOT NULL,
     segment text NOT NULL,
     agency_id uuid NOT NULL,
     place integer NOT NULL CHECK (place >= 1),
     agencies integer NOT NULL CHECK (agencies >= place),
     suggestion text NOT NULL,
     creditor_name text NOT NULL,
     first_day date NOT NULL,
     last_day date NOT NULL,
     made_at timestamptz NOT NULL,
     entry jsonb NOT NULL,
     PRIMARY KEY (org_id, month, segment_kind, segment, agency_id),
     FOREIGN KEY (org_id, month, segment_kind, segment) REFERENCES ranking ON DELETE CASCADE`,
    { see: `agency_id = (SELECT app_org()) AND segment_kind = ''` },
  ),
  `CREATE INDEX ranking_standing_of_agency ON ranking_standing (agency_id, month)
     WHERE segment_kind = ''`,
  'CREATE INDEX placement_by_acceptance ON placement (org_id, accepted_at)',
];
