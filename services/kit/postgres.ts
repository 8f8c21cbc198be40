import { createHash } from 'node:crypto';
import { Socket } from 'node:net';
import pg from 'pg';
import { Fault } from './fault.ts';

/** What PostgreSQL says about a failed statement, as far as the kit looks at it. */
type DatabaseError = { code: string; message: string; constraint?: string };

/** `2026-01-02 03:04:05.123456+00` (sessions run in UTC) as `2026-01-02T03:04:05.123456Z`. */
function instantText(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text;
}

const plain = (text: string): string => text;
/** Text arrays are read by pg's own parser (object id 1009), whose types do not list arrays. */
const stringArray = pg.types.getTypeParser(1009 as 25) as (text: string) => unknown;
const each =
  (parse: (text: string) => unknown) =>
  (text: string): unknown =>
    (stringArray(text) as (string | null)[]).map((part) => (part === null ? null : parse(part)));

/** Object ids of pg_type and how their text is read: nothing becomes a float or a `Date`. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, BigInt], // int8
  [1016, each(BigInt)],
  [1700, plain], // numeric
  [1231, each(plain)],
  [1082, plain], // date
  [1182, each(plain)],
  [1114, plain], // timestamp
  [1184, instantText], // timestamptz
  [1185, each(instantText)],
  [1186, plain], // interval
]);

/**
 * The kit's reading of column values: int8 bigint, numeric and date strings, timestamptz ISO UTC.
 */
export const columnTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? (pg.types.getTypeParser(oid, format ?? 'text') as (text: string) => unknown);
  },
};

function gatherWrites(socket: Socket): void {
  const write = socket.write.bind(socket) as (...said: unknown[]) => boolean;
  let isGathering = false;
  Reflect.set(socket, 'write', (...said: unknown[]): boolean => {
    if (!isGathering) {
      isGathering = true;
      socket.cork();
      process.nextTick(() => {
        isGathering = false;
        socket.uncork();
      });
    }
    return write(...said);
  });
}

/**
 * A connection whose writes of one turn of the event loop leave together: BEGIN with the first
 * statement, the last ones with COMMIT. Each write costs the kernel, both processes and the network
 * about as much as the statement in it.
 */
function gatheringSocket(): Socket {
  const socket = new Socket();
  // `connect()` puts the prototype's own `write` back, so ours is laid over it only then.
  socket.once('connect', () => gatherWrites(socket));
  return socket;
}

type Answered = (error: Error | null | undefined, result: unknown) => void;
type Asked = (statement: unknown, values: unknown, answered: Answered) => void;

/**
 * A client whose promises are made here. pg makes them by giving a function literal to a property,
 * `query.callback = (error, result) => …`, and V8 allocates such literals with the old generation:
 * the rows of every answer then outlive all minor collections, and a third of the processor's time
 * of a small statement goes into copying what nobody asks for any more.
 */
class YoungClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const ask = super.query.bind(this) as unknown as Asked;
    const query = (statement: unknown, values?: unknown, answered?: Answered): unknown => {
      const isOwn = typeof values === 'function' || answered !== undefined;
      if (isOwn || isSubmittable(statement)) {
        return (ask as (...said: unknown[]) => unknown)(statement, values, answered);
      }
      return new Promise((resolve, reject) => {
        ask(statement, values, (error, result) => {
          if (error) reject(error);
          else resolve(result);
        });
      }).catch(retraced);
    };
    Reflect.set(this, 'query', query);
  }
}

/** An error is made where the answer is read; its stack is to name who asked, as pg's own does. */
function retraced(error: Error): never {
  Error.captureStackTrace(error);
  throw error;
}

/** COPY streams and the like, which speak the protocol themselves and answer as they please. */
function isSubmittable(statement: unknown): boolean {
  return typeof statement === 'object' && statement !== null && 'submit' in statement;
}

/** A pool whose sessions run in UTC and end statements and idle transactions that take too long. */
export function openPool(o: {
  url: string;
  size: number;
  statementSeconds: number;
  onError: (error: Error) => void;
}): pg.Pool {
  const pool = new pg.Pool({
    Client: YoungClient,
    connectionString: o.url,
    max: o.size,
    connectionTimeoutMillis: 20_000,
    idleTimeoutMillis: 30_000,
    types: columnTypes,
    stream: gatheringSocket,
    // What is asked without awaiting the answer before it travels together.
    pipeline: true,
    options: [
      '-c timezone=UTC',
      '-c idle_in_transaction_session_timeout=60000',
      `-c statement_timeout=${o.statementSeconds * 1000}`,
    ].join(' '),
  });
  // A server that goes away says so through `error` events; unheard, they would end the process.
  pool.on('error', o.onError);
  pool.on('connect', (client) => client.on('error', o.onError));
  return pool;
}

