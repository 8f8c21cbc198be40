import { HttpErrorResponse } from '@angular/common/http';

/** One thing wrong with one field of a request. */
export type FieldError = { field: string; rule: string; repair: string };

/** A refusal or failure of the server (RFC 9457), or of the way to it (`status` 0). */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Named reason: `case_closed`, `unreachable`, …; translated by `problem-words.ts`. */
  readonly reason: string;
  readonly title: string;
  readonly detail: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];
  readonly requestId: string;

  constructor(content: Partial<Omit<Problem, 'name' | 'message' | 'stack' | 'cause'>>) {
    super(content.reason ?? 'unknown');
    this.status = content.status ?? 0;
    this.reason = content.reason ?? 'unknown';
    this.title = content.title ?? '';
    this.detail = content.detail ?? '';
    this.facts = content.facts ?? {};
    this.errors = content.errors ?? [];
    this.requestId = content.requestId ?? '';
  }

  /** True when the outcome is unknown or the server asks for patience: the same id may go again. */
  get mayRepeat(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const reasonByStatus: Readonly<Record<number, string>> = {
  0: 'unreachable',
  400: 'invalid',
  401: 'signed_out',
  403: 'denied',
  404: 'missing',
  409: 'exists',
  412: 'stale',
  413: 'too_large',
  429: 'exhausted',
  503: 'unavailable',
  504: 'expired',
};

function field(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
}

function text(from: unknown, ...names: readonly string[]): string {
  for (const name of names) {
    const value = field(from, name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

function factsIn(body: unknown): Record<string, string> {
  const facts = field(body, 'facts');
  if (typeof facts !== 'object' || facts === null) return {};
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, String(value)]));
}

function errorsIn(body: unknown): FieldError[] {
  const errors = field(body, 'errors');
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => ({
    field: text(error, 'field', 'pointer'),
    rule: text(error, 'rule', 'reason'),
    repair: text(error, 'repair', 'detail'),
  }));
}

/** Reads a problem from an answer's body; what is missing is taken from the status. */
export function problemOf(status: number, body: unknown): Problem {
  return new Problem({
    status,
    reason: text(body, 'reason') || (reasonByStatus[status] ?? 'internal'),
    title: text(body, 'title'),
    detail: text(body, 'detail'),
    facts: factsIn(body),
    errors: errorsIn(body),
    requestId: text(body, 'requestId', 'request_id'),
  });
}

/** Turns anything thrown by a request into a problem; an unknown error becomes `internal`. */
export function problemFrom(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof HttpErrorResponse) return problemOf(thrown.status, thrown.error);
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new Problem({ status: 500, reason: 'internal', detail });
}
