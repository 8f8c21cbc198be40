import express, { type Router } from 'express';
import { nobody } from '@recourse/kit/caller.ts';
import type { Contract } from '@recourse/kit/contract.ts';
import { fault } from '@recourse/kit/fault.ts';
import {
  GetCalendarRequest,
  GetCalendarResponse,
} from '@recourse/proto/litigation/v1/deadlines.ts';
import { exchangeOf } from './exchange.ts';
import type { Forwarder } from './forward.ts';

const path = '/recourse.litigation.v1.DeadlinesService/GetCalendar';

/**
 * `GET /calendar/<token>.ics` for calendar programs, which cannot sign in: the token, which its
 * owner
 * can revoke, is the secret. It stands in the path and is never logged; whatever is wrong with it,
 * the answer is the same 404.
 */
export function createCalendar(contract: Contract, forwarder: Forwarder): Router {
  const method = contract.method(path);
  const ask = forwarder.to(method);
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/calendar/:file', (request, response, next) => {
    const { file } = request.params;
    const exchange = exchangeOf(request);
    exchange.route = 'GET /calendar/{token}.ics';
    const token = /^([\w.-]{20,200})\.ics$/.exec(file)?.[1];
    if (token === undefined) return next(fault('missing', 'calendar_unknown'));
    const leaving = new AbortController();
    response.once('close', () => leaving.abort());
    const call = {
      caller: nobody,
      requestId: exchange.requestId,
      traceparent: exchange.trace.traceparent,
      signal: leaving.signal,
    };
    ask(GetCalendarRequest.encode({ token }).finish(), call)
      .then((bytes) => {
        const { ics } = GetCalendarResponse.decode(bytes);
        response.writeHead(200, {
          'content-type': 'text/calendar; charset=utf-8',
          'cache-control': 'private, max-age=300',
        });
        response.end(ics);
      })
      .catch(next);
  });
  return router;
}