/** Parameters as pg takes them: Temporal values as their ISO text. */
export function parameters(values: readonly unknown[]): unknown[] {
  return values.map((value) =>
    value instanceof Temporal.Instant ||
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.PlainTime ||
    value instanceof Temporal.PlainDateTime
      ? value.toString()
      : value,
  );
}

const seen = new Map<string, { name: string; uses: number }>();

/**
 * The name under which a statement is prepared: only texts used again are worth a plan, and at most
 * 500 of them, so that generated texts cannot fill the server's memory.
 */
export function statementName(sql: string): string | undefined {
  let known = seen.get(sql);
  if (known === undefined) {
    if (seen.size >= 500) return undefined;
    known = { name: createHash('sha256').update(sql).digest('base64url').slice(0, 32), uses: 0 };
    seen.set(sql, known);
  }
  known.uses += 1;
  return known.uses > 2 ? `${known.name}${planAge}` : undefined;
}

let planAge = 0;

/**
 * Prepares every statement anew, under another name. A migration that adds a column spoils what was
 * prepared before it, on each connection by itself.
 */
export function forgetPlans(): void {
  planAge += 1;
}

/** A prepared statement whose columns a migration has changed under it. */
export function isStalePlan(thrown: unknown): boolean {
  const error = databaseError(thrown);
  return error?.code === '0A000' && error.message.includes('cached plan');
}

function databaseError(thrown: unknown): DatabaseError | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') {
    return undefined;
  }
  const constraint = 'constraint' in thrown ? String(thrown.constraint) : undefined;
  const found = { code: thrown.code, message: thrown.message };
  return constraint === undefined ? found : { ...found, constraint };
}

/** Serialization failure, deadlock, stale plan: the same transaction may succeed when run again. */
export function mayRunAgain(thrown: unknown): boolean {
  const code = databaseError(thrown)?.code;
  return code === '40001' || code === '40P01' || isStalePlan(thrown);
}

/** A statement that came after a failed one of the same transaction: that one is the cause. */
export function isOfAborted(thrown: unknown): boolean {
  return databaseError(thrown)?.code === '25P02';
}

/**
 * Name of the constraint a statement broke (unique, foreign key, check, exclusion), else undefined.
 */
export function brokenConstraint(thrown: unknown): string | undefined {
  const error = databaseError(thrown);
  return error?.code.startsWith('23') ? error.constraint : undefined;
}

/**
 * SQLSTATE 08*: connection; 57P0*: shutting down; 53*: no resources; E*: the socket's own errors.
 */
function isAway(thrown: unknown): boolean {
  const code = databaseError(thrown)?.code ?? '';
  if (/^(08...|57P0.|53...|25P03|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/.test(code)) {
    return true;
  }
  return (
    thrown instanceof Error &&
    /Connection terminated|connection timeout|trying to connect|not queryable|calling end/.test(
      thrown.message,
    )
  );
}

/**
 * What a failed transaction means to its caller; errors that are not the database's stay as they
 * are.
 */
export function databaseFault(thrown: unknown): unknown {
  if (thrown instanceof Fault) return thrown;
  if (isAway(thrown))
    return new Fault('unavailable', 'database_unavailable', {}, { cause: thrown });
  const error = databaseError(thrown);
  if (error?.code === '57014')
    return new Fault('expired', 'statement_timeout', {}, { cause: thrown });
  if (error?.code === '42501' && error.message.includes('row-level security')) {
    return new Fault('denied', 'row_of_other_organisation', {}, { cause: thrown });
  }
  // The one character that PostgreSQL cannot keep in text (22021) or jsonb (22P05) is NUL.
  if (error?.code === '22021' || error?.code === '22P05') {
    return new Fault('invalid', 'text_with_nul_character', {}, { cause: thrown });
  }
  return mayRunAgain(thrown)
    ? new Fault('unavailable', 'too_many_conflicts', {}, { cause: thrown })
    : thrown;
}
