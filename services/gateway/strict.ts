import { type DescEnum, type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { isInstant } from '@recourse/kit/check.ts';
import { fault, type Violation } from '@recourse/kit/fault.ts';

/**
 * Reads JSON strictly by a message's descriptor and reports everything that is wrong at once, each
 * with its JSON pointer (RFC 6901). protobuf-es stops at the first fault and lets `"1e1"`, `" 7"`,
 * `"0x10"` and unknown enum numbers pass. What comes out is canonical: JSON names, full enum names,
 * no nulls.
 */
export type StrictReader = (json: unknown, at: string, out: Violation[]) => JsonObject;

/**
 * Gives the canonical value, or undefined when it was absent (null) or wrong (then `out` says so).
 */
type ReadValue = (json: unknown, at: string, out: Violation[]) => JsonValue | undefined;

function report(out: Violation[], field: string, rule: string, repair: string): undefined {
  out.push({ field, rule, repair });
}

/** A JSON pointer's part (RFC 6901 section 3). */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

const readText: ReadValue = (json, at, out) =>
  typeof json === 'string' && json.isWellFormed()
    ? json
    : report(out, at, 'not_text', 'Give text in quotes.');

const readFlag: ReadValue = (json, at, out) =>
  typeof json === 'boolean' ? json : report(out, at, 'not_a_flag', 'Give true or false.');

const readNumber: ReadValue = (json, at, out) =>
  typeof json === 'number' ? json : report(out, at, 'not_a_number', 'Give a number.');

const wholePattern = /^(0|-?[1-9]\d{0,18})$/;

/** A whole number as digits; numbers that JSON cannot hold exactly must come as text. */
function wholeText(json: unknown): string | undefined {
  if (typeof json === 'string') return wholePattern.test(json) ? json : undefined;
  return Number.isSafeInteger(json) && !Object.is(json, -0) ? String(json) : undefined;
}

function wholeReader(least: bigint, most: bigint): ReadValue {
  return (json, at, out) => {
    const text = wholeText(json);
    if (text === undefined) {
      const repair = 'Give digits only, without fraction, exponent or spaces; large ones as text.';
      return report(out, at, 'not_a_whole_number', repair);
    }
    const value = BigInt(text);
    if (value >= least && value <= most) return text;
    return report(out, at, 'out_of_range', `Give a number from ${least} to ${most}.`);
  };
}

const int32 = wholeReader(-(2n ** 31n), 2n ** 31n - 1n);
const uint32 = wholeReader(0n, 2n ** 32n - 1n);
const int64 = wholeReader(-(2n ** 63n), 2n ** 63n - 1n);
const uint64 = wholeReader(0n, 2n ** 64n - 1n);

function scalarReader(type: ScalarType): ReadValue {
  switch (type) {
    case ScalarType.BOOL:
      return readFlag;
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return int32;
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return uint32;
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return int64;
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return uint64;
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return readNumber;
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return readText;
  }
}

/** The part of a value's name that its enum repeats: `CASE_STATE_` of `CASE_STATE_OPEN`. */
export function enumPrefix(desc: DescEnum): string {
  return desc.sharedPrefix === undefined ? '' : desc.sharedPrefix.toUpperCase();
}

/**
 * Both spellings of each value, `CASE_STATE_OPEN` and `OPEN`; numbers are nobody's business here.
 */
function enumReader(desc: DescEnum): ReadValue {
  const prefix = enumPrefix(desc);
  const names = new Map<string, string>();
  for (const { name } of desc.values) {
    names.set(name, name);
    if (name.startsWith(prefix)) names.set(name.slice(prefix.length), name);
  }
  const given = desc.values.slice(1).map((value) => value.name.slice(prefix.length));
  const repair = `Give one of: ${given.join(', ')}.`;
  return (json, at, out) => {
    const name = typeof json === 'string' ? names.get(json) : undefined;
    return name ?? report(out, at, 'not_one_of', repair);
  };
}

/** RFC 3339 with the offset written out; Temporal alone would take shorter forms. */
const instantPattern = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

const readInstant: ReadValue = (json, at, out) => {
  if (typeof json === 'string' && instantPattern.test(json) && isInstant(json)) {
    return json.toUpperCase();
  }
  return report(out, at, 'not_an_instant', 'Give a time such as 2026-11-22T09:30:00Z.');
};

function listReader(item: ReadValue): ReadValue {
  return (json, at, out) => {
    if (!Array.isArray(json)) return report(out, at, 'not_a_list', 'Give a list in brackets.');
    const items: JsonValue[] = [];
    for (const [index, one] of json.entries()) {
      const value = item(one, `${at}/${index}`, out);
      if (value !== undefined) items.push(value);
    }
    return items;
  };
}

/** Keys that would reach into an object's making somewhere down the line (ASVS 15.3.6). */
const poisonedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function mapReader(item: ReadValue): ReadValue {
  return (json, at, out) => {
    if (!isObject(json)) return report(out, at, 'not_an_object', 'Give an object in braces.');
    const entries: JsonObject = Object.create(null);
    for (const [key, one] of Object.entries(json)) {
      const pointer = `${at}/${pointerPart(key)}`;
      if (poisonedKeys.has(key)) report(out, pointer, 'unknown_field', 'Take this key away.');
      else entries[key] = item(one, pointer, out) ?? '';
    }
    return entries;
  };
}

type FieldReader = { field: DescField; read: ReadValue };

function messageReader(desc: DescMessage, under: readonly DescMessage[]): StrictReader {
  if (under.includes(desc)) {
    // A body could then be nested as deeply as its length allows, and no request of ours needs it.
    throw fault('internal', 'request_type_recursive', { type: desc.typeName });
  }
  const fields = new Map<string, FieldReader>();
  for (const field of desc.fields) {
    const reader = { field, read: fieldReader(field, [...under, desc]) };
    fields.set(field.jsonName, reader).set(field.name, reader);
  }
  const known = desc.fields.map((field) => field.jsonName).join(', ');
  return (json, at, out) => {
    const read: JsonObject = {};
    if (!isObject(json)) {
      report(out, at, 'not_an_object', 'Give an object in braces.');
      return read;
    }
    const groups = new Set<string>();
    for (const [key, value] of Object.entries(json)) {
      const pointer = `${at}/${pointerPart(key)}`;
      const found = fields.get(key);
      if (found === undefined) {
        report(out, pointer, 'unknown_field', `Take it away or correct its name: ${known}.`);
      } else if (value !== null) {
        readField(found, value, pointer, read, groups, out);
      }
    }
    return read;
  };
}

function readField(
  { field, read }: FieldReader,
  value: unknown,
  pointer: string,
  into: JsonObject,
  groups: Set<string>,
  out: Violation[],
): void {
  const group = field.oneof?.name;
  if (Object.hasOwn(into, field.jsonName)) {
    report(out, pointer, 'given_twice', `Give ${field.jsonName} once.`);
  } else if (group !== undefined && groups.has(group)) {
    report(out, pointer, 'more_than_one', `Give one of the fields of ${group}.`);
  } else {
    if (group !== undefined) groups.add(group);
    const one = read(value, pointer, out);
    if (one !== undefined) into[field.jsonName] = one;
  }
}

function valueReader(field: DescField, under: readonly DescMessage[]): ReadValue {
  if (field.enum !== undefined) return enumReader(field.enum);
  if (field.message === undefined) return scalarReader(field.scalar ?? ScalarType.STRING);
  if (field.message.typeName === 'google.protobuf.Timestamp') return readInstant;
  return messageReader(field.message, under);
}

function fieldReader(field: DescField, under: readonly DescMessage[]): ReadValue {
  const one = valueReader(field, under);
  if (field.fieldKind === 'list') return listReader(one);
  if (field.fieldKind === 'map') return mapReader(one);
  return one;
}

/** Makes the reader of a request type, once at the start. Refuses types that contain themselves. */
export function createStrictReader(desc: DescMessage): StrictReader {
  return messageReader(desc, []);
}
