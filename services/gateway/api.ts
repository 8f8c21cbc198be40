import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { fault } from '@recourse/kit/fault.ts';
import { exchangeOf } from './exchange.ts';
import type { Limits } from './limits.ts';
import type { Route } from './route.ts';
import { createRoutes } from './routes.ts';
import type { Guard, Session } from './session.ts';
import { pass, type Step } from './step.ts';

type Target = { route: Route; label: string; guard: Guard; limit: Step };

function pathOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}

/** Aborts when the connection closes before the answer is finished. */
function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Who asks is settled first; who has no good token is counted by address. */
async function letIn(target: Target, limits: Limits, request: Request, response: Response) {
  try {
    return await target.guard(request, response);
  } catch (thrown) {
    const isKnown = exchangeOf(request).caller !== undefined;
    await pass(isKnown ? target.limit : limits.anonymous, request, response);
    throw thrown;
  }
}

/**
 * Serves every address below `/v1` and `/api/live`. Order per request: route, token, role, rate,
 * then the route itself. An unknown path and a wrong verb are told before the token is looked at:
 * which addresses there are is public, in `/api/openapi.json`.
 */
export function createApi(
  routes: readonly Route[],
  o: { session: Session; limits: Limits },
): RequestHandler {
  const table = createRoutes<Target>();
  for (const route of routes) {
    const label = `${route.verb.toUpperCase()} ${route.template}`;
    if (route.roles.length === 0) throw fault('internal', 'roles_missing', { route: label });
    const guard = o.session.guard(route.roles);
    table.add(route.verb, route.template, { route, label, guard, limit: o.limits[route.rate] });
  }

  async function serve(request: Request, response: Response): Promise<void> {
    const verb = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
    const found = table.find(verb, pathOf(request.originalUrl));
    if (found.kind === 'none') throw fault('missing', 'route_unknown');
    if (found.kind === 'verb_not_allowed') {
      const allow = found.allow.map((one) => one.toUpperCase()).join(', ');
      throw fault('invalid', 'method_not_allowed', { allow });
    }
    const { target, params } = found;
    const exchange = exchangeOf(request);
    exchange.route = target.label;
    const caller = await letIn(target, o.limits, request, response);
    await pass(target.limit, request, response);
    const signal = goneSignal(response);
    await target.route.handle({ request, response, exchange, caller, params, signal });
  }

  return (request: Request, response: Response, next: NextFunction) => {
    serve(request, response).catch(next);
  };
}
