import type { CreditPolicy, Grade, PolicyRow } from '@recourse/proto/credit/v1/ratings.ts';

const net = (netDays: number) => ({ prepaid: false, netDays, discountBps: 0, discountDays: 0 });
const discounted = { prepaid: false, netDays: 30, discountBps: 200, discountDays: 10 };
const prepaid = { prepaid: true, netDays: 0, discountBps: 0, discountDays: 0 };

type Terms = NonNullable<PolicyRow['terms']>;

/** Limits in CNY minor units. */
function row(
  grade: Grade,
  pdUpToBps: number,
  limitMinor: bigint,
  terms: Terms,
  rest: [guaranteeRequired: boolean, reviewMonths: number, admissible: boolean, equity: number],
): PolicyRow {
  const [guaranteeRequired, reviewMonths, admissible, equityShareBps] = rest;
  return {
    grade,
    pdUpToBps,
    limit: { currency: 'CNY', minor: limitMinor },
    terms,
    guaranteeRequired,
    reviewMonths,
    admissible,
    equityShareBps,
  };
}

/**
 * Grade to limit and terms as shipped; an organisation may keep its own table. Terms are those of
 * domain.md section 5; the amounts are the house's defaults.
 */
export const shippedPolicies: readonly CreditPolicy[] = [
  {
    policyVersion: 'shipped-2026-01',
    own: false,
    effectiveFrom: '2026-01-01',
    source: 'house rule (credit course); amounts are defaults',
    limitAlarmBps: 9_000,
    version: 0n,
    writtenBy: undefined,
    writtenAt: undefined,
    note: '',
    rows: [
      row('GRADE_AAA', 10, 10_000_000_00n, net(90), [false, 12, true, 2_000]),
      row('GRADE_AA', 30, 5_000_000_00n, net(90), [false, 12, true, 2_000]),
      row('GRADE_A', 80, 3_000_000_00n, net(60), [false, 12, true, 1_500]),
      row('GRADE_BBB', 200, 1_500_000_00n, net(60), [false, 12, true, 1_500]),
      row('GRADE_BB', 450, 800_000_00n, discounted, [false, 6, true, 1_000]),
      row('GRADE_B', 900, 300_000_00n, net(30), [false, 6, true, 1_000]),
      row('GRADE_CCC', 1_800, 100_000_00n, net(7), [true, 3, true, 500]),
      row('GRADE_CC', 3_500, 0n, prepaid, [true, 3, true, 0]),
      row('GRADE_C', 6_000, 0n, prepaid, [true, 1, false, 0]),
      row('GRADE_D', 10_000, 0n, prepaid, [true, 1, false, 0]),
    ],
  },
];
