import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  createFileRegistry,
  type DescExtension,
  type DescField,
  type DescMessage,
  type DescMethod,
  type FileRegistry,
  fromBinary,
  getExtension,
  hasExtension,
  isMessage,
  type JsonObject,
  type Message,
  toBinary,
  toJson,
} from '@bufbuild/protobuf';
import { type FileDescriptorSet, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Access, Check } from '@recourse/proto/options/v1/options.ts';
import { anyone, isKnownRole } from './caller.ts';
import { Fault, fault, type Violation } from './fault.ts';
import { type Checker, createChecker, misplacedChecks } from './fields.ts';

/** Where a method stands on HTTP: `PUT /v1/cases/{case_id}/placements/{placement_id}`. */
export type HttpRoute = {
  verb: 'get' | 'put' | 'post' | 'patch' | 'delete';
  path: string;
  /** `*` when the request's remaining fields are the body; empty when there is no body. */
  body: string;
};

/** All that the contract says about one method. */
export type Method = {
  /** gRPC path, `/recourse.cases.v1.CasesService/GetCase`. */
  path: string;
  /** Full service name, `recourse.cases.v1.CasesService`. */
  service: string;
  /** Name as in the proto file, `GetCase`. */
  name: string;
  input: DescMessage;
  output: DescMessage;
  /** Undefined when the method declares none: it must not be served then. */
  access: Access | undefined;
  /** Undefined for internal methods. */
  http: HttpRoute | undefined;
  desc: DescMethod;
};

export type Contract = {
  registry: FileRegistry;
  /** The descriptor set itself, for reflection and tools. */
  files: FileDescriptorSet;
  methods: readonly Method[];
  /** By gRPC path. Throws `internal: method_not_in_contract`. */
  method(path: string): Method;
  /** The check option of a field, undefined when it has none. */
  checkOf(field: DescField): Check | undefined;
  /** What is wrong with a ts-proto message by the check options of its type, everything at once. */
  checkMessage: Checker;
};

function extension(registry: FileRegistry, name: string): DescExtension {
  const found = registry.getExtension(name);
  if (found === undefined) throw fault('internal', 'contract_without_option', { name });
  return found;
}

/**
 * The bytes of a message option, undefined when it is not set. Our own options are then read by
 * their generated codecs, which gives them types.
 */
function optionBytes(options: Message | undefined, ext: DescExtension): Uint8Array | undefined {
  if (options === undefined || !hasExtension(options, ext)) return undefined;
  const value: unknown = getExtension(options, ext);
  if (ext.fieldKind !== 'message' || !isMessage(value)) return undefined;
  return toBinary(ext.message, value);
}

const verbs = ['get', 'put', 'post', 'patch', 'delete'] as const;

function routeFrom(rule: JsonObject): HttpRoute | undefined {
  for (const verb of verbs) {
    const path = rule[verb];
    const body = rule['body'];
    if (typeof path === 'string') {
      return { verb, path, body: typeof body === 'string' ? body : '' };
    }
  }
  return undefined;
}

/** The HTTP route of a method, from `google.api.http`. */
function httpRoute(options: Message | undefined, ext: DescExtension): HttpRoute | undefined {
  if (options === undefined || !hasExtension(options, ext)) return undefined;
  const value: unknown = getExtension(options, ext);
  if (ext.fieldKind !== 'message' || !isMessage(value)) return undefined;
  const rule = toJson(ext.message, value);
  const isObject = typeof rule === 'object' && rule !== null && !Array.isArray(rule);
  return isObject ? routeFrom(rule) : undefined;
}

function methodsOf(registry: FileRegistry): Method[] {
  const access = extension(registry, 'recourse.options.v1.access');
  const http = extension(registry, 'google.api.http');
  const methods: Method[] = [];
  for (const type of registry) {
    if (type.kind !== 'service') continue;
    for (const desc of type.methods) {
      const bytes = optionBytes(desc.proto.options, access);
      methods.push({
        path: `/${type.typeName}/${desc.name}`,
        service: type.typeName,
        name: desc.name,
        input: desc.input,
        output: desc.output,
        access: bytes === undefined ? undefined : Access.decode(bytes),
        http: httpRoute(desc.proto.options, http),
        desc,
      });
    }
  }
  return methods;
}

