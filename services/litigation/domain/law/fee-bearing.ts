import { type Money, share, subtract, zero } from '@recourse/kit/money.ts';
import { wrongField } from './dated.ts';
import type { Fee, FeeKind } from './fee.ts';

export const feeOutcomes = [
  'won',
  'lost',
  'partly_won',
  'mediated',
  'withdrawn',
  'not_accepted',
  'dismissed',
  'remanded',
  'no_objection',
  'objection',
  'enforced',
  'enforcement_settled',
] as const;
export type FeeOutcome = (typeof feeOutcomes)[number];

/** How the fee falls in the end. `claimant` is whoever advanced it or would have. */
export type FeeShares = {
  claimant: Money;
  defendant: Money;
  /** What the court gives back of the advance, because it was too much or is not due. */
  refund: Money;
  /** True where the parties may agree otherwise; the shares are then what holds until they do. */
  agreed: boolean;
  basis: string;
};

type Rule = { defendantBps: number | 'asked'; isFree?: true; agreed?: true; basis: string };

const acceptance: Partial<Record<FeeOutcome, Rule>> = {
  won: { defendantBps: 10_000, basis: '办法 art. 29; 民诉法解释 art. 207' },
  lost: { defendantBps: 0, basis: '办法 art. 29' },
  partly_won: { defendantBps: 'asked', basis: '办法 art. 29 ¶2: the court decides' },
  mediated: { defendantBps: 0, agreed: true, basis: '办法 art. 31: the parties agree' },
  withdrawn: { defendantBps: 0, basis: '办法 art. 34' },
  not_accepted: { defendantBps: 0, isFree: true, basis: '办法 art. 8, 27' },
  dismissed: { defendantBps: 0, isFree: true, basis: '办法 art. 8, 27' },
  remanded: { defendantBps: 0, isFree: true, basis: '办法 art. 27 ¶1' },
};

/** Who bears what by kind of fee and outcome: 诉讼费用交纳办法 art. 27–38, legal.md 2.1, 2.2. */
const rules: Record<FeeKind, Partial<Record<FeeOutcome, Rule>>> = {
  acceptance,
  payment_order: {
    no_objection: { defendantBps: 10_000, basis: '办法 art. 36' },
    objection: { defendantBps: 0, basis: '办法 art. 36: may be claimed in the suit' },
  },
  preservation: {
    won: { defendantBps: 10_000, basis: '办法 art. 38 ¶3: claimed in the suit' },
    partly_won: { defendantBps: 'asked', basis: '办法 art. 38 ¶3: claimed in the suit' },
    lost: { defendantBps: 0, basis: '办法 art. 38 ¶3' },
    withdrawn: { defendantBps: 0, basis: '办法 art. 38 ¶3' },
    mediated: { defendantBps: 0, agreed: true, basis: '办法 art. 38 ¶3' },
  },
  enforcement: {
    enforced: { defendantBps: 10_000, basis: '办法 art. 38 ¶1' },
    enforcement_settled: { defendantBps: 10_000, agreed: true, basis: '办法 art. 38 ¶2' },
  },
  bankruptcy: { enforced: { defendantBps: 10_000, basis: '办法 art. 20: out of the estate' } },
};

/**
 * Who bears a fee once the outcome is known. `claimantShareBps` is the court's division where the
 * law leaves it one; `advanced` what was paid before, `fee.amount` when nothing else is said.
 * Fault `invalid`: `outcome_not_of_fee`, `share_needed`, `share_out_of_range`.
 */
export function bearFee(
  fee: Fee,
  outcome: { kind: FeeOutcome; claimantShareBps?: number; advanced?: Money },
): FeeShares {
  const rule = rules[fee.kind][outcome.kind];
  if (rule === undefined) {
    const known = Object.keys(rules[fee.kind]).join(' ');
    const facts = { outcome: outcome.kind, fee: fee.kind };
    throw wrongField('/outcome/kind', 'outcome_not_of_fee', `choose one of ${known}`, facts);
  }
  const none = zero(fee.amount.currency);
  const due = rule.isFree === true ? none : fee.amount;
  const bps =
    rule.defendantBps === 'asked' ? askedBps(outcome.claimantShareBps) : rule.defendantBps;
  const defendant = share(due, BigInt(bps), 10_000n, 'half-up');
  const advanced = outcome.advanced ?? (fee.prepaid ? fee.amount : none);
  const over = subtract(advanced, due);
  return {
    claimant: subtract(due, defendant),
    defendant,
    refund: over.minor > 0n ? over : none,
    agreed: rule.agreed ?? false,
    basis: rule.basis,
  };
}

function askedBps(claimantShareBps: number | undefined): number {
  const field = '/outcome/claimantShareBps';
  if (claimantShareBps === undefined) {
    throw wrongField(field, 'share_needed', 'give the part the claimant bears, in 1/10,000');
  }
  if (!Number.isInteger(claimantShareBps) || claimantShareBps < 0 || claimantShareBps > 10_000) {
    const repair = 'give a whole number from 0 to 10,000';
    throw wrongField(field, 'share_out_of_range', repair, { claimantShareBps });
  }
  return 10_000 - claimantShareBps;
}
