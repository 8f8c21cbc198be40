import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Request, Response } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import type { Step } from './step.ts';

/** Stands in the portal's HTML and in its policy where each answer's own nonce goes. */
export const noncePlaceholder = '__CSP_NONCE__';

export type Header = readonly [name: string, value: string];

/** Response headers that shield a browser: one set for what is data, one for what is a page. */
export type Armour = { data: readonly Header[]; page: readonly Header[] };

/** ASVS 3.4.1 asks for a year at least. */
const yearSeconds = 31_536_000;

type Directives = Record<string, string[]>;

const dataPolicy: Directives = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * The portal signs in at the issuer: it asks it for tokens (connect) and, where the session is
 * checked without leaving the page, frames it, which ends in a frame of our own page.
 */
function pagePolicy(issuerOrigin: string): Directives {
  const nonce = `'nonce-${noncePlaceholder}'`;
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", nonce],
    styleSrc: ["'self'", nonce],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'", issuerOrigin],
    frameSrc: ["'self'", issuerOrigin],
    workerSrc: ["'self'"],
    objectSrc: ["'none'"],
    // The portal's own `<base href="/">` is what makes its deep links work; `none` would take it
    // away.
    baseUri: ["'self'"],
    formAction: ["'self'", issuerOrigin],
    frameAncestors: ["'self'"],
  };
}

function options(directives: Directives, isProduction: boolean): HelmetOptions {
  return {
    contentSecurityPolicy: { useDefaults: false, directives },
    // A laptop has no certificate; the browser must not learn to ask for one.
    strictTransportSecurity: isProduction && { maxAge: yearSeconds, includeSubDomains: true },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'sameorigin' },
  };
}

/** What helmet would set on every answer, written down once: it decides nothing by the request. */
function record(given: HelmetOptions): readonly Header[] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(given)(request, response, (error) => {
    if (error !== undefined) throw error;
  });
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}

const permissions: Header = [
  'permissions-policy',
  'camera=(), microphone=(), geolocation=(self), payment=(), usb=()',
];

export function createArmour(o: { issuer: string; isProduction: boolean }): Armour {
  const page = pagePolicy(new URL(o.issuer).origin);
  return {
    data: [...record(options(dataPolicy, o.isProduction)), permissions],
    page: [...record(options(page, o.isProduction)), permissions],
  };
}

/** Sets headers on an answer; in a page's policy the nonce takes its place. */
export function wear(response: ServerResponse, headers: readonly Header[], nonce?: string): void {
  for (const [name, value] of headers) {
    response.setHeader(
      name,
      nonce === undefined ? value : value.replaceAll(noncePlaceholder, nonce),
    );
  }
}

const exposed = 'ETag, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id, Content-Disposition';

/**
 * Answers other origins' browsers, where the list names them; off with an empty list. Tokens travel
 * in a header, never in a cookie, so credentials are not allowed.
 */
export function createCors(origins: readonly string[]): Step {
  const allowed = new Set(origins);
  return (request: Request, response: Response, next) => {
    const { origin } = request.headers;
    if (allowed.size > 0) response.vary('Origin');
    if (origin === undefined || !allowed.has(origin)) return next();
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', exposed);
    const wanted = request.headers['access-control-request-method'];
    if (request.method !== 'OPTIONS' || wanted === undefined) return next();
    response.writeHead(204, {
      'access-control-allow-methods': 'GET, PUT, POST, PATCH, DELETE',
      'access-control-allow-headers':
        'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, ' +
        'Accept-Language, X-File-Name, traceparent',
      'access-control-max-age': '600',
    });
    response.end();
  };
}