/** Reads a contract from a descriptor set (`buf build -o`). */
export function readContract(bytes: Uint8Array): Contract {
  const files = fromBinary(FileDescriptorSetSchema, bytes);
  const registry = createFileRegistry(files);
  const methods = methodsOf(registry);
  const byPath = new Map(methods.map((method) => [method.path, method]));
  const checkOption = extension(registry, 'recourse.options.v1.check');
  const checks = new Map<DescField, Check | undefined>();

  function checkOf(field: DescField): Check | undefined {
    if (!checks.has(field)) {
      const option = optionBytes(field.proto.options, checkOption);
      checks.set(field, option === undefined ? undefined : Check.decode(option));
    }
    return checks.get(field);
  }

  function method(path: string): Method {
    const found = byPath.get(path);
    if (found === undefined) throw fault('internal', 'method_not_in_contract', { path });
    return found;
  }

  return { registry, files, methods, method, checkOf, checkMessage: createChecker(checkOf) };
}

let present: Contract | undefined;

/** The contract this code was generated from; read once. */
export function contract(): Contract {
  if (present === undefined) {
    const file = createRequire(import.meta.url).resolve('@recourse/proto/contract.binpb');
    present = readContract(readFileSync(file));
  }
  return present;
}

/**
 * What is wrong with a message by the `check` options of the contract; field names are JSON
 * pointers.
 */
export function checkMessage(desc: DescMessage, message: object): Violation[] {
  return contract().checkMessage(desc, message);
}

function violation(field: string, rule: string, repair: string): Violation {
  return { field, rule, repair };
}

/** What keeps one method from being served. */
function methodFaults(method: Method): Violation[] {
  const { path, access, http } = method;
  if (access === undefined) {
    return [violation(path, 'access_missing', 'Declare (recourse.options.v1.access).')];
  }
  const found = access.roles
    .filter((role) => role !== anyone && !isKnownRole(role))
    .map((role) => violation(path, 'role_unknown', `There is no role ${role}.`));
  if (access.roles.length === 0 && !access.internal) {
    found.push(violation(path, 'roles_missing', 'Name the roles that may call.'));
  }
  if (access.roles.includes(anyone) && !access.internal) {
    found.push(violation(path, 'anyone_may_ask', 'Declare roles, or make it `internal`.'));
  }
  if (access.internal && http !== undefined) {
    found.push(violation(path, 'internal_has_route', 'Take away the route or `internal`.'));
  }
  if (!access.internal && http === undefined) {
    found.push(violation(path, 'route_missing', 'Declare (google.api.http) or `internal`.'));
  }
  if (method.desc.methodKind !== 'unary') {
    found.push(violation(path, 'not_unary', 'Streams are not served.'));
  }
  return found;
}

/** The message types that can be reached from one, itself included. */
function reachable(message: DescMessage, into: Map<string, DescMessage>): void {
  if (into.has(message.typeName)) return;
  into.set(message.typeName, message);
  for (const field of message.fields) {
    if (field.message !== undefined) reachable(field.message, into);
  }
}

function misplaced(from: Contract, methods: readonly Method[]): Violation[] {
  const messages = new Map<string, DescMessage>();
  for (const method of methods) reachable(method.input, messages);
  return [...messages.values()].flatMap((message) =>
    misplacedChecks(message, from.checkOf).map((words) =>
      violation(message.typeName, 'check_misplaced', words),
    ),
  );
}

/** Everything that makes methods unfit to be served; empty when they are fit. */
export function contractViolations(from: Contract, methods: readonly Method[]): Violation[] {
  return [...methods.flatMap(methodFaults), ...misplaced(from, methods)];
}

/**
 * Refuses methods without declared access, with roles nobody has, or with checks that could never
 * run. Services call it before they open a port: what is not declared is closed.
 */
export function verifyContract(from: Contract, methods: readonly Method[]): void {
  const violations = contractViolations(from, methods);
  if (violations.length > 0) {
    const first = violations[0]?.field ?? '';
    throw new Fault('internal', 'contract_unfit', { first }, { violations });
  }
}
