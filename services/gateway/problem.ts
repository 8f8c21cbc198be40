import { type Fact, Fault, type FaultKind, faultKinds } from '@recourse/kit/fault.ts';
import { detailOf, type Language, titles } from './words.ts';

/**
 * The second of the system's two error tables: fault (which is what a gRPC status with its details
 * becomes again) → RFC 9457 problem. Nothing else in the system answers an error over HTTP.
 */
export type Problem = {
  /** Stable per kind; leads to its explanation at this gateway. */
  type: string;
  title: string;
  status: number;
  detail?: string;
  /** Named reason: what a program decides by. */
  reason: string;
  /** The values that the reason is about. int64 as text. */
  facts: Readonly<Record<string, string | number | boolean | null>>;
  errors?: readonly ProblemError[];
  requestId: string;
  traceId: string;
};

/** One thing wrong with one field: where (RFC 6901), which rule, and how to repair it. */
export type ProblemError = { pointer: string; rule: string; detail: string };

/**
 * A deadline that passed is told as 503, not 504: the caller's part is the same, to come again with
 * the same id (practices.md A5, I11).
 */
export const statusByKind = {
  invalid: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  exists: 409,
  stale: 412,
  refused: 409,
  exhausted: 429,
  unavailable: 503,
  expired: 503,
  cancelled: 499,
  internal: 500,
} as const satisfies Record<FaultKind, number>;

/** Reasons for which HTTP has a closer word than their kind's. */
export const statusByReason: Readonly<Record<string, number>> = {
  method_not_allowed: 405,
  body_too_large: 413,
  file_too_large: 413,
  content_type_not_supported: 415,
  content_encoding_not_supported: 415,
  // practices.md F: a key used again with another payload.
  request_id_used_with_other_content: 422,
};

/** How long a caller should wait when the fault does not say. */
const retryAfterSeconds = 2;
/** More than a person repairs in one go; a body may hold a hundred thousand faults. */
const mostErrors = 100;

export const problemTypePath = '/api/problems/';

export function statusOf(fault: Fault): number {
  return statusByReason[fault.reason] ?? statusByKind[fault.kind];
}

function plain(fact: Fact): string | number | boolean | null {
  return typeof fact === 'bigint' ? fact.toString() : fact;
}

/** What may be told: a defect's facts may hold anything, so they stay in the log. */
function factsOf(fault: Fault): Problem['facts'] {
  if (fault.kind === 'internal') return {};
  const facts = Object.entries(fault.facts).map(([name, fact]) => [name, plain(fact)] as const);
  return Object.fromEntries(facts);
}

/** The problem that a fault is told as. */
export function problemOf(
  fault: Fault,
  o: { language: Language; requestId: string; traceId: string },
): Problem {
  const reason = fault.kind === 'internal' ? 'unexpected_error' : fault.reason;
  const detail = detailOf(reason, o.language);
  const errors = fault.violations.slice(0, mostErrors).map((one) => ({
    pointer: one.field,
    rule: one.rule,
    detail: one.repair,
  }));
  return {
    type: `${problemTypePath}${fault.kind}`,
    title: titles[o.language][fault.kind],
    status: statusOf(fault),
    ...(detail === undefined ? {} : { detail }),
    reason,
    facts: factsOf(fault),
    ...(errors.length === 0 ? {} : { errors }),
    requestId: o.requestId,
    traceId: o.traceId,
  };
}

/** Headers that belong to some statuses: how to sign in, when to come again, what is allowed. */
export function problemHeaders(fault: Fault): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  const status = statusOf(fault);
  if (status === 401) headers['www-authenticate'] = challengeOf(fault);
  if (status === 503 || status === 429) {
    const wait = fault.facts['retryAfterSeconds'];
    headers['retry-after'] = String(typeof wait === 'number' ? wait : retryAfterSeconds);
  }
  const allow = fault.facts['allow'];
  if (status === 405 && typeof allow === 'string') headers['allow'] = allow;
  return headers;
}

/** RFC 6750 section 3: no error word when no token came at all. */
function challengeOf(fault: Fault): string {
  const realm = 'Bearer realm="recourse"';
  return fault.reason === 'token_missing' ? realm : `${realm}, error="invalid_token"`;
}

/** Faults that Express, its body reader and Node raise as errors with a status of their own. */
function statusOfError(thrown: unknown): number {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return 500;
  return typeof thrown.status === 'number' ? thrown.status : 500;
}

/** Turns what came out of Express into a fault; what is not known is a defect of ours. */
export function faultFromExpress(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const extra = { cause: thrown };
  const status = statusOfError(thrown);
  if (status === 413) return new Fault('invalid', 'body_too_large', {}, extra);
  if (status === 415) return new Fault('invalid', 'content_encoding_not_supported', {}, extra);
  if (status === 404) return new Fault('missing', 'route_unknown', {}, extra);
  if (status >= 400 && status < 500) return new Fault('invalid', 'request_malformed', {}, extra);
  return new Fault('internal', 'unexpected_error', {}, extra);
}

/** Every kind with its status, for the API description. */
export const problemKinds = faultKinds.map((kind) => ({ kind, status: statusByKind[kind] }));
