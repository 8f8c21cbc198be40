import pino, { type DestinationStream, type Logger } from 'pino';
import { Fault } from './fault.ts';
import { currentTrace } from './trace.ts';

/** JSON lines on standard output. Each line of a call carries its requestId and traceId. */
export type Log = Logger;

/**
 * Never logged, however they got there: tokens, keys and what identifies a person (PIPL art. 51).
 * The names are those of the contract's fields and of the usual headers.
 */
const secretNames: ReadonlySet<string> = new Set([
  'token',
  'accessToken',
  'refreshToken',
  'idToken',
  'authorization',
  'cookie',
  'password',
  'secret',
  'phone',
  'phoneNumber',
  'mobile',
  'email',
  'idNumber',
  'personalId',
  'bankAccount',
]);

const deepest = 6;

/**
 * Plain objects and lists are looked through; errors, instants and buffers are left as they are.
 */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

/**
 * A copy without secrets, at any depth a request has. Written by hand because pino's own redaction
 * goes by paths: 57 µs a line for this list, against 5 µs.
 */
function redacted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  if (depth > deepest) return '[too deep]';
  if (Array.isArray(value)) return value.map((one) => redacted(one, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    copy[name] = secretNames.has(name) ? '[redacted]' : redacted(part, depth + 1);
  }
  return copy;
}

function redactedFields(fields: object): Record<string, unknown> {
  return redacted(fields) as Record<string, unknown>;
}

/** The fields of child loggers pass by `formatters`, but not by serializers. */
const secretSerializers = Object.fromEntries(
  [...secretNames].map((name) => [name, () => '[redacted]']),
);

type LoggedError = {
  kind?: string;
  reason?: string;
  facts?: Record<string, unknown>;
  violations?: Fault['violations'];
  message: string;
  stack?: string;
  cause?: unknown;
};

/** An error as it stands in a log line: a fault's parts, the stack, and the chain of causes. */
export function loggedError(thrown: unknown, depth = 0): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const logged: LoggedError = { message: thrown.message };
  if (thrown instanceof Fault) {
    logged.kind = thrown.kind;
    logged.reason = thrown.reason;
    if (Object.keys(thrown.facts).length > 0) logged.facts = redactedFields(thrown.facts);
    if (thrown.violations.length > 0) logged.violations = thrown.violations;
  }
  if (thrown.stack !== undefined) logged.stack = thrown.stack;
  if (thrown.cause !== undefined && depth < 5) logged.cause = loggedError(thrown.cause, depth + 1);
  return logged;
}

/** A logger for one process. `destination` is for tests; lines go to standard output otherwise. */
export function createLog(service: string, level = 'info', destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: redactedFields,
    },
    // Whatever code writes a line in the course of a call or an event: it carries the trace.
    mixin: () => {
      const trace = currentTrace();
      return trace === undefined ? {} : { traceId: trace.traceId };
    },
    serializers: { ...secretSerializers, err: loggedError, error: loggedError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
