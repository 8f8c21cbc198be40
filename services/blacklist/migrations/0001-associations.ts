import { tenantTable } from '@recourse/kit/tenancy.ts';

/**
 * org_id is the association's. A member sees its own membership and what its associations have
 * agreed; everything that is shared later asks these rows.
 */
const mine = 'member_id = (SELECT app_org())';

const agreedForMe = `partner_id = (SELECT app_org()) OR EXISTS (
  SELECT FROM member m WHERE m.member_id = (SELECT app_org()) AND m.state = 'ACTIVE'
     AND m.org_id IN (agreement.org_id, agreement.partner_id))`;

export const up = [
  tenantTable(
    'association',
    `association_id uuid NOT NULL,
     name text NOT NULL,
     description text NOT NULL,
     region text NOT NULL,
     industry text NOT NULL,
     -- On file for listing natural persons: without them consent is no ground.
     reporting_licence text NOT NULL,
     impact_assessment text NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, association_id),
     CONSTRAINT association_is_its_organisation CHECK (org_id = association_id)`,
    { see: '(SELECT app_org()) IS NOT NULL' },
  ),
  'CREATE INDEX association_by_name ON association (name, association_id)',
  tenantTable(
    'member',
    `member_id uuid NOT NULL,
     name text NOT NULL,
     group_name text NOT NULL,
     state text NOT NULL CHECK (state IN ('ACTIVE', 'SUSPENDED', 'LEFT')),
     joined_at timestamptz NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, member_id)`,
    { see: mine },
  ),
  'CREATE INDEX member_by_member ON member (member_id, org_id)',
  'CREATE INDEX member_by_name ON member (org_id, name, member_id)',
  tenantTable(
    'steward',
    `user_id text NOT NULL,
     name text NOT NULL,
     employer_id uuid,
     active boolean NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, user_id)`,
  ),
  tenantTable(
    'agreement',
    `agreement_id uuid NOT NULL,
     partner_id uuid NOT NULL,
     state text NOT NULL CHECK (state IN ('PROPOSED', 'ACTIVE', 'ENDED')),
     proposed_at timestamptz NOT NULL,
     accepted_at timestamptz,
     ended_at timestamptz,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, agreement_id),
     CONSTRAINT with_another CHECK (org_id <> partner_id),
     CONSTRAINT active_when_accepted CHECK (state <> 'ACTIVE' OR accepted_at IS NOT NULL)`,
    { see: agreedForMe },
  ),
  `CREATE UNIQUE INDEX agreement_live ON agreement (org_id, partner_id) WHERE state <> 'ENDED'`,
  'CREATE INDEX agreement_of_partner ON agreement (partner_id, org_id)',
];
