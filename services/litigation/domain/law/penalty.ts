import { compare, type Money, share, subtract, zero } from '@recourse/kit/money.ts';
import { dayAt, inForce, refOf, type RuleRef } from './dated.ts';
import type { WithRates } from './rate.ts';

export type PenaltyGuide = {
  /** The loss and 30 % over it. */
  ceiling: Money;
  /** What lies above; a court may cut it on the debtor's request, and is not bound to. */
  excess: Money;
  excessive: boolean;
  rule: RuleRef;
};

/**
 * Whether an agreed penalty is generally held excessive (民法典 art. 585; 合同编通则解释 art. 65).
 * Guidance only: malicious breach is generally not relieved. Fault `invalid` `currencies_differ`.
 */
export function penaltyGuide(
  o: { agreed: Money; loss: Money; on: string },
  law: WithRates,
): PenaltyGuide {
  const row = inForce(law.rates.penalty, dayAt(o.on, '/on').toString());
  const bps = BigInt(10_000 + row.value.overLossBps);
  const ceiling = share(o.loss, bps, 10_000n, 'half-up');
  const excessive = compare(o.agreed, ceiling) > 0;
  const excess = excessive ? subtract(o.agreed, ceiling) : zero(o.agreed.currency);
  return { ceiling, excess, excessive, rule: refOf(row) };
}
