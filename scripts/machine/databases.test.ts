import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Postgres, removePostgres, startPostgres } from '@recourse/kit/parts.ts';
import { databasesThere, makeDatabases } from './databases.ts';

const folder = mkdtempSync(join(tmpdir(), 'recourse-databases-'));
const dir = join(folder, 'postgres');
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres({ dir, durable: false });
});

afterAll(async () => {
  await postgres.stop();
  removePostgres(dir);
  rmSync(folder, { recursive: true, force: true });
});

describe('a PostgreSQL that was given', () => {
  it('has none of our databases at first, then those that a start has made', async () => {
    expect(await databasesThere(postgres.url, ['cases', 'credit'])).toEqual([]);
    await makeDatabases(postgres.url, ['credit'], 'secret');
    expect(await databasesThere(postgres.url, ['cases', 'credit'])).toEqual(['recourse_credit']);
  });

  it('keeps them when they are made again, under the new password', async () => {
    const urls = await makeDatabases(postgres.url, ['credit'], 'another');
    expect(urls.get('credit')?.DATABASE_URL).toContain('credit_app:another@');
    expect(await databasesThere(postgres.url, ['credit'])).toEqual(['recourse_credit']);
  });
});
