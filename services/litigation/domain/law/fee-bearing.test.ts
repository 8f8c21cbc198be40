import { describe, expect, it } from '@jest/globals';
import { fees } from '../../rules/law/fees.ts';
import { acceptanceFee, enforcementFee, paymentOrderFee, preservationFee } from './fee.ts';
import { bearFee, type FeeOutcome } from './fee-bearing.ts';

const law = { fees };
const on = '2026-03-02';
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const amount = cny(50_000_000n);
const acceptance = acceptanceFee({ claim: { kind: 'property', amount }, on }, law);

describe('an acceptance fee of 8,800', () => {
  it.each<[FeeOutcome, bigint, bigint, bigint, boolean]>([
    ['won', 0n, 880_000n, 0n, false],
    ['lost', 880_000n, 0n, 0n, false],
    ['mediated', 880_000n, 0n, 0n, true],
    ['withdrawn', 880_000n, 0n, 0n, false],
    ['not_accepted', 0n, 0n, 880_000n, false],
    ['dismissed', 0n, 0n, 880_000n, false],
    ['remanded', 0n, 0n, 880_000n, false],
  ])('when %s falls %s / %s with %s back', (kind, claimant, defendant, refund, agreed) => {
    expect(bearFee(acceptance, { kind })).toMatchObject({
      claimant: cny(claimant),
      defendant: cny(defendant),
      refund: cny(refund),
      agreed,
    });
  });

  it('partly won is divided as the court says', () => {
    expect(bearFee(acceptance, { kind: 'partly_won', claimantShareBps: 2_500 })).toMatchObject({
      claimant: cny(220_000n),
      defendant: cny(660_000n),
    });
  });

  it('paid in full and halved afterwards comes back by half', () => {
    const halved = acceptanceFee(
      { claim: { kind: 'property', amount }, halvedBy: ['withdrawn'], on },
      law,
    );
    expect(bearFee(halved, { kind: 'withdrawn', advanced: acceptance.amount })).toMatchObject({
      claimant: cny(440_000n),
      refund: cny(440_000n),
    });
  });

  it.each([
    [{ kind: 'partly_won' } as const, 'share_needed'],
    [{ kind: 'partly_won', claimantShareBps: 10_001 } as const, 'share_out_of_range'],
    [{ kind: 'no_objection' } as const, 'outcome_not_of_fee'],
  ])('with %o is refused', (outcome, reason) => {
    expect(() => bearFee(acceptance, outcome)).toThrow(reason);
  });
});

describe('other fees', () => {
  it('of a payment order fall on the debtor without objection, else on the applicant', () => {
    const fee = paymentOrderFee({ amount, on }, law);
    expect(bearFee(fee, { kind: 'no_objection' }).defendant).toEqual(fee.amount);
    expect(bearFee(fee, { kind: 'objection' }).claimant).toEqual(fee.amount);
  });

  it('of enforcement fall on the party enforced against and were never advanced', () => {
    const fee = enforcementFee({ amount, on }, law);
    expect(bearFee(fee, { kind: 'enforced' })).toMatchObject({
      defendant: fee.amount,
      refund: cny(0n),
    });
  });

  it('of preservation follow the suit', () => {
    const fee = preservationFee({ amount, on }, law);
    expect(bearFee(fee, { kind: 'won' }).defendant).toEqual(fee.amount);
    expect(bearFee(fee, { kind: 'lost' }).claimant).toEqual(fee.amount);
  });
});
