import { type DescEnum, type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import type { Contract } from '@recourse/kit/contract.ts';
import type { Comments } from './comments.ts';
import { enumPrefix } from './strict.ts';

/** A JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1). */
export type Schema = { [keyword: string]: unknown };

export type Schemas = {
  /** A reference to a message's schema, which is then among the components. */
  ref(message: DescMessage): Schema;
  /** The schema of one field with its checks and comment. */
  field(field: DescField): Schema;
  /** The schema of a request's body, without the fields that stand in the path. */
  body(message: DescMessage, without: ReadonlySet<string>): Schema;
  /** Everything referred to so far, by component name. */
  components(): Record<string, Schema>;
};

/** int64 is text in JSON: a number there has 53 exact bits. */
const int64: Schema = { type: 'string', format: 'int64', pattern: '^(0|-?[1-9]\\d{0,18})$' };

function scalarSchema(type: ScalarType): Schema {
  switch (type) {
    case ScalarType.BOOL:
      return { type: 'boolean' };
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return { type: 'integer', format: 'int32' };
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return { type: 'integer', format: 'int32', minimum: 0 };
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return { ...int64 };
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return { type: 'number' };
    case ScalarType.BYTES:
      return { type: 'string', contentEncoding: 'base64' };
    case ScalarType.STRING:
      return { type: 'string' };
  }
}

/** `recourse.cases.v1.Case` → `cases.Case`: short, and two services may have a type of one name. */
export function componentName(typeName: string): string {
  const parts = typeName.replace(/^recourse\./, '').split('.');
  return parts.filter((part) => !/^v\d+$/.test(part)).join('.');
}

function described(schema: Schema, ...sentences: readonly string[]): Schema {
  const description = sentences.filter((one) => one !== '').join(' ');
  return description === '' ? schema : { ...schema, description };
}

type Check = NonNullable<ReturnType<Contract['checkOf']>>;

/** Checks on a text, or on each text of a list. */
function textChecks(check: Check): Schema {
  const formats: Schema = {};
  if (check.uuid) formats['format'] = 'uuid';
  if (check.date) formats['format'] = 'date';
  if (check.currency) Object.assign(formats, { pattern: '^[A-Z]{3}$', 'x-format': 'ISO 4217' });
  if (check.timeZone) formats['x-format'] = 'IANA time zone';
  if (check.pattern !== '') formats['pattern'] = check.pattern;
  if (check.minLength > 0) formats['minLength'] = check.minLength;
  if (check.maxLength > 0) formats['maxLength'] = check.maxLength;
  return formats;
}

/** Bounds; JSON Schema has none for numbers written as text, so those stand in words of our own. */
function bounds(check: Check, isNumber: boolean): Schema {
  const found: Schema = {};
  const [least, most] = isNumber ? ['minimum', 'maximum'] : ['x-minimum', 'x-maximum'];
  const plain = (value: bigint): unknown => (isNumber ? Number(value) : value.toString());
  if (check.min !== undefined) found[least ?? ''] = plain(check.min);
  if (check.max !== undefined) found[most ?? ''] = plain(check.max);
  return found;
}

function listChecks(check: Check): Schema {
  return {
    ...(check.nonEmpty || check.required ? { minItems: 1 } : {}),
    ...(check.maxItems > 0 ? { maxItems: check.maxItems } : {}),
  };
}

export function createSchemas(contract: Contract, comments: Comments): Schemas {
  const components = new Map<string, Schema>();
  const inputs = inputTypes(contract);

  function named(name: string, make: () => Schema): Schema {
    if (!components.has(name)) {
      components.set(name, {}); // Holds the place, so that a type that refers to itself ends.
      components.set(name, make());
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  function enumSchema(desc: DescEnum): Schema {
    const prefix = enumPrefix(desc);
    const values = desc.values.filter((value) => value.number !== 0);
    const short = values.map((value) => value.name.slice(prefix.length));
    const meanings = values
      .map((value) => [value.name, comments(`${desc.typeName}.${value.name}`)] as const)
      .filter(([, meaning]) => meaning !== '')
      .map(([name, meaning]) => `${name}: ${meaning}`);
    return described(
      { type: 'string', enum: values.map((value) => value.name) },
      comments(desc.typeName),
      ...meanings,
      `Requests may leave \`${prefix}\` away: ${short.join(', ')}.`,
    );
  }

  function valueSchema(field: DescField): Schema {
    const one = field.enum;
    if (one !== undefined) return named(componentName(one.typeName), () => enumSchema(one));
    if (field.message === undefined) return scalarSchema(field.scalar ?? ScalarType.STRING);
    if (field.message.typeName === 'google.protobuf.Timestamp') {
      return { type: 'string', format: 'date-time' };
    }
    return ref(field.message);
  }

  function checkedSchema(field: DescField): Schema {
    const check = contract.checkOf(field);
    const value = valueSchema(field);
    if (check === undefined) return value;
    const isNumber = value['type'] === 'integer' || value['type'] === 'number';
    return { ...value, ...textChecks(check), ...bounds(check, isNumber) };
  }

  function fieldSchema(field: DescField): Schema {
    const comment = comments(`${field.parent.typeName}.${field.name}`);
    const check = contract.checkOf(field);
    const value = checkedSchema(field);
    if (field.fieldKind === 'map') {
      return described({ type: 'object', additionalProperties: value }, comment);
    }
    if (field.fieldKind !== 'list') return described(value, comment);
    const many = check === undefined ? {} : listChecks(check);
    return described({ type: 'array', items: value, ...many }, comment);
  }

  function objectSchema(message: DescMessage, without: ReadonlySet<string>): Schema {
    const fields = message.fields.filter((field) => !without.has(field.name));
    const required = fields.filter((field) => {
      const check = contract.checkOf(field);
      return check?.required === true || check?.nonEmpty === true;
    });
    const groups = message.oneofs.map((group) => {
      const names = group.fields.map((field) => `\`${field.jsonName}\``);
      return `At most one of ${names.join(', ')}.`;
    });
    const schema: Schema = {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field.jsonName, fieldSchema(field)])),
      ...(required.length > 0 ? { required: required.map((field) => field.jsonName) } : {}),
      // Requests are read strictly; answers may grow.
      ...(inputs.has(message.typeName) ? { additionalProperties: false } : {}),
    };
    return described(schema, comments(message.typeName), ...groups);
  }

  function ref(message: DescMessage): Schema {
    return named(componentName(message.typeName), () => objectSchema(message, new Set()));
  }

  return {
    ref,
    field: fieldSchema,
    body: objectSchema,
    components: () => Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Types that requests are made of. */
function inputTypes(contract: Contract): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (message: DescMessage): void => {
    if (found.has(message.typeName)) return;
    found.add(message.typeName);
    for (const field of message.fields) if (field.message !== undefined) visit(field.message);
  };
  for (const method of contract.methods) visit(method.input);
  return found;
}
