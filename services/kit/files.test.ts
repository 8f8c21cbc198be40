import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Bus, createBus } from './bus.ts';
import { eventually } from './eventually.ts';
import { createFiles, type Files } from './files.ts';
import { startTrial, type Trial } from './trial.ts';

const org = '018f0000-0000-7000-8000-00000000000a';
const other = '018f0000-0000-7000-8000-00000000000b';
const id = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const about = { fileName: '应收账款.csv', mediaType: 'text/csv', maxBytes: 10_000_000 };

let trial: Trial;
let bus: Bus;
let files: Files;

beforeAll(async () => {
  trial = await startTrial();
  bus = await createBus({ url: await trial.nats(), service: 'trial', log: trial.log });
  files = createFiles({ bus });
});

afterAll(async () => {
  await bus.stop();
  await trial.stop();
});

async function* pieces(content: Buffer, size = 50_000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size);
}

async function read(orgId: string, fileId: string): Promise<Buffer> {
  const { stream } = await files.get(orgId, fileId);
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const hex = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

describe('a stored file', () => {
  const content = randomBytes(3_000_000);

  it('comes back as it was, with its size, hash and name', async () => {
    const stored = await files.put(org, id(1), pieces(content), about);
    expect(stored).toEqual({ sizeBytes: content.length, sha256: hex(content) });
    expect(hex(await read(org, id(1)))).toBe(hex(content));
    const { meta } = await files.get(org, id(1));
    expect(meta).toMatchObject({ fileName: '应收账款.csv', mediaType: 'text/csv', ...stored });
  });

  it('is the same answer when it is sent again, and refused with other content', async () => {
    const again = await files.put(org, id(1), pieces(content), about);
    expect(again.sha256).toBe(hex(content));
    const changed = files.put(org, id(1), pieces(randomBytes(100)), about);
    await expect(changed).rejects.toMatchObject({ reason: 'file_id_used_with_other_content' });
    expect(hex(await read(org, id(1)))).toBe(hex(content));
  });

  it('is not there for another organisation', async () => {
    await expect(files.get(other, id(1))).rejects.toMatchObject({
      kind: 'missing',
      reason: 'file_not_found',
    });
  });

  it('may be empty', async () => {
    await files.put(org, id(2), pieces(Buffer.alloc(0)), about);
    expect(await read(org, id(2))).toHaveLength(0);
  });

  it('is gone when it is removed, once or twice, and its id may be used again', async () => {
    await files.put(org, id(3), pieces(Buffer.from('x')), about);
    await files.remove(org, id(3));
    await files.remove(org, id(3));
    await expect(files.get(org, id(3))).rejects.toMatchObject({ kind: 'missing' });
    await files.put(org, id(3), pieces(Buffer.from('y')), about);
    expect((await read(org, id(3))).toString()).toBe('y');
  });
});

describe('a file that is too large', () => {
  it('is refused as soon as that is known, and leaves nothing', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sent += 1;
        yield Buffer.alloc(100_000);
      }
    }
    const work = files.put(org, id(4), endless(), { ...about, maxBytes: 1_000_000 });
    await expect(work).rejects.toMatchObject({ reason: 'file_too_large', kind: 'invalid' });
    expect(sent).toBeLessThan(30);
    await expect(files.get(org, id(4))).rejects.toMatchObject({ kind: 'missing' });
    const { state } = await bus.jsm.streams.info('OBJ_FILES');
    expect(state.bytes).toBeLessThan(4_000_000);
  });
});

describe('a source that breaks off', () => {
  it('is reported as it was thrown, and nothing is kept', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(200_000);
      throw new Error('connection reset by peer');
    }
    await expect(files.put(org, id(5), broken(), about)).rejects.toThrow('connection reset');
    await expect(files.get(org, id(5))).rejects.toMatchObject({ kind: 'missing' });
  });
});

describe('a store that is away', () => {
  it('says so at once, and serves again when it is back, even empty', async () => {
    await trial.killNats();
    await eventually(() => expect(bus.isConnected()).toBe(false));
    const work = files.put(org, id(6), pieces(Buffer.from('x')), about);
    await expect(work).rejects.toMatchObject({ kind: 'unavailable' });
    rmSync(trial.natsDir, { recursive: true });
    await trial.nats();
    await eventually(() => expect(bus.isConnected()).toBe(true));
    await files.put(org, id(6), pieces(Buffer.from('back')), about);
    expect((await read(org, id(6))).toString()).toBe('back');
  });
});
