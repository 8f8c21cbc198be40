import { readdir } from 'node:fs/promises';
import pg from 'pg';
import { fault } from './fault.ts';
import { sha256 } from './hash.ts';
import type { Log } from './log.ts';

/**
 * One migration file, `NNNN-words.ts`, exports `up` and perhaps `assert`, by name or as its
 * default. `{app}` and `{system}` in the SQL stand for the service's two roles.
 */
export type Migration = {
  /** Statements, run in order in one transaction. */
  up: string | readonly string[];
  /** A query for rows that are wrong after a backfill; any row undoes the migration. */
  assert?: string;
  /**
   * Compared instead of the SQL when that comes from a package and may be written otherwise later.
   */
  identity?: string;
};

type Named = Migration & { name: string };
type Roles = { app: string; system: string };

/** Any number will do, as long as every replica takes the same lock. */
const migrationLock = 7_201_001;

async function readMigrations(prefix: string, folder: URL): Promise<Named[]> {
  const files = (await readdir(folder))
    .filter((file) => /^\d{4}-[a-z0-9-]+\.ts$/.test(file))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const loaded: { default?: Migration } & Partial<Migration> = await import(
        new URL(file, folder).href
      );
      const { up, assert, identity } = loaded.default ?? loaded;
      if (up === undefined) throw fault('internal', 'migration_without_up', { file });
      return {
        name: `${prefix}/${file.slice(0, -3)}`,
        up,
        ...(assert === undefined ? {} : { assert }),
        ...(identity === undefined ? {} : { identity }),
      };
    }),
  );
}

/** The kit's migrations, then those of a service's folder, in the order they apply in. */
async function allMigrations(folder: URL | undefined): Promise<Named[]> {
  const own = new URL('./migrations/', import.meta.url);
  return [
    ...(await readMigrations('kit', own)),
    ...(folder === undefined ? [] : await readMigrations('service', withSlash(folder))),
  ];
}

function hashOf(migration: Migration): string {
  return sha256(migration.identity ?? [migration.up].flat().join('\n'));
}

/** Changes when any migration of the kit or of the folder does. */
export async function migrationsHash(folder: URL | undefined): Promise<string> {
  const all = await allMigrations(folder);
  return sha256(all.map((one) => `${one.name} ${hashOf(one)}`).join('\n'));
}

function withSlash(folder: URL): URL {
  return folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`);
}

function credentials(url: string): { name: string; password: string } {
  const { username, password } = new URL(url);
  if (username === '') throw fault('invalid', 'database_url_without_user');
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/**
 * Creates a login role unless it is there, and refuses one that row-level security would not hold.
 */
async function ensureRole(client: pg.Client, url: string): Promise<string> {
  const { name, password } = credentials(url);
  const attributes = 'LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE';
  // Roles belong to the cluster: another database's migration may create the same one just now.
  const { rows } = await client.query<{ sql: string }>(
    `SELECT format($f$DO $do$ BEGIN
       IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %1$L) THEN
         CREATE ROLE %1$I ${attributes} PASSWORD %2$L;
       END IF;
     EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
     END $do$$f$, $1::text, $2::text) AS sql`,
    [name, password],
  );
  await client.query(rows[0]?.sql ?? '');
  const found = await client.query<{ bypasses: boolean }>(
    `SELECT rolsuper OR rolbypassrls OR rolname = current_user AS bypasses
       FROM pg_roles WHERE rolname = $1`,
    [name],
  );
  if (found.rows[0]?.bypasses !== false) {
    throw fault('refused', 'role_bypasses_row_security', { role: name });
  }
  return name;
}

/**
 * A backfill by an owner that FORCE ROW LEVEL SECURITY holds would see no rows and change nothing.
 */
async function checkOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sees: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS sees FROM pg_roles WHERE rolname = current_user',
  );
  if (rows[0]?.sees !== true) throw fault('refused', 'owner_needs_bypassrls');
}

async function prepare(client: pg.Client, roles: Roles): Promise<void> {
  const name = (text: string): string => client.escapeIdentifier(text);
  const { rows } = await client.query<{ database: string }>(
    'SELECT current_database() AS database',
  );
  const database = name(rows[0]?.database ?? '');
  // One service's roles cannot even connect to another service's database.
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  // Policies make sums look dear to the planner; compiling them took longer than running them.
  await client.query(`ALTER DATABASE ${database} SET jit = off`);
  for (const role of [roles.app, roles.system]) {
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${name(role)}`);
    await client.query(`GRANT USAGE ON SCHEMA public TO ${name(role)}`);
  }
  await client.query(
    `CREATE TABLE IF NOT EXISTS migration (
       name text PRIMARY KEY,
       content_hash text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now())`,
  );
}

async function apply(
  client: pg.Client,
  migration: Named,
  hash: string,
  roles: Roles,
): Promise<void> {
  const fill = (sql: string): string =>
    sql
      .replaceAll('{app}', client.escapeIdentifier(roles.app))
      .replaceAll('{system}', client.escapeIdentifier(roles.system));
  await client.query('BEGIN');
  try {
    for (const sql of [migration.up].flat()) await client.query(fill(sql));
    const wrong = migration.assert === undefined ? [] : (await client.query(migration.assert)).rows;
    if (wrong.length > 0) {
      const facts = {
        migration: migration.name,
        rows: wrong.length,
        first: JSON.stringify(wrong[0]),
      };
      throw fault('internal', 'migration_assertion_failed', facts);
    }
    await client.query('INSERT INTO migration (name, content_hash) VALUES ($1, $2)', [
      migration.name,
      hash,
    ]);
    await client.query('COMMIT');
  } catch (thrown) {
    await client.query('ROLLBACK');
    throw thrown;
  }
}

/** Applies what is missing, in order; a file that changed after it was applied is refused. */
async function applyMissing(
  client: pg.Client,
  o: { folder?: URL | undefined; log: Log },
  roles: Roles,
) {
  const all = await allMigrations(o.folder);
  const { rows } = await client.query<{ name: string; content_hash: string }>(
    'SELECT name, content_hash FROM migration',
  );
  const applied = new Map(rows.map((row) => [row.name, row.content_hash]));
  for (const migration of all) {
    const hash = hashOf(migration);
    const known = applied.get(migration.name);
    if (known === hash) continue;
    if (known !== undefined) {
      throw fault('refused', 'applied_migration_was_changed', { migration: migration.name });
    }
    await apply(client, migration, hash, roles);
    o.log.info({ migration: migration.name }, 'migration applied');
  }
}

/**
 * Brings a database up to date: the two roles named in `url` and `systemUrl` (created when the
 * owner may), the kit's migrations, then the service's `folder` if it has one. Replicas that start
 * at once wait for each other. Faults: `refused` role_bypasses_row_security, owner_needs_bypassrls,
 * applied_migration_was_changed; `internal` migration_assertion_failed.
 */
export async function migrate(o: {
  ownerUrl: string;
  url: string;
  systemUrl: string;
  folder?: URL | undefined;
  log: Log;
}): Promise<void> {
  const client = new pg.Client({ connectionString: o.ownerUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await checkOwner(client);
    const roles: Roles = {
      app: await ensureRole(client, o.url),
      system: await ensureRole(client, o.systemUrl),
    };
    await prepare(client, roles);
    await applyMissing(client, o, roles);
  } finally {
    await client.end();
  }
}
