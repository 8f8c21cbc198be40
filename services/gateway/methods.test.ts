import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Fault, fault } from '@recourse/kit/fault.ts';
import { startTrial, type Trial } from './trial.ts';

const caseId = '01956f3e-0000-7000-8000-000000000001';
const paymentId = '01956f3e-0000-7000-8000-000000000002';
const requestId = '01956f3e-0000-7000-8000-000000000003';
const otherId = '01956f3e-0000-7000-8000-000000000004';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial({ env: { MAX_BODY_BYTES: '4096' } });
});
afterAll(() => trial.stop());
beforeEach(() => {
  trial.calls.length = 0;
});

function lastRequest(): object {
  const last = trial.calls.at(-1);
  if (last === undefined) throw new Error('no call reached a service');
  return last.request;
}

describe('a read', () => {
  it('is forwarded with its query and answered as JSON of the contract', async () => {
    trial.answer('ListCases', async () => ({
      cases: [
        {
          caseId,
          number: 'C-1',
          state: 'CASE_STATE_OPEN',
          open: { currency: 'CNY', minor: 9007199254740993n },
        },
      ],
      page: { nextCursor: 'abc', count: 3n, countEstimated: false },
    }));
    const query = 'states=OPEN&states=CASE_STATE_CLOSED&page.size=50&minOpen.minor=-5&sort=-open';
    const answered = await trial.send('GET', `/v1/cases?${query}&minOpen.currency=CNY&tiers=HIGH`);
    expect(answered.status).toBe(200);
    expect(answered.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answered.json).toMatchObject({
      cases: [{ caseId, state: 'CASE_STATE_OPEN', open: { minor: '9007199254740993' } }],
      page: { nextCursor: 'abc', count: '3' },
    });
    expect(lastRequest()).toMatchObject({
      states: ['CASE_STATE_OPEN', 'CASE_STATE_CLOSED'],
      tiers: ['PRIORITY_TIER_HIGH'],
      page: { size: 50, cursor: '' },
      minOpen: { currency: 'CNY', minor: -5n },
      sort: '-open',
    });
  });

  it('hands on who asks, the request id, the trace and a deadline of 15 s', async () => {
    trial.answer('GetCase', async () => ({ case: { caseId } }));
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const headers = { traceparent, 'x-request-id': 'forged' };
    const answered = await trial.send('GET', `/v1/cases/${caseId}`, { headers });
    const call = trial.calls.at(-1)?.call;
    expect(call?.caller.roles).toEqual(['supervisor']);
    expect(call?.requestId).toBe(answered.headers.get('x-request-id'));
    expect(call?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(call?.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-/);
    expect(call?.deadlineMs).toBeLessThanOrEqual(15_000);
    expect(call?.deadlineMs).toBeGreaterThan(10_000);
  });

  it('may carry the field of the path in its query, but no other value for it', async () => {
    trial.answer('GetCase', async () => ({ case: { caseId } }));
    expect((await trial.send('GET', `/v1/cases/${caseId}?caseId=${caseId}`)).status).toBe(200);
    const answered = await trial.send('GET', `/v1/cases/${caseId}?case_id=${otherId}`);
    expect(answered.status).toBe(400);
    expect(answered.json['errors']).toMatchObject([
      { pointer: '/caseId', rule: 'differs_from_path' },
    ]);
  });

  it('reads instants, flags and lists of text from its query', async () => {
    trial.answer('ListReceivables', async () => ({ receivables: [], asOf: '2020-05-20' }));
    const query = 'includeSettled=true&as_of=2020-05-20&query=%E4%B8%8A+%E6%B5%B7';
    const answered = await trial.send('GET', `/v1/receivables?${query}`);
    expect(answered.json).toEqual({ asOf: '2020-05-20' });
    expect(lastRequest()).toMatchObject({
      includeSettled: true,
      asOf: '2020-05-20',
      query: '上 海',
    });
  });

  it.each([
    ['page.size=1e1', '/page/size', 'not_a_whole_number'],
    ['page.size=%2050', '/page/size', 'not_a_whole_number'],
    ['page.size=0x10', '/page/size', 'not_a_whole_number'],
    ['page.size=', '/page/size', 'not_a_whole_number'],
    ['page.size=99999999999', '/page/size', 'out_of_range'],
    ['page.size=201', '/page/size', 'out_of_range'],
    ['page.size=1&page.size=2', '/page/size', 'given_twice'],
    ['minOpen.minor=9223372036854775808', '/minOpen/minor', 'out_of_range'],
    ['minOpen.minor=1.5', '/minOpen/minor', 'not_a_whole_number'],
    ['states=OPENED', '/states/0', 'not_one_of'],
    ['states=1', '/states/0', 'not_one_of'],
    ['nonsense=1', '/nonsense', 'unknown_field'],
    ['page.nonsense=1', '/page/nonsense', 'unknown_field'],
    ['page=1', '/page', 'unknown_field'],
    ['__proto__.x=1', '/__proto__/x', 'unknown_field'],
    ['agencyId=7', '/agencyId', 'not_a_uuid'],
    ['sort=colour', '/sort', 'pattern'],
    ['minOpen.minor=5', '/minOpen/currency', 'required'],
    ['dueBy=2026-02-30', '/dueBy', 'not_a_date'],
  ])('with %s is refused at %s as %s', async (query, pointer, rule) => {
    const answered = await trial.send('GET', `/v1/cases?${query}`);
    expect(answered.status).toBe(400);
    expect(answered.headers.get('content-type')).toBe('application/problem+json');
    expect(answered.json).toMatchObject({
      type: '/api/problems/invalid',
      status: 400,
      reason: 'fields_invalid',
      errors: [{ pointer, rule }],
    });
    expect(trial.calls).toHaveLength(0);
  });
});

describe('a change', () => {
  const path = `/v1/cases/${caseId}/payments/${paymentId}`;
  const payment = {
    amount: { currency: 'CNY', minor: '12050' },
    receivedOn: '2026-11-20',
    means: 'bank_transfer',
  };

  it('takes its id from the path and its fields from the body', async () => {
    trial.answer('RecordPayment', async () => ({
      payment: { paymentId },
      case: { caseId, version: 4n },
    }));
    const answered = await trial.send('PUT', path, { body: { ...payment, caseId } });
    expect(answered.status).toBe(200);
    expect(answered.headers.get('etag')).toBeNull();
    expect(lastRequest()).toMatchObject({
      caseId,
      paymentId,
      amount: { currency: 'CNY', minor: 12050n },
    });
  });

  it('tells every fault of a body at once', async () => {
    const body = {
      amount: { currency: 'CNY', minor: 1.5, minior: 1 },
      receivedOn: 20261120,
      means: null,
      reference: ['x'],
      'a/b~c': 1,
    };
    const answered = await trial.send('PUT', path, { body });
    expect(answered.status).toBe(400);
    expect(answered.json['errors']).toMatchObject([
      { pointer: '/amount/minor', rule: 'not_a_whole_number' },
      { pointer: '/amount/minior', rule: 'unknown_field' },
      { pointer: '/receivedOn', rule: 'not_text' },
      { pointer: '/reference', rule: 'not_text' },
      { pointer: '/a~1b~0c', rule: 'unknown_field' },
    ]);
  });

  it.each([
    ['{"amount":{"currency":"CNY","minor":1},"__proto__":{"x":1}}', '/__proto__', 'unknown_field'],
    ['{"constructor":{"prototype":{"x":1}}}', '/constructor', 'unknown_field'],
    ['{"amount":[]}', '/amount', 'not_an_object'],
    ['{"amount":{"minor":"0x10"}}', '/amount/minor', 'not_a_whole_number'],
    ['{"amount":{"minor":9007199254740993}}', '/amount/minor', 'not_a_whole_number'],
    ['{"received_on":"2026-01-01","receivedOn":"2026-01-01"}', '/receivedOn', 'given_twice'],
    ['{"note":"\\ud800"}', '/note', 'not_text'],
  ])('with the body %s is refused at %s as %s', async (body, pointer, rule) => {
    const answered = await trial.send('PUT', path, { body });
    expect(answered.status).toBe(400);
    expect(answered.json['errors']).toMatchObject([{ pointer, rule }]);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });

  it.each([
    ['nested too deeply to be anything', `{"amount":${'['.repeat(1000)}${']'.repeat(1000)}}`, 400],
    ['cut off', '{"amount":', 400],
    ['a list', '[]', 400],
    ['text', '"x"', 400],
    ['too large', `{"note":"${'x'.repeat(5000)}"}`, 413],
  ])('with a body that is %s is refused', async (_what, body, status) => {
    const answered = await trial.send('PUT', path, { body });
    expect(answered.status).toBe(status);
    expect(answered.json['reason']).toBeDefined();
    expect(answered.text).not.toContain('at Object');
  });

  it.each([
    ['text/plain', 415],
    ['application/json; charset=gbk', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/json; charset=UTF-8', 200],
    ['application/merge-patch+json', 200],
  ])('sent as %s is answered %d', async (type, status) => {
    trial.answer('RecordPayment', async () => ({ payment: { paymentId } }));
    const headers = { 'content-type': type };
    expect((await trial.send('PUT', path, { body: payment, headers })).status).toBe(status);
  });

  it('refuses a query beside its body', async () => {
    const answered = await trial.send('PUT', `${path}?note=x`, { body: payment });
    expect(answered.json['errors']).toMatchObject([{ rule: 'query_with_body' }]);
  });

  it('takes one field of a oneof and refuses two', async () => {
    trial.answer('PutAgency', async () => ({ agency: { agencyId: caseId } }));
    const agency = (terms: object) => ({
      role: 'agency_manager',
      body: { name: 'A', listTerms: terms },
    });
    const url = `/v1/agencies/${caseId}`;
    const one = await trial.send('PUT', url, agency({ flat: { rateBps: 1200 } }));
    expect(one.status).toBe(200);
    expect(lastRequest()).toMatchObject({
      listTerms: { model: { $case: 'flat', value: { rateBps: 1200 } } },
    });
    const two = agency({ flat: { rateBps: 1200 }, ageBands: { bands: [] } });
    expect((await trial.send('PUT', url, two)).json['errors']).toMatchObject([
      { pointer: '/listTerms/ageBands', rule: 'more_than_one' },
    ]);
  });
});

describe('a change that is named by a request id', () => {
  const path = `/v1/cases/${caseId}:close`;
  const body = { outcome: 'PAID', reason: 'All of it came in' };
  beforeAll(() => trial.answer('CloseCase', async () => ({ case: { caseId, version: 8n } })));

  it('takes the id from the Idempotency-Key header, quoted or not', async () => {
    for (const key of [requestId, `"${requestId}"`]) {
      const headers = { 'idempotency-key': key };
      expect((await trial.send('POST', path, { body, headers })).status).toBe(200);
      expect(lastRequest()).toMatchObject({ requestId, outcome: 'CASE_OUTCOME_PAID' });
    }
  });

  it('takes the id from its body as well', async () => {
    expect((await trial.send('POST', path, { body: { ...body, requestId } })).status).toBe(200);
    expect(lastRequest()).toMatchObject({ requestId });
  });

  it.each([
    ['without an id', {}, {}, 'idempotency_key_required'],
    ['with a key that is no UUID', {}, { 'idempotency-key': '7' }, 'idempotency_key_not_a_uuid'],
    [
      'with two different ids',
      { requestId: otherId },
      { 'idempotency-key': requestId },
      'idempotency_key_differs',
    ],
    [
      'with a version that is none',
      { requestId },
      { 'if-match': '"abc"' },
      'if_match_not_a_version',
    ],
    [
      'with two versions',
      { requestId, expectedVersion: 6 },
      { 'if-match': '"7"' },
      'if_match_differs',
    ],
  ])('%s is refused', async (_what, more, headers, reason) => {
    const answered = await trial.send('POST', path, { body: { ...body, ...more }, headers });
    expect(answered.status).toBe(400);
    expect(answered.json['reason']).toBe(reason);
  });

  it('is bound to the version that its If-Match names, and answers the new one', async () => {
    for (const tag of ['"7"', '"7-abc"', 'W/"7-abc"']) {
      const headers = { 'idempotency-key': requestId, 'if-match': tag };
      const answered = await trial.send('POST', path, { body, headers });
      expect(lastRequest()).toMatchObject({ expectedVersion: 7n });
      expect(answered.headers.get('etag')).toMatch(/^"8-/);
    }
  });
});

describe('a condition on something without versions', () => {
  it('is refused rather than left unchecked', async () => {
    const path = `/v1/cases/${caseId}/payments/${paymentId}:reverse`;
    const headers = { 'idempotency-key': requestId, 'if-match': '"7"' };
    const answered = await trial.send('POST', path, { body: { reason: 'Bounced' }, headers });
    expect(answered.json['reason']).toBe('if_match_not_supported');
  });
});

describe('a thing with a version', () => {
  it('has a tag, by which an unchanged one is answered 304', async () => {
    trial.answer('GetCase', async () => ({ case: { caseId, version: 7n, daysOverdue: 3 } }));
    const first = await trial.send('GET', `/v1/cases/${caseId}`);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"7-[\w-]{16}"$/);
    const headers = { 'if-none-match': `"x", W/${tag}` };
    const again = await trial.send('GET', `/v1/cases/${caseId}`, { headers });
    expect([again.status, again.text]).toEqual([304, '']);
    // The next day the case is read differently, though nobody changed it.
    trial.answer('GetCase', async () => ({ case: { caseId, version: 7n, daysOverdue: 4 } }));
    expect((await trial.send('GET', `/v1/cases/${caseId}`, { headers })).status).toBe(200);
  });
});

describe('a fault of a service', () => {
  it.each([
    ['invalid', 400],
    ['denied', 403],
    ['missing', 404],
    ['exists', 409],
    ['stale', 412],
    ['refused', 409],
    ['exhausted', 429],
    ['unavailable', 503],
    ['expired', 503],
  ] as const)('%s is told as %d with its reason and facts', async (kind, status) => {
    trial.answer('GetCase', async () => {
      throw fault(kind, 'named_reason', { count: 3, minor: 9007199254740993n, flag: true });
    });
    const answered = await trial.send('GET', `/v1/cases/${caseId}`, {
      headers: { 'accept-language': 'en' },
    });
    expect(answered.status).toBe(status);
    expect(answered.json).toMatchObject({
      type: `/api/problems/${kind}`,
      status,
      reason: 'named_reason',
      facts: { count: 3, minor: '9007199254740993', flag: true },
      requestId: answered.headers.get('x-request-id'),
    });
    const isWait = status === 503 || status === 429;
    expect(answered.headers.get('retry-after')).toBe(isWait ? '2' : null);
  });

  it('keeps where each violation is', async () => {
    trial.answer('GetCase', async () => {
      const violations = [{ field: '/caseId', rule: 'odd', repair: 'Give an even one.' }];
      throw new Fault('invalid', 'fields_invalid', {}, { violations });
    });
    const answered = await trial.send('GET', `/v1/cases/${caseId}`);
    expect(answered.json['errors']).toEqual([
      { pointer: '/caseId', rule: 'odd', detail: 'Give an even one.' },
    ]);
  });

  it('that is a defect tells nothing of what it was', async () => {
    trial.answer('GetCase', async () => {
      throw new Error('password is hunter2');
    });
    const answered = await trial.send('GET', `/v1/cases/${caseId}`);
    expect(answered.status).toBe(500);
    expect(answered.json).toMatchObject({ reason: 'unexpected_error', facts: {} });
    expect(answered.text).not.toMatch(/hunter2|stack|\.ts/);
  });

  it('is told in the language that is asked for', async () => {
    trial.answer('GetCase', async () => {
      throw fault('missing', 'case_missing');
    });
    const titles: unknown[] = [];
    for (const language of ['zh-CN,zh;q=0.9', 'en-GB, zh;q=0.2', 'fr', 'en;q=0.1, zh']) {
      const headers = { 'accept-language': language };
      titles.push((await trial.send('GET', `/v1/cases/${caseId}`, { headers })).json['title']);
    }
    const [zh, en] = ['找不到该内容，或你无权查看', 'No such thing, or none that you may see'];
    expect(titles).toEqual([zh, en, zh, zh]);
  });
});

describe('an address', () => {
  it('that does not exist is told as a problem', async () => {
    const answered = await trial.send('GET', '/v1/nonsense');
    expect(answered.status).toBe(404);
    expect(answered.json['reason']).toBe('route_unknown');
  });

  it('asked with the wrong method names the right ones', async () => {
    const answered = await trial.send('DELETE', `/v1/statements/${caseId}`);
    expect(answered.status).toBe(405);
    expect(answered.headers.get('allow')).toBe('GET, PUT');
  });

  it('answers HEAD as it would GET, without the body', async () => {
    trial.answer('GetCase', async () => ({ case: { caseId, version: 7n } }));
    const answered = await trial.send('HEAD', `/v1/cases/${caseId}`);
    expect([answered.status, answered.text]).toEqual([200, '']);
    expect(answered.headers.get('etag')).toMatch(/^"7-/);
  });

  it('with a broken escape is refused', async () => {
    expect((await trial.send('GET', '/v1/cases/%E0%A4%A')).status).toBe(400);
  });
});
