import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTrial, type Trial } from './trial.ts';

const caseId = '01956f3e-0000-7000-8000-000000000001';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial({
    env: {
      RATE_READ: '5',
      RATE_ANONYMOUS: '50',
      CORS_ORIGINS: 'https://erp.example, https://bi.example',
    },
  });
  trial.answer('GetCase', async () => ({ case: { caseId } }));
});
afterAll(() => trial.stop());

describe('what needs no token', () => {
  it('tells the portal where to sign in', async () => {
    const answered = await trial.send('GET', '/config.json', { role: '' });
    const [url, realm] = trial.issuer.issuer.split('/realms/');
    expect(answered.json).toEqual({
      url,
      realm,
      clientId: 'recourse-portal',
      version: '0.0.0-test',
    });
  });

  it('describes the API, to programs and to people', async () => {
    const api = await trial.send('GET', '/api/openapi.json', { role: '' });
    expect(api.json['openapi']).toBe('3.1.1');
    const headers = { 'if-none-match': api.headers.get('etag') ?? '' };
    expect((await trial.send('GET', '/api/openapi.json', { role: '', headers })).status).toBe(304);
    const page = await trial.send('GET', '/api', { role: '' });
    const nonce = /<style nonce="([^"]+)">/.exec(page.text)?.[1] ?? 'none';
    expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    const problem = await trial.send('GET', '/api/problems/stale', { role: '' });
    expect([problem.status, problem.headers.get('location')]).toEqual([303, '/api#problem-stale']);
  });

  it('knows no other address', async () => {
    const answered = await trial.send('GET', '/api/nonsense', { role: '' });
    expect(answered.json).toMatchObject({ status: 404, reason: 'route_unknown' });
  });
});

describe('every answer', () => {
  it.each([
    ['GET', `/v1/cases/${caseId}`, 'supervisor'],
    ['GET', '/v1/nonsense', 'supervisor'],
    ['GET', '/v1/cases', ''],
    ['GET', '/config.json', ''],
    ['GET', '/api', ''],
    ['GET', '/nonsense', ''],
  ])('to %s %s as "%s" shields the browser', async (verb, path, role) => {
    const { headers } = await trial.send(verb, path, { role });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('content-security-policy')).toMatch(/default-src '(none|self)'/);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-powered-by')).toBeNull();
    // Only in production: a laptop's browser must not learn to ask for a certificate.
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('of a gateway in production asks for TLS from then on', async () => {
    const production = await startTrial({ env: { NODE_ENV: 'production' } });
    try {
      const { headers } = await production.send('GET', '/config.json', { role: '' });
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    } finally {
      await production.stop();
    }
  });
});

describe('another site', () => {
  it.each([
    ['https://erp.example', 'https://erp.example'],
    ['https://bi.example', 'https://bi.example'],
    ['https://evil.example', null],
    ['null', null],
  ])('at %s is allowed as %s', async (origin, allowed) => {
    const { headers } = await trial.send('GET', '/config.json', { role: '', headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBe(allowed);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });

  it('is told beforehand what it may send', async () => {
    const headers = {
      origin: 'https://erp.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization',
    };
    const answered = await trial.send('OPTIONS', `/v1/cases/${caseId}`, { role: '', headers });
    expect(answered.status).toBe(204);
    expect(answered.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
  });
});

describe('too many requests', () => {
  it('of one person are refused, while others go on', async () => {
    const userId = '01956f3e-0000-7000-8000-00000000cccc';
    const statuses: number[] = [];
    for (let count = 0; count < 7; count += 1) {
      statuses.push((await trial.send('GET', `/v1/cases/${caseId}`, { userId })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const refused = await trial.send('GET', `/v1/cases/${caseId}`, { userId });
    expect(refused.json).toMatchObject({ reason: 'rate_limited', facts: { limit: 'read' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"read"; r=0; t=\d+$/);
    expect(refused.headers.get('ratelimit-policy')).toMatch(/^"read"; q=5; w=60;/);
    const other = '01956f3e-0000-7000-8000-00000000dddd';
    expect((await trial.send('GET', `/v1/cases/${caseId}`, { userId: other })).status).toBe(200);
  });

  it('of one address without a token are refused, whatever it claims to come from', async () => {
    const statuses = new Map<number, number>();
    for (let count = 0; count < 60; count += 1) {
      const headers = { 'x-forwarded-for': `10.0.0.${count}` };
      const { status } = await trial.send('GET', '/v1/cases', { role: '', headers });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses.keys()]).toEqual([401, 429]);
    // Who shows a good token is not made to pay for it.
    const userId = '01956f3e-0000-7000-8000-00000000eeee';
    expect((await trial.send('GET', `/v1/cases/${caseId}`, { userId })).status).toBe(200);
  });
});

describe('a gateway behind a proxy', () => {
  it('counts by the address that the proxy names', async () => {
    const behind = await startTrial({ env: { RATE_ANONYMOUS: '2', TRUST_PROXY: '1' } });
    try {
      const statuses: number[] = [];
      for (const address of ['10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.2']) {
        const headers = { 'x-forwarded-for': address };
        statuses.push((await behind.send('GET', '/v1/cases', { role: '', headers })).status);
      }
      expect(statuses).toEqual([401, 401, 429, 401]);
    } finally {
      await behind.stop();
    }
  });
});

describe('a service that is away', () => {
  it('is told as 503 with a time to come again', async () => {
    const lonely = await startTrial();
    try {
      await lonely.stopServices();
      const answered = await lonely.send('GET', `/v1/cases/${caseId}`);
      expect(answered.status).toBe(503);
      expect(answered.headers.get('retry-after')).toBe('2');
      expect(answered.json['reason']).toBe('cases_unavailable');
    } finally {
      await lonely.stop();
    }
  });
});
