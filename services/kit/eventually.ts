import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats a check until it passes, for what follows by event; after `withinMs` its last failure is
 * the test's. `await eventually(async () => expect(await lines()).toHaveLength(1))`.
 */
export async function eventually<T>(check: () => Promise<T> | T, withinMs = 10_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (thrown) {
      if (performance.now() >= deadline) throw thrown;
    }
    await sleep(25);
  }
}
