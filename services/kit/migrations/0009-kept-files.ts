import { tenantTable } from '../tenancy.ts';

/**
 * What a service has taken of files, kept beside the object store: a file's description, its bytes
 * in pieces, and what the store looked like when it last had everything. A copy that is not whole
 * is being written. Most files are compressed already, so PostgreSQL does not try.
 */
export const up = [
  tenantTable(
    'kept_file',
    `file_id uuid NOT NULL,
     file_name text NOT NULL,
     media_type text NOT NULL,
     size_bytes bigint NOT NULL,
     sha256 text NOT NULL,
     stored_at timestamptz NOT NULL,
     passing boolean NOT NULL,
     whole boolean NOT NULL DEFAULT false,
     begun_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (org_id, file_id)`,
    { system: 'ALL' },
  ),
  `CREATE INDEX kept_file_passing ON kept_file (begun_at) WHERE passing OR NOT whole;`,
  tenantTable(
    'kept_piece',
    `file_id uuid NOT NULL,
     number int NOT NULL,
     bytes bytea NOT NULL,
     PRIMARY KEY (org_id, file_id, number),
     FOREIGN KEY (org_id, file_id) REFERENCES kept_file ON DELETE CASCADE`,
  ),
  `ALTER TABLE kept_piece ALTER bytes SET STORAGE EXTERNAL;`,
  `CREATE TABLE file_store (
     name text PRIMARY KEY,
     created text NOT NULL,
     last_seq bigint NOT NULL,
     refilling_until timestamptz NOT NULL DEFAULT '-infinity'
   );
   GRANT SELECT, INSERT, UPDATE ON file_store TO {system};`,
];
