import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  applyCredit,
  movementOf,
  refundCredit,
  reverseRefund,
  takeBack,
  takeWhatIsLeft,
} from './debtor-credit.ts';
import { allocate, type Claim, creditOf, reversePayment } from './payment.ts';

const today = Temporal.PlainDate.from('2026-03-10');
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const open = { caseId: 'c', state: 'OPEN' as const, currency: 'CNY' };

function claim(receivableId: string, dueDate: string, openMinor: bigint): Claim {
  return { receivableId, dueDate, openMinor, costsMinor: 5n, interestMinor: 3n };
}

/** 324 in all. */
const claims = [claim('b', '2026-02-01', 208n), claim('a', '2026-01-01', 100n)];

describe('credit put onto a case', () => {
  it('pays as money does: costs, interest, principal, due first', () => {
    const { lines, settlesCase } = applyCredit(open, claims, 500n, { amount: cny(120n), today });
    expect(lines.map((one) => `${one.receivableId} ${one.part} ${one.amountMinor}`)).toEqual([
      'a costs 5',
      'b costs 5',
      'a interest 3',
      'b interest 3',
      'a principal 100',
      'b principal 4',
    ]);
    expect(settlesCase).toBe(false);
  });

  it('of all that is owed settles it', () => {
    const effect = applyCredit(open, claims, 324n, { amount: cny(324n), today });
    expect(effect.settlesCase).toBe(true);
    expect(creditOf(effect.lines)).toBe(0n);
  });

  it.each<[string, object, bigint, object]>([
    ['case_closed', { ...open, state: 'CLOSED' }, 1n, { currency: 'USD', minor: 400n }],
    ['currencies_differ', open, 1n, { currency: 'USD', minor: 400n }],
    ['credit_too_small', open, 399n, cny(400n)],
    ['credit_above_open', open, 400n, cny(325n)],
  ])('is refused as %s before all that follows', (reason, file, held, amount) => {
    const given = { amount: amount as ReturnType<typeof cny>, today };
    expect(() => applyCredit(file as typeof open, claims, held, given)).toThrow(
      expect.objectContaining({ reason }),
    );
  });

  it('says in words of money what is held', () => {
    expect(() => applyCredit(open, claims, 150n, { amount: cny(200n), today })).toThrow(
      expect.objectContaining({ facts: { wanted: '2.00', held: '1.50', currency: 'CNY' } }),
    );
  });
});

describe('credit paid back', () => {
  it('is at most what is held', () => {
    expect(refundCredit(open, 100n, { amount: cny(100n), paidOn: today, today })).toBeUndefined();
  });

  it.each<[string, object, bigint, number]>([
    ['currencies_differ', { currency: 'USD', minor: 200n }, 100n, 1],
    ['refund_in_future', cny(200n), 100n, 1],
    ['credit_too_small', cny(101n), 100n, 0],
  ])('is refused as %s before all that follows', (reason, amount, held, days) => {
    const paidOn = today.add({ days });
    const command = { amount: amount as ReturnType<typeof cny>, paidOn, today };
    expect(() => refundCredit(open, held, command)).toThrow(expect.objectContaining({ reason }));
  });

  it('comes back once', () => {
    expect(reverseRefund({ refundId: 'r', isReversed: false })).toBeUndefined();
    expect(() => reverseRefund({ refundId: 'r', isReversed: true })).toThrow(
      expect.objectContaining({ kind: 'refused', reason: 'refund_already_reversed' }),
    );
  });
});

describe('credit whose money is gone', () => {
  it('goes too while it is held, and is refused once it was used', () => {
    expect(takeBack(cny(100n), 100n)).toBeUndefined();
    expect(() => takeBack(cny(100n), 99n)).toThrow(
      expect.objectContaining({ kind: 'refused', reason: 'credit_already_used' }),
    );
  });

  it('goes as far as it is left where nobody can be refused', () => {
    expect(takeWhatIsLeft(100n, 30n)).toEqual({ takenMinor: 30n, missingMinor: 70n });
    expect(takeWhatIsLeft(100n, 130n)).toEqual({ takenMinor: 100n, missingMinor: 0n });
  });
});

describe('what a payment moves', () => {
  it('is what was left over, and the same back', () => {
    const lines = allocate(400n, claims);
    expect(movementOf('cash', lines)).toEqual({ kind: 'overpaid', minor: 76n });
    const back = reversePayment({ paymentId: 'p', isReversed: false }, lines);
    expect(movementOf('cash', back)).toEqual({ kind: 'overpaid_reversed', minor: -76n });
    expect(movementOf('cash', allocate(324n, claims))).toBeUndefined();
  });

  it('out of credit is all of it', () => {
    const { lines } = applyCredit(open, claims, 99n, { amount: cny(99n), today });
    expect(movementOf('credit', lines)).toEqual({ kind: 'applied', minor: -99n });
    const back = reversePayment({ paymentId: 'p', isReversed: false }, lines);
    expect(movementOf('credit', back)).toEqual({ kind: 'applied_reversed', minor: 99n });
  });

  it('never makes money: what came in is on claims, held, or paid back', () => {
    const step = fc.record({
      what: fc.constantFrom('pay', 'apply', 'refund'),
      minor: fc.bigInt({ min: 1n, max: 500n }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let [held, received, onClaims, returned] = [0n, 0n, 0n, 0n];
        for (const { what, minor } of steps) {
          if (what === 'pay') {
            const lines = allocate(minor, claims);
            const move = movementOf('cash', lines)?.minor ?? 0n;
            [received, held, onClaims] = [received + minor, held + move, onClaims + minor - move];
          } else if (what === 'apply' && minor <= held && minor <= 324n) {
            const { lines } = applyCredit(open, claims, held, { amount: cny(minor), today });
            held += movementOf('credit', lines)?.minor ?? 0n;
            onClaims += minor;
          } else if (what === 'refund' && minor <= held) {
            refundCredit(open, held, { amount: cny(minor), paidOn: today, today });
            [held, returned] = [held - minor, returned + minor];
          }
          expect(held >= 0n).toBe(true);
          expect(onClaims + held + returned).toBe(received);
        }
      }),
    );
  });
});
