import { tenantTable } from '@recourse/kit/tenancy.ts';

/** Deadlines, hearings and the calendar feeds that show them. */
export const up = [
  tenantTable(
    'deadline',
    `deadline_id uuid NOT NULL,
     matter_id uuid NOT NULL,
     state text NOT NULL CHECK (state IN ('OPEN', 'DONE', 'MISSED', 'VOID')),
     due_day date NOT NULL,
     fatal boolean NOT NULL,
     confirmed boolean NOT NULL,
     -- The whole deadline as the contract's JSON.
     content jsonb NOT NULL,
     -- Days before it for which it was told as due.
     told_days integer,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, deadline_id),
     FOREIGN KEY (org_id, matter_id) REFERENCES matter`,
  ),
  'REVOKE DELETE ON deadline FROM {app}',
  'CREATE INDEX deadline_by_day ON deadline (org_id, due_day, deadline_id)',
  'CREATE INDEX deadline_of_matter ON deadline (org_id, matter_id)',
  tenantTable(
    'hearing',
    `hearing_id uuid NOT NULL,
     matter_id uuid NOT NULL,
     at timestamptz NOT NULL,
     content jsonb NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, hearing_id),
     FOREIGN KEY (org_id, matter_id) REFERENCES matter`,
  ),
  'REVOKE DELETE ON hearing FROM {app}',
  'CREATE INDEX hearing_by_time ON hearing (org_id, at, hearing_id)',
  'CREATE INDEX hearing_of_matter ON hearing (org_id, matter_id)',
  tenantTable(
    'calendar_feed',
    `feed_id uuid NOT NULL,
     user_id text NOT NULL,
     name text NOT NULL,
     -- SHA-256 of the token; the token itself is nowhere kept.
     token_hash text NOT NULL,
     made_at timestamptz NOT NULL,
     revoked_at timestamptz,
     PRIMARY KEY (org_id, feed_id)`,
  ),
  'REVOKE DELETE ON calendar_feed FROM {app}',
  'CREATE INDEX calendar_feed_of_user ON calendar_feed (org_id, user_id)',
];
