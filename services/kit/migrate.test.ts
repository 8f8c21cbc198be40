import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from './migrate.ts';
import { assertTenancy, tenantTable } from './tenancy.ts';
import { startTrial, type Trial, type TrialDatabase } from './trial.ts';

const a = '018f0000-0000-7000-8000-00000000000a';
const b = '018f0000-0000-7000-8000-00000000000b';

let trial: Trial;
let place: TrialDatabase;

beforeAll(async () => {
  trial = await startTrial();
  place = await trial.database();
});

afterAll(() => trial.stop());

/** Writes migration files to a folder of their own and applies them. */
async function apply(files: Record<string, string>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-migrations-'));
  for (const [name, up] of Object.entries(files)) {
    writeFileSync(join(dir, name), `export const up = ${JSON.stringify(up)};\n`);
  }
  try {
    const { ownerUrl, url, systemUrl } = place;
    await migrate({ ownerUrl, url, systemUrl, folder: pathToFileURL(dir), log: trial.log });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const run = (sql: string) => place.ask(sql.replaceAll('{app}', 'trial_app'));

describe('migrations', () => {
  it('are applied once, in order, however many start at the same time', async () => {
    const files = {
      '0001-first.ts': tenantTable('first', 'n int, PRIMARY KEY (org_id, n)'),
      '0002-second.ts': 'ALTER TABLE first ADD COLUMN word text',
    };
    await Promise.all([apply(files), apply(files), apply(files)]);
    const names = await place.ask(
      `SELECT name FROM migration WHERE name LIKE 'service/%' ORDER BY 1`,
    );
    expect(names).toEqual([{ name: 'service/0001-first' }, { name: 'service/0002-second' }]);
  });

  it('are refused when one that was applied has changed', async () => {
    await expect(apply({ '0002-second.ts': 'SELECT 1' })).rejects.toMatchObject({
      reason: 'applied_migration_was_changed',
    });
  });

  it('are undone when their assertion finds a wrong row', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'recourse-migrations-'));
    writeFileSync(
      join(dir, '0003-wrong.ts'),
      `export const up = 'CREATE TABLE wrong (n int)';
       export const assert = 'SELECT 1 AS found';`,
    );
    const { ownerUrl, url, systemUrl } = place;
    const work = migrate({ ownerUrl, url, systemUrl, folder: pathToFileURL(dir), log: trial.log });
    await expect(work).rejects.toMatchObject({ reason: 'migration_assertion_failed' });
    rmSync(dir, { recursive: true });
    expect(await place.ask(`SELECT to_regclass('wrong') AS it`)).toEqual([{ it: null }]);
  });

  it('refuse a service role that row-level security would not hold', async () => {
    const { ownerUrl, systemUrl } = place;
    const work = migrate({ ownerUrl, url: ownerUrl, systemUrl, log: trial.log });
    await expect(work).rejects.toMatchObject({ reason: 'role_bypasses_row_security' });
  });

  it('keep the roles of one service out of the database of another', async () => {
    const [granted] = await place.ask(
      `SELECT has_database_privilege('public', current_database(), 'CONNECT') AS anyone`,
    );
    expect(granted).toEqual({ anyone: false });
  });

  it('leave the database without compilation of plans, for every role', async () => {
    const set = await place.ask(
      `SELECT setconfig FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
        WHERE d.datname = current_database() AND s.setrole = 0`,
    );
    expect(set).toEqual([{ setconfig: ['jit=off'] }]);
  });
});

