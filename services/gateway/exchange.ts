import { randomUUIDv7 } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Caller } from '@recourse/kit/caller.ts';
import { type Fault, fault } from '@recourse/kit/fault.ts';
import type { Log } from '@recourse/kit/log.ts';
import { beginSpan, type Span } from '@recourse/kit/trace.ts';
import { problemHeaders, problemOf } from './problem.ts';
import { type Language, languageOf } from './words.ts';

/** What is known about one request and its answer, from its arrival on. */
export type Exchange = {
  /** Made here; one that the caller sends is not taken over, so that it cannot forge log lines. */
  requestId: string;
  trace: Span;
  language: Language;
  startedMs: number;
  /** The route's name in measurements; set once it is known. */
  route: string;
  /** `ok`, or the kind of fault that was answered. */
  outcome: string;
  caller: Caller | undefined;
};

const exchanges = new WeakMap<object, Exchange>();

/** Opens the exchange of a request that has just come in. */
export function openExchange(request: Request): Exchange {
  const traceparent = request.headers['traceparent'];
  const exchange: Exchange = {
    requestId: randomUUIDv7(),
    trace: beginSpan(`HTTP ${request.method}`, {
      kind: 'server',
      parent: typeof traceparent === 'string' ? traceparent : undefined,
      attributes: { 'http.request.method': request.method },
    }),
    language: languageOf(request.headers['accept-language']),
    startedMs: performance.now(),
    route: 'unknown',
    outcome: 'ok',
    caller: undefined,
  };
  exchanges.set(request, exchange);
  return exchange;
}

export function exchangeOf(request: object): Exchange {
  const exchange = exchanges.get(request);
  if (exchange === undefined) throw fault('internal', 'exchange_not_opened');
  return exchange;
}

/** Kinds that are our defect or a neighbour's trouble. */
function levelOf(thrown: Fault): 'error' | 'warn' | 'info' | 'debug' {
  if (thrown.kind === 'internal') return 'error';
  if (thrown.kind === 'unavailable' || thrown.kind === 'expired') return 'warn';
  // Refused access is worth a line each (ASVS 16.3.2); other refusals are ordinary business.
  return thrown.kind === 'denied' || thrown.kind === 'unauthenticated' ? 'info' : 'debug';
}

function logProblem(log: Log, exchange: Exchange, thrown: Fault, status: number): void {
  const level = levelOf(thrown);
  if (!log.isLevelEnabled(level)) return;
  const { caller, requestId, trace, route } = exchange;
  const line = {
    requestId,
    traceId: trace.traceId,
    route,
    status,
    kind: thrown.kind,
    reason: thrown.reason,
    orgId: caller?.orgId,
    userId: caller?.userId,
    ms: Math.round(performance.now() - exchange.startedMs),
    // The cause may quote what was sent, which refusals must not put into the log.
    err: level === 'error' || level === 'warn' ? thrown : undefined,
  };
  log[level](line, 'request not done');
}

/** Answers a fault as a problem; an answer that has begun can only be cut off. */
export function sendProblem(request: Request, response: Response, thrown: Fault, log: Log): void {
  const exchange = exchangeOf(request);
  const { requestId, trace, language } = exchange;
  const problem = problemOf(thrown, { language, requestId, traceId: trace.traceId });
  exchange.outcome = thrown.kind;
  logProblem(log, exchange, thrown, problem.status);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const headers = problemHeaders(thrown);
  // Headers meant for the answer that did not come about (an ETag, a length) must not go with this
  // one.
  for (const name of ['etag', 'content-length', 'content-disposition', 'content-encoding']) {
    response.removeHeader(name);
  }
  response.writeHead(problem.status, { ...headers, 'content-language': language });
  response.end(JSON.stringify(problem));
}
