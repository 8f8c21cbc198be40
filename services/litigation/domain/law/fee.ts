import { divide, type Money } from '@recourse/kit/money.ts';
import { type Dated, dayAt, inForce, refOf, type RuleRef, wrongField } from './dated.ts';
import {
  byBrackets,
  cappedAt,
  cny,
  type Derivation,
  dividedBy,
  feeBase,
  type FeeLine,
  type FeeRange,
  type FeeTables,
  flat,
  type HalvedBy,
  refunded,
  type RefundedBy,
  roundedMinor,
} from './fee-schedule.ts';

type Law = { readonly fees: FeeTables };

export type FeeKind =
  | 'acceptance'
  | 'preservation'
  | 'payment_order'
  | 'enforcement'
  | 'bankruptcy';

/** Who pays first. Enforcement and bankruptcy fees are not prepaid (办法 art. 20). */
export type Advancer = 'plaintiff' | 'appellant' | 'applicant' | 'objector' | 'nobody';

/** Who bears it in the end, before the outcome is known (办法 art. 29–38). */
export type Bearing =
  | 'losing_party'
  | 'debtor_unless_objection'
  | 'applicant_may_claim_in_suit'
  | 'enforced_party'
  | 'bankruptcy_estate'
  | 'objector';

export type Fee = {
  kind: FeeKind;
  /** To the fen, rounded half-up once; where the law leaves a range, its upper end. */
  amount: Money;
  /** The same to the yuan, half-up: the text names no unit and courts differ (legal.md 2.2). */
  wholeYuan: Money;
  range?: { least: Money; most: Money };
  /** They add up to `amount`. */
  lines: FeeLine[];
  rounding: 'half-up';
  prepaid: boolean;
  payWithinDays?: number;
  advancedBy: Advancer;
  borneBy: Bearing;
  rule: RuleRef;
};

/** What is asked of the court, as far as the fee depends on it (办法 art. 13). */
export type Claim =
  | { kind: 'property'; amount: Money }
  | { kind: 'divorce'; property?: Money }
  | { kind: 'personality'; damages?: Money }
  | { kind: 'intellectual_property'; amount?: Money }
  | { kind: 'other' | 'labour' | 'jurisdiction' };

type Priced = { derivation: Derivation; row: Dated<unknown>; range?: FeeRange };

function finish(
  { derivation, row, range }: Priced,
  rest: Pick<Fee, 'kind' | 'prepaid' | 'advancedBy' | 'borneBy'> & { payWithinDays?: number },
): Fee {
  const minor = roundedMinor(derivation);
  return {
    ...rest,
    amount: cny(minor),
    wholeYuan: cny(divide(minor, 100n, 'half-up') * 100n),
    ...(range === undefined
      ? {}
      : { range: { least: cny(range.leastMinor), most: cny(range.mostMinor) } }),
    lines: derivation.lines,
    rounding: 'half-up',
    rule: refOf(row),
  };
}

function ranged(row: Dated<FeeRange>): Priced {
  const { leastMinor, mostMinor } = row.value;
  return { derivation: flat(mostMinor, 'range'), row, range: { leastMinor, mostMinor } };
}

/** A range for the case itself and brackets for the money in it; the range moves with them. */
function rangedWith(
  row: Dated<FeeRange & { brackets: FeeTables['property'][number]['value'] }>,
  amount: Money | undefined,
  field: string,
): Priced {
  if (amount === undefined) return ranged(row);
  const most = flat(row.value.mostMinor, 'range');
  const onTop = byBrackets(feeBase(amount, field), row.value.brackets);
  const derivation = {
    numerator: onTop.numerator + row.value.mostMinor * onTop.denominator,
    denominator: onTop.denominator,
    lines: [...most.lines, ...onTop.lines],
  };
  const extra = roundedMinor(onTop);
  const { leastMinor, mostMinor } = row.value;
  const range = { leastMinor: leastMinor + extra, mostMinor: mostMinor + extra };
  return { derivation, row, range };
}

function byProperty(amount: Money, field: string, on: string, law: Law): Priced {
  const row = inForce(law.fees.property, on);
  return { derivation: byBrackets(feeBase(amount, field), row.value), row };
}

function priced(claim: Claim, on: string, { fees }: Law): Priced {
  switch (claim.kind) {
    case 'property':
      return byProperty(claim.amount, '/claim/amount', on, { fees });
    case 'divorce':
      return rangedWith(inForce(fees.divorce, on), claim.property, '/claim/property');
    case 'personality':
      return rangedWith(inForce(fees.personality, on), claim.damages, '/claim/damages');
    case 'intellectual_property':
      return claim.amount === undefined
        ? ranged(inForce(fees.intellectualProperty, on))
        : byProperty(claim.amount, '/claim/amount', on, { fees });
    case 'other':
      return ranged(inForce(fees.other, on));
    case 'jurisdiction':
      return ranged(inForce(fees.jurisdiction, on));
    case 'labour': {
      const row = inForce(fees.labour, on);
      return { derivation: flat(row.value.flatMinor, 'flat'), row };
    }
  }
}

