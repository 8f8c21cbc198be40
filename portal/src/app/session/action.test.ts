import { describe, expect, it } from '@jest/globals';
import { action } from './action';
import { Problem } from './problem';

describe('an action', () => {
  it('runs one at a time', async () => {
    let release: (value: string) => void = () => undefined;
    const save = action(() => new Promise<string>((resolve) => (release = resolve)));
    const first = save.run();
    expect(save.busy()).toBe(true);
    expect(await save.run()).toBeUndefined();
    release('done');
    expect([await first, save.busy()]).toEqual(['done', false]);
  });

  it('keeps its request id while the outcome is unknown, then takes a new one', async () => {
    const ids: string[] = [];
    const outcomes = [
      new Problem({ status: 0 }),
      new Problem({ status: 503 }),
      undefined,
      new Problem({ status: 409 }),
      undefined,
    ];
    const save = action((requestId) => {
      ids.push(requestId);
      const outcome = outcomes[ids.length - 1];
      return outcome === undefined ? Promise.resolve('ok') : Promise.reject(outcome);
    });
    for (const _ of outcomes) await save.run();
    const [a, b, c, d, e] = ids;
    expect([a === b, b === c, c === d, d === e]).toEqual([true, true, false, false]);
  });

  it('keeps the problem until it is run or cleared', async () => {
    const save = action(() => Promise.reject(new Problem({ status: 409, reason: 'case_closed' })));
    await save.run();
    expect(save.problem()?.reason).toBe('case_closed');
    save.clear();
    expect(save.problem()).toBeUndefined();
  });
});
