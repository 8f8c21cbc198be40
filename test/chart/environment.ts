/** What a process is told, held against what its code reads. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig, type Variable } from '@recourse/kit/config.ts';
import type { Fault } from '@recourse/kit/fault.ts';
import type { ServiceSpec } from '@recourse/kit/service.ts';
import { migrationVariables, variablesOf } from '@recourse/kit/settings.ts';
import { gatewayVariables } from '../../services/gateway/settings.ts';
import { root } from './render.ts';

export type Variables = Readonly<Record<string, Variable>>;
export type Told = Readonly<Record<string, string>>;

/** Services that are there already, by name. */
export async function specs(): Promise<Map<string, ServiceSpec>> {
  const found = new Map<string, ServiceSpec>();
  for (const file of globSync('services/*/service.ts', { cwd: root }).toSorted()) {
    const name = file.split('/')[1] ?? '';
    if (name === 'kit') continue;
    const loaded = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    const spec = loaded[name] as ServiceSpec | undefined;
    if (spec === undefined) throw new Error(`${file} exports no ${name}`);
    found.set(name, spec);
  }
  return found;
}

/** What a process reads; of a service that is not there yet, what every service does. */
export function readBy(process: string, known: ReadonlyMap<string, ServiceSpec>): Variables {
  if (process === 'gateway') return gatewayVariables;
  if (process === 'migrate') return migrationVariables;
  return variablesOf(known.get(process) ?? {});
}

/** Variables that no code reads, and what the code says about the rest. */
export function environmentFindings(variables: Variables, told: Told): string[] {
  const unread = Object.keys(told)
    .filter((name) => variables[name] === undefined)
    .map((name) => `${name} is read by nobody`);
  try {
    readConfig(variables, told);
    return unread;
  } catch (thrown) {
    const { violations } = thrown as Fault;
    return [...unread, ...violations.map(({ field, rule }) => `${field} ${rule}`)];
  }
}
