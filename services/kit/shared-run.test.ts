import { describe, expect, it } from '@jest/globals';
import { sharedRuns } from './shared-run.ts';

/** Readings that end when they are told to. */
function readings() {
  const ends: ((fails?: Error) => void)[] = [];
  const read = async (): Promise<number> => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const number = ends.length;
    ends.push((fails) => (fails === undefined ? resolve(number) : reject(fails)));
    return promise;
  };
  return { ends, read };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('shared runs', () => {
  it('who comes while one runs shares the next, and only the next', async () => {
    const { ends, read } = readings();
    const share = sharedRuns<number>();
    const first = share('a', read);
    const [second, third] = [share('a', read), share('a', read)];
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await expect(first).resolves.toBe(0);
    await settled();
    expect(ends).toHaveLength(2);
    const fourth = share('a', read);
    ends[1]?.();
    await expect(Promise.all([second, third])).resolves.toEqual([1, 1]);
    await settled();
    ends[2]?.();
    await expect(fourth).resolves.toBe(2);
    expect(ends).toHaveLength(3);
  });

  it('begins at once when nothing runs, and for each key by itself', async () => {
    const { ends, read } = readings();
    const share = sharedRuns<number>();
    const both = Promise.all([share('a', read), share('b', read)]);
    expect(ends).toHaveLength(2);
    for (const end of ends) end();
    await expect(both).resolves.toEqual([0, 1]);
    const again = share('a', read);
    expect(ends).toHaveLength(3);
    ends[2]?.();
    await expect(again).resolves.toBe(2);
  });

  it('one that fails fails those who share it, and nobody after', async () => {
    const { ends, read } = readings();
    const share = sharedRuns<number>();
    const first = share('a', read);
    const second = share('a', read);
    ends[0]?.(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    ends[1]?.();
    await expect(second).resolves.toBe(1);
  });

  it('rests in measure of what a run took, then runs once for all who came', async () => {
    let runs = 0;
    const share = sharedRuns<number>({ rest: 3 });
    const read = async (): Promise<number> => {
      const ends = performance.now() + 20;
      while (performance.now() < ends) await settled();
      runs += 1;
      return performance.now();
    };
    const first = await share('a', read);
    const [second, third] = await Promise.all([share('a', read), share('a', read)]);
    expect(third).toBe(second);
    expect(runs).toBe(2);
    // 20 ms of work, and at least 60 ms of rest before it.
    expect(second - first).toBeGreaterThanOrEqual(75);
  });
});
