import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testCluster, type TestCluster } from './test-cluster.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
});
afterAll(() => cluster.stop());

describe('the shared cluster', () => {
  it('gives each service a database of its own', async () => {
    const one = await cluster.database('cases');
    const other = await cluster.database('cases');
    expect(one.name).not.toBe(other.name);
    const [row] = await one.ownerQuery<{ name: string }>('SELECT current_database() AS name');
    expect(row).toEqual({ name: one.name });
  });

  it('reads columns as the kit does', async () => {
    const { ownerQuery } = await cluster.database('cases');
    const rows = await ownerQuery(`SELECT 1::int8 AS n, DATE '2026-01-02' AS on, $1::text AS t`, [
      'x',
    ]);
    expect(rows).toEqual([{ n: 1n, on: '2026-01-02', t: 'x' }]);
  });

  it('fills a template once for all who ask for copies, which go apart from there', async () => {
    let filled = 0;
    const like = {
      key: randomUUID(),
      fill: async ({ ownerUrl }: { ownerUrl: string }) => {
        filled += 1;
        const client = new pg.Client({ connectionString: ownerUrl });
        await client.connect();
        await client.query('CREATE TABLE word AS SELECT $1::text AS said', ['as filled']);
        await client.end();
      },
    };
    const [one, other] = await Promise.all([
      cluster.database('cases', like),
      cluster.database('cases', like),
    ]);
    await one.ownerQuery(`UPDATE word SET said = 'changed'`);
    expect(filled).toBe(1);
    expect(await one.ownerQuery('SELECT said FROM word')).toEqual([{ said: 'changed' }]);
    expect(await other.ownerQuery('SELECT said FROM word')).toEqual([{ said: 'as filled' }]);
  });

  it('drops the databases of one who leaves and stays up for the others', async () => {
    const guest = await testCluster();
    const { name } = await guest.database('cases');
    const { ownerQuery } = await cluster.database('cases');
    const find = () => ownerQuery('SELECT FROM pg_database WHERE datname = $1', [name]);
    expect(await find()).toHaveLength(1);
    await guest.stop();
    expect(await find()).toHaveLength(0);
  });
});
