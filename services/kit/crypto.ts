import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Db, Tx } from './db.ts';
import { fault } from './fault.ts';
import { sha256 } from './hash.ts';

/**
 * Seals and opens personal fields of one organisation (PIPL art. 51: encryption and
 * de-identification). Synchronous, so that a store maps rows with it.
 */
export type Sealer = {
  /** AES-256-GCM text `v1.<key id>.<base64url>`; the empty text stays empty. */
  seal(text: string): string;
  /**
   * Fault: `internal` cannot_open_sealed_text, when it was changed or is another organisation's.
   */
  open(sealed: string): string;
  /**
   * Text that is equal for equal fields of the organisation, to search what is sealed; normalise
   * the field first (`+86 138…` and `138…` are different texts). It does not change with rotation.
   */
  blindIndex(text: string): string;
  /** True when the text was sealed with an older key; seal it again before that key is dropped. */
  isOutdated(sealed: string): boolean;
};

export type Crypto = {
  /** The organisation's sealer; its keys are made when it has none. Kept in memory for a minute. */
  sealer(orgId: string): Promise<Sealer>;
  /** Gives an organisation a new key for what is sealed from now on; old texts still open. */
  rotate(orgId: string): Promise<void>;
  /** Wraps the organisation's keys anew with the newest key encryption key; returns how many. */
  rewrap(orgId: string): Promise<number>;
};

type KeyRow = {
  key_id: string;
  purpose: 'seal' | 'index';
  wrapped_by: string;
  wrapped: Buffer;
  age_seconds: number;
};
type DataKey = { id: string; key: Buffer };
type KeySet = { current: DataKey; all: ReadonlyMap<string, Buffer>; index: Buffer };

const ivBytes = 12;
const tagBytes = 16;

/** A sealer is read anew after this long. */
const cacheMs = 60_000;

/** A new key is used for sealing only when every replica has read it. */
const settlingSeconds = 120;

function encrypt(key: Buffer, clear: Buffer, about: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
  return Buffer.concat([iv, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, about: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(-tagBytes));
  const text = sealed.subarray(ivBytes, -tagBytes);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}

/**
 * Reads KEY_ENCRYPTION_KEY: one or more keys parted by commas, each 32 bytes as base64 or hex. The
 * first wraps what is new; the others only open what they have wrapped, until `rewrap` is done.
 */
function readKeys(text: string): DataKey[] {
  return text.split(',').map((part) => {
    const written = part.trim();
    const key = Buffer.from(written, /^[0-9a-f]{64}$/i.test(written) ? 'hex' : 'base64');
    if (key.length !== 32) throw fault('invalid', 'key_encryption_key_is_not_32_bytes');
    return { id: sha256(key).slice(0, 8), key };
  });
}

function wrappingContext(orgId: string, keyId: string): string {
  return `data key ${orgId} ${keyId}`;
}

function unwrap(orgId: string, row: KeyRow, keys: readonly DataKey[]): Buffer {
  const wrapping = keys.find(({ id }) => id === row.wrapped_by);
  if (wrapping === undefined) {
    throw fault('internal', 'key_encryption_key_is_missing', { wrappedBy: row.wrapped_by });
  }
  return decrypt(wrapping.key, row.wrapped, wrappingContext(orgId, row.key_id));
}

async function addKey(tx: Tx, purpose: KeyRow['purpose'], by: DataKey): Promise<void> {
  const id = purpose === 'index' ? 'index' : randomBytes(4).toString('hex');
  const wrapped = encrypt(by.key, randomBytes(32), wrappingContext(tx.orgId, id));
  await tx.query(
    `INSERT INTO data_key (org_id, key_id, purpose, wrapped_by, wrapped)
     VALUES ($1, $2, $3, $4, $5)`,
    [tx.orgId, id, purpose, by.id, wrapped],
  );
}

function readRows(tx: Tx): Promise<KeyRow[]> {
  return tx.query<KeyRow>(
    `SELECT key_id, purpose, wrapped_by, wrapped,
            extract(epoch FROM now() - made_at)::float8 AS age_seconds
       FROM data_key WHERE org_id = $1 ORDER BY made_at DESC, key_id`,
    [tx.orgId],
  );
}

/** The rows, made first when there are none; a lock keeps two replicas from both making them. */
async function readOrMake(tx: Tx, by: DataKey): Promise<KeyRow[]> {
  const rows = await readRows(tx);
  if (rows.length > 0) return rows;
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7201004))', [tx.orgId]);
  const meanwhile = await readRows(tx);
  if (meanwhile.length > 0) return meanwhile;
  await addKey(tx, 'seal', by);
  await addKey(tx, 'index', by);
  return readRows(tx);
}

