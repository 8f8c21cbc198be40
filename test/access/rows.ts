import type { TestService } from '@recourse/kit/testing.ts';
import type { Org } from './people.ts';
import type { Side } from './world.ts';

/**
 * Reads every table as an organisation, with no filter at all: row-level security alone decides.
 */

type Table = { name: string };
type Row = { org_id: string; text: string };

const tenantTables = `
  SELECT quote_ident(c.table_schema) || '.' || quote_ident(c.table_name) AS name
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
   WHERE c.column_name = 'org_id' AND t.table_type = 'BASE TABLE'
     AND c.table_schema NOT IN ('pg_catalog', 'information_schema', 'pgboss')
     AND has_table_privilege($1, c.table_schema || '.' || c.table_name, 'SELECT')
   ORDER BY 1`;

/**
 * The words that an organisation may find in rows of others: an agency those of its placed case.
 */
function allowed(of: Org, sides: readonly Side[]): ReadonlySet<string> {
  const words = sides.flatMap((side) => {
    if (of === side.creditor) return Object.values(side.canaries);
    return of === side.agency ? [side.canaries.placed] : [];
  });
  return new Set(words);
}

/**
 * The market: what agencies offer, whom they say they work for, and what is measured of them, is
 * there for everybody to read. What a creditor declares stands in the same table with its canary.
 */
const market: ReadonlySet<string> = new Set([
  'public.agency',
  'public.agency_load',
  'public.agency_record',
  'public.agency_segment',
  'public.agency_conflict',
  'public.association',
]);

function judgeRow(table: string, of: Org, row: Row, sides: readonly Side[]): string[] {
  const partners = sides
    .filter((side) => side.creditor === of || side.agency === of)
    .flatMap((side) => [side.creditor.orgId, side.agency.orgId]);
  const found: string[] = [];
  const isOthers = row.org_id !== of.orgId && !partners.includes(row.org_id);
  // An association's list of members shows each its own line.
  const isOwnLine = table === 'public.member' && row.text.includes(of.orgId);
  if (isOthers && !isOwnLine && !market.has(table)) {
    found.push(`${of.name} sees a row of ${row.org_id} in ${table}`);
  }
  const may = allowed(of, sides);
  for (const word of sides.flatMap((side) => Object.values(side.canaries))) {
    if (!may.has(word) && row.text.includes(word))
      found.push(`${of.name} reads ${word} in ${table}`);
  }
  return found;
}

/** What is visible that should not be, and how many tables were read. */
export async function hiddenRows(
  service: TestService,
  sides: readonly Side[],
  strangers: readonly Org[],
): Promise<{ tables: number; found: string[] }> {
  const role = new URL(service.database.url).username;
  const tables = await service.ownerQuery<Table>(tenantTables, [role]);
  const found: string[] = [];
  const orgs = [...sides.flatMap((side) => [side.creditor, side.agency]), ...strangers];
  for (const of of orgs) {
    for (const { name } of tables) {
      const rows = await service.db.tenant(of.orgId, (tx) =>
        tx.query<Row>(`SELECT org_id::text AS org_id, t::text AS text FROM ${name} t`),
      );
      for (const row of rows) found.push(...judgeRow(name, of, row, sides));
    }
  }
  return { tables: tables.length, found };
}
