import { Fault, type FaultKind } from '@recourse/kit/fault.ts';
import { problemKinds, problemOf } from './problem.ts';
import type { Schema } from './schemas.ts';
import { advice } from './words.ts';

const text: Schema = { type: 'string' };

const problemSchema: Schema = {
  type: 'object',
  description:
    'What went wrong (RFC 9457). Decide by `reason`; `title` and `detail` are for people.',
  required: ['type', 'title', 'status', 'reason', 'facts', 'requestId', 'traceId'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: text,
    status: { type: 'integer' },
    detail: text,
    reason: { ...text, description: 'Named reason, such as `case_closed`.' },
    facts: {
      type: 'object',
      description: 'The values that the reason is about.',
      additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
    },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'rule', 'detail'],
        properties: {
          pointer: { ...text, format: 'json-pointer' },
          rule: { ...text, description: 'Named rule, such as `required`.' },
          detail: { ...text, description: 'How to repair it.' },
        },
      },
    },
    requestId: { ...text, format: 'uuid' },
    traceId: text,
  },
};

/** A believable fault of each kind, told the way the gateway tells it. */
const samples: Readonly<Record<FaultKind, Fault>> = {
  invalid: new Fault(
    'invalid',
    'fields_invalid',
    { count: 1 },
    {
      violations: [
        { field: '/amount/minor', rule: 'out_of_range', repair: 'Give a number at least 1.' },
      ],
    },
  ),
  unauthenticated: new Fault('unauthenticated', 'token_expired'),
  denied: new Fault('denied', 'role_not_allowed'),
  missing: new Fault('missing', 'case_missing'),
  exists: new Fault('exists', 'payment_exists_with_other_content'),
  stale: new Fault('stale', 'case_changed', { expectedVersion: 6, version: 7 }),
  refused: new Fault('refused', 'case_closed'),
  exhausted: new Fault('exhausted', 'rate_limited', { retryAfterSeconds: 12 }),
  unavailable: new Fault('unavailable', 'cases_unavailable'),
  expired: new Fault('expired', 'deadline_passed'),
  cancelled: new Fault('cancelled', 'call_cancelled'),
  internal: new Fault('internal', 'unexpected_error'),
};

const sampleIds = {
  language: 'en',
  requestId: '01956f3e-0000-7000-8000-000000000000',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
} as const;

function responseOf(kinds: readonly FaultKind[]): Schema {
  const examples = kinds.map((kind) => [kind, { value: problemOf(samples[kind], sampleIds) }]);
  return {
    description: kinds.map((kind) => advice[kind]).join(' Or: '),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

/** Kinds by status; several share one. */
const kindsByStatus = Map.groupBy(problemKinds, (one) => one.status);

function componentOf(status: number): string {
  return `problem${status}`;
}

/** The problem's schema and a response for each status, with examples. */
export function problemComponents(): { schema: Schema; responses: Schema } {
  const responses = [...kindsByStatus].map(
    ([status, kinds]) => [componentOf(status), responseOf(kinds.map((one) => one.kind))] as const,
  );
  return { schema: problemSchema, responses: Object.fromEntries(responses) };
}

/** Statuses that only changes, or nobody who still listens, can get. */
const ofChanges: ReadonlySet<number> = new Set([409, 412]);
const toNobody = 499;

/** References to the responses that an operation may give besides its answer. */
export function problemRefs(isRead: boolean): Record<string, Schema> {
  const refs: Record<string, Schema> = {};
  for (const status of [...kindsByStatus.keys()].toSorted((a, b) => a - b)) {
    if (status === toNobody || (isRead && ofChanges.has(status))) continue;
    refs[String(status)] = { $ref: `#/components/responses/${componentOf(status)}` };
  }
  return refs;
}
