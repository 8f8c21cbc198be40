/** Keeps the parts of one machine up: starts, watches, starts again with growing pauses, stops. */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalGroup, type Child } from './run-file.ts';

type Say = (words: string) => void;

/** A part at work. `gone` settles, in words, when it ended by itself or was stopped. */
export type Running = { pid: number; gone: Promise<string>; stop(): Promise<void> };

export type Part = { name: string; start(): Promise<Running>; sign: string };

export type Supervised = {
  name: string;
  /** How often it ended by itself without staying up in between. */
  failures(): number;
  stop(): Promise<void>;
};

const pauses = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** Who stayed up this long has recovered; the pauses begin anew. */
const recoveredMs = 60_000;
/** Longer than the kit lets a service drain. */
const drainMs = 15_000;
const logBytesMax = 20_000_000;

/** Starts a part and starts it again whenever it ends, until it is stopped. */
export async function supervise(o: {
  part: Part;
  say: Say;
  note: (child: Child) => void;
}): Promise<Supervised> {
  const stopping = new AbortController();
  let running = await begin(o);
  let failures = 0;
  const watch = async () => {
    while (!stopping.signal.aborted) {
      const since = performance.now();
      const how = await running.gone;
      if (stopping.signal.aborted) return;
      failures = performance.now() - since > recoveredMs ? 1 : failures + 1;
      const next = await startAgain({ ...o, how, failures, signal: stopping.signal });
      if (next === undefined) return;
      running = next;
    }
  };
  const watched = watch();
  return {
    name: o.part.name,
    failures: () => failures,
    stop: async () => {
      stopping.abort();
      await running.stop();
      await watched;
    },
  };
}

async function begin(o: { part: Part; note: (child: Child) => void }): Promise<Running> {
  const running = await o.part.start();
  o.note({ name: o.part.name, pid: running.pid, sign: o.part.sign });
  return running;
}

async function startAgain(o: {
  part: Part;
  say: Say;
  note: (child: Child) => void;
  how: string;
  failures: number;
  signal: AbortSignal;
}): Promise<Running | undefined> {
  let { how } = o;
  for (let failures = o.failures; ; failures += 1) {
    const pause = pauses[Math.min(failures, pauses.length) - 1] ?? 30_000;
    o.say(`${o.part.name} ${how}; starting it again in ${pause / 1000} s`);
    await sleep(pause, undefined, { signal: o.signal }).catch(() => undefined);
    if (o.signal.aborted) return undefined;
    try {
      const running = await begin(o);
      if (!o.signal.aborted) return running;
      // It was told to stop between the pause and its start.
      await running.stop();
      return undefined;
    } catch (error) {
      how = `did not start: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

/** A command as a part, in a group of its own, its output in a log file. */
export function processPart(o: {
  name: string;
  /** Stands in the command line of the process, to tell it from others by. */
  sign: string;
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  logs: string;
}): Part {
  return {
    name: o.name,
    sign: o.sign,
    start: async () => {
      const log = openLog(o.logs, o.name);
      const child = spawn(o.command, o.args, {
        cwd: o.cwd,
        env: o.env,
        // Ctrl-C reaches only the supervisor, which then stops everything in order.
        detached: true,
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      const gone = new Promise<string>((resolve) => {
        child.once('error', (error) => resolve(`could not be run (${error.message})`));
        child.once('exit', (code, signal) =>
          resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
        );
      });
      const pid = child.pid ?? 0;
      return { pid, gone, stop: () => stopGroup(pid, gone) };
    },
  };
}

/** A Node process of this repository as a part. */
export function nodePart(o: {
  name: string;
  root: string;
  script: string;
  env: Readonly<Record<string, string>>;
  logs: string;
}): Part {
  const script = join(o.root, o.script);
  return processPart({
    ...o,
    sign: script,
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', script],
    cwd: o.root,
  });
}

async function stopGroup(pid: number, gone: Promise<string>): Promise<void> {
  if (pid === 0) return;
  signalGroup(pid, 'SIGTERM');
  const patience = new AbortController();
  const late = sleep(drainMs, 'late', { signal: patience.signal }).catch(() => 'done');
  const outcome = await Promise.race([gone, late]);
  patience.abort();
  if (outcome === 'late') signalGroup(pid, 'SIGKILL');
  await gone;
  // What the process itself started must not outlive it.
  signalGroup(pid, 'SIGKILL');
}

/** Opens a process's log to append; a large one is put aside first. */
export function openLog(logs: string, name: string): number {
  mkdirSync(logs, { recursive: true });
  const file = join(logs, `${name}.log`);
  try {
    if (statSync(file).size > logBytesMax) renameSync(file, `${file}.1`);
  } catch {
    // There is none yet.
  }
  return openSync(file, 'a');
}

/** The end of a log, for words about what went wrong. */
export function logTail(logs: string, name: string, lines = 15): string {
  try {
    const text = readFileSync(join(logs, `${name}.log`), 'utf8');
    return text.trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log)';
  }
}

/** A process that ends this often before it is ready will not become ready by itself. */
const failuresMax = 4;

/** Asks an address until it answers well. Throws with the log's end when it does not. */
export async function untilReady(o: {
  name: string;
  address: string;
  seconds: number;
  logs: string;
  signal: AbortSignal;
  /** How often the process ended by itself so far. */
  failures: () => number;
}): Promise<void> {
  const end = performance.now() + o.seconds * 1000;
  while (performance.now() < end && o.failures() < failuresMax) {
    if (o.signal.aborted) throw new Error('stopped');
    const answer = await fetch(o.address, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await sleep(100);
  }
  throw new Error(
    `${o.name} does not become ready. The end of .data/logs/${o.name}.log:\n` +
      logTail(o.logs, o.name),
  );
}
