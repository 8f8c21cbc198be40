import { fault } from './fault.ts';

export type TenantTableOptions = {
  /**
   * Rows of other organisations that may be seen as well, as a condition on the row: an active
   * grant (`EXISTS (SELECT FROM placement_grant g WHERE … AND g.agency_org_id = (SELECT
   * app_org()))`). Only simple equality keeps indexes usable.
   */
  see?: string;
  /**
   * Rows of other organisations that may be inserted and updated; they must be seen to be updated.
   */
  write?: string;
  /** Rows are added and never changed: no UPDATE, no DELETE for the service. */
  append?: boolean;
  /** What the system role may do over all organisations; default nothing. */
  system?: 'SELECT' | 'ALL';
};

const ownRows = 'org_id = (SELECT app_org())';

/**
 * SQL that creates a table of which an organisation sees its own rows only, whoever asks and
 * whatever the query. `columns` is the inside of CREATE TABLE after `org_id uuid NOT NULL`, which
 * is added when it is not written; its PRIMARY KEY must begin with org_id, and so must every
 * foreign and unique key (key checks bypass row-level security). `assertTenancy` proves it of the
 * finished schema.
 */
export function tenantTable(
  name: string,
  columns: string,
  options: TenantTableOptions = {},
): string {
  if (!/PRIMARY\s+KEY\s*\(\s*org_id\b/i.test(columns)) {
    throw fault('internal', 'primary_key_must_begin_with_org_id', { table: name });
  }
  const hasOrg = /^\s*org_id\s/i.test(columns);
  const rights = options.append === true ? 'SELECT, INSERT' : 'SELECT, INSERT, UPDATE, DELETE';
  return [
    `CREATE TABLE ${name} (${hasOrg ? '' : 'org_id uuid NOT NULL,\n'}${columns});`,
    protect(name),
    `GRANT ${rights} ON ${name} TO {app};`,
    `CREATE POLICY own ON ${name} TO {app} USING (${ownRows}) WITH CHECK (${ownRows});`,
    ...shared(name, options),
    ...forSystem(name, options.system),
  ].join('\n');
}

function protect(name: string): string {
  return `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`;
}

function shared(name: string, { see, write }: TenantTableOptions): string[] {
  const policies: string[] = [];
  if (see !== undefined) {
    policies.push(`CREATE POLICY shared_see ON ${name} FOR SELECT TO {app} USING (${see});`);
  }
  if (write !== undefined) {
    policies.push(
      `CREATE POLICY shared_add ON ${name} FOR INSERT TO {app} WITH CHECK (${write});`,
      `CREATE POLICY shared_change ON ${name} FOR UPDATE TO {app}
         USING (${write}) WITH CHECK (${write});`,
    );
  }
  return policies;
}

function forSystem(name: string, rights: 'SELECT' | 'ALL' | undefined): string[] {
  if (rights === undefined) return [];
  const granted = rights === 'ALL' ? 'SELECT, INSERT, UPDATE, DELETE' : 'SELECT';
  return [
    `GRANT ${granted} ON ${name} TO {system};`,
    `CREATE POLICY system ON ${name} FOR ${rights} TO {system} USING (true);`,
  ];
}

type Ask = (sql: string, params?: readonly unknown[]) => Promise<object[]>;

/**
 * Tables that hold no organisation's data: the owner's list of migrations, and of what only the
 * system role knows: when the service's own schedules came about, which object store it last saw.
 */
export const withoutTenant = ['migration', 'schedule_tick', 'file_store'];

/**
 * Each query names what breaks the rule that every row belongs to one organisation and stays there.
 */
const findings: readonly { rule: string; sql: string }[] = [
  {
    rule: 'has no FORCE ROW LEVEL SECURITY',
    sql: `SELECT c.relname AS what FROM tables c
           WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  },
  {
    rule: 'has no primary key that begins with org_id',
    sql: `SELECT c.relname AS what FROM tables c WHERE NOT EXISTS (
            SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
              AND a.attnum = i.indkey[0] AND a.attname = 'org_id'
             WHERE i.indrelid = c.oid AND i.indisprimary)`,
  },
  {
    rule: 'is a unique index that does not begin with org_id',
    sql: `SELECT i.indexrelid::regclass::text AS what FROM tables c
            JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique AND NOT i.indisprimary
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
           WHERE a.attname IS DISTINCT FROM 'org_id'`,
  },
  {
    rule: 'is a foreign key that does not begin with org_id on both sides',
    sql: `SELECT k.conname AS what FROM tables c
            JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'
            JOIN pg_class t ON t.oid = k.confrelid AND t.relname <> ALL ($1)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
            JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
           WHERE a.attname <> 'org_id' OR b.attname <> 'org_id'`,
  },
  {
    rule: 'is a policy that lets a role other than the system role see everything',
    sql: `SELECT p.polname || ' of ' || c.relname AS what FROM tables c
            JOIN pg_policy p ON p.polrelid = c.oid
           WHERE 'true' IN (pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid))
             AND p.polname <> 'system'`,
  },
  {
    rule: 'is a view without security_invoker, or a materialized view',
    sql: `SELECT v.relname AS what FROM pg_class v
           WHERE v.relnamespace = 'public'::regnamespace AND (v.relkind = 'm' OR (v.relkind = 'v'
             AND NOT coalesce('security_invoker=true' = ANY (v.reloptions), false)))`,
  },
  {
    rule: 'is a SECURITY DEFINER function',
    sql: `SELECT p.proname AS what FROM pg_proc p
           WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace`,
  },
  {
    rule: 'is a role that may read tables here and bypasses row-level security',
    sql: `SELECT DISTINCT r.rolname AS what FROM tables c
            CROSS JOIN LATERAL aclexplode(c.relacl) g JOIN pg_roles r ON r.oid = g.grantee
           WHERE (r.rolsuper OR r.rolbypassrls) AND g.grantee <> c.relowner`,
  },
];

/**
 * Proves of a migrated schema that each table is the tenant's: org_id first in every key, FORCE
 * row-level security, no view or function around it. `except` names tables of rules that belong to
 * nobody (law, holidays, rates). Throws with one line per finding. `ask` runs SQL as the owner.
 */
export async function assertTenancy(ask: Ask, except: readonly string[] = []): Promise<void> {
  const tables = `WITH tables AS (
    SELECT c.* FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND c.relname <> ALL ($1::text[]))`;
  const lines: string[] = [];
  for (const { rule, sql } of findings) {
    const text = sql.includes('tables c')
      ? `${tables} ${sql}`
      : `${sql} AND $1::text[] IS NOT NULL`;
    const rows = (await ask(text, [[...withoutTenant, ...except]])) as { what: string }[];
    lines.push(...rows.map(({ what }) => `${what} ${rule}`));
  }
  if (lines.length > 0) throw new Error(`tenancy does not hold:\n${lines.join('\n')}`);
}
