import type { Request, Response } from 'express';
import type { Caller } from '@recourse/kit/caller.ts';
import type { Exchange } from './exchange.ts';
import type { RateClass } from './limits.ts';
import type { Verb } from './routes.ts';

/** A request that has been let through to its route. */
export type Arrival = {
  request: Request;
  response: Response;
  exchange: Exchange;
  caller: Caller;
  params: Readonly<Record<string, string>>;
  /** Aborts when the caller goes away before the answer is sent. */
  signal: AbortSignal;
};

/** One address of the API: what it is called, who may use it, what it costs, what it does. */
export type Route = {
  verb: Verb;
  template: string;
  /** Roles as in the contract; a route without any does not start. */
  roles: readonly string[];
  rate: RateClass;
  /** Answers, or throws a fault. */
  handle(arrival: Arrival): Promise<void>;
};
