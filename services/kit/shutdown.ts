import type { Log } from './log.ts';

/** What was started, to be stopped in the opposite order. */
export type Shutdown = {
  /** Remembers how to stop something that has just been started. */
  add(name: string, stop: () => Promise<void> | void): void;
  /**
   * Stops everything, the last started first. One that fails or hangs does not keep the others up.
   */
  run(): Promise<void>;
};

/** Longer than the 10 s that calls in flight get; all together fits a pod's 60 s of grace. */
const patienceMs = 15_000;

async function stopOne(name: string, stop: () => Promise<void> | void, log: Log): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(resolve, patienceMs, 'late');
  try {
    const outcome = await Promise.race([Promise.resolve(stop()).then(() => 'done'), late]);
    if (outcome === 'late') log.error({ part: name }, 'part did not stop in time');
  } catch (thrown) {
    log.error({ part: name, err: thrown }, 'part failed to stop');
  } finally {
    clearTimeout(timer);
  }
}

export function createShutdown(log: Log): Shutdown {
  const stops: { name: string; stop: () => Promise<void> | void }[] = [];
  let running: Promise<void> | undefined;
  async function unwind(): Promise<void> {
    for (let part = stops.pop(); part !== undefined; part = stops.pop()) {
      await stopOne(part.name, part.stop, log);
    }
  }
  return {
    add: (name, stop) => void stops.push({ name, stop }),
    run: () => {
      running ??= unwind();
      return running;
    },
  };
}
