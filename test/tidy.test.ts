/**
 * The laws and the style as a test (architecture.md, Laws and Style). A finding is one line: where,
 * what, and the repair. The samples at the end prove that each rule sees what it is there for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLog } from '@recourse/kit/log.ts';
import { migrate } from '@recourse/kit/migrate.ts';
import { assertTenancy } from '@recourse/kit/tenancy.ts';
import { testCluster, type TestCluster } from '@recourse/kit/test-cluster.ts';
import { accessFindings, lockFindings, readmeFindings, versionFindings } from './tidy/contract.ts';
import { cycleFindings, dependencyFindings, importFindings } from './tidy/imports.ts';
import { moneyFindings, purityFindings } from './tidy/money.ts';
import { samples } from './tidy/samples.ts';
import { readSource, readTree, type Finding, type Source } from './tidy/tree.ts';
import {
  environmentFindings,
  functionFindings,
  nameFindings,
  patienceFindings,
  sizeFindings,
  typeFindings,
  wordFindings,
} from './tidy/words.ts';

const root = join(import.meta.dirname, '..');

const perFile = (check: (source: Source) => Finding[]) => (sources: readonly Source[]) =>
  sources.flatMap(check);

const rules = {
  'has no left-overs, silenced checkers, mocks, machine paths or registry hosts':
    perFile(wordFindings),
  'keeps lines and files short': perFile(sizeFindings),
  'keeps functions short': perFile(functionFindings),
  'gives tests time': perFile(patienceFindings),
  'names things by their noun and has no barrels': perFile(nameFindings),
  'lets the compiler check everything': perFile(typeFindings),
  'reads the environment in one place': perFile(environmentFindings),
  'decides purely in the domain': perFile(purityFindings),
  'has no float money': perFile(moneyFindings),
  'imports in one direction': perFile(importFindings),
  'has no circles of imports': cycleFindings,
  'names the packages that each service uses': dependencyFindings,
  'says of every method who may call': perFile(accessFindings),
  'explains each service on one screen': readmeFindings,
  'pins every version': perFile(versionFindings),
} as const satisfies Record<string, (sources: readonly Source[]) => Finding[]>;

/** One line per finding: `file:line what → repair`. */
function words(findings: readonly Finding[]): string[] {
  return findings.map(({ file, line, what, repair }) => `${file}:${line} ${what} → ${repair}`);
}

describe('The tree', () => {
  let sources: Source[] = [];
  beforeAll(() => {
    sources = readTree();
  });

  it('is read', () => {
    expect(sources.filter(({ code }) => code !== undefined).length).toBeGreaterThan(50);
  });

  it.each(Object.entries(rules))('%s', (_name, check) => {
    expect(words(check(sources))).toEqual([]);
  });

  it('has a lock without download addresses', () => {
    const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(words(lockFindings('package-lock.json', text))).toEqual([]);
  });
});

describe('Every table', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await testCluster();
  });
  afterAll(() => cluster.stop());

  const services = [
    ...new Set(
      readTree().flatMap(({ path }) => /^services\/([^/]+)\/migrations\//.exec(path)?.[1] ?? []),
    ),
  ].filter((service) => service !== 'kit');

  it.each(services)('of %s belongs to one organisation', async (service) => {
    const database = await cluster.database(service);
    const log = createLog(service, 'silent');
    const folder = new URL(`../services/${service}/migrations/`, import.meta.url);
    await migrate({ ...database, folder, log });
    await expect(assertTenancy(database.ownerQuery)).resolves.toBeUndefined();
  });

  it('that does not is found', async () => {
    const { ownerQuery } = await cluster.database('sample');
    await ownerQuery('CREATE TABLE debt (id uuid PRIMARY KEY, org_id uuid NOT NULL)');
    await ownerQuery(
      'CREATE TABLE part (org_id uuid, debt_id uuid REFERENCES debt, no int UNIQUE)',
    );
    const said = await assertTenancy(ownerQuery).catch((error: unknown) => String(error));
    expect(said).toContain('debt has no FORCE ROW LEVEL SECURITY');
    expect(said).toContain('debt has no primary key that begins with org_id');
    expect(said).toContain('part_no_key is a unique index that does not begin with org_id');
    expect(said).toContain('part_debt_id_fkey is a foreign key that does not begin with org_id');
  });
});

describe('The checker', () => {
  it.each(samples)('$rule: finds $name', ({ rule, files, line }) => {
    const bad = Object.entries(files).map(([path, text]) => readSource(path, text));
    const check: (sources: readonly Source[]) => Finding[] = rules[rule];
    const found = check(bad);
    expect(found.map((one) => one.line)).toContain(line);
    expect(words(found).every((said) => / → \S/.test(said))).toBe(true);
  });

  it('has a sample for every rule', () => {
    expect([...new Set(samples.map(({ rule }) => rule))].toSorted()).toEqual(
      Object.keys(rules).toSorted(),
    );
  });

  it('finds download addresses in a lock', () => {
    const text = '{\n  "resolved": "https://somewhere/a.tgz"\n}';
    expect(lockFindings('package-lock.json', text).map(({ line }) => line)).toEqual([2]);
  });
});
