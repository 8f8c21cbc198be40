import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencies } from '@recourse/agencies/service.ts';
import { cases } from '@recourse/cases/service.ts';
import { keepKeys } from '@recourse/identity/keys.ts';
import { openSessions } from '@recourse/identity/sessions.ts';
import { createCrypto } from '@recourse/kit/crypto.ts';
import { openDb } from '@recourse/kit/db.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { sha256 } from '@recourse/kit/hash.ts';
import { keepFiles } from '@recourse/kit/kept-files.ts';
import { createLog } from '@recourse/kit/log.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import pg from 'pg';
import { backUp, keyFileName } from '../scripts/safekeeping/backup.ts';
import { drill, onEmptyParts } from '../scripts/safekeeping/drill.ts';
import { expectNoIdentity, loadIdentity } from '../scripts/safekeeping/identity.ts';
import type { Installation } from '../scripts/safekeeping/installation.ts';
import { brokenInvariants } from '../scripts/safekeeping/invariants.ts';
import { type Manifest, manifestName } from '../scripts/safekeeping/manifest.ts';
import { databasesAt, restore, restoreFiles } from '../scripts/safekeeping/restore.ts';
import { withBroker } from '../scripts/safekeeping/stored.ts';
import { type Business, openBusiness } from './flows/business.ts';
import { openTown, type Town } from './flows/town.ts';

const folder = mkdtempSync(join(tmpdir(), 'recourse-backup-'));
const taken = join(folder, 'taken');
const keys = join(folder, 'keys');

let platform: TestPlatform;
let town: Town;
let business: Business;
let services: { cases: TestService; agencies: TestService };
let at: Installation;
let key = '';
/** An organisation and a personal field of it, sealed with its own key. */
const sealed = { orgId: randomUUIDv7(), text: '' };
/** A file of it that cases keeps. */
const proof = { fileId: randomUUIDv7(), content: randomBytes(700_000) };

beforeAll(async () => {
  platform = await testPlatform();
  services = {
    cases: await platform.startService(cases),
    agencies: await platform.startService(agencies),
  };
  const told = await platform.variables('cases', services.cases.database);
  key = told.variables['KEY_ENCRYPTION_KEY'] ?? '';
  at = {
    databases: new Map(
      Object.entries(services).map(([name, { database }]) => [name, database.ownerUrl]),
    ),
    natsUrl: platform.natsUrl,
    key,
  };
  town = await openTown(platform);
  business = await openBusiness(town);
  const sealing = createCrypto({ db: services.cases.db, keyEncryptionKey: key });
  sealed.text = (await sealing.sealer(sealed.orgId)).seal('13800138000');
  const { bus, db } = services.cases;
  const files = keepFiles({ store: createFiles({ bus }), db, log: createLog('backup', 'fatal') });
  const about = { fileName: 'proof.pdf', mediaType: 'application/pdf', maxBytes: 1_000_000 };
  await files.put(sealed.orgId, proof.fileId, Readable.from([proof.content]), about);
});

afterAll(async () => {
  await town?.stop();
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

function rowsOf({ databases }: Manifest, service: string, table: string): number {
  const found = databases.find((one) => one.service === service);
  return found?.tables.find(({ name }) => name === table)?.rows ?? -1;
}

/** A copy of the backup in which one file is different. */
function spoilt(file: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(folder, 'spoilt-'));
  cpSync(taken, copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'latin1')), 'latin1');
  return copy;
}

