import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';
import type { Check } from '@recourse/proto/options/v1/options.ts';
import { isCurrency, isDay, isTimeZone, isUuid } from './check.ts';
import type { Violation } from './fault.ts';

/**
 * Checks ts-proto messages against the contract's `check` options. Each message type is compiled
 * once into a list of field checks; types in which nothing is to be checked compile to nothing.
 */
export type Checker = (desc: DescMessage, message: object) => Violation[];

type CheckOf = (field: DescField) => Check | undefined;
/** Looks at one value and reports what is wrong with it at a JSON pointer. */
type ValueCheck = (value: unknown, pointer: string, out: Violation[]) => void;
type FieldRule = (message: Readonly<Record<string, unknown>>, at: string, out: Violation[]) => void;

const moneyType = 'recourse.type.v1.Money';

function report(out: Violation[], field: string, rule: string, repair: string): void {
  out.push({ field, rule, repair });
}

/**
 * Length in code points; the UTF-16 length is never smaller, so most texts need no second count.
 */
function isLongerThan(text: string, most: number): boolean {
  return text.length > most && [...text].length > most;
}

function isShorterThan(text: string, least: number): boolean {
  return text.length < least || (text.length < least * 2 && [...text].length < least);
}

type TextRule = { fails: (text: string) => boolean; rule: string; repair: string };

function lengthRules(check: Check): TextRule[] {
  const { minLength, maxLength } = check;
  const rules: TextRule[] = [];
  if (minLength > 0) {
    rules.push({
      fails: (text) => isShorterThan(text, minLength),
      rule: 'too_short',
      repair: `Give at least ${minLength} characters.`,
    });
  }
  if (maxLength > 0) {
    rules.push({
      fails: (text) => isLongerThan(text, maxLength),
      rule: 'too_long',
      repair: `Give at most ${maxLength} characters.`,
    });
  }
  return rules;
}

function patternRule(pattern: string): TextRule {
  const expression = new RegExp(`^(?:${pattern})$`, 'u');
  return {
    fails: (text) => !expression.test(text),
    rule: 'pattern',
    repair: `Give a value of the form ${pattern}.`,
  };
}

/** The rules of a text field, cheapest first, so that patterns only see texts of bounded length. */
function textRules(check: Check): TextRule[] {
  const rules = lengthRules(check);
  if (check.uuid) {
    rules.push({
      fails: (text) => !isUuid(text),
      rule: 'not_a_uuid',
      repair: 'Give a UUID in lower case, such as 01956f3e-0000-7000-8000-000000000000.',
    });
  }
  if (check.date) {
    rules.push({
      fails: (text) => !isDay(text),
      rule: 'not_a_date',
      repair: 'Give a day that exists as YYYY-MM-DD.',
    });
  }
  if (check.currency) {
    rules.push({
      fails: (text) => !isCurrency(text),
      rule: 'not_a_currency',
      repair: 'Give an ISO 4217 code, such as CNY.',
    });
  }
  if (check.timeZone) {
    rules.push({
      fails: (text) => !isTimeZone(text),
      rule: 'not_a_time_zone',
      repair: 'Give an IANA name, such as Asia/Shanghai.',
    });
  }
  if (check.pattern !== '') rules.push(patternRule(check.pattern));
  return rules;
}

/** The first rule that fails is reported; the rest would only repeat it in other words. */
function textCheck(check: Check): ValueCheck | undefined {
  const rules = textRules(check);
  if (rules.length === 0) return undefined;
  return (value, pointer, out) => {
    if (typeof value !== 'string' || value === '') return;
    const failed = rules.find((one) => one.fails(value));
    if (failed !== undefined) report(out, pointer, failed.rule, failed.repair);
  };
}

function boundsCheck(check: Check): ValueCheck | undefined {
  const { min, max } = check;
  if (min === undefined && max === undefined) return undefined;
  const words =
    min === undefined
      ? `at most ${max}`
      : max === undefined
        ? `at least ${min}`
        : `from ${min} to ${max}`;
  return (value, pointer, out) => {
    if (typeof value !== 'bigint' && typeof value !== 'number') return;
    const isOut =
      Number.isNaN(value) ||
      (min !== undefined && value < min) ||
      (max !== undefined && value > max);
    if (isOut) report(out, pointer, 'out_of_range', `Give a number ${words}.`);
  };
}

function moneyCheck(check: Check): ValueCheck | undefined {
  const bounds = boundsCheck(check);
  if (bounds === undefined) return undefined;
  return (value, pointer, out) => {
    if (typeof value === 'object' && value !== null && 'minor' in value) {
      bounds(value.minor, `${pointer}/minor`, out);
    }
  };
}

function isMoney(message: DescMessage | undefined): boolean {
  return message?.typeName === moneyType;
}

/** The message type that a field holds, alone, in a list or as a map's values. */
function messageOf(field: DescField): DescMessage | undefined {
  const { message } = field;
  // ts-proto turns Google's own types into plain values; there is nothing of ours inside them.
  return message?.typeName.startsWith('google.protobuf.') === true ? undefined : message;
}

function all(checks: (ValueCheck | undefined)[]): ValueCheck | undefined {
  const present = checks.filter((one) => one !== undefined);
  if (present.length <= 1) return present[0];
  return (value, pointer, out) => {
    for (const one of present) one(value, pointer, out);
  };
}

/**
 * Absent, or proto3's empty value where the wire cannot tell the two apart (as protovalidate does).
 */
