import { tenantTable } from '../tenancy.ts';

/**
 * Who did what, kept for good. Events carry it while they are in the outbox; when they leave it,
 * what is needed to answer for them goes on here, without what they said. Decisions about
 * organisations and people are written down beside repairs: asked for before they are carried out
 * at the identity provider, done after.
 */
export const up = [
  `ALTER TABLE outbox ADD COLUMN request_id text;
   CREATE INDEX outbox_done ON outbox (at DESC, id DESC) WHERE actor IS NOT NULL;`,
  tenantTable(
    'audit_entry',
    `id uuid NOT NULL,
     verb text NOT NULL,
     object_id text NOT NULL,
     actor jsonb NOT NULL,
     request_id text NOT NULL,
     trace_id text NOT NULL,
     at timestamptz NOT NULL,
     PRIMARY KEY (org_id, id)`,
    { append: true, system: 'ALL' },
  ),
  `CREATE INDEX audit_entry_done ON audit_entry (at DESC, id DESC);
   CREATE INDEX audit_entry_object ON audit_entry (object_id);`,
  `ALTER TABLE repair DROP CONSTRAINT repair_action_check;
   ALTER TABLE repair ADD CONSTRAINT repair_action_check CHECK (action IN
     ('retry_event', 'discard_event', 'retry_job', 'approve_organisation', 'refuse_organisation',
      'suspend_organisation', 'reinstate_organisation', 'suspend_user', 'reinstate_user'));
   ALTER TABLE repair ADD COLUMN outcome text NOT NULL DEFAULT 'done'
     CHECK (outcome IN ('asked', 'done', 'failed'));
   CREATE INDEX repair_done ON repair (at DESC, id DESC);
   CREATE UNIQUE INDEX directory_once ON repair (org_id, request_id) WHERE consumer = 'directory';`,
];
