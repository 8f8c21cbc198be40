import type { IncomingHttpHeaders } from 'node:http';
import { type Contract, type Method, verifyContract } from '@recourse/kit/contract.ts';
import { fault } from '@recourse/kit/fault.ts';
import { createAnswerWriter, namesTag } from './answer.ts';
import type { BodyReader } from './body.ts';
import type { Codecs } from './codecs.ts';
import { type Forwarder, isNamed, type Send } from './forward.ts';
import { createRequestReader } from './request.ts';
import type { Arrival, Route } from './route.ts';

/** Methods of the contract that have an address; internal ones have none. */
export function publicMethods(from: Contract): Method[] {
  return from.methods.filter((method) => method.access?.internal !== true);
}

/** Roles of a public method. One without any must not start: what is not declared is closed. */
function rolesOf(method: Method): readonly string[] {
  const roles = method.access?.roles ?? [];
  if (roles.length === 0) throw fault('internal', 'roles_missing', { method: method.path });
  return roles;
}

function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The part of an address after the question mark. */
export function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

function send(arrival: Arrival, isRead: boolean, text: string, etag: string | undefined): void {
  const { request, response } = arrival;
  // Bytes once: a text would be measured and then made into bytes again by the socket.
  const body = Buffer.from(text);
  const headers: Record<string, string | number> = {
    'content-type': 'application/json; charset=utf-8',
    // Answers depend on who asks, and are asked again by their tag.
    'cache-control': 'private, no-cache',
    'content-length': body.length,
  };
  response.vary('Authorization');
  if (etag !== undefined) headers['etag'] = etag;
  if (etag !== undefined && isRead && namesTag(request.headers['if-none-match'], etag)) {
    delete headers['content-length'];
    delete headers['content-type'];
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, headers).end(body);
}

/** Which service a request goes to: its method's own, or the one that the path names. */
function targetOf(method: Method, forwarder: Forwarder): (arrival: Arrival) => Send {
  if (isNamed(method)) {
    const toNamed = forwarder.toNamed(method);
    return ({ params }) => toNamed(params['service'] ?? '');
  }
  const send = forwarder.to(method);
  return () => send;
}

/**
 * The route of one method: HTTP in, gRPC bytes through, JSON out. All that can be known from the
 * contract is settled here, once; nothing is looked up per request.
 */
function routeOf(method: Method, o: MethodsOptions): Route {
  const { http } = method;
  if (http === undefined) throw fault('internal', 'route_missing', { method: method.path });
  const roles = rolesOf(method);
  const readRequest = createRequestReader(method, o.contract, o.codecs);
  const writeAnswer = createAnswerWriter(method.output, o.codecs);
  const target = targetOf(method, o.forwarder);
  const isRead = http.verb === 'get';

  async function handle(arrival: Arrival): Promise<void> {
    const { request, response, exchange, caller, signal, params } = arrival;
    const forward = target(arrival);
    const bytes = readRequest({
      params,
      query: queryOf(request.originalUrl),
      body: isRead ? undefined : await o.readBody(request, response),
      idempotencyKey: isRead ? undefined : headerText(request.headers, 'idempotency-key'),
      ifMatch: isRead ? undefined : headerText(request.headers, 'if-match'),
    });
    const answer = await forward(bytes, {
      caller,
      requestId: exchange.requestId,
      traceparent: exchange.trace.traceparent,
      signal,
    });
    const { text, etag } = writeAnswer(answer);
    send(arrival, isRead, text, etag);
  }

  const rate = isRead ? 'read' : 'change';
  return { verb: http.verb, template: http.path, roles, rate, handle };
}

export type MethodsOptions = {
  contract: Contract;
  codecs: Codecs;
  forwarder: Forwarder;
  readBody: BodyReader;
};

/** Makes the routes of every public method. Throws when one lacks roles, a route or a service. */
export function methodRoutes(o: MethodsOptions): Route[] {
  verifyContract(o.contract, o.contract.methods);
  return publicMethods(o.contract).map((method) => routeOf(method, o));
}
