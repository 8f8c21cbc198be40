import type { Request } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { type Fact, Fault } from '@recourse/kit/fault.ts';
import { exchangeOf } from './exchange.ts';
import type { Step } from './step.ts';

/**
 * What a route costs, and so which limit it counts against. People are counted by organisation and
 * person; whoever has shown no good token is counted by address.
 */
export const rateClasses = ['read', 'change', 'upload', 'live', 'anonymous'] as const;
export type RateClass = (typeof rateClasses)[number];

/** Requests a minute, per person or address. */
export type Rates = Readonly<Record<RateClass, number>>;

export type Limits = Readonly<Record<RateClass, Step>>;

const windowMs = 60_000;

function personKey(request: Request): string {
  const { caller } = exchangeOf(request);
  return caller === undefined ? addressKey(request) : `${caller.orgId} ${caller.userId}`;
}

function addressKey(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

/** Seconds until the window begins anew, as express-rate-limit left them at the request. */
function secondsLeft(request: Request): number {
  const info: unknown = Reflect.get(request, 'rateLimit');
  const isInfo = typeof info === 'object' && info !== null && 'resetTime' in info;
  const left = isInfo && info.resetTime instanceof Date ? info.resetTime.getTime() - Date.now() : 0;
  return Math.max(1, Math.ceil(left / 1000));
}

function limiter(name: RateClass, perMinute: number): Step {
  return rateLimit({
    windowMs,
    limit: perMinute,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its checks of our set-up are made by tests once, not at each request.
    validate: false,
    keyGenerator: name === 'anonymous' ? addressKey : personKey,
    handler: (request, _response, next) => {
      const facts: Record<string, Fact> = {
        limit: name,
        perMinute,
        retryAfterSeconds: secondsLeft(request),
      };
      next(new Fault('exhausted', 'rate_limited', facts));
    },
  });
}

/** Counts in this process: behind n replicas the limits are up to n times as wide. */
export function createLimits(rates: Rates): Limits {
  return {
    read: limiter('read', rates.read),
    change: limiter('change', rates.change),
    upload: limiter('upload', rates.upload),
    live: limiter('live', rates.live),
    anonymous: limiter('anonymous', rates.anonymous),
  };
}
