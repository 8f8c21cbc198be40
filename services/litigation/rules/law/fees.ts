import type { Dated } from '../../domain/law/dated.ts';
import type { FeeTables } from '../../domain/law/fee-schedule.ts';

/** 诉讼费用交纳办法, 国务院令第481号, in force from this day; legal.md 2.1 and 2.2. */
function measure<T>(rule: string, article: string, value: T): readonly Dated<T>[] {
  const source = `诉讼费用交纳办法 (国务院令481) art. ${article}`;
  return [{ rule, effectiveFrom: '2007-04-01', source, grade: 'L', value }];
}

const yuan = (amount: bigint) => amount * 100n;

const property = [
  { upToMinor: yuan(10_000n), flatMinor: yuan(50n) },
  { upToMinor: yuan(100_000n), rateBps: 250 },
  { upToMinor: yuan(200_000n), rateBps: 200 },
  { upToMinor: yuan(500_000n), rateBps: 150 },
  { upToMinor: yuan(1_000_000n), rateBps: 100 },
  { upToMinor: yuan(2_000_000n), rateBps: 90 },
  { upToMinor: yuan(5_000_000n), rateBps: 80 },
  { upToMinor: yuan(10_000_000n), rateBps: 70 },
  { upToMinor: yuan(20_000_000n), rateBps: 60 },
  { rateBps: 50 },
];

export const fees: FeeTables = {
  property: measure('acceptance_property', '13(1)', property),
  divorce: measure('acceptance_divorce', '13(2)1', {
    leastMinor: yuan(50n),
    mostMinor: yuan(300n),
    brackets: [{ upToMinor: yuan(200_000n), rateBps: 0 }, { rateBps: 50 }],
  }),
  personality: measure('acceptance_personality', '13(2)2', {
    leastMinor: yuan(100n),
    mostMinor: yuan(500n),
    brackets: [
      { upToMinor: yuan(50_000n), rateBps: 0 },
      { upToMinor: yuan(100_000n), rateBps: 100 },
      { rateBps: 50 },
    ],
  }),
  other: measure('acceptance_other', '13(2)3', { leastMinor: yuan(50n), mostMinor: yuan(100n) }),
  intellectualProperty: measure('acceptance_intellectual_property', '13(3)', {
    leastMinor: yuan(500n),
    mostMinor: yuan(1_000n),
  }),
  labour: measure('acceptance_labour', '13(4)', { flatMinor: yuan(10n) }),
  jurisdiction: measure('jurisdiction_objection', '13(6)', {
    leastMinor: yuan(50n),
    mostMinor: yuan(100n),
  }),
  halving: measure('halving', '15, 16, 18; 民诉法解释 art. 206: once only', {
    divisor: 2n,
    grounds: {
      simplified: 'art. 16',
      small_claims: 'practice: a kind of simplified procedure, art. 16',
      mediated: 'art. 15',
      withdrawn: 'art. 15',
      joined_counterclaim: 'art. 18',
    },
    firstInstanceOnly: ['simplified', 'small_claims', 'joined_counterclaim'],
  }),
  refund: measure('fee_refund', '27', {
    not_accepted: 'art. 27 ¶2',
    dismissed: 'art. 27 ¶2',
    remanded: 'art. 27 ¶1',
  }),
  payWithin: measure('fee_payment_days', '22', { days: 7 }),
  preservation: measure('preservation_fee', '14(2)', {
    brackets: [
      { upToMinor: yuan(1_000n), flatMinor: yuan(30n) },
      { upToMinor: yuan(100_000n), rateBps: 100 },
      { rateBps: 50 },
    ],
    noAmountMinor: yuan(30n),
    capMinor: yuan(5_000n),
  }),
  paymentOrder: measure('payment_order_fee', '14(3)', { divisor: 3n }),
  enforcement: measure('enforcement_fee', '14(1)', {
    brackets: [
      { upToMinor: yuan(10_000n), flatMinor: yuan(50n) },
      { upToMinor: yuan(500_000n), rateBps: 150 },
      { upToMinor: yuan(5_000_000n), rateBps: 100 },
      { upToMinor: yuan(10_000_000n), rateBps: 50 },
      { rateBps: 10 },
    ],
    noAmount: { leastMinor: yuan(50n), mostMinor: yuan(500n) },
  }),
  bankruptcy: measure('bankruptcy_fee', '14(6)', { divisor: 2n, capMinor: yuan(300_000n) }),
};
