/**
 * Keeps the immutable fields of the chart as it is now, for the next version to be compared with:
 * `node test/chart/release.ts` when a version of the chart is released.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chartDir, render } from './render.ts';
import { sets } from './sets.ts';
import { immutableFields } from './upgrade.ts';

/** Value sets that stand for the installations there are. */
export const upgraded = ['small', 'medium', 'large', 'labels, annotations and names'];

export const releasedFile = join(import.meta.dirname, 'released.json');

export type Released = { version: string; sets: Record<string, Record<string, unknown>> };

/** The immutable fields of each upgraded set, at an upgrade. */
export async function fieldsNow(): Promise<Released['sets']> {
  const fields = sets
    .filter(({ name }) => upgraded.includes(name))
    .map(async ({ name, values }): Promise<[string, Record<string, unknown>]> => {
      return [name, immutableFields(await render(values, { isUpgrade: true }))];
    });
  return Object.fromEntries(await Promise.all(fields));
}

if (import.meta.main) {
  const text = readFileSync(join(chartDir, 'Chart.yaml'), 'utf8');
  const { version } = parse(text) as { version: string };
  const released: Released = { version, sets: await fieldsNow() };
  writeFileSync(releasedFile, `${JSON.stringify(released, null, 2)}\n`);
}
