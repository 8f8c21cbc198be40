import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AllocationLine,
  allocate,
  changesOf,
  type Claim,
  creditOf,
  type PaymentCommand,
  recordPayment,
  reversePayment,
} from './payment.ts';

function claim(
  receivableId: string,
  dueDate: string,
  openMinor: bigint,
  extra: Partial<Claim> = {},
): Claim {
  return { receivableId, dueDate, costsMinor: 0n, interestMinor: 0n, openMinor, ...extra };
}

const said = (lines: readonly AllocationLine[]): string[] =>
  lines.map((one) => `${one.line} ${one.receivableId ?? '-'} ${one.part} ${one.amountMinor}`);

const two = [claim('b', '2026-02-01', 500n), claim('a', '2026-01-01', 300n)];

describe('a payment', () => {
  it.each<[string, bigint, readonly Claim[], string[]]>([
    ['pays the receivable due first', 200n, two, ['1 a principal 200']],
    ['goes on to the next', 400n, two, ['1 a principal 300', '2 b principal 100']],
    ['of all that is owed leaves nothing', 800n, two, ['1 a principal 300', '2 b principal 500']],
    [
      'above what is owed is held as credit',
      801n,
      two,
      ['1 a principal 300', '2 b principal 500', '3 - credit 1'],
    ],
    ['with nothing owed is all credit', 5n, [], ['1 - credit 5']],
    [
      'pays costs, then interest, then principal',
      120n,
      [
        claim('a', '2026-01-01', 100n, { interestMinor: 10n }),
        claim('b', '2026-02-01', 100n, { costsMinor: 5n, interestMinor: 3n }),
      ],
      ['1 b costs 5', '2 a interest 10', '3 b interest 3', '4 a principal 100', '5 b principal 2'],
    ],
    [
      'among those due on one day goes by id',
      10n,
      [claim('y', '2026-01-01', 8n), claim('x', '2026-01-01', 8n)],
      ['1 x principal 8', '2 y principal 2'],
    ],
  ])('%s', (_name, amount, claims, lines) => {
    expect(said(allocate(amount, claims))).toEqual(lines);
  });

  it('adds up to the minor unit, never over-pays a claim, and comes back exactly', () => {
    const minor = fc.bigInt({ min: 0n, max: 10_000n });
    const claims = fc.array(
      fc.record({
        receivableId: fc.uuid(),
        dueDate: fc.constantFrom('2026-01-01', '2026-01-02', '2026-02-01'),
        costsMinor: minor,
        interestMinor: minor,
        openMinor: minor,
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 200_000n }), claims, (amount, owed) => {
        const lines = allocate(amount, owed);
        expect(lines.reduce((sum, one) => sum + one.amountMinor, 0n)).toBe(amount);
        const total = owed.reduce(
          (sum, c) => sum + c.costsMinor + c.interestMinor + c.openMinor,
          0n,
        );
        expect(creditOf(lines)).toBe(amount > total ? amount - total : 0n);
        for (const change of changesOf(lines)) {
          const of = owed.find((one) => one.receivableId === change.receivableId);
          expect(change.openMinor <= (of?.openMinor ?? -1n)).toBe(true);
          expect(change.costsMinor <= (of?.costsMinor ?? -1n)).toBe(true);
        }
        const back = reversePayment({ paymentId: 'p', isReversed: false }, lines);
        const both = changesOf([...lines, ...back]);
        expect(both.every((c) => c.costsMinor + c.interestMinor + c.openMinor === 0n)).toBe(true);
        expect(creditOf(back)).toBe(-creditOf(lines));
      }),
    );
  });
});

const open = { caseId: 'c', state: 'OPEN' as const, currency: 'CNY' };

function command(changes: Partial<PaymentCommand> = {}): PaymentCommand {
  const today = Temporal.PlainDate.from('2026-03-10');
  return { amount: { currency: 'CNY', minor: 100n }, receivedOn: today, today, ...changes };
}

describe('recording a payment', () => {
  it('settles the case when nothing is left', () => {
    expect(recordPayment(open, [claim('a', '2026-01-01', 100n)], command()).settlesCase).toBe(true);
    expect(recordPayment(open, [claim('a', '2026-01-01', 101n)], command()).settlesCase).toBe(
      false,
    );
  });

  it.each([
    [
      'case_closed',
      { ...open, state: 'CLOSED' as const },
      command({
        amount: { currency: 'USD', minor: 1n },
      }),
    ],
    [
      'currencies_differ',
      open,
      command({
        amount: { currency: 'USD', minor: 1n },
        receivedOn: Temporal.PlainDate.from('2026-03-11'),
      }),
    ],
    [
      'amount_too_large',
      open,
      command({
        amount: { currency: 'CNY', minor: 10n ** 15n + 1n },
        receivedOn: Temporal.PlainDate.from('2026-03-11'),
      }),
    ],
    ['received_in_future', open, command({ receivedOn: Temporal.PlainDate.from('2026-03-11') })],
  ])('is refused as %s before all that follows', (reason, file, wanted) => {
    expect(() => recordPayment(file, two, wanted)).toThrow(expect.objectContaining({ reason }));
  });

  it('cannot be taken back twice', () => {
    expect(() => reversePayment({ paymentId: 'p', isReversed: true }, [])).toThrow(
      expect.objectContaining({ kind: 'refused', reason: 'payment_already_reversed' }),
    );
  });
});
