import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  type Span as OtelSpan,
  SpanKind,
  SpanStatusCode,
  trace as otel,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api';

/** W3C Trace Context: version, 16-byte trace id, 8-byte span id, flags. */
const traceparentPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const nothing = /^0+$/;

/** Where a call stands in its trace. `traceparent` is what its own calls hand on. */
export type Trace = {
  traceId: string;
  traceparent: string;
  /** Of the request that is being answered, for what it leaves behind. */
  requestId?: string;
};

/** A piece of work in a trace; ended once, with `ok` or the kind of fault it ended in. */
export type Span = Trace & {
  /** What became known while it ran. */
  rename(name: string): void;
  end(outcome?: string): void;
};

export type SpanAbout = {
  kind: 'server' | 'client' | 'producer' | 'consumer';
  /** The caller's `traceparent`; without one, the span that is at work continues. */
  parent?: string | undefined;
  attributes?: Readonly<Record<string, string | number>>;
};

/**
 * Random hex digits, eight at a time. Ids of traces are no secrets, and this is made for each call.
 */
function hex(eights: number): string {
  let text = '';
  for (let made = 0; made < eights; made += 1) {
    text += Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return text;
}

/**
 * A new span under the one that called, or a new trace when the caller named none or nonsense
 * (Trace Context level 1, section 3.2.2.3: all-zero ids are invalid).
 */
export function continueTrace(incoming: string | undefined): Trace {
  const match = traceparentPattern.exec(incoming ?? '');
  const spanId = hex(2);
  const [, traceId = '', parentId = '', flags = '01'] = match ?? [];
  if (match === null || nothing.test(traceId) || nothing.test(parentId)) {
    const fresh = hex(4);
    return { traceId: fresh, traceparent: `00-${fresh}-${spanId}-01` };
  }
  return { traceId, traceparent: `00-${traceId}-${spanId}-${flags}` };
}

const atWork = new AsyncLocalStorage<Trace>();
let tracer: Tracer | undefined;

/** From now on spans are told to this tracer; without one only their ids are handed on. */
export function traceWith(made: Tracer | undefined): void {
  tracer = made;
}

/** The span in which this code runs, across awaits. */
export function currentTrace(): Trace | undefined {
  return atWork.getStore();
}

/** Runs work in a span: what it logs, calls, tells and asks of the database belongs to it. */
export function within<T>(trace: Trace, work: () => T): T {
  const outer = atWork.getStore()?.requestId;
  if (trace.requestId !== undefined || outer === undefined) return atWork.run(trace, work);
  // A span inside a request's own is still that request's.
  return atWork.run({ ...trace, requestId: outer }, work);
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const statusOfOutcome = (outcome: string) =>
  outcome === 'ok'
    ? { code: SpanStatusCode.UNSET }
    : { code: SpanStatusCode.ERROR, message: outcome };

function told(span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const flags = traceFlags.toString(16).padStart(2, '0');
  return {
    traceId,
    traceparent: `00-${traceId}-${spanId}-${flags}`,
    rename: (name) => void span.updateName(name),
    end: (outcome = 'ok') => {
      span.setStatus(statusOfOutcome(outcome));
      span.end();
    },
  };
}

function contextOf(parent: string | undefined) {
  const [, traceId = '', spanId = '', flags = '00'] = traceparentPattern.exec(parent ?? '') ?? [];
  if (traceId === '' || nothing.test(traceId) || nothing.test(spanId)) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return otel.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** Begins a span under its parent. Ids are made and handed on whether or not it is told. */
export function beginSpan(name: string, about: SpanAbout): Span {
  const parent = about.parent ?? currentTrace()?.traceparent;
  if (tracer === undefined) {
    return { ...continueTrace(parent), rename: () => undefined, end: () => undefined };
  }
  const { kind, attributes = {} } = about;
  return told(tracer.startSpan(name, { kind: kinds[kind], attributes }, contextOf(parent)));
}

/** Work goes on where a message left off; it is just run when the message names no trace. */
export function resumed<T>(traceparent: string | undefined, work: () => T): T {
  const traceId = traceparentPattern.exec(traceparent ?? '')?.[1];
  if (traceparent === undefined || traceId === undefined) return work();
  return within({ traceId, traceparent }, work);
}

/**
 * Runs work in a span of its own while spans are told to someone, and just runs it when not: for
 * what happens so often that even making ids would be felt. What belongs to no trace, such as the
 * looking round of relays and clocks, begins none.
 */
export async function traced<T>(
  name: string,
  about: SpanAbout,
  work: () => Promise<T>,
): Promise<T> {
  if (tracer === undefined || (about.parent ?? currentTrace()) === undefined) return work();
  const span = beginSpan(name, about);
  try {
    const result = await within(span, work);
    span.end();
    return result;
  } catch (thrown) {
    span.end(thrown instanceof Error ? thrown.message : 'failed');
    throw thrown;
  }
}