/** Newest first; the newest that has settled seals, or the oldest when none has. */
function keySet(orgId: string, rows: readonly KeyRow[], keys: readonly DataKey[]): KeySet {
  const sealing = rows.filter(({ purpose }) => purpose === 'seal');
  const chosen = sealing.find((row) => row.age_seconds >= settlingSeconds) ?? sealing.at(-1);
  const index = rows.find(({ purpose }) => purpose === 'index');
  if (chosen === undefined || index === undefined) throw fault('internal', 'data_key_is_missing');
  const all = new Map(sealing.map((row) => [row.key_id, unwrap(orgId, row, keys)]));
  return {
    current: { id: chosen.key_id, key: all.get(chosen.key_id) ?? Buffer.alloc(0) },
    all,
    index: unwrap(orgId, index, keys),
  };
}

function openText(orgId: string, set: KeySet, sealed: string): string {
  const [version, keyId = '', body = ''] = sealed.split('.');
  const key = set.all.get(keyId);
  try {
    if (version !== 'v1' || key === undefined) throw new Error('unknown key');
    return decrypt(key, Buffer.from(body, 'base64url'), `field ${orgId} ${keyId}`).toString('utf8');
  } catch {
    throw fault('internal', 'cannot_open_sealed_text', { keyId });
  }
}

function sealerOf(orgId: string, set: KeySet): Sealer {
  const { id, key } = set.current;
  // Derived, so that the index never shares a key with anything that encrypts.
  const indexKey = Buffer.from(hkdfSync('sha256', set.index, orgId, 'blind index', 32));
  return {
    seal: (text) => {
      if (text === '') return '';
      const body = encrypt(key, Buffer.from(text, 'utf8'), `field ${orgId} ${id}`);
      return `v1.${id}.${body.toString('base64url')}`;
    },
    open: (sealed) => (sealed === '' ? '' : openText(orgId, set, sealed)),
    blindIndex: (text) =>
      text === '' ? '' : createHmac('sha256', indexKey).update(text).digest('base64url'),
    isOutdated: (sealed) => sealed !== '' && sealed.split('.')[1] !== id,
  };
}

/**
 * Envelope encryption with one set of data keys per organisation, kept in the service's database.
 */
export function createCrypto(o: { db: Db; keyEncryptionKey: string }): Crypto {
  const keys = readKeys(o.keyEncryptionKey);
  const [wrapping] = keys;
  if (wrapping === undefined) throw fault('invalid', 'key_encryption_key_is_not_32_bytes');
  const cache = new Map<string, { until: number; sealer: Promise<Sealer> }>();
  const load = async (orgId: string): Promise<Sealer> => {
    const rows = await o.db.tenant(orgId, (tx) => readOrMake(tx, wrapping));
    return sealerOf(orgId, keySet(orgId, rows, keys));
  };
  return {
    sealer: (orgId) => {
      const known = cache.get(orgId);
      if (known !== undefined && performance.now() < known.until) return known.sealer;
      const sealer = load(orgId);
      cache.set(orgId, { until: performance.now() + cacheMs, sealer });
      sealer.catch(() => cache.delete(orgId));
      return sealer;
    },
    rotate: async (orgId) => {
      await o.db.tenant(orgId, (tx) => addKey(tx, 'seal', wrapping));
      cache.delete(orgId);
    },
    rewrap: async (orgId) => {
      const wrap = async (tx: Tx): Promise<number> => {
        const old = (await readRows(tx)).filter((row) => row.wrapped_by !== wrapping.id);
        for (const row of old) {
          const clear = unwrap(orgId, row, keys);
          const wrapped = encrypt(wrapping.key, clear, wrappingContext(orgId, row.key_id));
          await tx.query(
            `UPDATE data_key SET wrapped = $3, wrapped_by = $4
              WHERE org_id = $1 AND key_id = $2`,
            [orgId, row.key_id, wrapped, wrapping.id],
          );
        }
        return old.length;
      };
      return o.db.tenant(orgId, wrap);
    },
  };
}
