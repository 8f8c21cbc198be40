/** Alert rules, runbooks and dashboards as files, and the metrics that they ask for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createMetrics } from '@recourse/kit/health.ts';
import { type Measure, measures } from '@recourse/kit/measures.ts';
import { readPage } from './page.ts';

export const chart = join(import.meta.dirname, '../../charts/recourse');
export const alertsDir = join(chart, 'files/alerts');
const dashboardsDir = join(chart, 'files/dashboards');

export type Rule = {
  alert?: string;
  record?: string;
  expr: string;
  /** The file and the group it stands in. */
  file: string;
  group: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
};

export function readRules(): Rule[] {
  return readdirSync(alertsDir).flatMap((file) => {
    const text = readFileSync(join(alertsDir, file), 'utf8');
    const { groups } = parse(text) as { groups: readonly { name: string; rules: Rule[] }[] };
    return groups.flatMap(({ name, rules }) => rules.map((one) => ({ ...one, file, group: name })));
  });
}

export type Dashboard = {
  uid: string;
  title: string;
  panels: readonly { id: number; title: string; targets: readonly { expr: string }[] }[];
  templating: { list: readonly { type: string; query: string }[] };
};

export function readDashboards(): Dashboard[] {
  return readdirSync(dashboardsDir).map(
    (file) => JSON.parse(readFileSync(join(dashboardsDir, file), 'utf8')) as Dashboard,
  );
}

/** Expressions of a dashboard, and the metrics that its variables are read from. */
export function expressionsOf({ panels, templating }: Dashboard): string[] {
  const variables = templating.list
    .filter(({ type }) => type === 'query')
    .map(({ query }) => /label_values\((.+), *\w+\)$/.exec(query)?.[1] ?? query);
  return [...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)), ...variables];
}

export function readRunbooks(): string[] {
  return readdirSync(join(chart, 'runbooks')).map((file) => file.replace(/\.md$/, ''));
}

const words: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'bool', 'offset']);

/** Names of the metrics in an expression of PromQL. */
export function metricsIn(expr: string): string[] {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '');
  const names = bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g);
  return [...new Set([...names].map(([name]) => name))].filter((name) => !words.has(name));
}

/** Label names that an expression compares, of all its metrics together. */
export function labelsIn(expr: string): string[] {
  const inside = [...expr.matchAll(/\{([^}]*)\}/g)].map(([, text = '']) => text);
  return inside.flatMap((text) => [...text.matchAll(/(\w+)\s*[=!]/g)].map(([, name = '']) => name));
}

function seriesOf({ name, kind }: Measure): string[] {
  return kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];
}

/** Every metric that there is: ours, those of the process, and what rules record. */
export async function knownMetrics(): Promise<ReadonlySet<string>> {
  const ofProcess = readPage(await createMetrics('trial').registry.metrics());
  const recorded = readRules().flatMap(({ record }) => (record === undefined ? [] : [record]));
  return new Set([
    ...Object.values(measures).flatMap(seriesOf),
    ...ofProcess.map(({ name }) => name),
    ...recorded,
  ]);
}
