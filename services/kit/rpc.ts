import { randomUUIDv7 } from 'node:crypto';
import {
  type handleUnaryCall,
  logVerbosity,
  type Metadata,
  Server,
  ServerCredentials,
  setLogVerbosity,
  type ServerUnaryCall,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import { anyone, type Caller, mayCall, nobody, type Verifier } from './caller.ts';
import { now } from './clock.ts';
import { type Contract, contract, type Method, verifyContract } from './contract.ts';
import { Fault, fault, faultFrom, type FaultKind } from './fault.ts';
import type { Metrics } from './health.ts';
import type { Log } from './log.ts';
import { addReflection } from './reflection.ts';
import { statusFrom } from './status.ts';
import { beginSpan, type Span, within } from './trace.ts';

/** What a handler knows about the call it answers; hand it on as it is to `client` methods. */
export type Call = {
  caller: Caller;
  /** Named by the gateway, the same in every service that one request reaches. */
  requestId: string;
  /** When the call came in; the only "now" that business code gets. */
  at: Temporal.Instant;
  log: Log;
  /** Aborts when the caller goes away or the deadline passes. */
  signal: AbortSignal;
  /** Milliseconds that are left now; shrinks as time passes. */
  readonly deadlineMs: number;
  /** W3C trace context for calls made on behalf of this one. */
  traceparent: string;
};

/** One method as ts-proto writes it into `XxxServiceService`. */
type Definition<Q, R> = {
  readonly requestDeserialize: (bytes: Buffer) => Q;
  readonly responseDeserialize: (bytes: Buffer) => R;
};

type Handler<Q, R> = (request: Q, call: Call) => Promise<R>;

/**
 * The handlers of a service: of its `XxxServiceServer` interface or of `typeof XxxServiceService`,
 * whichever is at hand.
 */
export type Handlers<S> = {
  [M in keyof S as string extends M ? never : M]: S[M] extends handleUnaryCall<infer Q, infer R>
    ? Handler<Q, R>
    : S[M] extends Definition<infer Q, infer R>
      ? Handler<Q, R>
      : never;
};

type AnyHandler = Handler<object, unknown>;

export type Implementation = {
  definition: ServiceDefinition;
  handlers: Readonly<Record<string, AnyHandler>>;
};

/**
 * Binds handlers to a service of the contract: `implement(CasesServiceService, { getCase, … })`.
 */
export function implement<D extends ServiceDefinition>(
  definition: D,
  handlers: Handlers<D>,
): Implementation;
export function implement<S extends UntypedServiceImplementation>(
  definition: ServiceDefinition,
  handlers: Handlers<S>,
): Implementation;
export function implement(definition: ServiceDefinition, handlers: object): Implementation {
  // The overloads have checked each handler against its method; by name they are all alike.
  return { definition, handlers: handlers as Implementation['handlers'] };
}

// What goes wrong here is thrown or logged by us; grpc-js would write it to the console as well.
setLogVerbosity(logVerbosity.NONE);

/** A call without a deadline of its own is given up after this long. */
const longestCallMs = 60_000;
const mostMessageBytes = 16 * 1024 * 1024;

/**
 * Connections end after a minute so that clients resolve the name again and find new replicas:
 * without it a new pod gets no calls (practices.md D4).
 */
const serverOptions = {
  'grpc.max_connection_age_ms': 60_000,
  // No call that was accepted is cut off: it may take as long as calls may.
  'grpc.max_connection_age_grace_ms': longestCallMs + 5_000,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.max_receive_message_length': mostMessageBytes,
  'grpc.max_send_message_length': mostMessageBytes,
  'grpc.max_concurrent_streams': 1_000,
};

function textOf(metadata: Metadata, key: string): string | undefined {
  const value = metadata.get(key)[0];
  return typeof value === 'string' ? value : undefined;
}

/** The token of an `authorization: Bearer …` entry; empty when there is none. */
function bearerToken(metadata: Metadata): string {
  const text = textOf(metadata, 'authorization') ?? '';
  return /^bearer /i.test(text) ? text.slice(7) : '';
}

/** A request id is logged and sent on, so only short plain ones are taken over. */
function requestIdOf(metadata: Metadata): string {
  const given = textOf(metadata, 'x-request-id');
  return given !== undefined && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUIDv7();
}

/** Everything about one method, resolved once when the server starts. */
type Bound = {
  method: Method;
  roles: readonly string[];
  handler: AnyHandler;
  contract: Contract;
  verify: Verifier;
  log: Log;
  metrics: Metrics;
};

type Unary = ServerUnaryCall<object, unknown>;

/** One call as it came in, before anyone is known to have made it. */
type Arrival = {
  requestId: string;
  span: Span;
  at: Temporal.Instant;
  /** Epoch milliseconds by which it must be answered. */
  deadline: number;
  abort: AbortController;
};

function arrive(call: Unary, path: string): Arrival {
  const given = call.getDeadline();
  const wanted = given instanceof Date ? given.getTime() : given;
  return {
    requestId: requestIdOf(call.metadata),
    span: beginSpan(path.slice(1), {
      kind: 'server',
      parent: textOf(call.metadata, 'traceparent'),
      attributes: { 'rpc.system': 'grpc' },
    }),
    at: now(),
    // Of the real clock, wherever a demo has moved the business's own.
    deadline: Math.min(wanted, Date.now() + longestCallMs),
    abort: new AbortController(),
  };
}

function logOf(bound: Bound, arrival: Arrival, caller?: Caller): Log {
  return bound.log.child({
    requestId: arrival.requestId,
    method: bound.method.path,
    ...(caller === undefined ? {} : { orgId: caller.orgId, userId: caller.userId }),
  });
}

function callOf(bound: Bound, arrival: Arrival, caller: Caller): Call {
  let log: Log | undefined;
  return {
    caller,
    requestId: arrival.requestId,
    at: arrival.at,
    signal: arrival.abort.signal,
    traceparent: arrival.span.traceparent,
    get deadlineMs() {
      return Math.max(0, arrival.deadline - Date.now());
    },
    // Most calls log nothing, so their logger is made only when asked for.
    get log() {
      log ??= logOf(bound, arrival, caller);
      return log;
    },
  };
}

/** Token, role, fields, handler: in this order, so that nobody learns more than they may. */
async function answer(bound: Bound, arrival: Arrival, unary: Unary): Promise<unknown> {
  const { method } = bound;
  const token = bearerToken(unary.metadata);
  const isOpen = bound.roles.includes(anyone) && token === '';
  const caller = isOpen ? nobody : await bound.verify(token);
  if (!isOpen && !mayCall(caller, bound.roles)) {
    throw fault('denied', 'role_not_allowed', { method: method.name, orgKind: caller.orgKind });
  }
  const violations = bound.contract.checkMessage(method.input, unary.request);
  if (violations.length > 0) {
    throw new Fault('invalid', 'fields_invalid', { count: violations.length }, { violations });
  }
  return bound.handler(unary.request, callOf(bound, arrival, caller));
}

/** Rejects when the call is given up, so that a handler that hangs is answered all the same. */
function givenUp(unary: Unary, arrival: Arrival): { promise: Promise<never>; clear(): void } {
  const { promise, reject } = Promise.withResolvers<never>();
  function giveUp(reason: Fault): void {
    arrival.abort.abort(reason);
    reject(reason);
  }
  const expired = (): void => giveUp(fault('expired', 'deadline_passed'));
  const timer = setTimeout(expired, Math.max(0, arrival.deadline - Date.now()));
  const cancelled = (): void =>
    Date.now() >= arrival.deadline ? expired() : giveUp(fault('cancelled', 'call_cancelled'));
  unary.on('cancelled', cancelled);
  return {
    promise,
    clear: () => {
      clearTimeout(timer);
      // grpc-js tells every call's end as a cancellation, that of an answered one too.
      unary.off('cancelled', cancelled);
    },
  };
}

/** Our defects and neighbours' troubles by how loud they are; the rest is ordinary business. */
const levelByKind: Partial<Record<FaultKind, 'error' | 'warn'>> = {
  internal: 'error',
  unavailable: 'warn',
  expired: 'warn',
};

function record(bound: Bound, arrival: Arrival, startedMs: number, thrown?: Fault): void {
  const seconds = (performance.now() - startedMs) / 1000;
  const outcome = thrown === undefined ? 'ok' : thrown.kind;
  arrival.span.end(outcome);
  bound.metrics.rpcSeconds.observe({ method: bound.method.path, outcome }, seconds);
  if (thrown === undefined) return;
  const words = { reason: thrown.reason, kind: thrown.kind, ms: Math.round(seconds * 1000) };
  const level = levelByKind[thrown.kind] ?? 'debug';
  if (!bound.log.isLevelEnabled(level)) return;
  const log = logOf(bound, arrival);
  within(arrival.span, () => {
    if (level === 'debug') log.debug({ ...words, facts: thrown.facts }, 'refused');
    else log[level]({ ...words, err: thrown }, 'call failed');
  });
}

/** What may be told about a fault: a defect's facts may hold anything, so they stay in the log. */
function told(thrown: Fault): Fault {
  return thrown.kind === 'internal' ? fault('internal', thrown.reason) : thrown;
}

/**
 * Wraps a handler for grpc-js. Whatever happens the callback is called once: a rejection that
 * escaped would be an unhandled one here and a call without an answer there (stack.md, gRPC).
 */
function bind(bound: Bound): handleUnaryCall<object, unknown> {
  return (unary, callback) => {
    const startedMs = performance.now();
    const arrival = arrive(unary, bound.method.path);
    const end = givenUp(unary, arrival);
    const inside = { ...arrival.span, requestId: arrival.requestId };
    const answered = within(inside, () => answer(bound, arrival, unary));
    Promise.race([answered, end.promise])
      .finally(end.clear)
      .then(
        (response) => {
          record(bound, arrival, startedMs);
          callback(null, response);
        },
        (thrown: unknown) => {
          const failed = faultFrom(thrown);
          record(bound, arrival, startedMs, failed);
          callback(statusFrom(told(failed)));
        },
      )
      .catch((thrown: unknown) => bound.log.error({ err: thrown }, 'answer could not be sent'));
  };
}

/** Names a missing handler at the start, not at the first call. */
function handlerOf(implementation: Implementation, name: string, path: string): AnyHandler {
  const handler = implementation.handlers[name];
  if (handler === undefined) throw fault('internal', 'handler_missing', { path });
  return handler;
}

type Serving = { contract: Contract; verify: Verifier; log: Log; metrics: Metrics };

function addService(server: Server, implementation: Implementation, serving: Serving): string {
  const bound: UntypedServiceImplementation = {};
  let service = '';
  for (const [name, definition] of Object.entries(implementation.definition)) {
    const method = serving.contract.method(definition.path);
    const { access } = method;
    if (access === undefined) throw fault('internal', 'access_missing', { path: method.path });
    const roles = access.internal ? [...access.roles, 'service'] : access.roles;
    const handler = handlerOf(implementation, name, definition.path);
    bound[name] = bind({ ...serving, method, roles, handler });
    ({ service } = method);
  }
  server.addService(implementation.definition, bound);
  return service;
}

function listen(
  server: Server,
  host: string,
  port: number,
  credentials: ServerCredentials,
): Promise<number> {
  const literal = host.includes(':') ? `[${host}]` : host;
  return new Promise((resolve, reject) => {
    server.bindAsync(`${literal}:${port}`, credentials, (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
}

/** Calls in flight get this long to finish once the server stops. */
const drainMs = 10_000;

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), drainMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** `leave` tells by health that no new calls should come; those that do are answered still. */
export type RpcServer = { port: number; leave(): void; stop(): Promise<void> };

export type RpcOptions = {
  implementations: readonly Implementation[];
  /** 0 takes any free port. */
  port: number;
  host?: string;
  verify: Verifier;
  log: Log;
  metrics: Metrics;
  /** The contract that the implementations belong to; ours unless a test brings its own. */
  contract?: Contract;
  /** Plain text unless given; `transportOf` makes those of mutual TLS. */
  credentials?: ServerCredentials;
  /** Whether the server describes itself to tools; on unless switched off. */
  reflection?: boolean;
};

/**
 * Serves implementations over gRPC with health and reflection. Refuses to start when a method
 * declares no access, names an unknown role or has no handler. `stop` turns health to NOT_SERVING,
 * tells every client to go elsewhere (GOAWAY), lets calls in flight finish for 10 s, then cuts.
 */
export async function serveRpc(o: RpcOptions): Promise<RpcServer> {
  const from = o.contract ?? contract();
  const paths = o.implementations.flatMap((one) =>
    Object.values(one.definition).map((method) => method.path),
  );
  verifyContract(
    from,
    paths.map((path) => from.method(path)),
  );
  const server = new Server(serverOptions);
  const serving = { contract: from, verify: o.verify, log: o.log, metrics: o.metrics };
  const services = o.implementations.map((one) => addService(server, one, serving));
  const health = new HealthImplementation({ '': 'SERVING' });
  for (const service of services) health.setStatus(service, 'SERVING');
  health.addToServer(server);
  if (o.reflection !== false) addReflection(server, from, services);
  const credentials = o.credentials ?? ServerCredentials.createInsecure();
  const port = await listen(server, o.host ?? '127.0.0.1', o.port, credentials);
  const leave = (): void => {
    for (const service of ['', ...services]) health.setStatus(service, 'NOT_SERVING');
  };
  return {
    port,
    leave,
    async stop() {
      leave();
      await drain(server);
    },
  };
}
