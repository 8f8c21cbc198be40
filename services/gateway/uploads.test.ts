import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fault } from '@recourse/kit/fault.ts';
import { createLog } from '@recourse/kit/log.ts';
import { freePort, type Nats, startNats } from '@recourse/kit/parts.ts';
import { type Broker, type FileStore, openBroker } from './broker.ts';
import { attachment } from './downloads.ts';
import { startTrial, type Trial } from './trial.ts';
import { plainFileName } from './uploads.ts';

const mostBytes = 3_000_000;
const otherOrg = '01956f3e-0000-7000-8000-00000000ffff';

let dir: string;
let nats: Nats;
let broker: Broker;
let trial: Trial;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'recourse-uploads-'));
  nats = await startNats({ dir, durable: false });
  broker = openBroker({ url: nats.url, log: createLog('gateway', 'silent') });
  while (!broker.isConnected()) await wait(10);
  const env = { MAX_UPLOAD_BYTES: String(mostBytes) };
  trial = await startTrial({ files: broker.files, live: broker.live, env });
});
afterAll(async () => {
  await trial.stop();
  await broker.stop();
  await nats.stop();
  rmSync(dir, { recursive: true, force: true });
});

const hex = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

async function put(
  path: string,
  body: Uint8Array<ArrayBuffer> | FormData | string,
  headers: Record<string, string>,
  role = 'finance',
) {
  const token = await trial.issuer.token({ role });
  const response = await fetch(`${trial.url}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body,
  });
  const json: Record<string, unknown> = Object(await response.json());
  return { status: response.status, json };
}

async function fetchFile(fileId: string, orgId?: string) {
  const token = await trial.issuer.token({
    role: 'auditor',
    ...(orgId === undefined ? {} : { orgId }),
  });
  return fetch(`${trial.url}/v1/files/${fileId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
}

const csv = { 'content-type': 'text/csv', 'x-file-name': encodeURIComponent('应收账款 2026.csv') };

describe('an upload', () => {
  const content = randomBytes(1_000_000);
  const uploadId = randomUUIDv7();
  const path = `/v1/uploads/${uploadId}`;

  it('is stored as it is, and comes back as an attachment under its name', async () => {
    const stored = await put(path, content, csv);
    expect(stored).toEqual({
      status: 200,
      json: {
        uploadId,
        fileName: '应收账款 2026.csv',
        sizeBytes: '1000000',
        sha256: hex(content),
      },
    });
    const got = await fetchFile(uploadId);
    expect(got.headers.get('content-type')).toBe('text/csv');
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect(got.headers.get('content-disposition')).toBe(
      `attachment; filename="____ 2026.csv"; ` +
        `filename*=UTF-8''%E5%BA%94%E6%94%B6%E8%B4%A6%E6%AC%BE%202026.csv`,
    );
    expect(hex(new Uint8Array(await got.arrayBuffer()))).toBe(hex(content));
  });

  it('sent again is answered the same; other content under its id is refused', async () => {
    const again = await put(path, content, csv);
    expect([again.status, again.json['sha256']]).toEqual([200, hex(content)]);
    const other = await put(path, randomBytes(10), csv);
    expect(other).toMatchObject({
      status: 409,
      json: { reason: 'file_id_used_with_other_content' },
    });
  });

  it('is not there for another organisation, nor what was never uploaded for its own', async () => {
    for (const [fileId, orgId] of [[uploadId, otherOrg], [randomUUIDv7()], ['..%2f..%2fx']]) {
      const got = await fetchFile(String(fileId), orgId);
      expect(got.status).toBe(404);
      expect(await got.json()).toMatchObject({ reason: 'file_not_found' });
    }
  });

  it('of an association is given to whom blacklist lets open it', async () => {
    const orgId = randomUUIDv7();
    const role = 'steward';
    const token = await trial.issuer.token({ role, orgId, orgKind: 'association' });
    const headers = { authorization: `Bearer ${token}` };
    const fileId = randomUUIDv7();
    const body = Buffer.from('evidence');
    await fetch(`${trial.url}/v1/uploads/${fileId}`, {
      method: 'PUT',
      headers: { ...headers, ...csv },
      body,
    });
    const open = () => fetch(`${trial.url}/v1/files/${fileId}`, { headers });
    trial.answer('CheckFile', () => {
      throw fault('refused', 'steward_of_reporting_member');
    });
    const refused = await open();
    expect(await refused.json()).toMatchObject({ reason: 'steward_of_reporting_member' });
    trial.answer('CheckFile', async () => ({}));
    expect((await open()).status).toBe(200);
    expect(trial.calls.at(-1)).toMatchObject({ method: 'CheckFile', request: { fileId } });
  });

  it('of a creditor is given to the agency whose case has it in its pack', async () => {
    const orgId = randomUUIDv7();
    const token = await trial.issuer.token({ role: 'agency_agent', orgId, orgKind: 'agency' });
    const headers = { authorization: `Bearer ${token}` };
    const open = () => fetch(`${trial.url}/v1/files/${uploadId}`, { headers });
    trial.answer('FindPackPaper', async () => ({ orgId: '' }));
    expect(await (await open()).json()).toMatchObject({ reason: 'file_not_found' });
    // The organisation of tokens that name none.
    const creditorId = '01956f3e-0000-7000-8000-00000000bbbb';
    trial.answer('FindPackPaper', async () => ({ orgId: creditorId }));
    const got = await open();
    expect(hex(new Uint8Array(await got.arrayBuffer()))).toBe(hex(content));
    const request = { paperId: uploadId };
    expect(trial.calls.at(-1)).toMatchObject({ method: 'FindPackPaper', request });
  });

  it('may come as a form', async () => {
    const id = randomUUIDv7();
    const form = new FormData();
    form.set('note', 'before the file');
    form.set('file', new File([content], '发票.xlsx', { type: 'application/vnd.ms-excel' }));
    const stored = await put(`/v1/uploads/${id}`, form, {});
    expect(stored).toMatchObject({
      status: 200,
      json: { fileName: '发票.xlsx', sha256: hex(content) },
    });
    expect((await fetchFile(id)).headers.get('content-type')).toBe('application/vnd.ms-excel');
  });

  it('as a form without a file is refused', async () => {
    const form = new FormData();
    form.set('note', 'nothing else');
    const refused = await put(`/v1/uploads/${randomUUIDv7()}`, form, {});
    expect(refused).toMatchObject({ status: 400, json: { reason: 'form_without_file' } });
  });

  it.each(['collector', 'finance', 'org_admin', 'steward', 'agency_agent'])(
    'may be sent by a %s',
    async (role) => {
      const sent = await put(`/v1/uploads/${randomUUIDv7()}`, Buffer.from('x'), csv, role);
      expect(sent.status).toBe(200);
    },
  );

  it.each(['auditor', 'platform_admin'])(
    'may not be sent by a %s, whom no method asks for one',
    async (role) => {
      const sent = await put(`/v1/uploads/${randomUUIDv7()}`, Buffer.from('x'), csv, role);
      expect(sent.status).toBe(403);
    },
  );

  it('needs an id that is a UUID', async () => {
    const refused = await put('/v1/uploads/7', Buffer.from('x'), csv);
    expect(refused).toMatchObject({ status: 400, json: { reason: 'file_id_is_not_a_uuid' } });
  });
});

/** Sends part of what it announces, or more than is allowed, and tells what it heard. */
async function trickle(uploadId: string, o: { length?: number; sent: number; abort?: boolean }) {
  const token = await trial.issuer.token({ role: 'finance' });
  const { promise, resolve } = Promise.withResolvers<number>();
  const sending = request(`${trial.url}/v1/uploads/${uploadId}`, {
    method: 'PUT',
    agent: false,
    headers: {
      authorization: `Bearer ${token}`,
      ...(o.length === undefined ? {} : { 'content-length': o.length }),
    },
  });
  sending.once('response', (response) => resolve(response.resume().statusCode ?? 0));
  sending.once('error', () => resolve(0));
  const chunk = Buffer.alloc(100_000, 1);
  for (let sent = 0; sent < o.sent && !sending.destroyed; sent += chunk.length) {
    const drained = new Promise((go) => {
      sending.once('drain', go);
    });
    if (!sending.write(chunk)) await Promise.race([drained, promise]);
  }
  if (o.abort === true) {
    await wait(50);
    sending.destroy();
  } else sending.end();
  return promise;
}

describe('an upload that goes wrong', () => {
  it('because its sender goes away leaves nothing behind, and its id stays free', async () => {
    const uploadId = randomUUIDv7();
    await trickle(uploadId, { length: 5_000_000, sent: 1_000_000, abort: true });
    await wait(300);
    expect((await fetchFile(uploadId)).status).toBe(404);
    expect((await put(`/v1/uploads/${uploadId}`, Buffer.from('whole'), csv)).status).toBe(200);
  });

  it('because it says that it is too large is refused before it is read', async () => {
    const uploadId = randomUUIDv7();
    expect(await trickle(uploadId, { length: 2_000_000_000, sent: 0, abort: false })).toBe(413);
  });

  it('because it turns out to be too large is refused and not kept', async () => {
    const uploadId = randomUUIDv7();
    expect(await trickle(uploadId, { sent: mostBytes + 500_000 })).toBe(413);
    expect((await fetchFile(uploadId)).status).toBe(404);
  });

  it('because its form is cut off is refused and not kept', async () => {
    const uploadId = randomUUIDv7();
    const body = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nhalf';
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const refused = await put(`/v1/uploads/${uploadId}`, body, headers);
    expect(refused).toMatchObject({ status: 400, json: { reason: 'upload_broken_off' } });
    expect((await fetchFile(uploadId)).status).toBe(404);
  });

  it('because its form has no boundary is refused', async () => {
    const headers = { 'content-type': 'multipart/form-data' };
    const refused = await put(`/v1/uploads/${randomUUIDv7()}`, 'x', headers);
    expect(refused.status).toBe(400);
  });
});

/** A store that takes one piece and then nothing until it is let go. */
function sluggishStore() {
  const { promise: letGo, resolve: go } = Promise.withResolvers<void>();
  let taken = 0;
  const store: FileStore = {
    put: async (_orgId, _fileId, content) => {
      for await (const piece of content) {
        taken += piece.length;
        await letGo;
      }
      return { sizeBytes: taken, sha256: '' };
    },
    get: () => Promise.reject(new Error('not asked')),
  };
  return { store, go };
}

describe('a store that is slower than the sender', () => {
  it('holds the sender up: what comes in is not gathered in memory', async () => {
    const { store, go } = sluggishStore();
    const slow = await startTrial({ files: store });
    try {
      const token = await slow.issuer.token({ role: 'finance' });
      const { promise: status, resolve } = Promise.withResolvers<number>();
      const sending = request(`${slow.url}/v1/uploads/${randomUUIDv7()}`, {
        method: 'PUT',
        agent: false,
        headers: { authorization: `Bearer ${token}` },
      });
      sending.once('response', (response) => resolve(response.resume().statusCode ?? 0));
      sending.end(Buffer.alloc(40_000_000, 1));
      await wait(500);
      // Only the sockets' own buffers have taken something.
      const unsent = sending.socket?.writableLength ?? 0;
      expect(unsent).toBeGreaterThan(25_000_000);
      go();
      expect(await status).toBe(200);
    } finally {
      await slow.stop();
    }
  });
});

describe('while the broker is away', () => {
  it('files are unavailable, the rest goes on, and they come back', async () => {
    const port = nats.port;
    await nats.kill();
    while (broker.isConnected()) await wait(10);
    const refused = await put(`/v1/uploads/${randomUUIDv7()}`, Buffer.from('x'), csv);
    expect(refused).toMatchObject({ status: 503, json: { reason: 'file_store_unavailable' } });
    trial.answer('ListImports', async () => ({ imports: [] }));
    expect((await trial.send('GET', '/v1/imports')).status).toBe(200);
    nats = await startNats({ dir, durable: false, port });
    while (!broker.isConnected()) await wait(10);
    expect((await put(`/v1/uploads/${randomUUIDv7()}`, Buffer.from('x'), csv)).status).toBe(200);
  });

  it('a gateway that starts before it has it as soon as it is there', async () => {
    const port = await freePort();
    const url = `nats://127.0.0.1:${port}`;
    const early = openBroker({ url, log: createLog('gateway', 'silent') });
    await expect(early.files.get(otherOrg, otherOrg)).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(early.live.isConnected()).toBe(false);
    const late = await startNats({ dir: join(dir, 'late'), durable: false, port });
    while (!early.isConnected()) await wait(10);
    await expect(early.files.get(otherOrg, otherOrg)).rejects.toMatchObject({ kind: 'missing' });
    await early.stop();
    await late.stop();
  });
});

describe('a file’s name', () => {
  it.each([
    ['C:\\books\\应收.csv', '应收.csv'],
    ['../../etc/passwd', 'passwd'],
    ['a\u0000b\u202Ecsv.exe', 'abcsv.exe'],
    ['', 'upload'],
    ['  ', 'upload'],
    ['x'.repeat(400), 'x'.repeat(255)],
  ])('%j is kept as %j', (given, kept) => {
    expect(plainFileName(given)).toBe(kept);
  });

  it('cannot break out of its header', () => {
    expect(attachment('a";\r\nx: y\'.csv')).toBe(
      `attachment; filename="a____x_ y_.csv"; filename*=UTF-8''a%22%3B%0D%0Ax%3A%20y%27.csv`,
    );
  });
});
