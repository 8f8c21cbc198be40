import { setTimeout as sleep } from 'node:timers/promises';

/** Nobody waits longer than this for others' sake. */
const longestRestMs = 250;

/**
 * A reading that several people ask for at once, made once for all of them. Nobody gets one that
 * began before they asked: who comes while one runs shares the next with all who come until then.
 * So an answer is never older than its question, and of one key no more than one runs at a time
 * however many ask. With `rest`, the next begins only after so many times what the last one took,
 * 250 ms at most: a reading that many ask for without end then costs one part in `rest + 1` of a
 * processor instead of all of it. It fails for all who share it.
 */
export function sharedRuns<T>(
  o: { rest?: number } = {},
): (key: string, work: () => Promise<T>) => Promise<T> {
  const { rest = 0 } = o;
  const busy = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<T>>();

  async function over(key: string, run: Promise<T>): Promise<void> {
    const begun = performance.now();
    await run.catch(() => undefined);
    const pause = Math.min(longestRestMs, rest * (performance.now() - begun));
    if (pause > 0) await sleep(pause, undefined, { ref: false });
    busy.delete(key);
  }

  function begin(key: string, work: () => Promise<T>): Promise<T> {
    const run = work();
    busy.set(key, over(key, run));
    return run;
  }

  return (key, work) => {
    const current = busy.get(key);
    if (current === undefined) return begin(key, work);
    const shared = waiting.get(key);
    if (shared !== undefined) return shared;
    const next = current.then(() => {
      waiting.delete(key);
      return begin(key, work);
    });
    waiting.set(key, next);
    return next;
  };
}
