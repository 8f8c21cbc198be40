/**
 * The baseline of a list: Express and `pg` and nothing else, answering with the rows of one SQL
 * statement, which is given. Started as a process of its own by lists.ts; superuser, so row-level
 * security costs nothing; no token, no gRPC, no contract.
 */
import { columnTypes } from '@recourse/kit/postgres.ts';
import express from 'express';
import pg from 'pg';

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

const sql = given('LIST_SQL');
const values: unknown[] = JSON.parse(given('LIST_VALUES'));
const pool = new pg.Pool({ connectionString: given('DATABASE_URL'), types: columnTypes, max: 12 });
const app = express();
app.get('/ready', (_request, response) => {
  response.send('ready');
});
app.get('/cases', (_request, response, next) => {
  pool
    .query({ name: 'cases', text: sql, values })
    .then(({ rows }) => {
      const plain = (_key: string, value: unknown): unknown =>
        typeof value === 'bigint' ? value.toString() : value;
      response.type('json').send(JSON.stringify({ cases: rows }, plain));
    })
    .catch(next);
});
app.listen(Number(given('PORT')), '127.0.0.1');
