import { tenantTable } from '@recourse/kit/tenancy.ts';

/** Views of tables that an organisation's people share; added and deleted, never changed. */
export const up: string[] = [
  tenantTable(
    'team_view',
    `view_id uuid NOT NULL,
     place text NOT NULL,                -- name of the table on the screen
     name text NOT NULL,
     query text NOT NULL,
     columns jsonb,                      -- ViewColumns of the contract
     made_by jsonb NOT NULL,
     made_at timestamptz NOT NULL,
     content_hash text NOT NULL,
     PRIMARY KEY (org_id, view_id)`,
  ),
  'CREATE UNIQUE INDEX team_view_name ON team_view (org_id, place, lower(name))',
];
