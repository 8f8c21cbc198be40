import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bus, createBus } from './bus.ts';
import { eventually } from './eventually.ts';
import { createFiles, fileStream, type StoredFiles } from './files.ts';
import { letGo } from './kept-copy.ts';
import { type KeptFiles, keepFiles } from './kept-files.ts';
import { startMaintenance } from './maintain.ts';
import { startRefill } from './refill.ts';
import { answerWanted, getWanted } from './wanted-files.ts';
import { takeOver } from './take-over.ts';
import { tenantTable } from './tenancy.ts';
import { startTrial, type Trial, type TrialDatabase } from './trial.ts';

const run = promisify(execFile);

const org = '018f0000-0000-7000-8000-00000000000a';
const other = '018f0000-0000-7000-8000-00000000000b';
const id = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const about = { fileName: '催收函.pdf', mediaType: 'application/pdf', maxBytes: 100_000_000 };

let trial: Trial;
let place: TrialDatabase;
let bus: Bus;
/** The object store, as the gateway has it. */
let store: StoredFiles;
let files: KeptFiles;

beforeAll(async () => {
  trial = await startTrial();
  place = await trial.database();
  bus = await createBus({ url: await trial.nats(), service: 'trial', log: trial.log });
  store = createFiles({ bus });
  files = keepFiles({ store, db: place.db, log: trial.log });
});

afterAll(async () => {
  await files.stop();
  await bus.stop();
  await trial.stop();
});

async function* pieces(content: Buffer, size = 50_000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size);
}

const hex = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

