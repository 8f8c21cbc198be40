/**
 * One database and three roles per service: the owner migrates, the app role is the one that
 * row-level security binds, the system role relays and schedules. In a cluster CloudNativePG makes
 * the same.
 */
import pg from 'pg';

export type DatabaseUrls = {
  DATABASE_URL: string;
  DATABASE_OWNER_URL: string;
  DATABASE_SYSTEM_URL: string;
};

const kinds = ['owner', 'app', 'system'] as const;

/** A migration's backfill must see every tenant's rows; the roles at work must not. */
const rights = {
  owner: 'NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE',
  app: 'NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE',
  system: 'NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE',
} as const;

/**
 * Makes what is missing; running it again changes nothing but the passwords to the present ones.
 */
export async function makeDatabases(
  superuserUrl: string,
  services: readonly string[],
  password: string,
): Promise<Map<string, DatabaseUrls>> {
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    for (const service of services) await makeDatabase(client, service, password);
  } finally {
    await client.end();
  }
  return new Map(services.map((service) => [service, urlsOf(superuserUrl, service, password)]));
}

/**
 * Names of the databases of an earlier start at a server that was given: `--fresh` throws away what
 * is ours, and what lies on somebody's server is not.
 */
export async function databasesThere(
  superuserUrl: string,
  services: readonly string[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname = ANY ($1) ORDER BY datname',
      [services.map((service) => `recourse_${service}`)],
    );
    return rows.map((row) => row.datname);
  } finally {
    await client.end();
  }
}

async function makeDatabase(client: pg.Client, service: string, password: string): Promise<void> {
  const secret = client.escapeLiteral(password);
  for (const kind of kinds) {
    const role = client.escapeIdentifier(`${service}_${kind}`);
    const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [
      `${service}_${kind}`,
    ]);
    const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(`${verb} ROLE ${role} LOGIN ${rights[kind]} PASSWORD ${secret}`);
  }
  const name = `recourse_${service}`;
  const known = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (known.rowCount === 0) {
    const owner = client.escapeIdentifier(`${service}_owner`);
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${owner}`);
  }
}

function urlsOf(superuserUrl: string, service: string, password: string): DatabaseUrls {
  const as = (kind: (typeof kinds)[number]) => {
    const url = new URL(superuserUrl);
    url.username = `${service}_${kind}`;
    url.password = password;
    url.pathname = `/recourse_${service}`;
    return url.href;
  };
  return {
    DATABASE_URL: as('app'),
    DATABASE_OWNER_URL: as('owner'),
    DATABASE_SYSTEM_URL: as('system'),
  };
}
