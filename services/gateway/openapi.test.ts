import { describe, expect, it } from '@jest/globals';
import { contract } from '@recourse/kit/contract.ts';
import type { Operation } from './api-form.ts';
import { createOpenApi } from './openapi.ts';
import { createPage } from './page.ts';

const api = createOpenApi(contract(), {
  issuer: 'http://127.0.0.1:8081/realms/recourse',
  version: '1.2.3',
});

function operations(): { path: string; verb: string; operation: Operation }[] {
  return Object.entries(api.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
  );
}

/** Every `$ref` anywhere below a value. */
function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
}

function resolve(ref: string): unknown {
  const parts = ref.replace(/^#\//, '').split('/');
  return parts.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
    api,
  );
}

describe('the API description', () => {
  it('has every public method of the contract once, by its route', () => {
    const described = operations().map(({ path, verb }) => `${verb} ${path}`);
    const routed = contract()
      .methods.filter((method) => method.access?.internal !== true)
      .map(({ http }) => `${http?.verb} ${http?.path}`);
    const own = ['put /v1/uploads/{upload_id}', 'get /v1/files/{file_id}', 'get /api/live'];
    expect(described.toSorted()).toEqual([...routed, ...own].toSorted());
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says of every operation who may call it', () => {
    for (const { operation } of operations()) {
      expect(operation['x-roles'].length).toBeGreaterThan(0);
      for (const role of operation['x-roles']) expect(operation.description).toContain(role);
    }
  });

  it('refers only to what is there', () => {
    const refs = [...new Set(refsIn(api))];
    expect(refs.length).toBeGreaterThan(20);
    expect(refs.filter((ref) => resolve(ref) === undefined)).toEqual([]);
  });

  it('has a parameter for every field of each path', () => {
    for (const { path, operation } of operations()) {
      const fields = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
      const inPath = operation.parameters
        .filter((one) => one['in'] === 'path')
        .map((one) => String(one['name']));
      expect(new Set(inPath)).toEqual(new Set(fields));
      expect(inPath).toHaveLength(fields.length);
    }
  });

  it('carries the checks and comments of the contract', () => {
    const operation = api.paths['/v1/cases/{case_id}/payments/{payment_id}']?.['put'];
    const body = operation?.requestBody?.['content'];
    expect(body).toMatchObject({
      'application/json': {
        schema: {
          additionalProperties: false,
          required: ['amount', 'receivedOn', 'means'],
          properties: {
            amount: { $ref: '#/components/schemas/type.Money', 'x-minimum': '1' },
            receivedOn: { type: 'string', format: 'date' },
            reference: { type: 'string', maxLength: 200 },
          },
        },
      },
    });
    expect(Object.keys(Object(body)['application/json'].schema.properties)).not.toContain('caseId');
    expect(operation?.description).toContain('Records money received and allocates it');
    expect(api.components['schemas']?.['cases.CaseState']).toMatchObject({
      enum: ['CASE_STATE_OPEN', 'CASE_STATE_CLOSED'],
      description: expect.stringContaining('Requests may leave `CASE_STATE_` away: OPEN, CLOSED.'),
    });
    const list = api.paths['/v1/cases']?.['get']?.parameters;
    expect(list).toContainEqual({
      name: 'page.size',
      in: 'query',
      required: false,
      schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 200 },
    });
  });

  it('asks for a key where a change is named by one, and for versions where there are some', () => {
    const close = api.paths['/v1/cases/{case_id}:close']?.['post'];
    expect(close?.parameters).toContainEqual({ $ref: '#/components/parameters/idempotencyKey' });
    expect(close?.parameters).toContainEqual({ $ref: '#/components/parameters/ifMatch' });
    expect(api.paths['/v1/cases/{case_id}']?.['get']?.responses).toHaveProperty('304');
    expect(api.paths['/v1/cases']?.['get']?.responses).not.toHaveProperty('304');
  });

  it('shows an example of every problem', () => {
    const responses = api.components['responses'];
    expect(responses?.['problem412']).toMatchObject({
      content: {
        'application/problem+json': {
          examples: {
            stale: { value: { status: 412, reason: 'case_changed', facts: { version: 7 } } },
          },
        },
      },
    });
  });
});

describe('the readable page', () => {
  const page = createPage(api);

  it('shows every operation and loads nothing from anywhere', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
    const foreign = /<script|<link|<img|src=|@import|url\(|style="|\son\w+=/.exec(page)?.[0];
    expect(foreign).toBeUndefined();
    expect(page.includes('nonce="__CSP_NONCE__"')).toBe(true);
  });

  it('has a target for every link within it', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(50);
    expect(links.filter((link) => !ids.has(link))).toEqual([]);
  });

  it('escapes what it shows', () => {
    const evil = structuredClone(api);
    evil.info['title'] = '<script>alert(1)</script>';
    expect(createPage(evil).includes('<script')).toBe(false);
  });
});
