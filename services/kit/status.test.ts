import { describe, expect, it } from '@jest/globals';
import { Metadata, status } from '@grpc/grpc-js';
import fc from 'fast-check';
import { type Fact, Fault, faultKinds } from './fault.ts';
import { faultFromStatus, statusByKind, statusFrom } from './status.ts';

const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
);
const violation = fc.record({
  field: fc.string(),
  rule: fc.string(),
  repair: fc.string({ unit: 'binary' }),
});

describe('the table of statuses', () => {
  it('gives every kind a status of its own', () => {
    expect(new Set(Object.values(statusByKind)).size).toBe(faultKinds.length);
  });
});

describe('a fault sent over gRPC', () => {
  it('comes back with its kind, reason, facts and violations', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...faultKinds),
        fc.stringMatching(/^[a-z_]+$/),
        fc.dictionary(fc.string({ minLength: 1 }), fact),
        fc.array(violation, { maxLength: 20 }),
        (kind, reason, facts, violations) => {
          const sent = new Fault(kind, reason, facts, { violations });
          const back = faultFromStatus(statusFrom(sent), 'cases');
          expect(back.kind).toBe(kind);
          expect(back.reason).toBe(reason);
          expect({ ...back.facts }).toEqual({ ...facts });
          expect(back.violations).toEqual(violations);
        },
      ),
    );
  });

  it('tells apart a bigint and the text that looks like one', () => {
    const sent = new Fault('refused', 'too_much', { minor: 12n, text: '12n', quoted: '"12n"' });
    expect(faultFromStatus(statusFrom(sent), 'cases').facts).toEqual(sent.facts);
  });

  it('keeps the trailer small and counts the violations it leaves out', () => {
    const violations = Array.from({ length: 3_000 }, (_, row) => ({
      field: `/lines/${row}/amount`,
      rule: 'not_an_amount',
      repair: 'Give an amount. '.repeat(20),
    }));
    const sent = statusFrom(new Fault('invalid', 'rows_wrong', {}, { violations }));
    const [trailer] = sent.metadata.get('grpc-status-details-bin');
    expect(trailer?.length).toBeLessThanOrEqual(16_384);
    const back = faultFromStatus(sent, 'cases');
    expect(back.violations.length).toBeGreaterThan(10);
    expect(back.facts['violationsOmitted']).toBe(3_000 - back.violations.length);
  });
});

describe('a status without details', () => {
  it.each([
    [status.UNAVAILABLE, 'unavailable', 'cases_unavailable'],
    [status.DEADLINE_EXCEEDED, 'expired', 'deadline_passed'],
    [status.CANCELLED, 'cancelled', 'call_cancelled'],
    [status.UNIMPLEMENTED, 'internal', 'cases_answered_unimplemented'],
    [status.UNKNOWN, 'internal', 'cases_answered_unknown'],
    [status.OUT_OF_RANGE, 'invalid', 'cases_answered_out_of_range'],
  ])('%s becomes %s: %s', (code, kind, reason) => {
    const back = faultFromStatus({ code, metadata: new Metadata() }, 'cases');
    expect([back.kind, back.reason]).toEqual([kind, reason]);
  });

  it.each([
    ['Received RST_STREAM with code 2 (Internal server error)', 'unavailable', 'cases_unavailable'],
    ['something else', 'internal', 'cases_answered_internal'],
  ])('of a connection that broke is nobody’s answer: %s', (details, kind, reason) => {
    const back = faultFromStatus({ code: status.INTERNAL, details }, 'cases');
    expect(back).toMatchObject({ kind, reason });
  });

  it('is read the same when the details are not ours or cut off', () => {
    const metadata = new Metadata();
    metadata.set('grpc-status-details-bin', Buffer.from([0x1a, 0xff, 0x01]));
    const back = faultFromStatus({ code: status.UNAVAILABLE, metadata }, 'cases');
    expect(back.reason).toBe('cases_unavailable');
  });
});
