import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import fc from 'fast-check';
import { type CommissionLine, type Earning, earningOf, type PaymentFact } from './commission.ts';
import { dueCounted } from './counted.ts';
import { postings } from './ledger.ts';
import { accept, place } from './placement.ts';
import {
  agencyId,
  basis,
  brackets,
  command,
  creditor,
  earning,
  facts,
  fixed,
  flat,
  payment,
  profile,
  ratchet,
  wednesday,
} from './sample.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const today = day('2026-06-30');

/** What a case of 100,000.00 earns on under some terms, placed and accepted as the verbs do it. */
function earningBy(terms: CommissionTerms): Earning {
  const known = facts({ basis: basis({ open: cny(10_000_000n) }) });
  const offer = place(known, command({ terms }), creditor, wednesday).state;
  const made = earningOf(accept(offer, profile(), agencyId, wednesday).state);
  if (made?.counted === undefined) throw new Error('not counted');
  return made;
}

/** The n-th payment in the order of recording. */
function paid(number: number, minor: bigint, more: Partial<PaymentFact> = {}): PaymentFact {
  return payment({
    paymentId: `p${number}`,
    amount: cny(minor),
    recordedAt: wednesday.add({ hours: 24 * number }),
    ...more,
  });
}

/** The books after each of some states of knowledge has been settled. */
function settled(one: Earning, states: readonly (readonly PaymentFact[])[]): CommissionLine[] {
  const lines: CommissionLine[] = [];
  for (const payments of states) {
    lines.push(...dueCounted([one], payments, { posted: lines, today }));
  }
  return lines;
}

const short = (lines: readonly CommissionLine[]) =>
  lines.map((line) => [line.kind, line.paymentId, line.commission.minor, line.vat.minor]);

const byAmount = brackets([0n, 2000], [1_000_000n, 1000]);

describe('a payment under brackets', () => {
  it('that bounces is taken back by what it earned, and later ones move down a bracket', () => {
    const [first, second] = [paid(1, 1_000_000n), paid(2, 1_000_000n)];
    const bounced = { ...first, reversedOn: day('2026-05-02') };
    const lines = settled(earningBy(byAmount), [
      [first],
      [first, second],
      [bounced, second],
      [bounced, second, paid(3, 500_000n)],
    ]);
    expect(short(lines)).toEqual([
      ['ACCRUAL', 'p1', 200_000n, 12_000n],
      ['ACCRUAL', 'p2', 100_000n, 6_000n],
      ['CLAW_BACK', 'p1', -200_000n, -12_000n],
      ['ADJUSTMENT', 'p2', 100_000n, 6_000n],
      ['ACCRUAL', 'p3', 50_000n, 3_000n],
    ]);
    const [, , back, more] = lines;
    expect(back).toMatchObject({ payment: cny(-1_000_000n), bookedOn: day('2026-05-02') });
    expect(more).toMatchObject({
      payment: cny(0n),
      term: 'bracket:0-1000000@2000',
      rateBps: 2000,
      serial: 1,
      receivedOn: second.receivedOn,
      bookedOn: today,
    });
  });

  it('that bounces and was adjusted is taken back with its adjustments', () => {
    const [first, second] = [paid(1, 1_000_000n), paid(2, 1_000_000n)];
    const gone = { ...first, reversedOn: day('2026-05-02') };
    const both = { ...second, reversedOn: day('2026-05-03') };
    const lines = settled(earningBy(byAmount), [
      [first, second],
      [gone, second],
      [gone, both],
    ]);
    expect(short(lines).at(-1)).toEqual(['CLAW_BACK', 'p2', -200_000n, -12_000n]);
    expect(lines.reduce((sum, line) => sum + line.commission.minor, 0n)).toBe(0n);
  });

  it('entered late takes the last place, whenever it was received', () => {
    const late = paid(2, 1_000_000n, { receivedOn: day('2026-03-05') });
    const lines = settled(earningBy(byAmount), [
      [paid(1, 1_000_000n)],
      [paid(1, 1_000_000n), late],
    ]);
    expect(short(lines)).toEqual([
      ['ACCRUAL', 'p1', 200_000n, 12_000n],
      ['ACCRUAL', 'p2', 100_000n, 6_000n],
    ]);
  });

  it('that is told after one recorded later is put right by a line', () => {
    const [first, second] = [paid(1, 1_000_000n), paid(2, 1_000_000n)];
    const lines = settled(earningBy(byAmount), [[second], [second, first]]);
    expect(short(lines)).toEqual([
      ['ACCRUAL', 'p2', 200_000n, 12_000n],
      ['ACCRUAL', 'p1', 200_000n, 12_000n],
      ['ADJUSTMENT', 'p2', -100_000n, -6_000n],
    ]);
  });

  it('that bounced before it was ever accrued leaves no line', () => {
    const gone = paid(1, 5n, { reversedOn: day('2026-05-02') });
    expect(settled(earningBy(byAmount), [[gone]])).toEqual([]);
  });

  it('before acceptance counts for nothing', () => {
    const early = paid(1, 1_000_000n, { receivedOn: day('2026-03-03') });
    const lines = settled(earningBy(byAmount), [[early, paid(2, 1_000_000n)]]);
    expect(short(lines)).toEqual([['ACCRUAL', 'p2', 200_000n, 12_000n]]);
  });

  it('in another currency than the case is a defect', () => {
    const foreign = paid(1, 1n, { amount: { currency: 'USD', minor: 1n } });
    expect(() => settled(earningBy(byAmount), [[foreign]])).toThrow('payment_in_other_currency');
  });
});

