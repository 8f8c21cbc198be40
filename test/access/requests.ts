import { randomUUIDv7 } from 'node:crypto';
import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';
import type { Contract, Method } from '@recourse/kit/contract.ts';
import type { Ids } from './people.ts';
import { thisMonday } from './world.ts';

/**
 * Makes a valid request for any method of the contract: ids from those of a target by the field's
 * name, all else from the field's type and checks. A new method needs nothing here, unless a field
 * has a pattern that no sample fits: then this says so.
 */
export type Asked = { path: string; body: unknown; headers: Record<string, string> };

type Check = NonNullable<ReturnType<Contract['checkOf']>>;
type Value = string | number | boolean | Value[] | { [name: string]: Value };

/** Texts to try against a pattern. */
const patternSamples = [
  Temporal.Now.plainDateISO('Asia/Shanghai').toString().slice(0, 7),
  'bank_transfer',
  'csv',
  'name',
  'number',
  'due_date',
  'placed_at',
  'judgment',
  'first_hearing',
  'general',
  'acceptance_fee',
  'voluntary',
  'cases',
  'a'.repeat(64),
];

/**
 * Days are taken as a Monday in the past; where that cannot be right, the field's name says more.
 */
function dayFor(name: string): string {
  const today = Temporal.Now.plainDateISO('Asia/Shanghai');
  if (name === 'dueDay' || name === 'firstDueDay') return today.add({ days: 3 }).toString();
  return name === 'receivedOn' ? today.toString() : thisMonday();
}

function textFor(name: string, check: Check | undefined): string {
  if (check === undefined) return 'Access';
  if (check.uuid) return randomUUIDv7();
  if (check.date) return dayFor(name);
  if (check.currency) return 'CNY';
  if (check.timeZone) return 'Asia/Shanghai';
  if (check.pattern !== '') {
    const pattern = new RegExp(`^(?:${check.pattern})$`, 'u');
    const sample = patternSamples.find((one) => pattern.test(one));
    if (sample === undefined) throw new Error(`add a sample for ${name}: ${check.pattern}`);
    return sample;
  }
  const words = 'Access'.padEnd(check.minLength, '.');
  return check.maxLength > 0 ? words.slice(0, check.maxLength) : words;
}

function numberFor(check: Check | undefined): string {
  const least = check?.min ?? 0n;
  return String(least > 100n ? least : (check?.max ?? 100n) < 100n ? (check?.max ?? 100n) : 100n);
}

function scalarFor(field: DescField, check: Check | undefined): Value {
  if (field.enum !== undefined) return field.enum.values[1]?.name ?? '';
  if (field.scalar === ScalarType.STRING) return textFor(field.jsonName, check);
  return field.scalar === ScalarType.BOOL ? true : numberFor(check);
}

/** `caseId` of `case_id` and of `case_ids`. */
function idName(field: DescField): string {
  return field.fieldKind === 'list' ? field.jsonName.replace(/s$/, '') : field.jsonName;
}

export type Maker = {
  /** `fresh` names the fields that get a new id instead of the target's. */
  ask(method: Method, ids: Ids, fresh: ReadonlySet<string>): Asked;
};

export function createMaker(contract: Contract): Maker {
  function valueFor(field: DescField, ids: Ids): Value {
    const check = contract.checkOf(field);
    const id = ids[idName(field)];
    const one =
      id ??
      (field.message === undefined ? scalarFor(field, check) : messageFor(field.message, ids));
    return field.fieldKind === 'list' ? [one] : one;
  }

  function isNeeded(field: DescField, ids: Ids): boolean {
    const check = contract.checkOf(field);
    if (check?.required === true || check?.nonEmpty === true) return true;
    // Left out it would be 0, which is less than the least.
    if (field.message === undefined && (check?.min ?? 0n) > 0n) return true;
    // Ids that are not required are given all the same: they are what could reach foreign things.
    return check?.uuid === true && ids[idName(field)] !== undefined;
  }

  function messageFor(message: DescMessage, ids: Ids): Value {
    // Its amount has no check of its own; where it stands it must mostly be more than nothing.
    if (message.typeName === 'recourse.type.v1.Money') return { currency: 'CNY', minor: '100' };
    if (message.typeName === 'google.protobuf.Timestamp') return `${thisMonday()}T02:00:00Z`;
    const fields = message.fields.filter((field) => isNeeded(field, ids));
    const choices = message.oneofs.flatMap((group) => group.fields.slice(0, 1));
    return Object.fromEntries(
      [...fields, ...choices].map((field) => [field.jsonName, valueFor(field, ids)]),
    );
  }

  function flat(prefix: string, value: Value, into: URLSearchParams): void {
    if (Array.isArray(value)) value.forEach((one) => flat(prefix, one, into));
    else if (typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) {
        flat(prefix === '' ? name : `${prefix}.${name}`, inner, into);
      }
    } else into.append(prefix, String(value));
  }

  function ask(method: Method, ids: Ids, fresh: ReadonlySet<string>): Asked {
    const { http, input } = method;
    const template = http?.path ?? '';
    const known = Object.fromEntries(Object.entries(ids).filter(([name]) => !fresh.has(name)));
    const made = messageFor(input, known);
    if (typeof made !== 'object' || Array.isArray(made)) throw new Error(`no ${input.typeName}`);
    const message = made;
    const path = template.replaceAll(/\{(\w+)\}/g, (_whole, param: string) => {
      const field = input.fields.find((one) => one.name === param);
      const value = field === undefined ? undefined : message[field.jsonName];
      if (field === undefined || typeof value !== 'string') throw new Error(`no ${param}`);
      delete message[field.jsonName];
      return value;
    });
    const hasKey = input.fields.some((field) => field.name === 'request_id');
    const headers: Record<string, string> = hasKey ? { 'idempotency-key': randomUUIDv7() } : {};
    if (http?.verb !== 'get') return { path, body: message, headers };
    const query = new URLSearchParams();
    flat('', message, query);
    return { path: query.size === 0 ? path : `${path}?${query}`, body: undefined, headers };
  }

  return { ask };
}
