/** A newer build than this tree: the same code, another version, and schemas a step further. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tenantTable } from '@recourse/kit/tenancy.ts';

export const root = join(import.meta.dirname, '../..');
export const nextVersion = '99.0.0-next';
export const nextMigration = 'service/9000-next';

/** A table that each service writes most: the step that both builds have to work with. */
const busyTables: Readonly<Record<string, string>> = {
  credit: 'customer',
  cases: 'payment',
  agencies: 'ledger_line',
  blacklist: 'member',
  litigation: 'calendar_feed',
};

/** Expands only, as every migration must: a column, an index and a table that the old one lacks. */
function migrationOf(table: string): string {
  const up = [
    `ALTER TABLE ${table} ADD COLUMN next_note text NOT NULL DEFAULT ''`,
    `CREATE INDEX ${table}_next_note ON ${table} (org_id, next_note)`,
    tenantTable('next_thing', 'next_id uuid NOT NULL, PRIMARY KEY (org_id, next_id)'),
  ];
  return `export const up = ${JSON.stringify(up.flat())};\n`;
}

/** Packages of this tree are those of the copy; all others are the installed ones. */
function linkPackages(into: string): void {
  const installed = join(root, 'node_modules');
  const own = join(into, 'node_modules');
  mkdirSync(join(own, '@recourse'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name !== '@recourse') symlinkSync(join(installed, name), join(own, name));
  }
  for (const service of readdirSync(join(into, 'services'))) {
    symlinkSync(join(into, 'services', service), join(own, '@recourse', service));
  }
  symlinkSync(join(into, 'proto'), join(own, '@recourse', 'proto'));
}

/** Writes the newer build into an empty folder. */
export function makeNextBuild(into: string): void {
  for (const folder of ['services', 'proto']) {
    const filter = (path: string): boolean => !/\.test\.ts$/.test(path);
    cpSync(join(root, folder), join(into, folder), { recursive: true, filter });
  }
  linkPackages(into);
  for (const [service, table] of Object.entries(busyTables)) {
    const file = join(into, 'services', service, 'migrations/9000-next.ts');
    writeFileSync(file, migrationOf(table));
  }
  const about = join(into, 'services/gateway/package.json');
  const { version: _old, ...rest } = JSON.parse(readFileSync(about, 'utf8')) as object & {
    version: string;
  };
  writeFileSync(about, JSON.stringify({ ...rest, version: nextVersion }));
}
