/** Parts of the system as processes that are stopped, killed and started by another build. */
import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const startMs = 120_000;

/** Kept from run to run; Node itself sees what has changed. */
export const compileCache = join(tmpdir(), `recourse-compiled-${userInfo().uid}`);

export type Instance = {
  healthPort: number;
  /** Starts the part from a tree; resolves once it is ready. */
  start(root: string): Promise<void>;
  /** SIGTERM, as Kubernetes does it; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, as a node that is lost. */
  kill(): Promise<void>;
  /** The end of what it has written. */
  said(): string;
};

type Variables = Readonly<Record<string, string>>;

function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<number | null> {
  if (child === undefined || child.exitCode !== null) {
    return Promise.resolve(child?.exitCode ?? null);
  }
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return gone;
}

/** `main.ts` of a part on ports of its own, which it keeps when it is started again. */
export function instance(part: string, variables: Variables, healthPort: number): Instance {
  const path = process.env['PATH'] ?? '';
  const env = {
    ...variables,
    PATH: path,
    HEALTH_PORT: String(healthPort),
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: compileCache,
  };
  let child: ChildProcess | undefined;
  let said = '';
  const untilReady = async (started: ChildProcess): Promise<void> => {
    const last = performance.now() + startMs;
    const ready = `http://127.0.0.1:${healthPort}/ready`;
    while (!(await fetch(ready).catch(() => undefined))?.ok) {
      if (started.exitCode !== null || performance.now() > last) {
        throw new Error(`${part} is not ready: ${said}`);
      }
      await sleep(50);
    }
  };
  const take = (): ChildProcess | undefined => {
    const running = child;
    child = undefined;
    return running;
  };
  const launch = async (root: string): Promise<void> => {
    const main = join(root, 'services', part, 'main.ts');
    const args = ['--disable-warning=ExperimentalWarning', main];
    const started = spawn(process.execPath, args, {
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
    await untilReady(started);
  };
  return {
    healthPort,
    // Whoever ends while starting is started again, as an orchestrator does.
    start: async (root) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await launch(root);
        } catch (thrown) {
          if (tries === 3) throw thrown;
          await end(take(), 'SIGKILL');
        }
      }
    },
    stop: () => end(take(), 'SIGTERM'),
    kill: async () => void (await end(take(), 'SIGKILL')),
    said: () => said,
  };
}