function isEmptyFor(field: DescField): (value: unknown) => boolean {
  const zero = field.fieldKind === 'enum' ? field.enum.values[0] : undefined;
  return (value) => {
    if (value === undefined || value === null || value === '') return true;
    if (Array.isArray(value)) return value.length === 0;
    if (zero !== undefined) return value === zero.localName || value === zero.name;
    return value === 0 || value === 0n || value === false;
  };
}

function presenceCheck(field: DescField, check: Check | undefined): ValueCheck | undefined {
  if (check === undefined) return undefined;
  const isMany = field.fieldKind === 'list' || field.fieldKind === 'map';
  if (!check.required && !(check.nonEmpty && isMany)) return undefined;
  if (isMany) {
    return (value, pointer, out) => {
      if (sizeOf(value) === 0) report(out, pointer, 'required', 'Give at least one.');
    };
  }
  const isEmpty = isEmptyFor(field);
  return (value, pointer, out) => {
    if (isEmpty(value)) report(out, pointer, 'required', 'Give a value.');
  };
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function sizeCheck(check: Check | undefined): ValueCheck | undefined {
  const most = check?.maxItems ?? 0;
  if (most === 0) return undefined;
  return (value, pointer, out) => {
    if (sizeOf(value) > most) report(out, pointer, 'too_many', `Give at most ${most}.`);
  };
}

/** A JSON pointer's part (RFC 6901 section 3). */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Applies a check to each element of a list or map. */
function each(check: ValueCheck | undefined): ValueCheck | undefined {
  if (check === undefined) return undefined;
  return (value, pointer, out) => {
    if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) check(one, `${pointer}/${index}`, out);
    } else if (value instanceof Map) {
      for (const [key, one] of value) check(one, `${pointer}/${escaped(String(key))}`, out);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) check(one, `${pointer}/${escaped(key)}`, out);
    }
  };
}

/** The member of a oneof as ts-proto holds it, `{ $case, value }` under the oneof's own name. */
function member(group: unknown, name: string): unknown {
  if (typeof group !== 'object' || group === null || !('$case' in group)) return undefined;
  return group.$case === name && 'value' in group ? group.value : undefined;
}

/** Reads a field's value out of a message. */
function reader(field: DescField): (message: Readonly<Record<string, unknown>>) => unknown {
  const name = field.localName;
  const group = field.oneof?.localName;
  return group === undefined
    ? (message) => message[name]
    : (message) => member(message[group], name);
}

/** What is wrong with where a check stands, so that one that would never run stops the start. */
export function misplacedChecks(message: DescMessage, checkOf: CheckOf): string[] {
  const found: string[] = [];
  for (const field of message.fields) {
    const check = checkOf(field);
    if (check === undefined) continue;
    const isMany = field.fieldKind === 'list' || field.fieldKind === 'map';
    const isText = field.scalar === ScalarType.STRING;
    const isNumber = field.scalar !== undefined && !isText && field.scalar !== ScalarType.BYTES;
    const bounds = check.min !== undefined || check.max !== undefined;
    if (textRules(check).length > 0 && !isText) found.push(`${field} is not text`);
    if (bounds && !isNumber && !isMoney(field.message)) found.push(`${field} is not a number`);
    if ((check.nonEmpty || check.maxItems > 0) && !isMany) found.push(`${field} is not a list`);
  }
  return found;
}

/** Makes the checker of a contract whose field options `checkOf` reads. */
export function createChecker(checkOf: CheckOf): Checker {
  const compiled = new Map<string, readonly FieldRule[]>();

  function valueCheck(field: DescField, check: Check | undefined): ValueCheck | undefined {
    const inner = messageOf(field);
    return all([
      check === undefined ? undefined : textCheck(check),
      check === undefined || inner !== undefined ? undefined : boundsCheck(check),
      check === undefined || !isMoney(inner) ? undefined : moneyCheck(check),
      inner === undefined ? undefined : nested(inner),
    ]);
  }

  function nested(inner: DescMessage): ValueCheck | undefined {
    if (!hasRules(inner, new Set())) return undefined;
    return (value, pointer, out) => {
      if (typeof value !== 'object' || value === null) return;
      const message = value as Readonly<Record<string, unknown>>;
      for (const rule of rulesOf(inner)) rule(message, pointer, out);
    };
  }

  /**
   * Whether anything in a type, however deep, is checked; `seen` ends the walk of recursive types.
   */
  function hasRules(message: DescMessage, seen: Set<string>): boolean {
    if (seen.has(message.typeName)) return false;
    seen.add(message.typeName);
    return message.fields.some((field) => {
      const inner = messageOf(field);
      return checkOf(field) !== undefined || (inner !== undefined && hasRules(inner, seen));
    });
  }

  function fieldRule(field: DescField): FieldRule | undefined {
    const check = checkOf(field);
    const isMany = field.fieldKind === 'list' || field.fieldKind === 'map';
    const value = valueCheck(field, check);
    const run = all([presenceCheck(field, check), sizeCheck(check), isMany ? each(value) : value]);
    if (run === undefined) return undefined;
    const read = reader(field);
    const name = field.jsonName;
    return (message, at, out) => run(read(message), `${at}/${name}`, out);
  }

  function rulesOf(message: DescMessage): readonly FieldRule[] {
    const known = compiled.get(message.typeName);
    if (known !== undefined) return known;
    const rules = message.fields.map(fieldRule).filter((one) => one !== undefined);
    compiled.set(message.typeName, rules);
    return rules;
  }

  return (desc, message) => {
    const out: Violation[] = [];
    for (const rule of rulesOf(desc)) rule(message as Readonly<Record<string, unknown>>, '', out);
    return out;
  };
}
