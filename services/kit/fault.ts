/**
 * The one error type. A fault has a closed kind (what a caller may do about it), a named reason
 * (what exactly was refused) and facts (the values the reason is about). Text for people is made
 * from the reason and the facts at the edge; nothing parses messages. Form after TigerBeetle's
 * result names and Connect's closed codes.
 */
export const faultKinds = [
  'invalid', // the request itself is wrong: fix it, do not retry
  'unauthenticated', // no or no valid token
  'denied', // the caller may not do this
  'missing', // no such thing, or none that the caller may see
  'exists', // same id, other content
  'stale', // the version named is not the present one: read again
  'refused', // the state of things does not allow it
  'exhausted', // a limit or quota is used up
  'unavailable', // a dependency is away: retry later with the same id
  'expired', // the deadline passed, the outcome is unknown: retry with the same id
  'cancelled', // the caller went away
  'internal', // a defect on our side
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** A value as it may stand in facts: plain and printable. */
export type Fact = string | number | bigint | boolean | null;

/**
 * One thing wrong with one field: where it is, what was found, what was expected, how to repair it.
 */
export type Violation = {
  /** JSON pointer into the request (`/lines/3/amount`), or row and column of a file. */
  field: string;
  /** Named rule that does not hold: `required`, `too_long`, `not_a_date`. */
  rule: string;
  /** What to do, in words a person can follow (English; the portal translates by rule). */
  repair: string;
};

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly reason: string;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly violations: readonly Violation[];

  constructor(
    kind: FaultKind,
    reason: string,
    facts: Readonly<Record<string, Fact>> = {},
    extra: { violations?: readonly Violation[]; cause?: unknown } = {},
  ) {
    super(`${kind}: ${reason}`, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.kind = kind;
    this.reason = reason;
    this.facts = facts;
    this.violations = extra.violations ?? [];
  }
}

/** Makes a fault; `throw fault('refused', 'case_closed', { caseId })`. */
export function fault(
  kind: FaultKind,
  reason: string,
  facts: Readonly<Record<string, Fact>> = {},
): Fault {
  return new Fault(kind, reason, facts);
}

/**
 * Turns anything thrown into a fault; what is not one becomes `internal` with the cause kept for
 * the log.
 */
export function faultFrom(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  return new Fault('internal', 'unexpected_error', {}, { cause: thrown });
}

/** Marks code that a closed union cannot reach; a new member makes the compiler object here. */
export function never(value: never): never {
  throw new Fault('internal', 'unhandled_variant', { value: String(value) });
}
