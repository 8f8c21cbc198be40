import { setTimeout as sleep } from 'node:timers/promises';

/** A machine that does other things as well takes this many times as long. */
const patience = 6;

/**
 * Repeats a check until it passes, for what follows by event; when that takes several times as long
 * as `withinMs`, its usual time, the last failure is the test's.
 * `await eventually(async () => expect(await lines()).toHaveLength(1))`.
 */
export async function eventually<T>(check: () => Promise<T> | T, withinMs = 10_000): Promise<T> {
  const deadline = performance.now() + withinMs * patience;
  for (;;) {
    try {
      return await check();
    } catch (thrown) {
      if (performance.now() >= deadline) throw thrown;
    }
    await sleep(25);
  }
}
