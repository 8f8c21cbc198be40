import { describe, expect, it } from '@jest/globals';
import type { Judgment, Procedure, Proceeding } from '@recourse/proto/litigation/v1/matters.ts';
import { Matter as MatterCodec } from '@recourse/proto/litigation/v1/matters.ts';
import { law } from '../rules/law/law.ts';
import { feeShown } from './fee-shares.ts';

const on = '2026-03-02';
const cny = (yuan: bigint) => ({ currency: 'CNY', minor: yuan * 100n });
const claimed = cny(1_000_000n);

const seen = (
  procedure: Procedure,
  stage: string,
  more: Partial<Proceeding> = {},
  judgments: Partial<Judgment>[] = [],
) => {
  const proceedings = [{ proceedingId: 'p', procedure, stage, ...more }];
  const matter = MatterCodec.fromPartial({ currency: 'CNY', proceedings, judgments });
  const [one] = matter.proceedings;
  if (one === undefined) throw new Error('no proceeding');
  return feeShown(matter, one, claimed, on, law);
};

describe('the fee of a claim of a million (legal.md 2.1)', () => {
  it.each<[Procedure, string, bigint, bigint]>([
    ['PROCEDURE_ORDINARY', 'docketed', 13_800n, 0n],
    ['PROCEDURE_ORDINARY', 'withdrawn', 6_900n, 6_900n],
    ['PROCEDURE_ORDINARY', 'mediated', 6_900n, 6_900n],
    ['PROCEDURE_ORDINARY', 'rejected', 0n, 13_800n],
    ['PROCEDURE_ORDINARY', 'dismissed', 0n, 13_800n],
    // Halved once only: what was paid was half already.
    ['PROCEDURE_SUMMARY', 'withdrawn', 6_900n, 0n],
    ['PROCEDURE_SUMMARY', 'dismissed', 0n, 6_900n],
    ['PROCEDURE_APPEAL', 'filed', 13_800n, 0n],
    ['PROCEDURE_APPEAL', 'withdrawn', 6_900n, 6_900n],
    ['PROCEDURE_APPEAL', 'mediated', 6_900n, 6_900n],
    ['PROCEDURE_APPEAL', 'rejected', 0n, 13_800n],
    ['PROCEDURE_APPEAL', 'remanded', 0n, 13_800n],
  ])('of %s %s is %s, and %s come back', (procedure, stage, due, back) => {
    const fee = seen(procedure, stage);
    expect([fee?.exact, fee?.shares?.refund ?? cny(0n)]).toEqual([cny(due), cny(back)]);
    const lines = fee?.lines.map(({ amount }) => amount?.minor ?? 0n) ?? [];
    expect(lines.reduce((a, b) => a + b, 0n)).toBe(cny(due).minor);
  });
});

describe('the fee of an appeal', () => {
  const half = { judgmentId: 'j', proceedingId: 'first', principal: cny(500_000n) };
  const follows = { followsId: 'first' };

  it('is on the amount that is appealed (art. 17)', () => {
    const fee = seen('PROCEDURE_APPEAL', 'filed', { appealed: cny(500_000n) });
    expect(fee?.exact).toEqual(cny(8_800n));
  });

  it('is on what the judgment denied when nobody has said more', () => {
    expect(seen('PROCEDURE_APPEAL', 'filed', follows, [half])?.exact).toEqual(cny(8_800n));
  });

  it('falls by what the appeal brought beyond that judgment', () => {
    const own = (yuan: bigint) => ({ proceedingId: 'p', principal: cny(yuan) });
    const outcome = (yuan: bigint) =>
      seen('PROCEDURE_APPEAL', 'effective', follows, [half, own(yuan)])?.shares?.outcome;
    expect([500_000n, 750_000n, 1_000_000n].map(outcome)).toEqual(['lost', 'partly_won', 'won']);
  });
});

describe('who bears the fee of a suit of 13,800', () => {
  const judged = (judgment: Partial<Judgment>) =>
    seen('PROCEDURE_ORDINARY', 'effective', {}, [
      { judgmentId: 'j', proceedingId: 'p', principal: cny(750_000n), ...judgment },
    ])?.shares;

  it.each<[string, Partial<Judgment>, bigint, bigint, string, boolean]>([
    ['won', { principal: cny(1_000_000n) }, 0n, 13_800n, 'won', false],
    ['lost', { principal: cny(0n) }, 13_800n, 0n, 'lost', false],
    ['granted by three quarters', {}, 3_450n, 10_350n, 'partly_won', true],
    ['divided by the court', { claimantShareBps: 4_000 }, 5_520n, 8_280n, 'partly_won', false],
    ['won as the court says', { outcome: 'won' }, 0n, 13_800n, 'won', false],
  ])('when it is %s', (_name, judgment, claimant, defendant, outcome, assumed) => {
    expect(judged(judgment)).toMatchObject({
      claimant: cny(claimant),
      defendant: cny(defendant),
      outcome,
      assumed,
    });
  });

  it('is open until there is a judgment', () => {
    expect(seen('PROCEDURE_ORDINARY', 'effective')?.shares).toBeUndefined();
  });
});

describe('who bears other fees', () => {
  it.each<[Procedure, string, string | undefined]>([
    ['PROCEDURE_PAYMENT_ORDER', 'effective', 'no_objection'],
    ['PROCEDURE_PAYMENT_ORDER', 'objected', 'objection'],
    ['PROCEDURE_PAYMENT_ORDER', 'issued', undefined],
    ['PROCEDURE_ENFORCEMENT', 'completed', 'enforced'],
    ['PROCEDURE_ENFORCEMENT', 'no_assets', undefined],
    ['PROCEDURE_PRESERVATION_IN_SUIT', 'executed', undefined],
  ])('%s %s: %s', (procedure, stage, outcome) => {
    expect(seen(procedure, stage)?.shares?.outcome).toBe(outcome);
  });

  it('of a preservation follow the suit that it secured', () => {
    const matter = MatterCodec.fromPartial({
      currency: 'CNY',
      proceedings: [
        { proceedingId: 's', procedure: 'PROCEDURE_ORDINARY', stage: 'lost' },
        { proceedingId: 'p', procedure: 'PROCEDURE_PRESERVATION_IN_SUIT', stage: 'executed' },
      ],
    });
    const one = matter.proceedings.at(-1);
    const fee = one === undefined ? undefined : feeShown(matter, one, claimed, on, law);
    expect(fee?.shares).toMatchObject({ outcome: 'lost', claimant: cny(5_000n) });
  });
});
