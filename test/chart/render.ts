/** Renders the chart with helm and reads what comes out; at most two helms at a time. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { parseAllDocuments, stringify } from 'yaml';
import { findHelm } from '../../scripts/machine/helm.ts';

export const root = join(import.meta.dirname, '../..');
export const chartDir = join(root, 'charts/recourse');

export type Values = Readonly<Record<string, unknown>>;

/** What a cluster offers beside Kubernetes itself. */
export const allApis = [
  'cert-manager.io/v1',
  'gateway.networking.k8s.io/v1',
  'keda.sh/v1alpha1',
  'monitoring.coreos.com/v1',
  'postgresql.cnpg.io/v1',
] as const;

export type Labels = Record<string, string>;

/** One rendered object; `spec` is read by whoever knows the kind. */
export type Rendered = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels; annotations?: Labels };
  spec?: object;
  [field: string]: unknown;
};

export type Cluster = { kube?: string; apis?: readonly string[]; isUpgrade?: boolean };

const helm = findHelm();
const mostAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function turn(): Promise<() => void> {
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  return () => {
    running -= 1;
    waiting.shift()?.();
  };
}

async function run(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const done = await turn();
  const child = spawn(helm, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  const faults: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => said.push(part));
  child.stderr.on('data', (part: Buffer) => faults.push(part));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', () => resolve(1));
  });
  done();
  return { code, said: Buffer.concat(code === 0 ? said : faults).toString() };
}

/** Runs `work` with the values in a file of their own. */
async function withValues<T>(values: Values, work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-chart-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, stringify(values, { version: '1.1' }));
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function argsOf(file: string, o: Cluster, chart: string): string[] {
  const apis = (o.apis ?? allApis).flatMap((api) => ['--api-versions', api]);
  const kube = o.kube === undefined ? [] : ['--kube-version', o.kube];
  const upgrade = o.isUpgrade === true ? ['--is-upgrade'] : [];
  const about = ['--namespace', 'debts', '--values', file];
  return ['template', 'house', chart, ...about, ...apis, ...kube, ...upgrade];
}

/** Documents read before: of a hundred renderings most are the same, word for word. */
const known = new Map<string, readonly Rendered[]>();

function readDocument(text: string): readonly Rendered[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(document.errors.join('\n'));
    const value = document.toJS() as Rendered | null;
    return value === null ? [] : [value];
  });
  known.set(text, read);
  return read;
}

/** Every object of the text, read as Kubernetes reads YAML (1.1); throws where it is none. */
export function readObjects(text: string): Rendered[] {
  return text.split(/^---\n/m).flatMap((one) => structuredClone([...readDocument(one)]));
}

/** The chart's objects; throws with helm's words when it refuses. */
export async function render(values: Values, o: Cluster = {}, chart = chartDir) {
  const { code, said } = await withValues(values, (file) => run(argsOf(file, o, chart)));
  if (code !== 0) throw new Error(said);
  return readObjects(said);
}

/** What helm says when it refuses; undefined when it does not. */
export async function refusalOf(values: Values, o: Cluster = {}): Promise<string | undefined> {
  const { code, said } = await withValues(values, (file) => run(argsOf(file, o, chartDir)));
  return code === 0 ? undefined : said;
}

/** `helm lint --strict`; empty when it finds nothing. */
export async function lint(values: Values): Promise<string> {
  const { code, said } = await withValues(values, (file) =>
    run(['lint', '--strict', '--quiet', chartDir, '--values', file]),
  );
  return code === 0 ? '' : said;
}

/** A pod, or what makes pods, by who it belongs to. */
export type Pod = { of: Rendered; labels: Labels; spec: IPodSpec };

type Template = { template: { metadata: { labels: Labels }; spec: IPodSpec } };

/** Every pod that the objects make: of Deployments, Jobs and by themselves. */
export function podsOf(objects: readonly Rendered[]): Pod[] {
  return objects.flatMap((of): Pod[] => {
    if (of.kind === 'Pod') {
      return [{ of, labels: of.metadata.labels ?? {}, spec: of.spec as IPodSpec }];
    }
    if (of.kind !== 'Deployment' && of.kind !== 'Job') return [];
    const { template } = of.spec as Template;
    return [{ of, labels: template.metadata.labels, spec: template.spec }];
  });
}

/** Objects of a kind, their spec read as `S`. */
export type Kind<S> = Rendered & { spec: S };

export function ofKind<S>(objects: readonly Rendered[], kind: string): Kind<S>[] {
  return objects.filter((one): one is Kind<S> => one.kind === kind);
}

/** Whether labels are those that a selector asks for. */
export function matches(labels: Labels | undefined, wanted: Labels | undefined): boolean {
  return Object.entries(wanted ?? {}).every(([key, value]) => labels?.[key] === value);
}
