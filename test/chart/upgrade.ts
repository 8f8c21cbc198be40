/** Fields that Kubernetes refuses to change: an upgrade that touches one fails half way. */
import type { Rendered } from './render.ts';

type Anything = Record<string, unknown> | undefined;

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, name) => (found as Anything)?.[name], value);

/** Paths that cannot be changed, by kind. */
const immutable: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Deployment: [['spec', 'selector']],
  Service: [['spec', 'clusterIP']],
  StatefulSet: [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'volumeClaimTemplates'],
    ['spec', 'podManagementPolicy'],
  ],
  Job: [
    ['spec', 'selector'],
    ['spec', 'template'],
    ['spec', 'completions'],
  ],
  PersistentVolumeClaim: [
    ['spec', 'storageClassName'],
    ['spec', 'accessModes'],
  ],
  Cluster: [
    ['spec', 'bootstrap'],
    ['spec', 'storage', 'storageClass'],
  ],
  Database: [
    ['spec', 'name'],
    ['spec', 'cluster'],
  ],
};

/** Hooks are deleted and made again, so they may change. */
const isHook = (one: Rendered) => one.metadata.annotations?.['helm.sh/hook'] !== undefined;
const key = (one: Rendered) => `${one.kind}/${one.metadata.name}`;

/** The immutable fields of objects, as they are kept for the next version to be compared with. */
export function immutableFields(objects: readonly Rendered[]): Record<string, unknown> {
  const entries = objects
    .filter((one) => !isHook(one) && immutable[one.kind] !== undefined)
    .map((one): [string, unknown] => {
      const paths = immutable[one.kind] ?? [];
      const fields = paths.map((path) => [path.join('.'), at(one, ...path) ?? null]);
      return [key(one), Object.fromEntries(fields)];
    });
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What an upgrade from `before` would change that cannot be changed. */
export function upgradeFindings(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  return Object.entries(before).flatMap(([name, fields]) => {
    const next = after[name];
    // What is gone is deleted, which is allowed but for data.
    if (next === undefined) return /^(Cluster|Database|Persist)/.test(name) ? [`${name} goes`] : [];
    return JSON.stringify(next) === JSON.stringify(fields) ? [] : [`${name} changes`];
  });
}
