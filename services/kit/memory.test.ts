import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTrial, type Trial } from './trial.ts';

/**
 * What a request leaves behind must go in a minor collection. What V8 has once allocated old, or
 * moved there, holds all it refers to until a full one.
 */
const garbage = new URL('./fixture/young-garbage.ts', import.meta.url).pathname;

/** Of 20; the last may still be named by a connection. */
const few = 5;

type Counted = { made: number; rows: number; listeners: number };

let trial: Trial;
let counted: Counted;

beforeAll(async () => {
  trial = await startTrial();
  const { url, systemUrl } = await trial.database();
  const given = JSON.stringify({ url, systemUrl });
  const { stdout } = await promisify(execFile)(process.execPath, [garbage, given]);
  counted = JSON.parse(stdout) as Counted;
});

afterAll(() => trial.stop());

describe('a minor collection', () => {
  it('takes the rows that the database answered with', () => {
    expect(counted.made).toBe(20);
    expect(counted.rows).toBeLessThan(few);
  });

  it('takes what the listeners of a closed stream refer to', () => {
    expect(counted.listeners).toBeLessThan(few);
  });
});
