/**
 * `.data/run.json` says that the system runs, where, and with which processes, so that a second
 * start
 * says so in words and a start after a killed one first clears away what was left.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Child = { name: string; pid: number; sign: string };
type Run = { pid: number; address: string; children: Child[] };

export type RunFile = {
  note(child: Child): void;
  setAddress(address: string): void;
  remove(): void;
};

export function readRun(file: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Run;
  } catch {
    return undefined;
  }
}

/** A process lives and is the one meant: numbers are used again. */
export function lives(pid: number, sign: string): boolean {
  const seen = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  if (seen.error === undefined) return seen.stdout.includes(sign);
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The address where another start runs, or undefined when none does. */
export function runningAt(file: string): { pid: number; address: string } | undefined {
  const run = readRun(file);
  return run !== undefined && lives(run.pid, 'scripts/start.ts') ? run : undefined;
}

/** Ends what a killed start left running; returns its names. */
export async function clearLeftovers(file: string): Promise<string[]> {
  const left = (readRun(file)?.children ?? []).filter((child) => lives(child.pid, child.sign));
  for (const child of left) signalGroup(child.pid, 'SIGTERM');
  for (let waited = 0; waited < 50; waited += 1) {
    if (!left.some((child) => lives(child.pid, child.sign))) break;
    await sleep(100);
  }
  for (const child of left) if (lives(child.pid, child.sign)) signalGroup(child.pid, 'SIGKILL');
  rmSync(file, { force: true });
  return left.map((child) => child.name);
}

/** To a process and everything it started. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone already, which is what was wanted.
  }
}

/** Writes the file; a start at the very same time finds it there and gives way. */
export function writeRun(file: string): RunFile {
  const run: Run = { pid: process.pid, address: 'starting', children: [] };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(run), { flag: 'wx' });
  const save = () => writeFileSync(file, JSON.stringify(run));
  return {
    note: (child) => {
      run.children = [...run.children.filter((one) => one.name !== child.name), child];
      save();
    },
    setAddress: (address) => {
      run.address = address;
      save();
    },
    remove: () => rmSync(file, { force: true }),
  };
}
