/** The checks beside Jest: each is one command, counted as one. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** One check: a command, or the reason why it is skipped. */
export type Check = { name: string; cwd?: string; command: readonly string[]; skip?: string };

export type Outcome = { name: string; result: 'passed' | 'failed' | 'skipped'; why?: string };

/** What is checked, the longest first; a check that cannot be made says why. */
export function checks(): Check[] {
  // An image against an image: our own and vendored modules count as one on both sides.
  const rules = JSON.stringify({ version: 'v2', breaking: { use: ['WIRE_JSON'] } });
  const hasPortal = existsSync(join(root, 'portal', 'angular.json'));
  return [
    { name: 'generate from the contract', command: ['node', 'scripts/gen.ts'] },
    {
      name: 'portal builds',
      command: ['node', 'scripts/build-portal.ts'],
      ...(hasPortal ? {} : { skip: 'no portal/angular.json' }),
    },
    { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
    { name: 'lint', command: ['oxlint'] },
    { name: 'format', command: ['oxfmt', '--check'] },
    { name: 'contract lint', cwd: 'proto', command: ['buf', 'lint'] },
    {
      name: 'contract breaks nothing released',
      cwd: 'proto',
      command: [
        'buf',
        'breaking',
        'gen/contract.binpb',
        '--against',
        'released.binpb',
        '--config',
        rules,
      ],
    },
  ];
}

/** Two at a time: more would only wait for each other on two cores. */
const lanes = 2;

/** Runs them all, in order of the list; the first alone, as the others read what it writes. */
export async function runAll([first, ...others]: Check[]): Promise<Outcome[]> {
  const outcomes = first === undefined ? [] : [await run(first)];
  const waiting = others.values();
  const lane = async () => {
    for (const check of waiting) outcomes.push(await run(check));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
}

/** Runs one check and says how it went; its own output is shown only when it failed. */
async function run(check: Check): Promise<Outcome> {
  if (check.skip !== undefined) {
    line('skipped', check.name, check.skip);
    return { name: check.name, result: 'skipped', why: check.skip };
  }
  const began = performance.now();
  const { code, output } = await execute(check);
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  if (code !== 0) process.stdout.write(`\n${output.trimEnd()}\n\n`);
  const result = code === 0 ? 'passed' : 'failed';
  line(result, check.name, took);
  return { name: check.name, result };
}

function execute(check: Check): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const [command = '', ...args] = check.command;
    const child = spawn(join(root, 'node_modules', '.bin', command), args, {
      cwd: join(root, check.cwd ?? ''),
    });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code, output: Buffer.concat(said).toString() }));
  });
}

/** One line of the report. */
export function line(result: string, name: string, more = ''): void {
  process.stdout.write(`${result.padEnd(8)} ${name}${more === '' ? '' : ` (${more})`}\n`);
}
