import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTrial, type Trial } from './trial.ts';

const index = '<!doctype html><base href="/"><rc-app ngCspNonce="__CSP_NONCE__"></rc-app>';
const script = `document.title = ${JSON.stringify('x'.repeat(2000))};`;

let dir: string;
let trial: Trial;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'recourse-portal-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'main-4XJ2ABCD.js'), script);
  const others = ['chunk-1qIS-_mL.js', 'styles-TTYWCC54.css', 'icon-download.svg', 'licences.txt'];
  for (const name of others) writeFileSync(join(dir, name), '');
  writeFileSync(join(dir, 'icons.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(dir, 'assets', 'font.woff2'), Buffer.from([1, 2, 3]));
  writeFileSync(join(dir, '.secret'), 'hidden');
  writeFileSync(join(dir, 'index.html'), index);
  trial = await startTrial({ env: { PORTAL_DIR: dir } });
});
afterAll(async () => {
  await trial.stop();
  rmSync(dir, { recursive: true, force: true });
});

type Raw = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** fetch would tidy the path and unpack the body. */
function rawGet(path: string, headers: Record<string, string> = {}): Promise<Raw> {
  const { port } = new URL(trial.url);
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { statusCode: status = 0, headers: got } = response;
        resolve({ status, headers: got, body: Buffer.concat(parts) });
      });
    }).on('error', reject);
  });
}

const navigation = { accept: 'text/html,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };

describe('a page', () => {
  it.each(['/', '/index.html', '/cases', '/cases/01956f3e-0000-7000-8000-000000000001?tab=ledger'])(
    '%s is the portal, with a nonce of its own',
    async (path) => {
      const first = await rawGet(path, navigation);
      const second = await rawGet(path, navigation);
      expect(first.status).toBe(200);
      expect(first.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(first.headers['cache-control']).toBe('no-cache');
      const nonce = /ngCspNonce="([^"]{20,})"/.exec(first.body.toString())?.[1] ?? 'none';
      const policy = String(first.headers['content-security-policy']);
      expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain(`connect-src 'self' ${new URL(trial.issuer.issuer).origin}`);
      expect(policy).not.toContain('unsafe');
      expect(second.body.equals(first.body)).toBe(false);
    },
  );

  it('built anew is served anew', async () => {
    writeFileSync(join(dir, 'main-NEWNEW12.js'), 'new');
    writeFileSync(join(dir, 'index.html'), `${index}<!-- second -->`);
    utimesSync(join(dir, 'index.html'), new Date(), new Date(Date.now() + 5000));
    expect((await rawGet('/', navigation)).body.toString()).toContain('second');
    expect((await rawGet('/main-NEWNEW12.js')).body.toString()).toBe('new');
  });
});

describe('a file of the portal', () => {
  it.each([
    ['br', (body: Buffer) => brotliDecompressSync(body)],
    ['gzip', (body: Buffer) => gunzipSync(body)],
  ] as const)('is sent as %s and kept for ever by its hash', async (encoding, unpack) => {
    const got = await rawGet('/main-4XJ2ABCD.js', { 'accept-encoding': encoding });
    expect(got.headers).toMatchObject({
      'content-encoding': encoding,
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(got.body.length).toBeLessThan(500);
    expect(unpack(got.body).toString()).toBe(script);
  });

  it.each(['', 'identity', 'br;q=0, gzip;q=0'])(
    'asked for as "%s" is sent plain',
    async (wanted) => {
      const got = await rawGet('/main-4XJ2ABCD.js', { 'accept-encoding': wanted });
      expect(got.headers['content-encoding']).toBeUndefined();
      expect(got.body.toString()).toBe(script);
    },
  );

  it.each([
    ['/chunk-1qIS-_mL.js', 'public, max-age=31536000, immutable'],
    ['/styles-TTYWCC54.css', 'public, max-age=31536000, immutable'],
    ['/icon-download.svg', 'no-cache'],
    ['/licences.txt', 'no-cache'],
  ])('%s is kept: %s', async (path, kept) => {
    expect((await rawGet(path)).headers['cache-control']).toBe(kept);
  });

  it('without a hash in its name is asked for each time', async () => {
    const got = await rawGet('/icons.svg');
    expect(got.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'no-cache',
    });
    expect((await rawGet('/assets/font.woff2')).headers['content-type']).toBe('font/woff2');
  });

  it.each([
    '/missing.js',
    '/.secret',
    '/../package.json',
    '/..%2f..%2fetc/passwd',
    '/assets/../.secret',
    '/%00',
    '/assets',
    '/main-4XJ2ABCD.js/',
  ])('%s does not exist', async (path) => {
    const got = await rawGet(path);
    expect(got.status).toBe(404);
    expect(got.headers['content-type']).toBe('application/problem+json');
  });

  it('that a script asks for is never the page', async () => {
    const headers = { accept: '*/*', 'sec-fetch-mode': 'cors' };
    expect((await rawGet('/cases', headers)).status).toBe(404);
  });

  it('is only read', async () => {
    expect((await trial.send('POST', '/icons.svg', { role: '' })).status).toBe(404);
    expect((await trial.send('HEAD', '/icons.svg', { role: '' })).status).toBe(200);
  });
});

describe('a gateway', () => {
  it('whose portal was not built does not start', async () => {
    await expect(startTrial({ env: { PORTAL_DIR: tmpdir() } })).rejects.toThrow('portal_not_built');
  });
});
