import { tenantTable } from '../tenancy.ts';

/**
 * Events out (outbox, with the last version given per aggregate) and in (receipts, the last version
 * applied by gated consumers, and what could not be handled). `position` follows commit order
 * within an aggregate because the row of aggregate_version is locked before it is drawn.
 */
export const up = [
  tenantTable(
    'aggregate_version',
    `aggregate_id text NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, aggregate_id)`,
    { system: 'SELECT' },
  ),
  tenantTable(
    'outbox',
    `id uuid NOT NULL DEFAULT uuidv7(),
     position bigint GENERATED ALWAYS AS IDENTITY,
     lane smallint NOT NULL,
     aggregate_id text NOT NULL,
     version bigint NOT NULL,
     type text NOT NULL,
     payload bytea NOT NULL,
     audience uuid[] NOT NULL,
     actor jsonb,
     traceparent text,
     at timestamptz NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     published_at timestamptz,
     stream_created text,
     stream_seq bigint,
     put_back int NOT NULL DEFAULT 0,
     PRIMARY KEY (org_id, id),
     CONSTRAINT published_with_place
       CHECK ((published_at IS NULL) = (stream_seq IS NULL AND stream_created IS NULL))`,
    { append: true, system: 'ALL' },
  ),
  `CREATE INDEX outbox_waiting ON outbox (lane, position) WHERE published_at IS NULL;
   CREATE INDEX outbox_age ON outbox USING brin (created_at);
   ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.05);`,
  tenantTable(
    'inbox_receipt',
    `consumer text NOT NULL,
     event_id uuid NOT NULL,
     received_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (org_id, consumer, event_id)`,
    { append: true, system: 'ALL' },
  ),
  'CREATE INDEX inbox_receipt_age ON inbox_receipt USING brin (received_at);',
  tenantTable(
    'inbox_version',
    `consumer text NOT NULL,
     aggregate_id text NOT NULL,
     version bigint NOT NULL,
     PRIMARY KEY (org_id, consumer, aggregate_id)`,
    { system: 'SELECT' },
  ),
  tenantTable(
    'parked_event',
    `consumer text NOT NULL,
     event_id uuid NOT NULL,
     state text NOT NULL CHECK (state IN ('failing', 'parked', 'retry', 'discarded')),
     attempts int NOT NULL,
     unfinished int NOT NULL,
     reason text NOT NULL,
     detail text NOT NULL,
     aggregate_id text NOT NULL,
     version bigint NOT NULL,
     type text NOT NULL,
     payload bytea NOT NULL,
     audience uuid[] NOT NULL,
     actor jsonb,
     traceparent text,
     at timestamptz NOT NULL,
     first_failed_at timestamptz NOT NULL DEFAULT now(),
     last_failed_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (org_id, consumer, event_id)`,
    { system: 'ALL' },
  ),
];
