import { fromJson, type JsonObject, type Message, toBinary } from '@bufbuild/protobuf';
import { isUuid } from '@recourse/kit/check.ts';
import type { Contract, Method } from '@recourse/kit/contract.ts';
import { Fault, fault, type Violation } from '@recourse/kit/fault.ts';
import type { Codecs } from './codecs.ts';
import { createQueryReader } from './query.ts';
import { parseTemplate } from './routes.ts';
import { createStrictReader } from './strict.ts';

/** The parts of an HTTP request that make up a message of the contract. */
export type Parts = {
  params: Readonly<Record<string, string>>;
  query: string;
  /** The parsed body; undefined when there is none. */
  body: unknown;
  idempotencyKey: string | undefined;
  ifMatch: string | undefined;
};

/**
 * Makes the bytes of a method's request. Throws `invalid: fields_invalid` with every violation
 * (JSON pointers into the request), `invalid: idempotency_key_…` or `invalid: if_match_…`.
 */
export type RequestReader = (parts: Parts) => Uint8Array;

function fail(violations: readonly Violation[]): never {
  throw new Fault('invalid', 'fields_invalid', { count: violations.length }, { violations });
}

/** The path names the thing; a body that names another one is a mistake, not a choice. */
function takeParams(
  names: readonly (readonly [param: string, field: string])[],
  parts: Parts,
  json: JsonObject,
  out: Violation[],
): void {
  for (const [param, field] of names) {
    const value = parts.params[param] ?? '';
    const given = json[field];
    if (given !== undefined && given !== '' && given !== value) {
      const repair = 'Give the same value as in the path, or take it away.';
      out.push({ field: `/${field}`, rule: 'differs_from_path', repair });
    }
    json[field] = value;
  }
}

/**
 * `Idempotency-Key: <uuid>` (draft-ietf-httpapi-idempotency-key-header-07, where the value stands
 * in quotes) names the change when the body does not.
 */
function takeRequestId(header: string | undefined, isRequired: boolean, json: JsonObject): void {
  const key = header?.replace(/^"(.*)"$/, '$1');
  if (key !== undefined && !isUuid(key)) throw fault('invalid', 'idempotency_key_not_a_uuid');
  const given = json['requestId'];
  if (given === undefined || given === '') {
    if (key !== undefined) json['requestId'] = key;
    else if (isRequired) throw fault('invalid', 'idempotency_key_required');
  } else if (key !== undefined && key !== given) {
    throw fault('invalid', 'idempotency_key_differs');
  }
}

/**
 * `If-Match: "7"` or `"7-3f0c"` as our ETags are. A proxy that compresses makes them weak
 * (`W/"7"`); the version in them says the same.
 */
const entityTagPattern = /^(?:W\/)?"(\d{1,18})(?:-[\w-]*)?"$/;

function takeVersion(header: string, json: JsonObject): void {
  const version = entityTagPattern.exec(header.trim())?.[1];
  if (version === undefined) throw fault('invalid', 'if_match_not_a_version');
  const given = json['expectedVersion'];
  if (given !== undefined && given !== '0' && given !== version) {
    throw fault('invalid', 'if_match_differs');
  }
  json['expectedVersion'] = version;
}

/** Pairs each field of the path with the JSON name it has in the message. */
function paramNames(method: Method, template: string): (readonly [string, string])[] {
  return parseTemplate(template).fields.map((param) => {
    const field = method.input.fields.find((one) => one.name === param);
    if (field?.fieldKind !== 'scalar') {
      throw fault('internal', 'route_field_unknown', { method: method.path, param });
    }
    return [param, field.jsonName] as const;
  });
}

/** Compiles all that can be known at the start about the requests of one method. */
export function createRequestReader(method: Method, from: Contract, codecs: Codecs): RequestReader {
  const { input, http, access } = method;
  if (http === undefined) throw fault('internal', 'route_missing', { method: method.path });
  const strict = createStrictReader(input);
  const readQuery = createQueryReader(input);
  const hasBody = http.body === '*';
  const params = paramNames(method, http.path);
  const has = (name: string): boolean => input.fields.some((field) => field.name === name);
  const [hasRequestId, hasVersion] = [has('request_id'), has('expected_version')];
  const isChange = access?.changes === true;
  const codec = codecs.of(input.typeName);

  function jsonOf(parts: Parts): JsonObject {
    const out: Violation[] = [];
    if (hasBody && parts.query !== '') {
      out.push({ field: '', rule: 'query_with_body', repair: 'Give these fields in the body.' });
    }
    const json = strict(hasBody ? (parts.body ?? {}) : readQuery(parts.query, out), '', out);
    takeParams(params, parts, json, out);
    if (out.length > 0) fail(out);
    if (hasRequestId) takeRequestId(parts.idempotencyKey, isChange, json);
    if (parts.ifMatch !== undefined) {
      // A condition that nobody would check must not look as if it had held.
      if (!hasVersion) throw fault('invalid', 'if_match_not_supported');
      takeVersion(parts.ifMatch, json);
    }
    return json;
  }

  return (parts) => {
    const json = jsonOf(parts);
    const bytes = toBinary(input, decoded(method, json));
    const violations = from.checkMessage(input, codec.decode(bytes));
    if (violations.length > 0) fail(violations);
    return bytes;
  };
}

/**
 * The strict reader should have found every fault; what protobuf-es still refuses is told as it is.
 */
function decoded(method: Method, json: JsonObject): Message {
  try {
    return fromJson(method.input, json);
  } catch (cause) {
    const violations = [{ field: '', rule: 'malformed', repair: 'Follow the API description.' }];
    throw new Fault('invalid', 'fields_invalid', { count: 1 }, { violations, cause });
  }
}
