import { tenantTable } from '../tenancy.ts';

/** Data keys of an organisation, each wrapped by a key that the database never sees. */
export const up = tenantTable(
  'data_key',
  `key_id text NOT NULL,
   purpose text NOT NULL CHECK (purpose IN ('seal', 'index')),
   wrapped_by text NOT NULL,
   wrapped bytea NOT NULL,
   made_at timestamptz NOT NULL DEFAULT now(),
   PRIMARY KEY (org_id, key_id)`,
  { system: 'SELECT' },
);
