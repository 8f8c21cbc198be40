import {
  type DescField,
  type DescMessage,
  fromBinary,
  type JsonObject,
  type JsonValue,
  ScalarType,
  toJson,
} from '@bufbuild/protobuf';
import { isCurrency, isDay, isInstant, isUuid } from './check.ts';
import type { Contract } from './contract.ts';

/** What an event says, as it may be shown to a person who belongs to no side of it. */
export type PayloadView = {
  /** Indented JSON; empty when the bytes cannot be read. */
  json: string;
  /** JSON pointers of the fields whose values are not shown. */
  leftOut: string[];
};

/**
 * Text that can only be an id, a day, an instant or a currency. All other text may be a name, a
 * number or a sentence about a person, and the platform needs none of it to repair an event (PIPL
 * art. 6: no more than the purpose needs).
 */
function isPlainFact(text: string): boolean {
  return text === '' || isUuid(text) || isDay(text) || isInstant(text) || isCurrency(text);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One value of a field; undefined when it is not shown. */
function shown(
  field: DescField,
  value: JsonValue,
  at: string,
  out: string[],
): JsonValue | undefined {
  if (field.message !== undefined && isObject(value))
    return shownMessage(field.message, value, at, out);
  const isTime = field.message?.typeName === 'google.protobuf.Timestamp';
  const isText = field.enum === undefined && field.scalar === ScalarType.STRING;
  const isFree = isText && !(typeof value === 'string' && isPlainFact(value));
  const isOther = field.message !== undefined && !isTime;
  if (isFree || isOther || field.scalar === ScalarType.BYTES) {
    out.push(at);
    return undefined;
  }
  return value;
}

function shownMessage(desc: DescMessage, json: JsonObject, at: string, out: string[]): JsonObject {
  const copy: JsonObject = {};
  for (const field of desc.fields) {
    const value = json[field.jsonName];
    if (value === undefined) continue;
    const place = `${at}/${field.jsonName}`;
    if (field.fieldKind === 'list' && Array.isArray(value)) {
      copy[field.jsonName] = value.map((one, n) => shown(field, one, `${place}/${n}`, out) ?? null);
      continue;
    }
    // Keys of a map are free text as well.
    const part = field.fieldKind === 'map' ? undefined : shown(field, value, place, out);
    if (field.fieldKind === 'map') out.push(place);
    if (part !== undefined) copy[field.jsonName] = part;
  }
  return copy;
}

/**
 * Reads the bytes of an event of `source` (`cases`: `recourse.cases.v1.CasesEvent`) and leaves out
 * every text that is not an id, a day, an instant or a currency.
 */
export function viewPayload(from: Contract, source: string, payload: Uint8Array): PayloadView {
  const name = `${source.charAt(0).toUpperCase()}${source.slice(1)}Event`;
  const desc = from.registry.getMessage(`recourse.${source}.v1.${name}`);
  if (desc === undefined) return { json: '', leftOut: [] };
  try {
    const options = { registry: from.registry };
    const json = toJson(desc, fromBinary(desc, payload), options);
    const leftOut: string[] = [];
    const copy = isObject(json) ? shownMessage(desc, json, '', leftOut) : {};
    return { json: JSON.stringify(copy, null, 2), leftOut };
  } catch {
    return { json: '', leftOut: [] };
  }
}

/**
 * Facts of a failure without what may be a person's: e-mail addresses, and runs of seven and more
 * digits outside of an id (phone, identity and account numbers).
 */
export function blurDetail(detail: string): string {
  return detail
    .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[…]')
    .replaceAll(/(?<![\w-])\+?\d{7,}[\dXx]?(?![\w-])/g, '[…]');
}