describe('a fixed fee', () => {
  it('goes over to the next payment when the one that earned it bounces', () => {
    const [first, second] = [paid(1, 10n), paid(2, 20n)];
    const gone = { ...first, reversedOn: day('2026-05-02') };
    const lines = settled(earningBy(fixed(200_000n)), [
      [first, second],
      [gone, second],
    ]);
    expect(short(lines)).toEqual([
      ['ACCRUAL', 'p1', 200_000n, 12_000n],
      ['ACCRUAL', 'p2', 0n, 0n],
      ['CLAW_BACK', 'p1', -200_000n, -12_000n],
      ['ADJUSTMENT', 'p2', 200_000n, 12_000n],
    ]);
  });
});

describe('a retainer', () => {
  it('is due once, with the acceptance, and names no payment', () => {
    const retainer = { fee: cny(100_000n), credited: true };
    const lines = settled(earningBy(flat(1000, { retainer })), [[], [], [paid(1, 1_500_000n)]]);
    expect(short(lines)).toEqual([
      ['RETAINER', '', 100_000n, 6_000n],
      ['ACCRUAL', 'p1', 50_000n, 3_000n],
    ]);
    expect(lines[0]).toMatchObject({ term: 'retainer:credited', payment: cny(0n) });
    expect(lines[0]?.bookedOn.toString()).toBe('2026-03-04');
  });

  it('with VAT inside is divided into both', () => {
    const retainer = { fee: cny(106_000n), credited: false };
    const terms = flat(1000, { retainer, vatIncluded: true });
    expect(short(settled(earningBy(terms), [[]]))).toEqual([['RETAINER', '', 100_000n, 6_000n]]);
  });
});

describe('a ratchet that holds for what came before', () => {
  it('raises earlier payments by lines about them, and lowers them when one bounces', () => {
    const [first, second] = [paid(1, 2_000_000n), paid(2, 4_000_000n)];
    const gone = { ...second, reversedOn: day('2026-05-02') };
    const terms = ratchet(true, [0, 1000], [5000, 1500]);
    const lines = settled(earningBy(terms), [[first], [first, second], [first, gone]]);
    expect(short(lines)).toEqual([
      ['ACCRUAL', 'p1', 200_000n, 12_000n],
      ['ADJUSTMENT', 'p1', 100_000n, 6_000n],
      ['ACCRUAL', 'p2', 600_000n, 36_000n],
      ['CLAW_BACK', 'p2', -600_000n, -36_000n],
      ['ADJUSTMENT', 'p1', -100_000n, -6_000n],
    ]);
  });
});

describe('more in court', () => {
  it('is made up for when the matter is told after the payment', () => {
    const first = paid(1, 1_000_000n);
    const terms = flat(1000, { litigationUpliftBps: 500 });
    const lines = settled(earningBy(terms), [[first], [{ ...first, inLitigation: true }]]);
    expect(short(lines)).toEqual([
      ['ACCRUAL', 'p1', 100_000n, 6_000n],
      ['ADJUSTMENT', 'p1', 50_000n, 3_000n],
    ]);
  });
});

