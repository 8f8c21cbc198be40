import {
  type CallOptions,
  type ChannelCredentials,
  Client,
  type ClientOptions,
  type ClientUnaryCall,
  credentials,
  Metadata,
  type MethodDefinition,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import type { Caller } from './caller.ts';
import { fault } from './fault.ts';
import { faultFromStatus, hasBroken } from './status.ts';
import { beginSpan } from './trace.ts';

/**
 * What a call to a neighbour needs: the `call` a handler got is just right. `deadlineMs` is how
 * long it may take from now; a handler's own call has there what is left of its caller's time.
 */
export type ClientCall = {
  caller: Caller;
  requestId: string;
  signal: AbortSignal;
  deadlineMs?: number;
  traceparent?: string;
};

type LastOverload<Q, R> = (
  request: Q,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: R) => void,
) => ClientUnaryCall;

/**
 * A ts-proto client with promises in place of callbacks. Methods throw the neighbour's own faults.
 */
export type Promised<C> = {
  [M in Exclude<keyof C, keyof Client>]: C[M] extends LastOverload<infer Q, infer R>
    ? (request: Q, call: ClientCall) => Promise<R>
    : never;
} & { close(): void };

export type ClientConstructor<C> = {
  new (address: string, credentials: ChannelCredentials, options?: Partial<ClientOptions>): C;
  service: ServiceDefinition;
  serviceName: string;
};

const defaultDeadlineMs = 5_000;
const mostMessageBytes = 16 * 1024 * 1024;

/**
 * Round robin over every address the name resolves to, and up to three more tries, within a second,
 * when a server was away: by the laws every method may be repeated. The throttle ends retries when
 * most calls fail, so that a dead neighbour is not buried in them; it is wide enough for all the
 * calls that one replica of a few had in hand when it was killed.
 */
const serviceConfig = JSON.stringify({
  loadBalancingConfig: [{ round_robin: {} }],
  methodConfig: [
    {
      name: [{}],
      retryPolicy: {
        maxAttempts: 4,
        initialBackoff: '0.05s',
        maxBackoff: '0.5s',
        backoffMultiplier: 3,
        retryableStatusCodes: ['UNAVAILABLE'],
      },
    },
  ],
  retryThrottling: { maxTokens: 200, tokenRatio: 0.5 },
});

/**
 * How long a server that is back may go unnoticed. Shorter than a leaving one goes on serving
 * (kit/service.ts), so that of two that are replaced in turn one is always known.
 */
const longestReconnectMs = 500;

/**
 * The same for every client: grpc-js then uses one connection to an address for all of a process's
 * clients, however many of a neighbour's gRPC services they are of.
 */
const channelOptions: ClientOptions = {
  'grpc.service_config': serviceConfig,
  'grpc.enable_retries': 1,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': longestReconnectMs,
  'grpc.dns_min_time_between_resolutions_ms': 1_000,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.max_receive_message_length': mostMessageBytes,
  'grpc.max_send_message_length': mostMessageBytes,
};

function metadataOf(call: ClientCall, traceparent: string): Metadata {
  const metadata = new Metadata();
  const { token } = call.caller;
  if (token !== '') metadata.set('authorization', `Bearer ${token}`);
  metadata.set('x-request-id', call.requestId);
  metadata.set('traceparent', traceparent);
  return metadata;
}

type Target = { channel: Client; short: string };
type UnaryMethod = MethodDefinition<object, unknown>;

/** One call on the wire; rejects with grpc-js's own error. */
function send(
  target: Target,
  method: UnaryMethod,
  request: object,
  call: ClientCall & { deadline: number; traceparent: string },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const made = target.channel.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      metadataOf(call, call.traceparent),
      { deadline: call.deadline },
      (error, response) => {
        call.signal.removeEventListener('abort', cancel);
        if (error === null) resolve(response);
        else reject(error);
      },
    );
    function cancel(): void {
      made.cancel();
    }
    call.signal.addEventListener('abort', cancel, { once: true });
  });
}

/**
 * Sends, and once more when the connection broke under the call, where the retries of grpc-js
 * itself rightly leave it alone (`hasBroken` in kit/status.ts).
 */
async function invoke(
  target: Target,
  method: UnaryMethod,
  request: object,
  call: ClientCall,
): Promise<unknown> {
  const deadlineMs = call.deadlineMs ?? defaultDeadlineMs;
  if (call.signal.aborted) throw fault('cancelled', 'call_cancelled');
  if (deadlineMs <= 0) throw fault('expired', 'deadline_passed');
  const span = beginSpan(method.path.slice(1), {
    kind: 'client',
    parent: call.traceparent,
    attributes: { 'rpc.system': 'grpc' },
  });
  const { traceparent } = span;
  const timed = { ...call, traceparent, deadline: Date.now() + deadlineMs };
  try {
    const response = await send(target, method, request, timed).catch((error: ServiceError) => {
      if (!hasBroken(error) || call.signal.aborted) throw error;
      return send(target, method, request, timed);
    });
    span.end();
    return response;
  } catch (error) {
    const told = faultFromStatus(error as ServiceError, target.short);
    span.end(told.kind);
    throw told;
  }
}

/** `cases` of `recourse.cases.v1.CasesService`. */
export function shortName(serviceName: string): string {
  return serviceName.split('.').at(-3) ?? serviceName;
}

/**
 * A client of a neighbour. Each method takes the request and the call on whose behalf it is made;
 * token, request id, trace and remaining time go with it. Throws the fault that the neighbour
 * threw, or `unavailable: <service>_unavailable` when it could not be reached.
 */
export function client<C>(
  Ctor: ClientConstructor<C>,
  address: string,
  secured: ChannelCredentials = credentials.createInsecure(),
): Promised<C> {
  const channel = new Client(address, secured, channelOptions);
  const target = { channel, short: shortName(Ctor.serviceName) };
  const methods: Record<string, unknown> = { close: () => channel.close() };
  for (const [name, method] of Object.entries(Ctor.service)) {
    methods[name] = (request: object, call: ClientCall) => invoke(target, method, request, call);
  }
  // Built from the same service definition that the type was generated from, method by method.
  return methods as Promised<C>;
}
