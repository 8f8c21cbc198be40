import { describe, expect, it } from '@jest/globals';
import { everyRow } from './every-row';
import { inParts } from './in-parts';
import { Problem } from './problem';

describe('a list sent in parts', () => {
  it('has at most the size in each, and all answers in order', async () => {
    const sent: (readonly number[])[] = [];
    const all = inParts(2, (part: readonly number[]) => {
      sent.push(part);
      return Promise.resolve(part.map(String));
    });
    expect(await all.run([1, 2, 3, 4, 5])).toEqual(['1', '2', '3', '4', '5']);
    expect(sent).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('goes on with the part that failed, under the id it had', async () => {
    const ids: string[] = [];
    let isDown = true;
    const all = inParts(1, (part: readonly number[], requestId: string) => {
      ids.push(`${part[0]} ${requestId}`);
      const fails = part[0] === 2 && isDown;
      return fails ? Promise.reject(new Problem({ status: 503 })) : Promise.resolve(part);
    });
    const items = [1, 2, 3];
    await expect(all.run(items)).rejects.toBeInstanceOf(Problem);
    expect([all.done(), all.results()]).toEqual([1, [1]]);
    isDown = false;
    expect(await all.run(items)).toEqual([1, 2, 3]);
    expect(ids).toHaveLength(4);
    expect(ids[1]).toBe(ids[2]);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('all rows of a list', () => {
  const read = (cursor: string) =>
    Promise.resolve({
      rows: [Number(cursor || '0')],
      page: {
        nextCursor: cursor === '2' ? '' : String(Number(cursor || '0') + 1),
        count: 3n,
        countEstimated: false,
      },
    });
  const { signal } = new AbortController();

  it('are read page by page', async () => {
    const told: number[] = [];
    const tell = (done: number, total: number) => told.push(done, total);
    const found = await everyRow(() => read, { most: 10, signal, tell });
    expect(found).toEqual({ rows: [0, 1, 2], isCut: false });
    expect(told).toEqual([1, 3, 2, 3, 3, 3]);
  });

  it('are told to be cut where there are more than the most', async () => {
    expect(await everyRow(() => read, { most: 2, signal })).toEqual({ rows: [0, 1], isCut: true });
  });
});
