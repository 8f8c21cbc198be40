/**
 * Every database of one moment, over the wire. For as long as the snapshots are being taken nobody
 * may add to an outbox: so no consumer can hold the receipt of an event that its producer's
 * snapshot does not have. Then work goes on, and the snapshots are read at leisure.
 */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Database, Migration, Table } from './manifest.ts';

/** Work that writes events stands still for as long; after this we give up and may be run again. */
const standStill = '5s';

type Open = { service: string; locker: pg.Client; reader: pg.Client };

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function rowsOf<R extends object>(
  client: pg.Client,
  sql: string,
  values: readonly unknown[] = [],
): Promise<R[]> {
  return (await client.query<R>(sql, [...values])).rows;
}

const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** Holds the outboxes still, takes all snapshots, lets go. */
async function takeSnapshots(open: readonly Open[]): Promise<string> {
  for (const { locker } of open) {
    await locker.query(`BEGIN; SET LOCAL lock_timeout = '${standStill}';
      LOCK TABLE outbox IN SHARE MODE`);
  }
  const taken = await Promise.all(
    open.map(async ({ reader }) => {
      await reader.query(begin);
      // The first statement is what takes the snapshot.
      const [row] = await rowsOf<{ at: string }>(
        reader,
        `SELECT to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
      );
      return row?.at ?? '';
    }),
  );
  for (const { locker } of open) await locker.query('ROLLBACK');
  return taken.toSorted().at(-1) ?? '';
}

type Column = { table: string; column: string };

/** Tables of ours and their columns in order; what is computed is computed again. */
async function tablesOf(reader: pg.Client): Promise<Map<string, string[]>> {
  const columns = await rowsOf<Column>(
    reader,
    `SELECT c.relname AS table, a.attname AS column FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = ''
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
        AND c.relname <> 'migration'
      ORDER BY c.relname, a.attnum`,
  );
  const tables = new Map<string, string[]>();
  for (const { table, column } of columns) {
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  return tables;
}

async function saveTable(
  { reader, service }: Open,
  folder: string,
  name: string,
  columns: readonly string[],
): Promise<Table> {
  const file = join('databases', service, `${name}.copy.gz`);
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const rows = reader.query(copyTo(`COPY ${pg.escapeIdentifier(name)} (${list}) TO STDOUT`));
  const target = createWriteStream(join(folder, file), { mode: 0o600 });
  await pipeline(rows, createGzip({ level: 1 }), target);
  return { name, columns, rows: rows.rowCount, file };
}

async function saveDatabase(open: Open, folder: string): Promise<Database> {
  const { reader, service } = open;
  await mkdir(join(folder, 'databases', service), { recursive: true });
  const migrations = await rowsOf<Migration>(
    reader,
    'SELECT name, content_hash AS hash FROM migration ORDER BY name',
  );
  const tables: Table[] = [];
  for (const [name, columns] of await tablesOf(reader)) {
    tables.push(await saveTable(open, folder, name, columns));
  }
  const sequences = await rowsOf<{ name: string; last: string }>(
    reader,
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL`,
  );
  return {
    service,
    migrations,
    tables,
    sequences: Object.fromEntries(sequences.map(({ name, last }) => [name, last])),
  };
}

export type Dumped = {
  takenAt: string;
  postgresVersion: string;
  databases: Database[];
  wrappingKeys: string[];
  /** Files whose bytes are in the databases, as `<organisation>/<file>`. */
  kept: ReadonlySet<string>;
};

async function keysOf(reader: pg.Client): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reader,
    'SELECT DISTINCT wrapped_by AS id FROM data_key',
  );
  return rows.map(({ id }) => id);
}

async function keptOf(reader: pg.Client): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    reader,
    `SELECT org_id || '/' || file_id AS name FROM kept_file WHERE whole`,
  );
  return rows.map(({ name }) => name);
}

/** Saves every database below `folder`. The roles must see every organisation's rows. */
export async function dumpDatabases(
  databases: ReadonlyMap<string, string>,
  folder: string,
): Promise<Dumped> {
  const open: Open[] = [];
  try {
    for (const [service, url] of databases) {
      open.push({ service, locker: await connect(url), reader: await connect(url) });
    }
    const takenAt = await takeSnapshots(open);
    const saved: Database[] = [];
    for (const one of open) saved.push(await saveDatabase(one, folder));
    const keys = await Promise.all(open.map(({ reader }) => keysOf(reader)));
    const kept = await Promise.all(open.map(({ reader }) => keptOf(reader)));
    const [version] =
      open[0] === undefined
        ? []
        : await rowsOf<{ version: string }>(
            open[0].reader,
            `SELECT current_setting('server_version') AS version`,
          );
    return {
      takenAt,
      postgresVersion: version?.version ?? '',
      databases: saved,
      wrappingKeys: [...new Set(keys.flat())].toSorted(),
      kept: new Set(kept.flat()),
    };
  } finally {
    await Promise.allSettled(open.flatMap(({ locker, reader }) => [locker.end(), reader.end()]));
  }
}
