import type { DescField, DescMessage } from '@bufbuild/protobuf';
import type { Contract, Method } from '@recourse/kit/contract.ts';
import { fault } from '@recourse/kit/fault.ts';
import { versionedField } from './answer.ts';
import type { OpenApi, Operation } from './api-form.ts';
import { type Comments, readComments } from './comments.ts';
import { shortName } from './forward.ts';
import { publicMethods } from './methods.ts';
import { ownPaths } from './own-paths.ts';
import { problemComponents, problemRefs } from './problem-schemas.ts';
import { parseTemplate } from './routes.ts';
import { createSchemas, type Schema, type Schemas } from './schemas.ts';

type Making = { contract: Contract; comments: Comments; schemas: Schemas };

/** `CasesService` → `Cases`. */
function tagOf(method: Method): string {
  const name = method.service.split('.').at(-1) ?? method.service;
  return name.replace(/Service$/, '');
}

/** A field that a query can give, with its way through the message. */
type Leaf = { name: string; field: DescField };

function leavesOf(message: DescMessage, before: string, without: ReadonlySet<string>): Leaf[] {
  return message.fields.flatMap((field): Leaf[] => {
    const name = `${before}${field.jsonName}`;
    if (before === '' && without.has(field.name)) return [];
    const inner = field.fieldKind === 'message' ? field.message : undefined;
    if (inner === undefined || inner.typeName.startsWith('google.protobuf.')) {
      return field.fieldKind === 'map' ? [] : [{ name, field }];
    }
    return leavesOf(inner, `${name}.`, without);
  });
}

function parameter(
  place: 'path' | 'query',
  name: string,
  schema: Schema,
  required: boolean,
): Schema {
  const { description, ...rest } = schema;
  return {
    name,
    in: place,
    required,
    ...(description === undefined ? {} : { description }),
    schema: rest,
  };
}

function parametersOf(method: Method, fields: ReadonlySet<string>, o: Making): Schema[] {
  const inPath = method.input.fields
    .filter((field) => fields.has(field.name))
    .map((field) => parameter('path', field.name, o.schemas.field(field), true));
  const isRead = method.http?.verb === 'get';
  if (isRead) {
    const inQuery = leavesOf(method.input, '', fields).map(({ name, field }) => {
      // A required field of an optional message is only required where the message is given at all.
      const required = !name.includes('.') && o.contract.checkOf(field)?.required === true;
      return parameter('query', name, o.schemas.field(field), required);
    });
    return [...inPath, ...inQuery, ...headersOf(method)];
  }
  return [...inPath, ...headersOf(method)];
}

const header = (name: string): Schema => ({ $ref: `#/components/parameters/${name}` });

function isVersioned(method: Method): boolean {
  return versionedField(method.output) !== undefined;
}

function headersOf(method: Method): Schema[] {
  const has = (name: string): boolean => method.input.fields.some((field) => field.name === name);
  const found = [header('acceptLanguage')];
  if (method.http?.verb === 'get' && isVersioned(method)) found.push(header('ifNoneMatch'));
  if (method.http?.verb === 'get') return found;
  if (has('request_id')) found.push(header('idempotencyKey'));
  if (has('expected_version')) found.push(header('ifMatch'));
  return found;
}

function answerOf(method: Method, schemas: Schemas): Schema {
  const etag = {
    description: 'Version of the thing, for If-Match and If-None-Match.',
    schema: { type: 'string' },
  };
  return {
    description: 'Done.',
    ...(isVersioned(method) ? { headers: { ETag: etag } } : {}),
    content: { 'application/json': { schema: schemas.ref(method.output) } },
  };
}

