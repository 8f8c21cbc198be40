/** Runs one k6 scenario against a house and gives what k6 says. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadHouse } from './house.ts';

const folder = join(import.meta.dirname, '../../test/load');

export const profiles = ['smoke', 'short', 'full'] as const;
export type Profile = (typeof profiles)[number];

/** Scenarios by name; `people` is what they share. */
export const scenarios: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.replace(/\.js$/, ''))
  .filter((name) => name !== 'people')
  .toSorted();

type Values = Readonly<Record<string, number>>;
export type Ran = {
  /** 0 when every threshold held. */
  code: number | null;
  said: string;
  requests: number;
  perSecond: number;
  failedShare: number;
  p95Ms: number;
};

type Summary = { metrics: Readonly<Record<string, Values>> };

function readSummary(file: string): Pick<Ran, 'requests' | 'perSecond' | 'failedShare' | 'p95Ms'> {
  if (!existsSync(file)) return { requests: 0, perSecond: 0, failedShare: 1, p95Ms: Infinity };
  const { metrics } = JSON.parse(readFileSync(file, 'utf8')) as Summary;
  return {
    requests: metrics['http_reqs']?.['count'] ?? 0,
    perSecond: metrics['http_reqs']?.['rate'] ?? 0,
    failedShare: metrics['http_req_failed']?.['value'] ?? 1,
    p95Ms: metrics['http_req_duration']?.['p(95)'] ?? Infinity,
  };
}

export async function runScenario(o: {
  k6: string;
  scenario: string;
  profile: Profile;
  house: LoadHouse;
  onOutput?: (text: string) => void;
}): Promise<Ran> {
  const own = mkdtempSync(join(tmpdir(), 'recourse-load-'));
  try {
    const [house, summary] = [join(own, 'house.json'), join(own, 'summary.json')];
    writeFileSync(house, JSON.stringify(o.house), { mode: 0o600 });
    const told = ['-e', `HOUSE=${house}`, '-e', `PROFILE=${o.profile}`];
    const args = ['run', '--quiet', '--no-usage-report', '--summary-export', summary, ...told];
    const child = spawn(o.k6, [...args, join(folder, `${o.scenario}.js`)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part: Buffer) => {
        said += String(part);
        o.onOutput?.(String(part));
      });
    }
    const code = await new Promise<number | null>((resolve) => {
      child.once('close', resolve);
      child.once('error', () => resolve(1));
    });
    return { code, said, ...readSummary(summary) };
  } finally {
    rmSync(own, { recursive: true });
  }
}