describe('several placements of one case', () => {
  it('are each counted for themselves, by what came in their days', () => {
    const first = { ...earningBy(byAmount), lastDay: day('2026-03-20') };
    const counted = earningBy(brackets([0n, 500])).counted;
    const second = earning({
      counted,
      placementId: 'second',
      agencyId: 'other',
      acceptedAt: wednesday.add({ hours: 480 }),
      firstDay: day('2026-03-24'),
    });
    const payments = [paid(1, 1_000_000n), paid(2, 1_000_000n, { receivedOn: day('2026-03-25') })];
    const lines = dueCounted([first, second], payments, { posted: [], today });
    expect(lines.map((line) => [line.placementId, line.paymentId, line.commission.minor])).toEqual([
      [first.placementId, 'p1', 200_000n],
      ['second', 'p2', 50_000n],
    ]);
  });
});

const anyModel = fc.constantFrom<CommissionTerms>(
  byAmount,
  fixed(200_000n),
  ratchet(false, [0, 1000], [2500, 1500], [7500, 500]),
  ratchet(true, [0, 1000], [2500, 1500], [7500, 2500]),
  flat(1233, { minimum: cny(90_000n), cap: cny(700_000n), litigationUpliftBps: 250 }),
  brackets([0n, 777], [123_457n, 1501], [6_000_001n, 33]),
  flat(1500, { vatIncluded: true, retainer: { fee: cny(250_001n), credited: true } }),
);

const told = fc.array(
  fc.record({
    minor: fc.bigInt({ min: 1n, max: 5_000_000n }),
    reversed: fc.boolean(),
    court: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Every step by which something becomes known, in a mixed order: payments, bounces, matters. */
const histories = told.chain((payments) => {
  const news = payments.flatMap(({ reversed, court }, index) => [
    { index, kind: 'recorded' as const },
    ...(reversed ? [{ index, kind: 'reversed' as const }] : []),
    ...(court ? [{ index, kind: 'court' as const }] : []),
  ]);
  return fc.record({
    payments: fc.constant(payments),
    order: fc.shuffledSubarray([...news, ...news], { minLength: news.length * 2 }),
  });
});

type History = typeof histories extends fc.Arbitrary<infer H> ? H : never;

function statesOf({ payments, order }: History): PaymentFact[][] {
  const known = new Map<number, PaymentFact>();
  return order.map(({ index, kind }) => {
    const full = paid(index + 1, payments[index]?.minor ?? 1n);
    const before = known.get(index) ?? { ...full, recordedAt: undefined };
    const more =
      kind === 'recorded'
        ? { recordedAt: full.recordedAt }
        : kind === 'reversed'
          ? { reversedOn: day('2026-05-02') }
          : { inLitigation: true };
    known.set(index, { ...before, ...more });
    return [...known.values()];
  });
}

const byPayment = (lines: readonly CommissionLine[]) => {
  const sums = new Map<string, [bigint, bigint]>();
  for (const line of lines) {
    const [commission, vat] = sums.get(line.paymentId) ?? [0n, 0n];
    sums.set(line.paymentId, [commission + line.commission.minor, vat + line.vat.minor]);
  }
  return sums;
};

describe('the books of counted terms', () => {
  it('say in the end what they would have said at once, in whatever order it became known', () => {
    fc.assert(
      fc.property(anyModel, histories, (terms, history) => {
        const states = statesOf(history);
        const one = earningBy(terms);
        const last = states.at(-1) ?? [];
        const standing = last.filter((fact) => fact.reversedOn === undefined);
        const atOnce = byPayment(settled(one, [standing]));
        const stepwise = byPayment(settled(one, states));
        for (const [paymentId, sums] of stepwise) {
          expect(sums).toEqual(atOnce.get(paymentId) ?? [0n, 0n]);
        }
        expect(settled(one, [...states, last])).toHaveLength(settled(one, states).length);
      }),
      { numRuns: 400 },
    );
  });

  it('are empty again once all has bounced, line ids never repeat and each entry balances', () => {
    fc.assert(
      fc.property(anyModel, histories, (terms, history) => {
        const states = statesOf(history);
        const gone = (states.at(-1) ?? []).map((fact) => ({
          ...fact,
          reversedOn: day('2026-06-01'),
        }));
        const lines = settled(earningBy(terms), [...states, gone]);
        const aboutPayments = lines.filter((line) => line.kind !== 'RETAINER');
        expect(aboutPayments.reduce((sum, line) => sum + line.commission.minor, 0n)).toBe(0n);
        expect(aboutPayments.reduce((sum, line) => sum + line.vat.minor, 0n)).toBe(0n);
        expect(new Set(lines.map((line) => line.lineId)).size).toBe(lines.length);
        for (const line of lines) {
          const sides = postings(line);
          expect(sides.reduce((sum, side) => sum + side.debit - side.credit, 0n)).toBe(0n);
        }
      }),
      { numRuns: 300 },
    );
  });
});