async function read(from: Pick<KeptFiles, 'get'>, fileId: string): Promise<string> {
  const { stream } = await from.get(org, fileId);
  const hash = createHash('sha256');
  for await (const part of stream) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** The broker comes back with nothing of what it had. */
async function wipe(): Promise<void> {
  await trial.killNats();
  await eventually(() => expect(bus.isConnected()).toBe(false));
  rmSync(trial.natsDir, { recursive: true });
  await trial.nats();
  await eventually(() => expect(bus.isConnected()).toBe(true));
}

/** The same for the files alone, while everybody stays connected. */
const wipeFiles = (): Promise<boolean> => bus.jsm.streams.delete(fileStream);

/** Robs the store of some of a file's chunks. */
async function robStore(bytes: number): Promise<void> {
  const { state } = await bus.jsm.streams.info(fileStream);
  for (let seq = state.last_seq; seq >= state.first_seq; seq -= 1) {
    const message = await bus.jsm.streams.getMessage(fileStream, { seq });
    if (message?.data.length !== bytes) continue;
    await bus.jsm.streams.deleteMessage(fileStream, seq);
    return;
  }
  throw new Error('no such chunk');
}

const keptOf = (fileId: string): Promise<{ whole: boolean; pieces: bigint }[]> =>
  place.ask(
    `SELECT whole, (SELECT count(*) FROM kept_piece p WHERE p.file_id = f.file_id) AS pieces
       FROM kept_file f WHERE file_id = $1`,
    [fileId],
  );

describe('a file that a service has written', () => {
  const content = randomBytes(3_000_000);

  it('outlives a store that is wiped, and is put back there', async () => {
    const put = await files.put(org, id(1), pieces(content), about);
    expect(put).toEqual({ sizeBytes: content.length, sha256: hex(content) });
    await wipe();
    await expect(store.get(org, id(1))).rejects.toMatchObject({ reason: 'file_not_found' });
    const { meta } = await files.get(org, id(1));
    expect(meta).toMatchObject({ fileName: '催收函.pdf', mediaType: 'application/pdf', ...put });
    expect(await read(files, id(1))).toBe(hex(content));
    await eventually(async () => expect(await read(store, id(1))).toBe(hex(content)));
  });

  it('is read while the broker is away', async () => {
    await trial.killNats();
    await eventually(() => expect(bus.isConnected()).toBe(false));
    expect(await read(files, id(1))).toBe(hex(content));
    await trial.nats();
    await eventually(() => expect(bus.isConnected()).toBe(true));
  });

  it('is read from the copy when the store has lost a part of it, which is mended', async () => {
    await robStore(131_072);
    await expect(read(store, id(1))).rejects.toMatchObject({ reason: 'file_is_damaged' });
    expect(await read(files, id(1))).toBe(hex(content));
    await eventually(async () => expect(await read(store, id(1))).toBe(hex(content)));
  });

  it('is read to its end when the store loses it meanwhile', async () => {
    const { stream } = await files.get(org, id(1));
    const hash = createHash('sha256');
    let parts = 0;
    for await (const part of stream) {
      hash.update(part as Buffer);
      parts += 1;
      if (parts === 1) await bus.jsm.streams.purge(fileStream, { filter: '$O.FILES.C.>' });
    }
    expect(hash.digest('hex')).toBe(hex(content));
    await eventually(async () => expect(await read(store, id(1))).toBe(hex(content)));
  });

  it('is kept when it is empty, too', async () => {
    await files.put(org, id(2), pieces(Buffer.alloc(0)), about);
    await wipeFiles();
    expect(await read(files, id(2))).toBe(hex(Buffer.alloc(0)));
  });

  it('is not kept when it can be made again', async () => {
    await files.put(org, id(3), pieces(content), { ...about, fleeting: true });
    expect(await keptOf(id(3))).toEqual([]);
  });

  it('is gone from both when it is removed', async () => {
    await files.put(org, id(4), pieces(content), about);
    await files.remove(org, id(4));
    await files.remove(org, id(4));
    expect(await keptOf(id(4))).toEqual([]);
    expect(await place.ask('SELECT FROM kept_piece WHERE file_id = $1', [id(4)])).toEqual([]);
    await expect(files.get(org, id(4))).rejects.toMatchObject({ kind: 'missing' });
    await files.put(org, id(4), pieces(Buffer.from('y')), about);
    expect(await read(files, id(4))).toBe(hex(Buffer.from('y')));
  });
});

describe('an upload', () => {
  const content = randomBytes(2_000_000);

  it('is kept by who takes it, once', async () => {
    await store.put(org, id(10), pieces(content), about);
    const meta = await files.keep(org, id(10));
    expect(meta).toMatchObject({ sizeBytes: content.length, sha256: hex(content) });
    await Promise.all([files.keep(org, id(10)), files.keep(org, id(10))]);
    expect(await keptOf(id(10))).toMatchObject([{ whole: true, pieces: 8n }]);
    await wipeFiles();
    expect(await files.keep(org, id(10))).toMatchObject({ sha256: hex(content) });
    expect(await read(files, id(10))).toBe(hex(content));
  });

  it('is kept whole after a copy that was broken off, whatever that has written', async () => {
    await store.put(org, id(11), pieces(content), about);
    await files.keep(org, id(11));
    await place.ask('UPDATE kept_file SET whole = false WHERE file_id = $1', [id(11)]);
    await place.ask('DELETE FROM kept_piece WHERE file_id = $1 AND number > 4', [id(11)]);
    await place.ask(`UPDATE kept_piece SET bytes = '\\x00' WHERE file_id = $1 AND number = 2`, [
      id(11),
    ]);
    await files.keep(org, id(11));
    await wipeFiles();
    expect(await read(files, id(11))).toBe(hex(content));
  });

  it('with other content under the id of a kept one is refused, and gives way', async () => {
    await files.put(org, id(12), pieces(content), about);
    await wipeFiles();
    await store.put(org, id(12), pieces(Buffer.from('forged')), about);
    await expect(files.keep(org, id(12))).rejects.toMatchObject({
      reason: 'file_id_used_with_other_content',
    });
    await eventually(async () => expect(await read(store, id(12))).toBe(hex(content)));
  });

  it('that is not there cannot be taken', async () => {
    await expect(files.keep(org, id(13))).rejects.toMatchObject({ reason: 'file_not_found' });
    expect(await keptOf(id(13))).toEqual([]);
  });

  it('taken for a while is let go, unless somebody keeps it for good', async () => {
    for (const n of [14, 15]) {
      await store.put(org, id(n), pieces(content), about);
      await files.keep(org, id(n), { passing: true });
    }
    await files.keep(org, id(15));
    await files.keep(org, id(15), { passing: true });
    await place.db.tenant(org, async (tx) => {
      await letGo(tx, id(14));
      await letGo(tx, id(15));
    });
    expect(await keptOf(id(14))).toEqual([]);
    expect(await keptOf(id(15))).toHaveLength(1);
    expect(await read(files, id(14))).toBe(hex(content));
  });

  it('taken for a while, or only in part, goes by itself in the end', async () => {
    for (const n of [16, 17, 18]) {
      await store.put(org, id(n), pieces(content), about);
      await files.keep(org, id(n), { passing: n === 16 });
    }
    await place.ask('UPDATE kept_file SET whole = false WHERE file_id = $1', [id(17)]);
    await place.ask(`UPDATE kept_file SET begun_at = now() - interval '31 days'`);
    const maintenance = startMaintenance({ db: place.db, log: trial.log });
    await maintenance.run();
    await maintenance.stop();
    const left = await Promise.all([16, 17, 18].map((n) => keptOf(id(n))));
    expect(left.map((rows) => rows.length)).toEqual([0, 0, 1]);
  });
});

describe('a copy', () => {
  it('is found to be damaged by its hash, and is not put back', async () => {
    const content = randomBytes(1_000_000);
    await files.put(org, id(20), pieces(content), about);
    await place.ask(
      `UPDATE kept_piece SET bytes = set_byte(bytes, 77, 255 - get_byte(bytes, 77))
        WHERE file_id = $1 AND number = 2`,
      [id(20)],
    );
    await wipeFiles();
    await expect(read(files, id(20))).rejects.toMatchObject({ reason: 'file_is_damaged' });
    await expect(files.mend(org, id(20))).rejects.toMatchObject({ reason: 'file_is_damaged' });
    await expect(store.get(org, id(20))).rejects.toMatchObject({ kind: 'missing' });
    await files.remove(org, id(20));
  });

  it('is seen by its organisation alone, even by a query that asks for any', async () => {
    await files.put(org, id(21), pieces(Buffer.from('secret')), about);
    const seen = (orgId: string): Promise<number[]> =>
      place.db.tenant(orgId, async (tx) => [
        (await tx.query('SELECT FROM kept_file WHERE file_id = $1', [id(21)])).length,
        (await tx.query('SELECT FROM kept_piece WHERE file_id = $1', [id(21)])).length,
      ]);
    expect(await seen(org)).toEqual([1, 1]);
    expect(await seen(other)).toEqual([0, 0]);
    await expect(files.get(other, id(21))).rejects.toMatchObject({ reason: 'file_not_found' });
    await expect(place.db.system((tx) => tx.query('SELECT FROM kept_piece'))).rejects.toMatchObject(
      { code: '42501' },
    );
  });
});

describe('a store that is another than before', () => {
  it('is filled with everything that is kept, before anybody asks', async () => {
    const content = randomBytes(400_000);
    const all = [30, 31, 32];
    for (const n of all) await files.put(n === 32 ? other : org, id(n), pieces(content), about);
    const refill = startRefill({ db: place.db, bus, files, log: trial.log });
    const filled = (): Promise<unknown> =>
      Promise.all(all.map((n) => store.get(n === 32 ? other : org, id(n))));
    const noted = async (): Promise<void> => {
      const { created } = await bus.jsm.streams.info(fileStream);
      const seen = await place.ask('SELECT created FROM file_store WHERE refilling_until < now()');
      expect(seen).toEqual([{ created }]);
    };
    await eventually(filled);
    await eventually(noted);
    await wipe();
    await eventually(filled);
    await eventually(noted);
    expect(await refill.check()).toBe(0);
    await refill.stop();
  });

  it('gives what somebody asks for who has no database', async () => {
    await wipeFiles();
    const gateway = { orgId: org, fileId: id(31) };
    const asked = getWanted(bus, store, gateway);
    await expect(asked).rejects.toMatchObject({ reason: 'file_not_found' });
    const told = { db: place.db, bus, files, log: trial.log };
    const wanted = ['one', 'two'].map((service) => answerWanted({ ...told, service }));
    const found = await Promise.all([1, 2].map(() => getWanted(bus, store, gateway)));
    expect(found.map(({ meta }) => meta.sizeBytes)).toEqual([400_000, 400_000]);
    const nowhere = getWanted(bus, store, { orgId: other, fileId: id(31) });
    await expect(nowhere).rejects.toMatchObject({ reason: 'file_not_found' });
    for (const one of wanted) one.stop();
  });

  it('is filled by a service that starts after it was lost', async () => {
    await wipeFiles();
    const refill = startRefill({ db: place.db, bus, files, log: trial.log });
    await eventually(async () => {
      const { meta } = await store.get(org, id(30));
      expect(meta.sizeBytes).toBe(400_000);
    });
    await refill.stop();
  });
});

describe('files that were taken before there were copies', () => {
  const table = tenantTable('paper', 'id uuid NOT NULL, PRIMARY KEY (org_id, id)');

  it('are kept when their service first looks, those of others are not', async () => {
    const { db, ask } = await trial.database();
    await ask(table.replaceAll('{app}', 'trial_app'));
    for (const n of [50, 51]) await store.put(org, id(n), pieces(Buffer.from(`${n}`)), about);
    await ask('INSERT INTO paper (org_id, id) VALUES ($1, $2), ($3, $4)', [
      org,
      id(50),
      other,
      id(51),
    ]);
    const own = keepFiles({ store, db, log: trial.log });
    const told = { store, db, files: own, log: trial.log, named: 'SELECT id FROM paper' };
    const refill = startRefill({ ...told, bus, first: (goOn) => takeOver(told, goOn) });
    await eventually(async () => expect(await ask('SELECT FROM kept_file')).toHaveLength(1));
    await wipeFiles();
    expect(await read(own, id(50))).toBe(hex(Buffer.from('50')));
    await refill.stop();
    await own.stop();
  });
});

describe('a file of 50 MB', () => {
  it('is written, kept and read with a few of them in memory', async () => {
    const few = 10_000_000;
    const script = new URL('./fixture/large-file.ts', import.meta.url).pathname;
    const { url, systemUrl } = place;
    const given = { url, systemUrl, natsUrl: await trial.nats(), orgId: org, fileId: id(40) };
    const { stdout } = await run(process.execPath, [script, JSON.stringify(given)]);
    const { writing, reading, written, read } = JSON.parse(stdout) as Record<string, unknown>;
    expect(writing).toBeLessThan(few);
    expect(reading).toBeLessThan(few);
    expect(read).toBe(written);
  });
});