describe('the schema', () => {
  it("of the kit is the tenant's throughout", async () => {
    await expect(assertTenancy(place.ask)).resolves.toBeUndefined();
  });

  it.each([
    [
      'CREATE TABLE bare (org_id uuid, n int, PRIMARY KEY (org_id, n))',
      'DROP TABLE bare',
      /bare has no FORCE/,
    ],
    [
      `CREATE TABLE keyless (n int PRIMARY KEY);
       ALTER TABLE keyless ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
      'DROP TABLE keyless',
      /keyless has no primary key that begins/,
    ],
    ['CREATE UNIQUE INDEX loose ON first (word)', 'DROP INDEX loose', /loose is a unique index/],
    [
      `CREATE TABLE child (org_id uuid, n int, PRIMARY KEY (org_id, n),
         CONSTRAINT swapped FOREIGN KEY (n, org_id) REFERENCES first (n, org_id));
       ALTER TABLE child ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
      'DROP TABLE child',
      /swapped is a foreign key/,
    ],
    ['CREATE VIEW around AS SELECT * FROM first', 'DROP VIEW around', /around is a view without/],
    ['CREATE MATERIALIZED VIEW copied AS SELECT 1 AS n', 'DROP MATERIALIZED VIEW copied', /copied/],
    [
      `CREATE FUNCTION sneak() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
      'DROP FUNCTION sneak()',
      /sneak is a SECURITY DEFINER/,
    ],
    [
      'CREATE POLICY everyone ON first TO {app} USING (true)',
      'DROP POLICY everyone ON first',
      /everyone of first is a policy/,
    ],
  ])('is refused with %s', async (make, unmake, finding) => {
    const refusal = run(make).then(() => assertTenancy(place.ask));
    await expect(refusal).rejects.toThrow(finding);
    await run(unmake);
  });
});

describe('a table shared by grants', () => {
  beforeAll(async () => {
    await run(
      tenantTable('lent', 'to_org_id uuid NOT NULL, n int, PRIMARY KEY (org_id, n)', {
        see: 'to_org_id = (SELECT app_org())',
      }) +
        tenantTable('item', 'n int, word text, PRIMARY KEY (org_id, n)', {
          see: `EXISTS (SELECT FROM lent l WHERE l.org_id = item.org_id AND l.n = item.n
                  AND l.to_org_id = (SELECT app_org()))`,
          write: `EXISTS (SELECT FROM lent l WHERE l.org_id = item.org_id AND l.n = item.n
                  AND l.to_org_id = (SELECT app_org()))`,
        }),
    );
    await place.db.tenant(a, async (tx) => {
      await tx.query(`INSERT INTO item VALUES ($1, 1, 'lent'), ($1, 2, 'kept')`, [a]);
      await tx.query('INSERT INTO lent VALUES ($1, $2, 1)', [a, b]);
    });
  });

  it('shows the other organisation what is lent, nothing else, until the grant ends', async () => {
    const seen = () => place.db.tenant(b, (tx) => tx.query('SELECT n, word FROM item'));
    expect(await seen()).toEqual([{ n: 1, word: 'lent' }]);
    await place.db.tenant(a, (tx) => tx.query('DELETE FROM lent'));
    expect(await seen()).toEqual([]);
    await place.db.tenant(a, (tx) => tx.query('INSERT INTO lent VALUES ($1, $2, 1)', [a, b]));
  });

  it('lets it change what is lent and denies the rest', async () => {
    const changed = await place.db.tenant(b, (tx) =>
      tx.query(`UPDATE item SET word = 'changed' RETURNING n`),
    );
    expect(changed).toEqual([{ n: 1 }]);
    const work = place.db.tenant(b, (tx) => tx.query(`INSERT INTO item VALUES ($1, 3, 'x')`, [a]));
    await expect(work).rejects.toMatchObject({ kind: 'denied' });
  });
});

describe('a table that is appended to', () => {
  it('gives the service no way to change or remove a row', async () => {
    await run(tenantTable('line', 'n int, PRIMARY KEY (org_id, n)', { append: true }));
    await place.db.tenant(a, (tx) => tx.query('INSERT INTO line VALUES ($1, 1)', [a]));
    for (const sql of ['UPDATE line SET n = 2', 'DELETE FROM line']) {
      await expect(place.db.tenant(a, (tx) => tx.query(sql))).rejects.toThrow('permission denied');
    }
  });

  it('must have org_id first in its key', () => {
    expect(() => tenantTable('x', 'id uuid PRIMARY KEY')).toThrow(
      'primary_key_must_begin_with_org_id',
    );
  });
});
