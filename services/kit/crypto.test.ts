import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCrypto } from './crypto.ts';
import { startTrial, type Trial, type TrialDatabase } from './trial.ts';

const org = '018f0000-0000-7000-8000-00000000000a';
const other = '018f0000-0000-7000-8000-00000000000b';
const phone = '+86 138 1234 5678 张三';

let trial: Trial;
let place: TrialDatabase;
const oldKey = randomBytes(32).toString('base64');
const newKey = randomBytes(32).toString('hex');
const open = (keyEncryptionKey: string) => createCrypto({ db: place.db, keyEncryptionKey });

beforeAll(async () => {
  trial = await startTrial();
  place = await trial.database();
});

afterAll(() => trial.stop());

/** Makes a new key look as if all replicas had read it. */
const settle = () => place.ask(`UPDATE data_key SET made_at = made_at - interval '10 minutes'`);

describe('a sealed field', () => {
  it('opens to what it was, differs each time and names its key', async () => {
    const sealer = await open(oldKey).sealer(org);
    const [first, second] = [sealer.seal(phone), sealer.seal(phone)];
    expect([sealer.open(first), sealer.open(second)]).toEqual([phone, phone]);
    expect(first).not.toBe(second);
    expect(first).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]+$/);
    expect(first).not.toContain('138');
  });

  it('keeps the empty text empty', async () => {
    const sealer = await open(oldKey).sealer(org);
    expect([sealer.seal(''), sealer.open(''), sealer.blindIndex('')]).toEqual(['', '', '']);
  });

  it('does not open for another organisation', async () => {
    const crypto = open(oldKey);
    const sealed = (await crypto.sealer(org)).seal(phone);
    const stranger = await crypto.sealer(other);
    expect(() => stranger.open(sealed)).toThrow('cannot_open_sealed_text');
  });

  it.each(['first', 'middle', 'last'])(
    'does not open when its %s byte was changed',
    async (where) => {
      const sealer = await open(oldKey).sealer(org);
      const [version, id, body = ''] = sealer.seal(phone).split('.');
      const bytes = Buffer.from(body, 'base64url');
      const place_ = { first: 0, middle: 20, last: bytes.length - 1 }[where] ?? 0;
      bytes[place_] = (bytes[place_] ?? 0) ^ 1;
      const changed = [version, id, bytes.toString('base64url')].join('.');
      expect(() => sealer.open(changed)).toThrow('cannot_open_sealed_text');
    },
  );

  it('has one set of keys however many ask for it first', async () => {
    const third = '018f0000-0000-7000-8000-00000000000c';
    const sealers = await Promise.all([1, 2, 3, 4].map(() => open(oldKey).sealer(third)));
    const [sealed = ''] = sealers.map((sealer) => sealer.seal(phone));
    expect(sealers.map((sealer) => sealer.open(sealed))).toEqual([phone, phone, phone, phone]);
  });
});

describe('a blind index', () => {
  it('is equal for equal texts of one organisation and different for another', async () => {
    const crypto = open(oldKey);
    const [own, again, foreign] = await Promise.all([
      crypto.sealer(org),
      open(oldKey).sealer(org),
      crypto.sealer(other),
    ]);
    expect(own.blindIndex(phone)).toBe(again.blindIndex(phone));
    expect(own.blindIndex(phone)).not.toBe(own.blindIndex('else'));
    expect(own.blindIndex(phone)).not.toBe(foreign.blindIndex(phone));
  });
});

describe('rotation of the data key', () => {
  it('seals with the new key once it has settled, opens what is old, keeps the index', async () => {
    const crypto = open(oldKey);
    const before = await crypto.sealer(org);
    const sealed = before.seal(phone);
    await crypto.rotate(org);
    const unsettled = await crypto.sealer(org);
    expect(unsettled.isOutdated(sealed)).toBe(false);
    await settle();
    const after = await open(oldKey).sealer(org);
    expect(after.open(sealed)).toBe(phone);
    expect(after.isOutdated(sealed)).toBe(true);
    expect(after.isOutdated(after.seal(phone))).toBe(false);
    expect(after.blindIndex(phone)).toBe(before.blindIndex(phone));
  });
});

describe('rotation of the key encryption key', () => {
  it('needs the old key until all data keys are wrapped anew, and then no more', async () => {
    const sealed = (await open(oldKey).sealer(org)).seal(phone);
    await expect(open(newKey).sealer(org)).rejects.toMatchObject({
      reason: 'key_encryption_key_is_missing',
    });
    const both = open(`${newKey},${oldKey}`);
    expect((await both.sealer(org)).open(sealed)).toBe(phone);
    expect(await both.rewrap(org)).toBe(3);
    expect(await both.rewrap(org)).toBe(0);
    expect((await open(newKey).sealer(org)).open(sealed)).toBe(phone);
  });

  it.each(['short', '', `${oldKey},`])('refuses a key that is not 32 bytes: %p', (key) => {
    expect(() => open(key)).toThrow('key_encryption_key_is_not_32_bytes');
  });
});
