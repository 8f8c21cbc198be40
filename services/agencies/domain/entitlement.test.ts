import { describe, expect, it } from '@jest/globals';
import { type CommissionTerms, FixedDue } from '@recourse/proto/agencies/v1/agencies.ts';
import fc from 'fast-check';
import { type Contract, entitlements } from './entitlement.ts';
import { bands, brackets, fixed, flat, ratchet } from './sample.ts';
import { rateFor, termWords } from './terms.ts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });

function contract(terms: CommissionTerms, placedMinor = 10_000_000n): Contract {
  return { terms, rateBps: rateFor(terms, 40), term: termWords(terms, 40), placedMinor };
}

/** What payments of these many fen earn; one in court is written as a pair. */
function earned(
  terms: CommissionTerms,
  payments: readonly (bigint | readonly [bigint, 'court'])[],
  placedMinor?: bigint,
) {
  const counted = payments.map((one) =>
    typeof one === 'bigint'
      ? { minor: one, inLitigation: false }
      : { minor: one[0], inLitigation: true },
  );
  return entitlements(contract(terms, placedMinor), counted);
}

const minors = (found: readonly { commission: bigint }[]) => found.map((one) => one.commission);

describe('brackets', () => {
  // 20 % up to 10,000.00, 15 % up to 50,000.00, 10 % above.
  const terms = brackets([0n, 2000], [1_000_000n, 1500], [5_000_000n, 1000]);

  it('give each part of the sum its own rate, within one payment too', () => {
    // 2,000 + 6,000 + 3,000 on 80,000.
    expect(earned(terms, [8_000_000n])).toEqual([
      {
        commission: 1_100_000n,
        vat: 66_000n,
        rateBps: 0,
        term: 'bracket:0-1000000@2000,bracket:1000000-5000000@1500,bracket:5000000-@1000',
      },
    ]);
  });

  it('go on where the payment before ended', () => {
    const found = earned(terms, [600_000n, 600_000n, 3_800_000n, 1n, 100_000n]);
    expect(minors(found)).toEqual([120_000n, 110_000n, 570_000n, 0n, 10_000n]);
    expect(found.map((one) => one.rateBps)).toEqual([2000, 0, 1500, 1000, 1000]);
    expect(found[1]?.term).toBe('bracket:0-1000000@2000,bracket:1000000-5000000@1500');
  });

  it('end where the next begins: a payment up to the edge is in the lower one', () => {
    expect(earned(terms, [1_000_000n])[0]?.term).toBe('bracket:0-1000000@2000');
  });
});

describe('a fixed fee', () => {
  it('is earned by the first payment, and by no other', () => {
    const found = earned(fixed(200_000n), [1n, 5_000_000n, 5_000_000n]);
    expect(minors(found)).toEqual([200_000n, 0n, 0n]);
    expect(found.map((one) => one.term)).toEqual([
      'fixed:first_payment',
      'fixed:not_due',
      'fixed:not_due',
    ]);
    expect(found[0]?.vat).toBe(12_000n);
  });

  it('that is for payment in full comes with what completes it', () => {
    const terms = fixed(200_000n, FixedDue.PAID_IN_FULL);
    expect(minors(earned(terms, [9_999_999n, 1n, 500n]))).toEqual([0n, 200_000n, 0n]);
    expect(minors(earned(terms, [10_000_001n]))).toEqual([200_000n]);
    expect(minors(earned(terms, [9_999_999n]))).toEqual([0n]);
  });
});

describe('minimum, cap and retainer', () => {
  it('lift the first payment to the minimum, which the next ones use up', () => {
    const found = earned(flat(1000, { minimum: cny(50_000n) }), [100_000n, 300_000n, 200_000n]);
    expect(minors(found)).toEqual([50_000n, 0n, 10_000n]);
    expect(found.map((one) => one.term)).toEqual(['flat;minimum', 'flat;minimum', 'flat;minimum']);
    expect(minors(earned(flat(1000, { minimum: cny(50_000n) }), []))).toEqual([]);
  });

  it('stop at the cap', () => {
    const found = earned(flat(1000, { cap: cny(50_000n) }), [400_000n, 300_000n, 200_000n]);
    expect(minors(found)).toEqual([40_000n, 10_000n, 0n]);
    expect(found.map((one) => one.term)).toEqual(['flat', 'flat;cap', 'flat;cap']);
  });

  it('set what is earned off against a retainer that is credited, and not against another', () => {
    const retainer = { fee: cny(30_000n), credited: true };
    const found = earned(flat(1000, { retainer }), [200_000n, 200_000n, 100_000n]);
    expect(minors(found)).toEqual([0n, 10_000n, 10_000n]);
    expect(found.map((one) => one.term)).toEqual([
      'flat;retainer_credited',
      'flat;retainer_credited',
      'flat',
    ]);
    const apart = flat(1000, { retainer: { ...retainer, credited: false } });
    expect(minors(earned(apart, [200_000n]))).toEqual([20_000n]);
  });
});

describe('in court', () => {
  it('payments earn the uplift besides, others do not', () => {
    const found = earned(flat(1500, { litigationUpliftBps: 500 }), [
      100_000n,
      [100_000n, 'court'],
      100_000n,
    ]);
    expect(minors(found)).toEqual([15_000n, 20_000n, 15_000n]);
    expect(found.map((one) => one.rateBps)).toEqual([1500, 2000, 1500]);
    expect(found[1]?.term).toBe('flat;litigation:500');
  });

  it('the uplift is of the payment where the fee is fixed', () => {
    const terms = { ...fixed(10_000n), litigationUpliftBps: 100 };
    expect(
      minors(
        earned(terms, [
          [100_000n, 'court'],
          [100_000n, 'court'],
        ]),
      ),
    ).toEqual([11_000n, 1000n]);
  });
});

