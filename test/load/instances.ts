/** Services as processes that are replaced one after the other, as a rollout does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');
const startMs = 60_000;

export type Instance = {
  /** Resolves once it is ready. */
  start(): Promise<void>;
  /** SIGTERM, as Kubernetes does it; resolves with the exit code. */
  stop(): Promise<number | null>;
};

type Variables = Readonly<Record<string, string>>;

/** `main.ts` of a service on ports of its own, which it keeps when it is started again. */
export function instance(service: string, variables: Variables, healthPort: number): Instance {
  const main = join(root, 'services', service, 'main.ts');
  const path = process.env['PATH'] ?? '';
  const env = { ...variables, PATH: path, HEALTH_PORT: String(healthPort), LOG_LEVEL: 'error' };
  let child: ChildProcess | undefined;
  let said = '';
  return {
    start: async () => {
      const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [started.stdout, started.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          said = (said + chunk.toString()).slice(-4_000);
        });
      }
      child = started;
      const end = performance.now() + startMs;
      const ready = `http://127.0.0.1:${healthPort}/ready`;
      while (!(await fetch(ready).catch(() => undefined))?.ok) {
        if (started.exitCode !== null || performance.now() > end) {
          throw new Error(`${service} is not ready: ${said}`);
        }
        await sleep(50);
      }
    },
    stop: async () => {
      const running = child;
      child = undefined;
      if (running === undefined || running.exitCode !== null) return running?.exitCode ?? null;
      const gone = new Promise<number | null>((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      return gone;
    },
  };
}
