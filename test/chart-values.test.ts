/** What may be told to the chart, what it says to the processes, and what an upgrade changes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceSpec } from '@recourse/kit/service.ts';
import { shortName } from '@recourse/kit/client.ts';
import { parse } from 'yaml';
import { environmentFindings, readBy, specs } from './chart/environment.ts';
import { consumedBy } from './chart/graph.ts';
import { readmeRows, readmeTable } from './chart/readme.ts';
import { refused } from './chart/refused.ts';
import { fieldsNow, type Released, releasedFile } from './chart/release.ts';
import { chartDir, podsOf, refusalOf, render, type Rendered } from './chart/render.ts';
import { sets } from './chart/sets.ts';
import { upgradeFindings } from './chart/upgrade.ts';

type About = { rpc?: number; health: number; calls: string[]; consumes?: string[] };

function chartFile(name: string): string {
  return readFileSync(join(chartDir, name), 'utf8');
}

const processes = parse(chartFile('files/processes.yaml')) as Record<string, About>;
let known: Map<string, ServiceSpec>;

beforeAll(async () => {
  known = await specs();
});

describe('A value that is wrong', () => {
  it('is one of thirty at least', () => {
    expect(new Set(refused.map(({ name }) => name)).size).toBeGreaterThanOrEqual(30);
  });

  it.each(refused)('$name: is refused with words', async ({ values, says, cluster }) => {
    expect(await refusalOf(values, cluster)).toMatch(says);
  });
});

describe('The schema', () => {
  type Schema = { [key: string]: unknown; properties?: Record<string, Schema>; type?: unknown };

  /** Objects of the schema that let any name pass without saying of what type. */
  function openObjects(schema: Schema, at: string): string[] {
    const isOpen =
      schema.type === 'object' && schema['additionalProperties'] === undefined && at !== '';
    const inner = Object.entries(schema).flatMap(([key, value]) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? openObjects(value as Schema, `${at}/${key}`)
        : [],
    );
    return isOpen ? [at, ...inner] : inner;
  }

  it('is closed but for what Kubernetes itself checks', () => {
    const schema = JSON.parse(chartFile('values.schema.json')) as Schema;
    expect(openObjects(schema, '').toSorted()).toEqual([
      '/$defs/workload/properties/affinity/properties/nodeAffinity',
      '/$defs/workload/properties/affinity/properties/podAffinity',
      '/$defs/workload/properties/affinity/properties/podAntiAffinity',
      '/properties/extraObjects/items',
    ]);
  });
});

/** A table as it reads, however its columns are padded. */
const plain = (text: string) => text.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ');

describe('The README', () => {
  it('has the table of every value, as values.yaml explains it', () => {
    const rows = readmeRows(chartFile('values.yaml'));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter(({ doc }) => doc === '').map(({ name }) => name)).toEqual([]);
    expect(plain(chartFile('README.md'))).toContain(plain(readmeTable(rows)));
  });
});

describe('The call graph', () => {
  it('names the services that there are', () => {
    const services = Object.keys(processes).filter((name) => name !== 'gateway');
    expect(services).toEqual(expect.arrayContaining([...known.keys()]));
  });

  it('has the calls that the code makes', () => {
    for (const [name, spec] of known) {
      const calls = Object.values(spec.clients ?? {}).map((one) => shortName(one.serviceName));
      const told = processes[name]?.calls.toSorted();
      expect({ name, calls: told }).toEqual({ name, calls: [...new Set(calls)].toSorted() });
    }
  });

  it('has the events that the code takes in', () => {
    for (const [name, spec] of known) {
      const told = processes[name]?.consumes?.toSorted();
      expect({ name, consumes: told }).toEqual({ name, consumes: consumedBy(spec) });
    }
  });
});

/** A rendered value, or a stand-in for what a secret will hold. */
function toldTo(of: Rendered): Record<string, string> {
  const [pod] = podsOf([of]);
  const env = pod?.spec.containers.flatMap((one) => one.env ?? []) ?? [];
  return Object.fromEntries(
    env.map(({ name, value }) => [name, value ?? 'postgres://user@host/database']),
  );
}

/** The sets that change what processes are told. */
const telling = new Set(['the least', 'small', 'medium', 'large', 'CPU alone', 'an Ingress']);
const tellingSets = sets.filter(
  ({ name }) => telling.has(name) || /^(Cloud|narrow|traces)/.test(name),
);

describe('The environment', () => {
  it.each(tellingSets)(
    'of every process is what its code reads: $name',
    async ({ values, cluster }) => {
      const objects = await render(values, cluster);
      const findings = objects
        .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
        .flatMap((one) => {
          const component = one.metadata.labels?.['app.kubernetes.io/component'] ?? '';
          const reader = component.startsWith('migrate-') ? 'migrate' : component;
          const found = environmentFindings(readBy(reader, known), toldTo(one));
          return found.map((words) => `${one.metadata.name}: ${words}`);
        });
      expect(findings).toEqual([]);
    },
  );

  it('that lacks a variable or has one too many is found', () => {
    const told = { HTTP_PORT: 'many', LOG_LEVELS: 'info' };
    expect(environmentFindings(readBy('gateway', known), told)).toEqual(
      expect.arrayContaining([
        'LOG_LEVELS is read by nobody',
        'NATS_URL required',
        'HTTP_PORT not_a_port',
      ]),
    );
  });
});

describe('An upgrade', () => {
  const released = JSON.parse(readFileSync(releasedFile, 'utf8')) as Released;

  it('changes nothing that cannot be changed', async () => {
    const now = await fieldsNow();
    for (const [name, before] of Object.entries(released.sets)) {
      expect(Object.keys(before).length).toBeGreaterThan(10);
      expect({ name, findings: upgradeFindings(before, now[name] ?? {}) }).toEqual({
        name,
        findings: [],
      });
    }
  });

  it('that would is found', () => {
    const before = { 'Deployment/a': { 'spec.selector': 1 }, 'Cluster/b': {}, 'Service/c': {} };
    const after = { 'Deployment/a': { 'spec.selector': 2 } };
    expect(upgradeFindings(before, after)).toEqual(['Deployment/a changes', 'Cluster/b goes']);
  });
});