describe('A backup that is taken while people work', () => {
  it('comes back whole in a drill, and everything that must hold holds', async () => {
    const payments = business.draw(300);
    await Promise.all(payments.slice(0, 60).map((paid) => business.pay(paid)));
    let sent = 60;
    const stop = new AbortController();
    const working = (async () => {
      while (!stop.signal.aborted && sent < payments.length) {
        await Promise.all(payments.slice(sent, sent + 4).map((paid) => business.pay(paid)));
        sent += 4;
      }
    })();
    const manifest = await backUp(at, taken, keys);
    stop.abort();
    await working;
    const kept = rowsOf(manifest, 'cases', 'payment');
    expect(kept).toBeGreaterThanOrEqual(60);
    expect(kept).toBeLessThanOrEqual(sent);
    expect(rowsOf(manifest, 'cases', 'case_file')).toBe(48);
    expect(manifest.files.length).toBeGreaterThan(0);
    // What is in the databases is not saved twice.
    expect(rowsOf(manifest, 'cases', 'kept_file')).toBe(1);
    expect(manifest.files.map(({ fileId }) => fileId)).not.toContain(proof.fileId);
    expect(readFileSync(join(keys, keyFileName), 'utf8')).toBe(key);

    const drilled = await drill(taken, key);
    expect(drilled.broken).toEqual([]);
    expect(drilled.manifest).toEqual(manifest);
    expect(drilled.rules).toBeGreaterThan(8);
  });

  it('holds neither its key nor a word of it', () => {
    const text = readFileSync(join(taken, manifestName), 'utf8');
    expect(text).not.toContain(key);
  });
});

describe('What the embedded identity provider keeps', () => {
  const dir = join(folder, 'identity');
  const sealedBy = join(folder, 'identity-keys');

  it('is backed up while it runs, without anybody’s session, its key elsewhere', async () => {
    const sessions = openSessions(join(dir, 'sessions.sqlite'));
    await sessions.adapter('Session').upsert('secret', { kind: 'Session' }, 600);
    sessions.keepChange({ kind: 'user', id: 'u1', content: { enabled: false } });
    const { signing } = keepKeys(dir);
    const into = join(folder, 'with-identity');
    const manifest = await backUp({ ...at, identityDir: dir }, into, sealedBy);
    sessions.close();
    expect(manifest.identity).toBe('identity/sessions.sqlite');
    expect(readFileSync(join(into, 'identity/sessions.sqlite'), 'latin1')).not.toContain('secret');

    const back = join(folder, 'identity-again');
    loadIdentity(back, into, sealedBy);
    expect(keepKeys(back).signing).toEqual(signing);
    const again = openSessions(join(back, 'sessions.sqlite'));
    expect(again.changes()).toEqual([{ kind: 'user', id: 'u1', content: { enabled: false } }]);
    expect(await again.adapter('Session').find('secret')).toBeUndefined();
    again.close();
    expect(() => expectNoIdentity(back)).toThrow(/is not empty/);
  });
});

describe('A broker that has lost its store', () => {
  it('gets the files of the backup back while the services run', async () => {
    const files = async () =>
      withBroker(platform.natsUrl, async (bus) => {
        const store = createFiles({ bus });
        const { files: saved } = JSON.parse(
          readFileSync(join(taken, manifestName), 'utf8'),
        ) as Manifest;
        const read = saved.map(async ({ orgId, fileId, sha256 }) => {
          const { meta } = await store.get(orgId, fileId);
          return meta.sha256 === sha256;
        });
        return Promise.all(read);
      });
    await platform.nats().kill();
    await platform.restartNats({ wiped: true });
    await expect(files()).rejects.toThrow();
    expect(await restoreFiles(platform.natsUrl, taken)).toBeGreaterThan(0);
    expect(await files()).not.toContain(false);
    expect(await restoreFiles(platform.natsUrl, taken)).toBe(0);
    // What a service keeps needs no backup to come back.
    const store = createFiles({ bus: services.cases.bus });
    await eventually(async () => {
      const { meta } = await store.get(sealed.orgId, proof.fileId);
      expect(meta.sha256).toBe(sha256(proof.content));
    });
  });
});

describe('A backup', () => {
  it.each([
    ['into a folder with something in it', () => backUp(at, taken, undefined), /is not empty/],
    [
      'with its key inside',
      () => backUp(at, join(folder, 'x'), join(folder, 'x/k')),
      /must not lie/,
    ],
    [
      'with a key that does not open it',
      () =>
        backUp({ ...at, key: Buffer.alloc(32).toString('base64') }, join(folder, 'y'), undefined),
      /key does not open it/,
    ],
  ])('is refused %s', async (_how, work, words) => {
    await expect(work()).rejects.toThrow(words);
  });
});

