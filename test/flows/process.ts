import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { compileCache } from '../load/instances.ts';

const root = join(import.meta.dirname, '../..');

/** A service as an operating-system process, which can be killed as a power cut would. */
export type ServiceProcess = {
  start(): void;
  /** SIGKILL: nothing is finished, nothing is given back. */
  kill(): Promise<void>;
  /** How often it was killed. */
  kills(): number;
  /** The end of what it has written, for the words of a failing test. */
  said(): string;
};

/** `main.ts` of a service with the variables it is to read; not started yet. */
export function serviceProcess(
  service: string,
  variables: Readonly<Record<string, string>>,
): ServiceProcess {
  const main = join(root, 'services', service, 'main.ts');
  const env = {
    ...variables,
    PATH: process.env['PATH'] ?? '',
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: compileCache,
  };
  let child: ChildProcess | undefined;
  let kills = 0;
  let tail = '';
  return {
    start: () => {
      const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [started.stdout, started.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          tail = (tail + chunk.toString()).slice(-4_000);
        });
      }
      child = started;
    },
    kill: async () => {
      const running = child;
      child = undefined;
      if (running === undefined || running.exitCode !== null) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      kills += 1;
      await gone;
    },
    kills: () => kills,
    said: () => tail,
  };
}
