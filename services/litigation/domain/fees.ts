import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { Fee as FeeMessage, Proceeding, Why } from '@recourse/proto/litigation/v1/matters.ts';
import type { RuleRef } from './law/dated.ts';
import {
  acceptanceFee,
  bankruptcyFee,
  enforcementFee,
  type Fee,
  paymentOrderFee,
  preservationFee,
} from './law/fee.ts';
import type { FeeTables, HalvedBy, RefundedBy } from './law/fee-schedule.ts';

type Law = { readonly fees: FeeTables };

/** A rule as screens show it. */
export function whyOf(rule: RuleRef, facts: Readonly<Record<string, string>> = {}): Why {
  const { source, grade, effectiveFrom } = rule;
  return { rule: rule.rule, source, facts: { grade, ...facts }, effectiveFrom };
}

export function feeMessage(fee: Fee): FeeMessage {
  return {
    exact: fee.amount,
    rounded: fee.wholeYuan,
    prepaid: fee.prepaid,
    borneBy: fee.borneBy,
    why: whyOf(fee.rule),
    lines: fee.lines.map(({ step, above, upTo, base, rateBps, amount }) => ({
      step,
      above,
      upTo,
      base,
      rateBps: rateBps ?? 0,
      amount,
    })),
    payWithinDays: fee.payWithinDays ?? 0,
    least: fee.range?.least,
  };
}

/** Fees are computed in yuan only. */
function inYuan(amount: Money): Money {
  if (amount.currency !== 'CNY') {
    throw fault('invalid', 'fees_only_in_cny', { currency: amount.currency });
  }
  return amount;
}

/** All fees for one amount, as the calculator shows them. Fault: `invalid` fees_only_in_cny. */
export function allFees(given: Money, on: string, law: Law): { name: string; fee: FeeMessage }[] {
  const amount = inYuan(given);
  const claim = { kind: 'property' as const, amount };
  const fees: [string, Fee][] = [
    ['acceptance', acceptanceFee({ claim, on }, law)],
    ['acceptance_halved', acceptanceFee({ claim, on, halvedBy: ['simplified'] }, law)],
    ['appeal', acceptanceFee({ claim, on, stage: 'appeal' }, law)],
    ['payment_order', paymentOrderFee({ amount, on }, law)],
    ['preservation', preservationFee({ amount, on }, law)],
    ['enforcement', enforcementFee({ amount, on }, law)],
    ['bankruptcy', bankruptcyFee({ estate: amount, on }, law)],
  ];
  return fees.map(([name, fee]) => ({ name, fee: feeMessage(fee) }));
}

const endings: Readonly<Record<string, HalvedBy>> = {
  mediated: 'mediated',
  withdrawn: 'withdrawn',
};

const refunds: Readonly<Record<string, RefundedBy>> = {
  rejected: 'not_accepted',
  dismissed: 'dismissed',
  remanded: 'remanded',
};

type Seen = Pick<Proceeding, 'procedure' | 'stage' | 'appealed'>;

function suitFee(
  amount: Money,
  { stage }: Seen,
  on: string,
  law: Law,
  own: { halvedBy?: HalvedBy; stage?: 'appeal' } = {},
): Fee {
  const halvedBy = [own.halvedBy, endings[stage]].filter((one) => one !== undefined);
  const refundedBy = refunds[stage];
  return acceptanceFee(
    {
      claim: { kind: 'property', amount },
      halvedBy,
      on,
      ...(own.stage === undefined ? {} : { stage: own.stage }),
      ...(refundedBy === undefined ? {} : { refundedBy }),
    },
    law,
  );
}

/**
 * The official fee of a proceeding for what is asked in it, by its procedure and how it ended
 * (legal.md 2.1, 2.2); none in another currency than yuan, or for lodging a claim in bankruptcy.
 */
export function lawFeeOf(seen: Seen, asked: Money, on: string, law: Law): Fee | undefined {
  if (asked.currency !== 'CNY' || asked.minor <= 0n) return undefined;
  const amount = asked;
  switch (seen.procedure) {
    case 'PROCEDURE_PAYMENT_ORDER':
      return paymentOrderFee({ amount, on }, law);
    case 'PROCEDURE_PRESERVATION_PRE_SUIT':
    case 'PROCEDURE_PRESERVATION_IN_SUIT':
      return preservationFee({ amount, on }, law);
    case 'PROCEDURE_SMALL_CLAIMS':
      return suitFee(amount, seen, on, law, { halvedBy: 'small_claims' });
    case 'PROCEDURE_SUMMARY':
      return suitFee(amount, seen, on, law, { halvedBy: 'simplified' });
    case 'PROCEDURE_ORDINARY':
      return suitFee(amount, seen, on, law);
    case 'PROCEDURE_APPEAL':
      return suitFee(seen.appealed ?? amount, seen, on, law, { stage: 'appeal' });
    case 'PROCEDURE_ENFORCEMENT':
      return enforcementFee({ amount, on }, law);
    case 'PROCEDURE_BANKRUPTCY_CLAIM':
    case 'PROCEDURE_UNSPECIFIED':
      return undefined;
  }
}
