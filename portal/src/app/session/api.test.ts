import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signedIn } from '../../testing/signed-in';
import { Api, path, queryParams } from './api';
import { authorize } from './authorize';
import { chooseLanguage } from './language';
import { Problem } from './problem';

let api: Api;
let http: HttpTestingController;

/** The token comes from a promise, so a request is sent a turn later. */
async function sent(url: string) {
  await new Promise((resolve) => setTimeout(resolve));
  return http.expectOne((request) => request.urlWithParams === url);
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([authorize])),
      provideHttpClientTesting(),
      ...signedIn(),
    ],
  });
  api = TestBed.inject(Api);
  http = TestBed.inject(HttpTestingController);
});

afterEach(() => http.verify());

describe('a path', () => {
  it('encodes every value', () => {
    expect(path`/v1/cases/${'a/b?c'}:close`).toBe('/v1/cases/a%2Fb%3Fc:close');
  });
});

describe('a query', () => {
  it('flattens a request as the gateway reads it', () => {
    const query = {
      page: { size: 50, cursor: '' },
      tiers: ['HIGH', 'LOW'],
      none: undefined,
      x: true,
    };
    expect(queryParams(query).toString()).toBe('page.size=50&tiers=HIGH&tiers=LOW&x=true');
  });
});

describe('a read', () => {
  it('carries token and language and decodes the answer', async () => {
    const answer = api.get('/v1/x', (json) => ({ seen: json }), { page: { size: 1 } });
    const request = await sent('/v1/x?page.size=1');
    expect(request.request.headers.get('Authorization')).toBe('Bearer token');
    expect(request.request.headers.get('Accept-Language')).toBe('zh-CN');
    request.flush({ a: '1' });
    expect(await answer).toEqual({ seen: { a: '1' } });
  });

  it('is tried again after a passing failure', async () => {
    const answer = api.get('/v1/x', (json) => json);
    (await sent('/v1/x')).flush('', { status: 503, statusText: 'away' });
    await new Promise((resolve) => setTimeout(resolve, 600));
    (await sent('/v1/x')).flush({ ok: true });
    expect(await answer).toEqual({ ok: true });
  });

  it('is not tried again after a refusal', async () => {
    const answer = api.get('/v1/x', (json) => json);
    (await sent('/v1/x')).flush({ reason: 'missing_case' }, { status: 404, statusText: 'no' });
    await expect(answer).rejects.toMatchObject({ status: 404, reason: 'missing_case' });
  });

  it('ends when its signal does', async () => {
    const stop = new AbortController();
    const answer = api.get('/v1/x', (json) => json, {}, stop.signal);
    const request = await sent('/v1/x');
    stop.abort();
    await expect(answer).rejects.toMatchObject({ reason: 'cancelled' });
    expect(request.cancelled).toBe(true);
  });
});

describe('a change', () => {
  it('names itself and the version it is based on', async () => {
    const options = { requestId: 'id1', ifMatch: '"7"' };
    const answer = api.post('/v1/x:do', { a: 1 }, (json) => json, options);
    const request = await sent('/v1/x:do');
    expect(request.request.headers.get('Idempotency-Key')).toBe('id1');
    expect(request.request.headers.get('If-Match')).toBe('"7"');
    request.flush({});
    await answer;
  });

  it('is never repeated by itself', async () => {
    const answer = api.put('/v1/x', {}, (json) => json);
    (await sent('/v1/x')).flush('', { status: 503, statusText: 'away' });
    await expect(answer).rejects.toBeInstanceOf(Problem);
    await expect(answer).rejects.toMatchObject({ reason: 'unavailable', mayRepeat: true });
  });
});

describe('an upload', () => {
  it('tells how much is sent', async () => {
    const steps: number[] = [];
    const file = new File(['hello'], '账款.csv', { type: 'text/csv' });
    const answer = api.upload(
      '/v1/uploads/u',
      file,
      (json) => json,
      (done) => steps.push(done),
    );
    const request = await sent('/v1/uploads/u');
    expect(request.request.headers.get('X-File-Name')).toBe('%E8%B4%A6%E6%AC%BE.csv');
    request.event({ type: 1, loaded: 2, total: 5 });
    request.flush({ uploadId: 'u' });
    expect(await answer).toEqual({ uploadId: 'u' });
    expect(steps).toEqual([2]);
  });
});
