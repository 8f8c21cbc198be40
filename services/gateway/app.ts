import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { fault } from '@recourse/kit/fault.ts';
import type { Metrics } from '@recourse/kit/health.ts';
import type { Log } from '@recourse/kit/log.ts';
import { within } from '@recourse/kit/trace.ts';
import { type Armour, createCors, wear } from './armour.ts';
import { exchangeOf, openExchange, sendProblem } from './exchange.ts';
import type { Limits } from './limits.ts';
import { faultFromExpress } from './problem.ts';

export type AppOptions = {
  log: Log;
  metrics: Metrics;
  armour: Armour;
  limits: Limits;
  corsOrigins: readonly string[];
  /** Express's `trust proxy`: how many proxies stand in front, or their addresses. */
  trustProxy: string | undefined;
  /** Serves `/v1` and `/api/live`. */
  api: RequestHandler;
  /** What needs no token, in the order in which it is asked. */
  open: readonly RequestHandler[];
};

/** First on every request: its names, its headers, its measurement. */
function arrive(o: AppOptions): RequestHandler {
  return (request, response, next) => {
    const exchange = openExchange(request);
    response.setHeader('x-request-id', exchange.requestId);
    wear(response, o.armour.data);
    response.once('close', () => {
      const seconds = (performance.now() - exchange.startedMs) / 1000;
      const { route, outcome } = exchange;
      o.metrics.rpcSeconds.observe({ method: route, outcome }, seconds);
      exchange.trace.rename(route);
      exchange.trace.end(outcome);
    });
    within(exchange.trace, next);
  };
}

function isApi(path: string): boolean {
  return path.startsWith('/v1/') || path === '/v1' || path === '/api/live';
}

/** Without its error handler Express would answer with a stack trace in HTML. */
function tellFaults(log: Log): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    sendProblem(request, response, faultFromExpress(thrown), log);
  };
}

/** Express allows a count, or addresses and networks, divided by commas. */
function trusted(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

export function createApp(o: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  // Queries are read by the contract; Express's own reader would only do it a second time.
  app.set('query parser', false);
  if (o.trustProxy !== undefined) app.set('trust proxy', trusted(o.trustProxy));
  app.use(arrive(o));
  if (o.corsOrigins.length > 0) app.use(createCors(o.corsOrigins));
  app.use((request, response, next) => {
    if (isApi(request.path)) o.api(request, response, next);
    else next();
  });
  app.use(o.limits.anonymous);
  for (const handler of o.open) app.use(handler);
  app.use((request, _response, next) => {
    exchangeOf(request).route = 'unknown';
    next(fault('missing', 'route_unknown'));
  });
  app.use(tellFaults(o.log));
  return app;
}
