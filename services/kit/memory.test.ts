import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emptyClosedStreams } from './closed-streams.ts';
import { startTrial, type Trial } from './trial.ts';

/**
 * What a request leaves behind must go in a minor collection. What V8 has once allocated old, or
 * moved there, holds all it refers to until a full one.
 */
setFlagsFromString('--expose-gc');
const collect: (how: { type: 'minor' }) => void = runInNewContext('gc');

/** So many are made in a trial; the last may still be named by a connection. */
const made = 20;
const few = 5;

/**
 * How many of those that `make` refers to survive a collection; the least of some trials, since
 * what else the process does may collect, and so age, some of them meanwhile.
 */
async function fewestLeft(make: () => Promise<WeakRef<object>>): Promise<number> {
  let fewest = made;
  for (let trials = 0; trials < 5 && fewest >= few; trials += 1) {
    const held: WeakRef<object>[] = [];
    for (let n = 0; n < made; n += 1) held.push(await make());
    // What a reference was made of or asked for stays until its turn of the event loop is over.
    await turn();
    await turn();
    collect({ type: 'minor' });
    fewest = Math.min(fewest, held.filter((one) => one.deref() !== undefined).length);
  }
  return fewest;
}

let trial: Trial;

beforeAll(async () => {
  trial = await startTrial();
  emptyClosedStreams();
});

afterAll(() => trial.stop());

describe('a minor collection', () => {
  it('takes the rows that the database answered with', async () => {
    const { db } = await trial.database();
    const ask = async (): Promise<WeakRef<object>> => {
      const rows = await db.system((tx) => tx.query('SELECT n FROM generate_series(1, 50) n'));
      expect(rows).toHaveLength(50);
      return new WeakRef(rows);
    };
    expect(await fewestLeft(ask)).toBeLessThan(few);
  });

  it('takes what the listeners of a closed stream refer to', async () => {
    const server = createServer((_request, response) => response.end('done'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const call = async (): Promise<WeakRef<object>> => {
      const message = { bytes: ['x'] };
      const stream = session.request({ ':path': '/' });
      stream.on('data', () => message.bytes.push('y'));
      stream.end();
      await once(stream, 'close');
      return new WeakRef(message);
    };
    expect(await fewestLeft(call)).toBeLessThan(few);
    session.close();
    server.close();
  });
});
