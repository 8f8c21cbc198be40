import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * Handover packs (domain.md 6.4). How a liaison is reached is sealed; an agency reads a pack in the
 * creditor's name after its placement was looked at, and alone learns whose a paper is.
 */
export const up = [
  tenantTable(
    'pack_policy',
    `required text[] NOT NULL,
     liaison jsonb,
     reach_sealed text NOT NULL,
     floor_bps int CHECK (floor_bps BETWEEN 1 AND 10000),
     version bigint NOT NULL,
     changed_by jsonb NOT NULL,
     changed_at timestamptz NOT NULL,
     PRIMARY KEY (org_id)`,
  ),
  tenantTable(
    'case_pack',
    `case_id uuid NOT NULL,
     background text NOT NULL DEFAULT '',
     liaison jsonb,
     reach_sealed text NOT NULL DEFAULT '',
     floor_bps int CHECK (floor_bps BETWEEN 1 AND 10000),
     placed_by text NOT NULL DEFAULT '',
     version bigint NOT NULL DEFAULT 0,
     changed_by jsonb,
     changed_at timestamptz,
     PRIMARY KEY (org_id, case_id)`,
  ),
  tenantTable(
    'pack_paper',
    `paper_id uuid NOT NULL,
     item text NOT NULL CHECK (item IN ('CONTRACT', 'VOUCHER', 'STATEMENT')),
     title text NOT NULL,
     file jsonb NOT NULL,
     added_by jsonb NOT NULL,
     added_at timestamptz NOT NULL,
     PRIMARY KEY (org_id, paper_id)`,
    { append: true },
  ),
  tenantTable(
    'pack_enclosure',
    `case_id uuid NOT NULL,
     paper_id uuid NOT NULL,
     enclosed_at timestamptz NOT NULL,
     removed_by jsonb,
     removed_at timestamptz,
     PRIMARY KEY (org_id, case_id, paper_id),
     FOREIGN KEY (org_id, paper_id) REFERENCES pack_paper`,
    {
      see: `removed_at IS NULL AND EXISTS (SELECT FROM placement p
              WHERE p.org_id = pack_enclosure.org_id AND p.case_id = pack_enclosure.case_id
                AND p.agency_id = (SELECT app_org()) AND p.state = 'ACTIVE')`,
    },
  ),
  'CREATE INDEX pack_enclosure_of ON pack_enclosure (paper_id)',
];
