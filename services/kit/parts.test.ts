import { gzipSync } from 'node:zlib';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { connect } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import pg from 'pg';
import { sha256 } from './hash.ts';
import { findNats, isRecent, natsVersion, unpack } from './nats-server.ts';
import { freePort, removePostgres, startNats, startPostgres } from './parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'recourse-parts-'));
// As root the server runs as another person, who must be able to come in.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

describe('PostgreSQL', () => {
  const dir = join(folder, 'postgres');

  it('starts with checksums, fsync and UTF-8, and keeps its rows over a restart', async () => {
    const first = await startPostgres({ dir });
    const settings = `SELECT current_setting('data_checksums'), current_setting('fsync'),
      current_setting('server_encoding'), current_setting('server_version_num')::int / 10000`;
    expect(await ask(first.url, settings)).toEqual([['on', 'on', 'UTF8', 18]]);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    await first.stop();
    const second = await startPostgres({ dir, durable: false });
    expect(await ask(second.url, "SELECT one, current_setting('fsync') FROM kept")).toEqual([
      [1, 'off'],
    ]);
    await second.stop();
  });

  it('starts after a kill, over its stale pid file', async () => {
    const first = await startPostgres({ dir });
    process.kill(first.pid, 'SIGKILL');
    await first.gone;
    expect(existsSync(join(dir, 'postmaster.pid'))).toBe(true);
    const second = await startPostgres({ dir });
    expect(await ask(second.url, 'SELECT one FROM kept')).toEqual([[1]]);
    await second.stop();
  });

  it('takes another port when the wanted one is taken, and over from a leftover', async () => {
    const first = await startPostgres({ dir });
    const other = await startPostgres({ dir: join(folder, 'other'), port: first.port });
    expect(other.port).not.toBe(first.port);
    await other.stop();
    const second = await startPostgres({ dir });
    await first.gone;
    await second.stop();
    removePostgres(dir);
    expect(existsSync(dir)).toBe(false);
  });
});

describe('PostgreSQL in a folder closed to others', () => {
  const closed = join(folder, 'closed');

  it('starts as well, and leaves nothing when it is removed', async () => {
    mkdirSync(closed, { mode: 0o700 });
    const dir = join(closed, 'postgres');
    const first = await startPostgres({ dir, durable: false });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    await first.stop();
    const second = await startPostgres({ dir, durable: false });
    expect(await ask(second.url, 'SELECT one FROM kept')).toEqual([[1]]);
    await second.stop();
    removePostgres(dir);
    const third = await startPostgres({ dir, durable: false });
    const left = await ask(third.url, "SELECT to_regclass('kept')::text");
    await third.stop();
    removePostgres(dir);
    expect(left).toEqual([[null]]);
  });
});

describe('nats-server', () => {
  it('is recent enough for what we use', async () => {
    expect(isRecent(natsVersion(await findNats()))).toBe(true);
  }, 300_000);

  it('keeps what it acknowledged over a kill, on the same port', async () => {
    const dir = join(folder, 'nats');
    const first = await startNats({ dir });
    const connection = await connect({ servers: first.url, reconnect: false });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'KEPT', subjects: ['kept.>'] });
    await jetstream(connection).publish('kept.one', 'content');
    await first.kill();
    await connection.closed();
    const second = await startNats({ dir, port: first.port });
    expect(second.port).toBe(first.port);
    const again = await connect({ servers: second.url });
    const { state } = await (await jetstreamManager(again)).streams.info('KEPT');
    expect(state.messages).toBe(1);
    await again.close();
    await second.stop();
  }, 300_000);

  it.each([
    [[2, 9, 10], false],
    [[2, 10, 29], false],
    [[2, 11, 0], true],
    [[2, 14, 2], true],
    [[3, 0, 0], true],
    [[], false],
  ])('of version %j counts as recent: %s', (version, expected) => {
    expect(isRecent(version)).toBe(expected);
  });

  it('from an archive with another checksum is refused before it is unpacked', async () => {
    const archive = gzipSync('not what was pinned');
    const about = { name: 'nats-server', expected: sha256('the pinned one'), cache: folder };
    await expect(unpack(archive, about)).rejects.toThrow('not the pinned one');
  });

  it('from an archive with the pinned checksum is put in place', async () => {
    const { spawnSync } = await import('node:child_process');
    const name = 'nats-server-v0.0.0-test';
    const staged = join(folder, 'archive');
    spawnSync('mkdir', ['-p', join(staged, name)]);
    writeFileSync(join(staged, name, 'nats-server'), '#!/bin/sh\necho nats-server: v2.99.0\n');
    const made = spawnSync('tar', ['-czf', '-', '-C', staged, name]);
    const binary = await unpack(made.stdout, {
      name,
      expected: sha256(made.stdout),
      cache: folder,
    });
    expect(natsVersion(binary)).toEqual([2, 99, 0]);
  });
});

describe('A free port', () => {
  it('is the wanted one when nobody has it', async () => {
    const port = await freePort();
    expect(await freePort(port)).toBe(port);
  });
});