/** Personal fields can be read again, by the service's own role and with the key. */
async function expectOpens(superuserUrl: string): Promise<void> {
  const url = new URL(superuserUrl);
  url.username = 'cases_app';
  url.password = 'x';
  const db = await openDb({ url: url.href, log: createLog('backup', 'fatal') });
  const sealer = await createCrypto({ db, keyEncryptionKey: key }).sealer(sealed.orgId);
  expect(sealer.open(sealed.text)).toBe('13800138000');
  await db.stop();
}

describe('A restore', () => {
  const nowhere = {
    postgresUrl: 'postgres://nobody:x@127.0.0.1:1/postgres',
    natsUrl: 'nats://127.0.0.1:1',
    databasePassword: 'x',
  };

  it.each([
    [
      'a file that has changed',
      () => spoilt('databases/cases/payment.copy.gz', (text) => `${text}x`),
      /damaged: databases\/cases\/payment/,
    ],
    ['no manifest', () => mkdtempSync(join(folder, 'bare-')), /manifest.json is missing/],
    [
      'a format that this version does not know',
      () => spoilt(manifestName, (text) => text.replace('"format": 1', '"format": 9')),
      /format 9/,
    ],
  ])('refuses %s before it asks any server', async (_what, make, words) => {
    await expect(restore({ ...nowhere, key }, make())).rejects.toThrow(words);
  });

  it('refuses a key that does not open it', async () => {
    const other = Buffer.alloc(32, 7).toString('base64');
    await expect(restore({ ...nowhere, key: other }, taken)).rejects.toThrow(/key does not open/);
  });

  it('refuses another schema and an installation with something in it', async () => {
    const text = readFileSync(join(taken, manifestName), 'utf8');
    const manifest = JSON.parse(text) as Manifest;
    const hash = manifest.databases[0]?.migrations[0]?.hash ?? '';
    const other = spoilt(manifestName, (whole) => whole.replace(hash, `0${hash.slice(1)}`));
    await onEmptyParts(async (parts) => {
      const target = { ...parts, databasePassword: 'x', key };
      await expect(restore(target, other)).rejects.toThrow(/does not fit: .* migration kit\/0001/);
      await expect(restore(target, taken)).rejects.toThrow(/the database of .* is not empty/);
    });
  });

  it('brings back what can be read again, and finds what goes wrong in it', async () => {
    await onEmptyParts(async (parts) => {
      await restore({ ...parts, databasePassword: 'x', key }, taken);
      const databases = databasesAt(parts.postgresUrl, ['cases', 'agencies']);
      expect(await brokenInvariants(databases)).toEqual([]);
      await expectOpens(databases.get('cases') ?? '');
      const spoil = async (service: string, sql: string): Promise<void> => {
        const client = new pg.Client({ connectionString: databases.get(service) });
        await client.connect();
        await client.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
        await client.end();
      };
      await spoil(
        'agencies',
        'UPDATE ledger_line SET debit_minor = 1 + debit_minor WHERE debit_minor > 0',
      );
      await spoil('cases', 'UPDATE received_sum SET minor = minor + 1');
      await spoil('cases', 'UPDATE case_sum SET cases = cases + 1');
      await spoil('cases', 'UPDATE book_sum SET open_minor = open_minor + 1');
      await spoil('cases', `DELETE FROM outbox WHERE type = 'paymentRecorded'`);
      await spoil(
        'cases',
        'UPDATE kept_piece SET bytes = set_byte(bytes, 9, 255 - get_byte(bytes, 9))',
      );
      const broken = await brokenInvariants(databases);
      expect(broken.map(({ service, what }) => `${service}: ${what}`)).toEqual(
        expect.arrayContaining([
          'agencies: books whose debits and credits differ',
          'agencies: balances that are not what was posted',
          'cases: days on which more or less was received than payments say',
          expect.stringMatching(/^cases: open cases of which more or fewer/),
          expect.stringMatching(/^cases: days of which more or less is counted/),
          'agencies: receipts of events that were never told',
          expect.stringMatching(/^cases: aggregates whose events have a gap/),
          'cases: kept files whose pieces are not what was taken',
        ]),
      );
    });
  });
});