/** Halves once, however many grounds there are (民诉法解释 art. 206). */
function halved(
  sum: Priced,
  halvedBy: readonly HalvedBy[],
  stage: string,
  on: string,
  law: Law,
): Priced {
  if (halvedBy.length === 0) return sum;
  const { divisor, firstInstanceOnly } = inForce(law.fees.halving, on).value;
  const wrong = halvedBy.find((one) => stage !== 'first' && firstInstanceOnly.includes(one));
  if (wrong !== undefined) {
    const repair = 'leave it out: this ground exists at first instance only';
    throw wrongField('/halvedBy', 'halving_not_at_stage', repair, { halvedBy: wrong, stage });
  }
  const { range } = sum;
  return {
    ...sum,
    derivation: dividedBy(sum.derivation, divisor, 'halved'),
    ...(range === undefined
      ? {}
      : {
          range: {
            leastMinor: divide(range.leastMinor, divisor, 'half-up'),
            mostMinor: divide(range.mostMinor, divisor, 'half-up'),
          },
        }),
  };
}

/**
 * The fee for accepting a case (案件受理费), on the amount claimed, on the appealed part at appeal
 * (办法 art. 17), on the contested part at retrial (art. 19). `on` is the day of filing.
 * legal.md 2.1; 诉讼费用交纳办法 art. 13, 15–19, 27.
 */
export function acceptanceFee(
  o: {
    claim: Claim;
    stage?: 'first' | 'appeal' | 'retrial';
    halvedBy?: readonly HalvedBy[];
    /** Nothing stays due, and what was advanced comes back (art. 27). */
    refundedBy?: RefundedBy;
    on: string;
  },
  law: Law,
): Fee {
  const on = dayAt(o.on, '/on').toString();
  const stage = o.stage ?? 'first';
  const whole = halved(priced(o.claim, on, law), o.halvedBy ?? [], stage, on, law);
  const sum =
    o.refundedBy === undefined
      ? whole
      : { derivation: refunded(whole.derivation), row: inForce(law.fees.refund, on) };
  const isObjection = o.claim.kind === 'jurisdiction';
  const first = isObjection ? 'objector' : 'plaintiff';
  return finish(sum, {
    kind: 'acceptance',
    prepaid: !isObjection,
    payWithinDays: inForce(law.fees.payWithin, on).value.days,
    advancedBy: stage === 'first' ? first : stage === 'appeal' ? 'appellant' : 'applicant',
    borneBy: isObjection ? 'objector' : 'losing_party',
  });
}

/** Preservation fee (保全申请费) on the property actually preserved; none for no amount. 2.2. */
export function preservationFee(o: { amount?: Money; on: string }, law: Law): Fee {
  const row = inForce(law.fees.preservation, dayAt(o.on, '/on').toString());
  const derivation =
    o.amount === undefined
      ? flat(row.value.noAmountMinor, 'flat')
      : cappedAt(byBrackets(feeBase(o.amount, '/amount'), row.value.brackets), row.value.capMinor);
  return finish(
    { derivation, row },
    {
      kind: 'preservation',
      prepaid: true,
      advancedBy: 'applicant',
      borneBy: 'applicant_may_claim_in_suit',
    },
  );
}

/** Payment-order fee (支付令申请费): a third of the acceptance fee. legal.md 2.2. */
export function paymentOrderFee(o: { amount: Money; on: string }, law: Law): Fee {
  const on = dayAt(o.on, '/on').toString();
  const row = inForce(law.fees.paymentOrder, on);
  const full = byProperty(o.amount, '/amount', on, law).derivation;
  const derivation = dividedBy(full, row.value.divisor, 'third');
  return finish(
    { derivation, row },
    {
      kind: 'payment_order',
      prepaid: true,
      advancedBy: 'applicant',
      borneBy: 'debtor_unless_objection',
    },
  );
}

/** Enforcement fee (执行申请费): not prepaid, borne by the party enforced against. 2.2. */
export function enforcementFee(o: { amount?: Money; on: string }, law: Law): Fee {
  const row = inForce(law.fees.enforcement, dayAt(o.on, '/on').toString());
  const sum: Priced =
    o.amount === undefined
      ? ranged({ ...row, value: row.value.noAmount })
      : { derivation: byBrackets(feeBase(o.amount, '/amount'), row.value.brackets), row };
  return finish(sum, {
    kind: 'enforcement',
    prepaid: false,
    advancedBy: 'nobody',
    borneBy: 'enforced_party',
  });
}

/** Bankruptcy filing fee (破产申请费) on the estate: paid out of it after liquidation. 2.2. */
export function bankruptcyFee(o: { estate: Money; on: string }, law: Law): Fee {
  const on = dayAt(o.on, '/on').toString();
  const row = inForce(law.fees.bankruptcy, on);
  const full = byProperty(o.estate, '/estate', on, law).derivation;
  const derivation = cappedAt(dividedBy(full, row.value.divisor, 'halved'), row.value.capMinor);
  return finish(
    { derivation, row },
    {
      kind: 'bankruptcy',
      prepaid: false,
      advancedBy: 'nobody',
      borneBy: 'bankruptcy_estate',
    },
  );
}