describe('VAT', () => {
  it('is on top, or inside what the rates give', () => {
    expect(earned(flat(1000, { cap: cny(10_600n) }), [106_000n])).toMatchObject([
      { commission: 10_600n, vat: 636n },
    ]);
    expect(earned(flat(1000, { vatIncluded: true }), [106_000n])).toMatchObject([
      { commission: 10_000n, vat: 600n },
    ]);
  });
});

describe('a ratchet', () => {
  // Of 100,000.00: 10 % below 30 %, 15 % below 60 %, 20 % above.
  const pairs = [
    [0, 1000],
    [3000, 1500],
    [6000, 2000],
  ] as const;

  it('gives each part its own step', () => {
    const found = earned(ratchet(false, ...pairs), [4_000_000n, 4_000_000n]);
    expect(minors(found)).toEqual([450_000n, 700_000n]);
    expect(found.map((one) => one.term)).toEqual([
      'share:0-3000@1000,share:3000-6000@1500',
      'share:3000-6000@1500,share:6000-@2000',
    ]);
  });

  it('that holds for what came before gives all of it the step reached', () => {
    const terms = ratchet(true, ...pairs);
    expect(minors(earned(terms, [2_999_999n]))).toEqual([300_000n]);
    expect(minors(earned(terms, [2_000_000n, 1_000_000n]))).toEqual([300_000n, 150_000n]);
    const all = earned(terms, [2_000_000n, 4_000_000n]);
    expect(minors(all)).toEqual([400_000n, 800_000n]);
    expect(all.map((one) => one.term)).toEqual(['share_all:6000-@2000', 'share_all:6000-@2000']);
  });

  it('has edges that no rounding moves', () => {
    // A third of 1.00 placed is 33.33 fen: 33 are below, 34 reach it.
    const terms = ratchet(true, [0, 0], [3333, 10_000]);
    expect(minors(earned(terms, [33n], 100n))).toEqual([0n]);
    expect(minors(earned(terms, [34n], 100n))).toEqual([34n]);
  });
});

const rate = fc.integer({ min: 0, max: 10_000 });
const rising = (most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: most }), { maxLength: 4 })
    .map((froms) => [0, ...froms.sort((a, b) => a - b)]);
const paired = (most: number) =>
  rising(most).chain((froms) =>
    fc
      .array(rate, { minLength: froms.length, maxLength: froms.length })
      .map((rates) => froms.map((from, index) => [from, rates[index] ?? 0] as const)),
  );
const money = fc.option(fc.bigInt({ min: 0n, max: 500_000n }).map(cny), { nil: undefined });

const model = fc.oneof(
  rate.map((one) => flat(one)),
  paired(20_000).map((pairs) => bands(...pairs)),
  paired(3_000_000).map((pairs) =>
    brackets(...pairs.map(([from, one]) => [BigInt(from), one] as const)),
  ),
  paired(9999).map((pairs) => ratchet(false, ...pairs)),
  paired(9999).map((pairs) => {
    const rates = pairs.map(([, one]) => one).sort((a, b) => a - b);
    return ratchet(true, ...pairs.map(([from], index) => [from, rates[index] ?? 0] as const));
  }),
  fc
    .tuple(fc.bigInt({ min: 0n, max: 500_000n }), fc.boolean())
    .map(([fee, full]) => fixed(fee, full ? FixedDue.PAID_IN_FULL : FixedDue.FIRST_PAYMENT)),
);

const anyTerms = fc
  .record({
    model,
    minimum: money,
    cap: money,
    retainer: fc.option(
      fc.record({ fee: fc.bigInt({ min: 0n, max: 100_000n }).map(cny), credited: fc.boolean() }),
      { nil: undefined },
    ),
    vatIncluded: fc.boolean(),
    litigationUpliftBps: fc.integer({ min: 0, max: 2000 }),
  })
  .map(({ model: made, ...more }) => ({ ...made, ...more }));

const parts = fc.array(fc.bigInt({ min: 1n, max: 1_000_000n }), { minLength: 1, maxLength: 7 });

describe('any terms', () => {
  it('give a sum paid in parts what they give it paid at once, with its VAT', () => {
    fc.assert(
      fc.property(anyTerms, parts, fc.boolean(), (terms, paid, inLitigation) => {
        const of = (amounts: readonly bigint[]) =>
          entitlements(
            contract(terms, 3_000_000n),
            amounts.map((minor) => ({ minor, inLitigation })),
          );
        const total = (found: readonly { commission: bigint; vat: bigint }[]) => [
          found.reduce((sum, one) => sum + one.commission, 0n),
          found.reduce((sum, one) => sum + one.vat, 0n),
        ];
        const whole = paid.reduce((sum, one) => sum + one, 0n);
        expect(total(of(paid))).toEqual(total(of([whole])));
      }),
      { numRuns: 1000 },
    );
  });

  it('never take anything for a payment, and never give more than the cap in all', () => {
    fc.assert(
      fc.property(anyTerms, parts, (terms, paid) => {
        const found = earned(terms, paid, 3_000_000n);
        for (const one of found) {
          expect(one.commission >= 0n && one.vat >= 0n).toBe(true);
        }
        const all = found.reduce((sum, one) => sum + one.commission, 0n);
        if (terms.cap !== undefined) expect(all <= terms.cap.minor).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
