/** Puts the databases of a backup into an empty installation. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database, Manifest, Migration, Table } from './manifest.ts';

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Throws when a database has tables already: nothing that exists is ever written over. */
export async function expectEmptyDatabase(service: string, url: string): Promise<void> {
  const found = await withClient(url, (client) =>
    client.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1`),
  );
  if (found.rowCount !== 0) throw new Error(`the database of ${service} is not empty`);
}

/** Throws when the schema that this version made is not the one that the backup was taken of. */
function expectSameSchema(service: string, of: readonly Migration[], here: readonly Migration[]) {
  const known = new Map(here.map(({ name, hash }) => [name, hash]));
  const strange = of.find(({ name, hash }) => known.get(name) !== hash);
  const missing = here.find(({ name }) => of.every((one) => one.name !== name));
  if (strange === undefined && missing === undefined) return;
  throw new Error(
    `the backup does not fit: ${service} differs in migration ${strange?.name ?? missing?.name}; ` +
      'restore with the version that took it, then upgrade',
  );
}

async function loadTable(client: pg.Client, folder: string, table: Table): Promise<void> {
  const list = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const target = client.query(
    copyFrom(`COPY ${pg.escapeIdentifier(table.name)} (${list})
    FROM STDIN`),
  );
  await pipeline(createReadStream(join(folder, table.file)), createGunzip(), target);
  if (target.rowCount !== table.rows) {
    throw new Error(`${table.name} has ${target.rowCount} rows, the backup says ${table.rows}`);
  }
}

/** Rows as they were, keys and triggers unasked: they held when the rows were written. */
async function loadRows(client: pg.Client, folder: string, database: Database): Promise<void> {
  await client.query('BEGIN; SET LOCAL session_replication_role = replica');
  const names = database.tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
  await client.query(`TRUNCATE ${names}`);
  for (const table of database.tables) await loadTable(client, folder, table);
  for (const [name, last] of Object.entries(database.sequences)) {
    await client.query('SELECT setval($1::text::regclass, $2::text::bigint)', [
      pg.escapeIdentifier(name),
      last,
    ]);
  }
  // The queue itself is not kept: what waited or ran is asked for again.
  await client.query(
    `UPDATE job SET state = 'asked', boss_id = NULL WHERE state IN ('queued', 'running')`,
  );
  await client.query('COMMIT; ANALYZE');
}

/**
 * Loads one service's database, whose schema this version has just made. `url` is a superuser's,
 * since rows are written past triggers and row-level security.
 */
export async function loadDatabase(
  { databases }: Manifest,
  service: string,
  folder: string,
  url: string,
): Promise<void> {
  const database = databases.find((one) => one.service === service);
  if (database === undefined) throw new Error(`the backup does not hold ${service}`);
  await withClient(url, async (client) => {
    const { rows } = await client.query<Migration>(
      'SELECT name, content_hash AS hash FROM migration',
    );
    expectSameSchema(service, database.migrations, rows);
    await loadRows(client, folder, database);
  });
}
