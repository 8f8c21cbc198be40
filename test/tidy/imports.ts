/** Laws 2, 3 and 10: which file may import which. */
import { posix } from 'node:path';
import type { Finding, Import, Source } from './tree.ts';

/** The kit's pure files: all that a domain may see of it. */
const pureKit = [
  'money',
  'round-rates',
  'day',
  'calendar',
  'fault',
  'check',
  'hash',
  'encoding',
  'paper',
  'cyrillic',
  'euc-jp',
  'korean',
  'shift-jis',
];

type Layer = {
  service: string;
  /** `domain`, `rpc`, `inbox`, `jobs`, `store`, `migrations`, `main`, or a file's own name. */
  name: string;
};

/** Where a file stands in its service; undefined outside services. */
function layerOf(path: string): Layer | undefined {
  const [, service, rest] = /^services\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (service === undefined || rest === undefined) return undefined;
  const first = rest.split('/')[0] ?? '';
  return { service, name: first.replace(/(\.test)?\.ts$/, '') };
}

/** The path within the tree that an import means; undefined for packages. */
export function targetOf(path: string, from: string): string | undefined {
  const [, workspace, rest] = /^@recourse\/([^/]+)\/(.+)$/.exec(from) ?? [];
  if (workspace !== undefined && rest !== undefined) {
    if (workspace === 'proto') return `proto/gen/${rest}`;
    return workspace === 'portal' || workspace === 'test'
      ? `${workspace}/${rest}`
      : `services/${workspace}/${rest}`;
  }
  if (!from.startsWith('.')) return undefined;
  return posix.normalize(posix.join(posix.dirname(path), from));
}

const isTest = (path: string) => path.endsWith('.test.ts');

/** What is wrong with one import, or undefined. */
function objection(source: Source, one: Import): [what: string, repair: string] | undefined {
  const target = targetOf(source.path, one.from);
  if (source.path.startsWith('portal/')) return portalObjection(one.from, target);
  const layer = layerOf(source.path);
  if (layer === undefined) return undefined;
  if (target !== undefined && /^(portal|test|scripts)\//.test(target)) {
    return ['a service imports what is around it', 'move what is shared into the kit'];
  }
  const other = target === undefined ? undefined : layerOf(target);
  if (other !== undefined && other.service !== layer.service && other.service !== 'kit') {
    return [`services import each other: ${other.service}`, 'ask by RPC or hear its events'];
  }
  if (layer.service === 'kit') return kitObjection(source.path, one, target, other);
  if (layer.name === 'domain') return domainObjection(source.path, one, target);
  return sideObjection(source.path, layer, one, other);
}

function portalObjection(from: string, target: string | undefined): [string, string] | undefined {
  if (target === undefined || /^(portal\/|proto\/gen\/web\/)/.test(target)) return undefined;
  return [`the portal imports ${from}`, 'it sees the contract only: @recourse/proto/web/…'];
}

function kitObjection(
  path: string,
  one: Import,
  target: string | undefined,
  other: Layer | undefined,
): [string, string] | undefined {
  const name = layerOf(path)?.name ?? '';
  if (!pureKit.includes(name) || isTest(path)) return undefined;
  const isPure = other !== undefined && pureKit.includes(other.name);
  if (isPure || one.isType) return undefined;
  const isHash = name === 'hash' && one.from === 'node:crypto';
  if (isHash) return undefined;
  return [
    `a pure file of the kit imports ${target ?? one.from}`,
    'keep it pure, or move it to the edge',
  ];
}

function domainObjection(
  path: string,
  one: Import,
  target: string | undefined,
): [string, string] | undefined {
  const repair = 'the domain sees its own files, the kit’s pure ones and types of the contract';
  if (target === undefined) {
    return isTest(path) ? undefined : [`the domain imports ${one.from}`, repair];
  }
  if (target.startsWith('proto/gen/')) {
    return one.isType || isTest(path)
      ? undefined
      : ['the domain imports code of the contract', 'use import type'];
  }
  const layer = layerOf(target);
  const isKit = layer?.service === 'kit' && pureKit.includes(layer.name);
  const isOwn = layer?.name === 'domain';
  // A test decides by the real rule tables, which the domain itself takes as arguments.
  const isTable = layer?.name === 'rules' || target.endsWith('kit/chinese-calendar.ts');
  if (isKit || isOwn || (isTest(path) && isTable)) return undefined;
  return [`the domain imports ${target}`, repair];
}

