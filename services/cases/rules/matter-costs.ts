import type { Dated } from '../domain/rule.ts';

export type MatterCosts = {
  /** Costs that the debtor owes beside the debt, by litigation's word for them. */
  readonly onDebtor: readonly string[];
};

/**
 * Who bears what a matter costs. The loser bears the court's fees (诉讼费用交纳办法 29), the debtor
 * those of enforcement (38) and of an undisputed payment order (36). Lawyers, travel and sureties
 * are owed only where the contract says so; those stay with the creditor and are only shown.
 */
export const matterCosts: readonly Dated<MatterCosts>[] = [
  {
    rule: 'matter_costs',
    effectiveFrom: '0001-01-01',
    source: '诉讼费用交纳办法 6, 29, 36, 38',
    value: {
      onDebtor: [
        'acceptance_fee',
        'preservation_fee',
        'payment_order_fee',
        'appeal_fee',
        'enforcement_fee',
        'announcement_fee',
        'appraisal_fee',
      ],
    },
  },
];
