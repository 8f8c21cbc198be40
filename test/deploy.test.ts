/** The image, the compose file and the bill of materials, held against the code; nothing is run. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { findNats } from '@recourse/kit/nats-server.ts';
import type { ServiceSpec } from '@recourse/kit/service.ts';
import { parse } from 'yaml';
import { findServices, heapLimits, wantedRpcPort } from '../scripts/machine/plan.ts';
import { integrityOf } from '../scripts/machine/helm.ts';
import { environmentFindings, readBy, specs } from './chart/environment.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

type Container = {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  ports?: string[];
  read_only?: boolean;
  user?: string;
  cap_drop?: string[];
  security_opt?: string[];
};

const text = read('deploy/compose.yaml');
const compose = parse(text, { merge: true }) as { services: Record<string, Container> };
const named = [...text.matchAll(/\$\{([A-Z_]+)(:\?)?\}/g)];
const services = ['credit', 'cases', 'agencies', 'blacklist', 'litigation'];

/** What stands in compose.env for every name, as a person would fill it in. */
function filledIn(value: string): string {
  return value.replaceAll(/\$\{([A-Z_]+):\?\}/g, (_all, name: string) =>
    name.endsWith('_URL') ? 'http://localhost:8080' : 'word',
  );
}

function told(container: Container | undefined): Record<string, string> {
  const entries = Object.entries(container?.environment ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, filledIn(value)]));
}

const at = (name: string): Container | undefined => compose.services[name];

describe('The compose file', () => {
  let known: Map<string, ServiceSpec>;
  beforeAll(async () => {
    known = await specs();
  });

  it('has every service, its migration, and what they need', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual(
      [
        'gateway',
        'keycloak',
        'nats',
        'postgres',
        ...services,
        ...services.map((name) => `migrate-${name}`),
      ].toSorted(),
    );
    expect(services).toEqual(expect.arrayContaining(findServices(root)));
  });

  it.each([...services, 'gateway'])('tells %s what its code reads', (name) => {
    expect(environmentFindings(readBy(name, known), told(at(name)))).toEqual([]);
  });

  it.each(services)('migrates %s before it starts', (name) => {
    expect(environmentFindings(readBy('migrate', known), told(at(`migrate-${name}`)))).toEqual([]);
    expect(at(`migrate-${name}`)?.command).toEqual([`services/${name}/main.ts`, 'migrate']);
    expect(at(name)?.depends_on?.[`migrate-${name}`]?.condition).toBe(
      'service_completed_successfully',
    );
    // A service that migrates by itself would race its own replicas' release.
    expect(at(name)?.environment).not.toHaveProperty('DATABASE_OWNER_URL');
  });

  it.each(services)('gives %s its ports and the others its address', (name) => {
    const port = wantedRpcPort(name);
    expect(at(name)?.environment).toMatchObject({
      RPC_PORT: String(port),
      HEALTH_PORT: String(port + 100),
    });
    const address = { [`${name.toUpperCase()}_ADDRESS`]: `dns:///${name}:${port}` };
    expect(at('gateway')?.environment).toMatchObject(address);
  });

  it.each([...services, 'gateway'])('contains %s', (name) => {
    expect(at(name)).toMatchObject({
      read_only: true,
      user: '10001:10001',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      command: [`services/${name}/main.ts`],
    });
  });

  it('asks everything that stays whether it is well', () => {
    for (const [name, { healthcheck }] of Object.entries(compose.services)) {
      if (name.startsWith('migrate-')) expect(healthcheck).toEqual({ disable: true });
      else expect(healthcheck?.test?.[0]).toBe('CMD');
    }
  });

  it('shows the portal and the issuer only', () => {
    const shown = Object.entries(compose.services).filter(([, one]) => one.ports !== undefined);
    expect(shown.map(([name]) => name).toSorted()).toEqual(['gateway', 'keycloak']);
  });

  it('has no default for a secret, and an example that names each', () => {
    expect(named.filter(([, , required]) => required === undefined)).toEqual([]);
    const example = read('deploy/compose.env.example');
    const names = new Set(named.map(([, name]) => name));
    const given = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)];
    expect(new Set(given.map(([, name]) => name))).toEqual(names);
    const secret = given.filter(([, name = '']) => /PASSWORD|SECRET|_KEY$/.test(name));
    expect(secret.map(([, , value]) => value)).toEqual(secret.map(() => ''));
  });

  it('names images by version', () => {
    const images = Object.values(compose.services).map(({ image }) => image);
    const versioned = /^\$\{[A-Z]+_IMAGE:-[\w./-]+:\d[\w.-]+\}$|^\$\{RECOURSE_IMAGE:\?\}$/;
    for (const image of images) expect(image).toMatch(versioned);
  });

  it('may take every image from a mirror, as the example says', () => {
    const defaults = [...text.matchAll(/\$\{([A-Z_]+):-(.*?)\}/g)];
    expect(defaults).toHaveLength(5);
    const example = read('deploy/compose.env.example');
    for (const [, name, value] of defaults) expect(example).toContain(`\n# ${name}=${value}\n`);
    const [node] = /^ARG NODE_IMAGE=.*$/m.exec(read('deploy/Dockerfile')) ?? [''];
    expect(example).toContain(node.replace('ARG ', '# '));
  });
});