/** The method's name; where two services have a method of one name, the service's goes first. */
function operationIdOf(method: Method, from: Contract): string {
  const namesakes = publicMethods(from).filter((one) => one.name === method.name);
  const { name } = method;
  return namesakes.length > 1
    ? `${shortName(method.service)}${name}`
    : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function operationOf(method: Method, fields: ReadonlySet<string>, o: Making): Operation {
  const roles = method.access?.roles ?? [];
  const comment = o.comments(`${method.service}.${method.name}`);
  const words = method.name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const isRead = method.http?.verb === 'get';
  const body = {
    required: true,
    content: { 'application/json': { schema: o.schemas.body(method.input, fields) } },
  };
  return {
    operationId: operationIdOf(method, o.contract),
    tags: [tagOf(method)],
    summary: words.charAt(0).toUpperCase() + words.slice(1),
    description: [comment, `Roles: ${roles.map((role) => `\`${role}\``).join(', ')}.`]
      .filter((one) => one !== '')
      .join('\n\n'),
    'x-roles': roles,
    parameters: parametersOf(method, fields, o),
    ...(isRead ? {} : { requestBody: body }),
    responses: {
      '200': answerOf(method, o.schemas),
      ...(isRead && isVersioned(method) ? { '304': { description: 'Unchanged.' } } : {}),
      ...problemRefs(isRead),
    },
  };
}

function pathsOf(o: Making): OpenApi['paths'] {
  const paths: OpenApi['paths'] = {};
  const ids = new Set<string>();
  for (const method of publicMethods(o.contract)) {
    if (method.http === undefined) continue;
    const { fields } = parseTemplate(method.http.path);
    const operation = operationOf(method, new Set(fields), o);
    if (ids.has(operation.operationId)) {
      throw fault('internal', 'operation_twice', { operation: operation.operationId });
    }
    ids.add(operation.operationId);
    const path = (paths[method.http.path] ??= {});
    path[method.http.verb] = operation;
  }
  return { ...paths, ...ownPaths(o.contract) };
}

function tagsOf(o: Making): OpenApi['tags'] {
  const tags = new Map<string, string>();
  for (const method of publicMethods(o.contract))
    tags.set(tagOf(method), o.comments(method.service));
  const services = [...tags].map(([name, description]) => ({ name, description }));
  const own = { name: 'Files and events', description: 'Uploads, downloads and live changes.' };
  return [...services, own];
}

const parameters: Record<string, Schema> = {
  acceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    description: 'Language of problems: `zh-CN` or `en`.',
    schema: { type: 'string', default: 'zh-CN' },
  },
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Names the change; the same key with the same content answers the same again and does ' +
      'nothing twice. Required where the body has no `requestId`.',
    schema: { type: 'string', format: 'uuid' },
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag that was read; another version at the server refuses (412).',
    schema: { type: 'string' },
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag that was read; unchanged things answer 304 without a body.',
    schema: { type: 'string' },
  },
};

const introduction = `The contract of Recourse, made from its protobuf files.

Things are created by \`PUT\` under an id that the client makes (UUIDv7); other changes are
\`POST\` with a verb after a colon. Every request may be repeated safely. int64 values and amounts
are text; requests may give them as numbers below 2^53. Fields with their empty value are left out
of answers. Lists are read page by page: give \`page.nextCursor\` back as \`page.cursor\`. Errors
are problems (RFC 9457).`;

/** Writes the API's description from the contract; `issuer` is where tokens come from. */
export function createOpenApi(contract: Contract, o: { issuer: string; version: string }): OpenApi {
  const comments = readComments();
  const schemas = createSchemas(contract, comments);
  const making = { contract, comments, schemas };
  const paths = pathsOf(making);
  const { responses, schema } = problemComponents();
  return {
    openapi: '3.1.1',
    info: { title: 'Recourse', version: o.version, description: introduction },
    servers: [{ url: '/' }],
    tags: tagsOf(making),
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'openIdConnect',
          openIdConnectUrl: `${o.issuer}/.well-known/openid-configuration`,
        },
      },
      parameters,
      responses,
      schemas: { ...schemas.components(), Problem: schema },
    },
  };
}
