import pino, { type DestinationStream, type Logger } from 'pino';
import { Fault } from './fault.ts';

/** JSON lines on standard output. Each line of a call carries its requestId and traceId. */
export type Log = Logger;

/**
 * Never logged, however they got there: tokens, keys and what identifies a person (PIPL art. 51).
 * The names are those of the contract's fields and of the usual headers.
 */
const secretNames = [
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
] as const;

/** pino matches by depth, not anywhere: three levels reach a field of a request inside a line. */
const redactedPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

type LoggedError = {
  kind?: string;
  reason?: string;
  facts?: Fault['facts'];
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
    if (Object.keys(thrown.facts).length > 0) logged.facts = thrown.facts;
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
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { err: loggedError, error: loggedError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