describe('The broker', () => {
  it('takes its configuration and keeps what it acknowledges', async () => {
    const binary = await findNats();
    const file = join(root, 'deploy/nats.conf');
    const env = { ...process.env, NATS_USER: 'me', NATS_PASSWORD: 'word' };
    const said = spawnSync(binary, ['-t', '-c', file], { env, encoding: 'utf8' });
    expect(said.stderr).toContain('is valid');
    expect(read('deploy/nats.conf')).toMatch(/^\s*sync_interval: always$/m);
    expect(read('charts/recourse/files/nats-values.yaml')).toMatch(/sync_interval: always/);
  });
});

describe('The image', () => {
  const lines = read('deploy/Dockerfile').split('\n');

  it('copies the manifest of every workspace', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { link?: boolean; resolved?: string }>;
    };
    const workspaces = Object.values(packages).flatMap(({ link, resolved }) =>
      link === true ? [resolved ?? ''] : [],
    );
    expect(workspaces.length).toBeGreaterThan(8);
    for (const folder of workspaces) {
      expect(lines).toContain(`COPY ${folder}/package.json ${folder}/`);
    }
  });

  it('installs the services that there are, and not the stand-in for an issuer', () => {
    const installed = lines.join(' ').match(/-w \S+/g) ?? [];
    for (const name of [...findServices(root), 'gateway', 'kit']) {
      expect(installed).toContain(`-w services/${name}`);
    }
    expect(installed.join()).not.toContain('identity');
    expect(read('.dockerignore')).toMatch(/^services\/identity\/\*$/m);
  });

  it('runs as nobody special, says how it is, and of which Node it is', () => {
    expect(lines).toContain('USER 10001:10001');
    expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
    const { dependencies } = JSON.parse(read('package.json')) as {
      dependencies: { node: string };
    };
    const base = `docker.io/library/node:${dependencies.node}-trixie-slim`;
    expect(lines).toContain(`ARG NODE_IMAGE=${base}`);
    expect(lines.join('\n')).not.toMatch(/:latest/);
  });

  it('limits the heap as a start on a laptop does', () => {
    expect(lines.join('\n')).toContain(`NODE_OPTIONS="${heapLimits}"`);
  });
});

describe('The bill of materials', () => {
  type Part = { name: string; version: string; licenses?: { license?: { id?: string } }[] };
  const forbidden = /^(A?GPL|SSPL|BUSL|CC-BY-NC|Elastic|Commons-Clause)/;
  let parts: Part[] = [];
  let format = '';
  beforeAll(() => {
    const made = spawnSync(join(root, 'scripts/sbom'), { encoding: 'utf8', maxBuffer: 64_000_000 });
    const read = JSON.parse(made.stdout) as { bomFormat: string; components: Part[] };
    format = read.bomFormat;
    parts = read.components;
  });

  it('has what runs and nothing that only developers need', () => {
    expect(format).toBe('CycloneDX');
    const names = parts.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['express', 'pg', '@grpc/grpc-js']));
    expect(names).not.toContain('jest');
  });

  it('has no licence that forbids what we do', () => {
    const found = parts.filter(({ licenses = [] }) =>
      licenses.some(({ license }) => forbidden.test(license?.id ?? '')),
    );
    expect(found.map(({ name }) => name)).toEqual([]);
    expect(['AGPL-3.0-only', 'GPL-2.0', 'SSPL-1.0'].every((id) => forbidden.test(id))).toBe(true);
  });
});

describe('What is fetched', () => {
  it('is known by its integrity', () => {
    expect(integrityOf(Buffer.from('a'))).toMatch(/^sha512-H0D8ktokFpR1CXnubPWC8tXX/);
  });
});
