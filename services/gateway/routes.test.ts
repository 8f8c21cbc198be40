import { describe, expect, it } from '@jest/globals';
import { createRoutes, type Verb } from './routes.ts';

const templates: [Verb, string][] = [
  ['get', '/v1/cases'],
  ['post', '/v1/cases:open'],
  ['get', '/v1/cases/{case_id}'],
  ['post', '/v1/cases/{case_id}:close'],
  ['post', '/v1/cases/{case_id}:assign'],
  ['put', '/v1/cases/{case_id}/contacts/{contact_id}'],
  ['post', '/v1/cases/{case_id}/contacts:check'],
  ['get', '/v1/statements/{statement_id}/file'],
  ['get', '/v1/statements/latest'],
];

function routes() {
  const made = createRoutes<string>();
  for (const [verb, template] of templates) made.add(verb, template, `${verb} ${template}`);
  return made;
}

describe('routes of the contract', () => {
  it.each([
    ['get', '/v1/cases', 'get /v1/cases', {}],
    ['post', '/v1/cases:open', 'post /v1/cases:open', {}],
    ['get', '/v1/cases/7', 'get /v1/cases/{case_id}', { case_id: '7' }],
    ['post', '/v1/cases/7:close', 'post /v1/cases/{case_id}:close', { case_id: '7' }],
    ['post', '/v1/cases/7:assign', 'post /v1/cases/{case_id}:assign', { case_id: '7' }],
    [
      'put',
      '/v1/cases/7/contacts/9',
      'put /v1/cases/{case_id}/contacts/{contact_id}',
      { case_id: '7', contact_id: '9' },
    ],
    [
      'post',
      '/v1/cases/7/contacts:check',
      'post /v1/cases/{case_id}/contacts:check',
      { case_id: '7' },
    ],
    ['get', '/v1/cases/a%2Fb%3Ac', 'get /v1/cases/{case_id}', { case_id: 'a/b:c' }],
    ['get', '/v1/statements/latest', 'get /v1/statements/latest', {}],
    // `latest` has no `/file`, so here it is the value of the field.
    [
      'get',
      '/v1/statements/latest/file',
      'get /v1/statements/{statement_id}/file',
      { statement_id: 'latest' },
    ],
  ])('%s %s is %s', (verb, path, target, params) => {
    expect(routes().find(verb, path)).toEqual({ kind: 'found', target, params });
  });

  it.each([
    ['get', '/v1/case'],
    ['get', '/v1/cases/'],
    ['get', '/v1/cases//contacts/9'],
    ['post', '/v1/cases/7:reopen'],
    ['post', '/v1/cases/7:'],
    ['post', '/v1/cases/7:close:close'],
    ['get', '/v1/Cases'],
    ['get', '/v1/cases/7/contacts'],
    ['get', '/'],
    ['get', ''],
  ])('%s %s is none', (verb, path) => {
    expect(routes().find(verb, path)).toEqual({ kind: 'none' });
  });

  it.each([
    ['delete', '/v1/cases', ['get']],
    ['get', '/v1/cases:open', ['post']],
    ['post', '/v1/cases/7', ['get']],
    ['get', '/v1/cases/7:close', ['post']],
  ])('%s %s is refused and names what is allowed', (verb, path, allow) => {
    expect(routes().find(verb, path)).toEqual({ kind: 'verb_not_allowed', allow });
  });

  it('refuses a broken escape', () => {
    expect(() => routes().find('get', '/v1/cases/%zz')).toThrow('invalid: path_malformed');
  });

  it.each(['v1/cases', '/v1/{Case}', '/v1/cases:', '/v1/cases:a:b', '/v1//x', '/v1/{a}b', '/v1/*'])(
    'refuses the template %s at the start',
    (template) => {
      expect(() => createRoutes<string>().add('get', template, 'x')).toThrow('route_malformed');
    },
  );

  it('refuses two methods on one route', () => {
    const made = routes();
    expect(() => made.add('get', '/v1/cases/{other_id}', 'x')).toThrow('route_twice');
  });
});
