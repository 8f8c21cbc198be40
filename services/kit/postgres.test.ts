import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { openPool } from './postgres.ts';
import { startTrial, type Trial } from './trial.ts';

let trial: Trial;
let pool: Pool;
let arrivals = 0;
let stopListening: () => void;

/** Stands between the pool and the server and counts what comes from the pool at a time. */
async function countingWay(url: URL): Promise<URL> {
  const server = createServer((near) => {
    const far = connect(Number(url.port), url.hostname);
    near.on('data', () => {
      arrivals += 1;
    });
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stopListening = () => void server.close();
  const way = new URL(url);
  way.hostname = '127.0.0.1';
  way.port = String((server.address() as AddressInfo).port);
  return way;
}

beforeAll(async () => {
  trial = await startTrial();
  const { url } = await trial.database({});
  const way = await countingWay(new URL(url));
  pool = openPool({ url: way.href, size: 1, statementSeconds: 10, onError: () => undefined });
});

afterAll(async () => {
  await pool.end();
  stopListening();
  await trial.stop();
});

describe('a connection', () => {
  it('sends what is asked in one turn of the event loop at once', async () => {
    const client = await pool.connect();
    await client.query('SELECT 1');
    arrivals = 0;
    const asked = [
      client.query('BEGIN'),
      client.query('SELECT $1::int AS one', [1]),
      client.query({ name: 'two', text: 'SELECT $1::int AS two', values: [2] }),
      client.query('COMMIT'),
    ];
    const answers = await Promise.all(asked);
    client.release();
    expect(answers.map(({ rows }) => rows)).toEqual([[], [{ one: 1 }], [{ two: 2 }], []]);
    expect(arrivals).toBe(1);
  });

  it('sends what is asked after an answer by itself', async () => {
    const client = await pool.connect();
    arrivals = 0;
    await client.query('SELECT 1');
    await client.query('SELECT 2');
    client.release();
    expect(arrivals).toBe(2);
  });
});