const doors = ['rpc', 'inbox', 'jobs'];
const databasePackages = /^(pg|@mikro-orm\/|pg-copy-streams)/;

function sideObjection(
  path: string,
  layer: Layer,
  one: Import,
  other: Layer | undefined,
): [string, string] | undefined {
  if (isTest(path)) return undefined;
  const isOwn = other?.service === layer.service;
  if (isOwn && other.name === 'main') return ['main is imported', 'main wires and nobody needs it'];
  if (
    doors.includes(layer.name) &&
    isOwn &&
    doors.includes(other.name) &&
    other.name !== layer.name
  ) {
    return [`${layer.name} imports ${other.name}`, 'both use domain and store, never each other'];
  }
  if (layer.name === 'store' && isOwn && [...doors, 'main'].includes(other.name)) {
    return [`store imports ${other.name}`, 'the store knows the domain’s types only'];
  }
  const mayStore = layer.name === 'store' || layer.name === 'migrations';
  if (databasePackages.test(one.from) && !mayStore) {
    return [
      `${layer.name} imports ${one.from}`,
      'SQL stands in store; transactions come from kit/db.ts',
    ];
  }
  return undefined;
}

export function importFindings(source: Source): Finding[] {
  return (source.code?.imports ?? []).flatMap((one) => {
    const said = objection(source, one);
    return said === undefined
      ? []
      : [
          {
            file: source.path,
            line: one.line,
            what: said[0],
            repair: said[1],
          },
        ];
  });
}

/** Circles of imports, each named once by its way round. */
export function cycleFindings(sources: readonly Source[]): Finding[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const state = new Map<string, 'open' | 'done'>();
  const way: string[] = [];
  const findings: Finding[] = [];
  const visit = (path: string): void => {
    state.set(path, 'open');
    way.push(path);
    for (const one of byPath.get(path)?.code?.imports ?? []) {
      const target = resolve(byPath, targetOf(path, one.from));
      if (target === undefined) continue;
      if (state.get(target) === 'open') {
        const circle = [...way.slice(way.indexOf(target)), target].join(' → ');
        findings.push({
          file: path,
          line: one.line,
          what: `a circle of imports: ${circle}`,
          repair: 'move what both need into a file of its own',
        });
      } else if (state.get(target) === undefined) visit(target);
    }
    way.pop();
    state.set(path, 'done');
  };
  for (const { path } of sources) if (state.get(path) === undefined) visit(path);
  return findings;
}

/** The portal's imports leave `.ts` out. */
function resolve(byPath: ReadonlyMap<string, Source>, target: string | undefined) {
  if (target === undefined) return undefined;
  return [target, `${target}.ts`].find((path) => byPath.has(path));
}

/** Packages that a workspace uses without naming them; npm's hoisting hides that until an image. */
export function dependencyFindings(sources: readonly Source[]): Finding[] {
  const named = new Map<string, Set<string>>();
  for (const source of sources) {
    if (!/^(services\/[^/]+|portal|test|proto)\/package\.json$/.test(source.path)) continue;
    const { dependencies = {}, devDependencies = {} } = JSON.parse(source.text) as {
      dependencies?: object;
      devDependencies?: object;
    };
    const names = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    named.set(posix.dirname(source.path), new Set(names));
  }
  return sources
    .filter(({ path }) => path.startsWith('services/') && !isTest(path))
    .flatMap((source) => undeclared(source, named));
}

/** Named once at the root, for tests and the builders beside them. */
const testTools = new Set(['@jest/globals', 'fast-check']);

function undeclared(source: Source, named: ReadonlyMap<string, Set<string>>): Finding[] {
  const workspace = source.path.split('/').slice(0, 2).join('/');
  const known = named.get(workspace) ?? new Set();
  return (source.code?.imports ?? []).flatMap(({ from, line }) => {
    const [, name] = /^((?:@[^/]+\/)?[^/.][^/]*)/.exec(from) ?? [];
    const isOwn = name === `@recourse/${workspace.split('/')[1]}`;
    if (name === undefined || name.startsWith('node:') || isOwn) return [];
    if (known.has(name) || testTools.has(name)) return [];
    return [
      {
        file: source.path,
        line,
        what: `uses ${name}, which ${workspace}/package.json does not name`,
        repair: 'add it to its dependencies',
      },
    ];
  });
}
