import { type Day, daysBetween, day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { decimalText } from '@recourse/kit/money.ts';
import type {
  Procedure,
  Proceeding,
  SmallClaimsBasis,
  SmallClaimsStanding,
} from '@recourse/proto/litigation/v1/matters.ts';
import { whyOf } from './fees.ts';
import { rowOn } from './law/dated.ts';
import { provinceCode, smallClaims, type SmallClaimsTables } from './law/small-claims.ts';
import { claimed, type Matter } from './matter.ts';

type Claiming = Pick<Matter, 'claims' | 'currency' | 'province'>;
type Asked = { smallClaims?: SmallClaimsBasis | undefined; on: string };

const untold: SmallClaimsStanding = {
  verdict: 'unknown',
  asks: '',
  mandatoryUpTo: undefined,
  byAgreementUpTo: undefined,
  wage: undefined,
  wageYear: 0,
  why: undefined,
  wageWhy: undefined,
};

/**
 * Whether what a matter claims may go to small claims, filed on a day (民诉法 165, 解释 272;
 * legal.md 2.4). Every claim of a matter is for money, which is all that small claims are for. What
 * cannot be told is `unknown` and names what is wanted, never a guess.
 */
export function standingOf(
  matter: Claiming,
  { smallClaims: basis, on }: Asked,
  law: SmallClaimsTables,
): SmallClaimsStanding {
  const amount = claimed(matter);
  if (amount.currency !== 'CNY' || amount.minor <= 0n) {
    return { ...untold, asks: 'amount_in_yuan' };
  }
  // Before 2022 the ceilings were others; the table begins with those of today.
  if (rowOn(law.smallClaims.limits, on) === undefined) return untold;
  const wage = basis?.wage;
  const province = provinceCode(matter.province, law);
  if (province === undefined && wage === undefined) return { ...untold, asks: 'province' };
  const found = smallClaims(
    // A wage that was given is that of the court's province, whatever the matter says.
    {
      province: province ?? Object.keys(law.smallClaims.provinces)[0] ?? '',
      filedOn: on,
      amount,
      ...(wage === undefined ? {} : { wage }),
    },
    law,
  );
  const { wageYear } = found;
  const why = whyOf(found.rule);
  if (found.state === 'unknown') return { ...untold, asks: found.asks, wageYear, why };
  return {
    verdict: found.state,
    asks: '',
    mandatoryUpTo: found.half,
    byAgreementUpTo: found.twice,
    wage: found.wage,
    wageYear,
    why,
    wageWhy: found.wageRule === undefined ? undefined : whyOf(found.wageRule),
  };
}

/** The standing of a proceeding by the day it was filed, else of today; none for other ones. */
export function standingShown(
  matter: Claiming,
  proceeding: Proceeding,
  on: string,
  law: SmallClaimsTables,
): SmallClaimsStanding | undefined {
  if (proceeding.procedure !== 'PROCEDURE_SMALL_CLAIMS') return undefined;
  return standingOf(matter, { smallClaims: proceeding.smallClaims, on }, law);
}

/**
 * What is given for small claims fits. Faults: `invalid` small_claims_basis_out_of_place,
 * wage_not_in_yuan; `refused` day_in_future.
 */
export function checkBasis(
  procedure: Procedure,
  basis: SmallClaimsBasis | undefined,
  today: Day,
): void {
  if (basis === undefined) return;
  if (procedure !== 'PROCEDURE_SMALL_CLAIMS') {
    throw fault('invalid', 'small_claims_basis_out_of_place', { procedure });
  }
  const { wage, agreedOn: on } = basis;
  if (wage !== undefined && wage.currency !== 'CNY') {
    throw fault('invalid', 'wage_not_in_yuan', { currency: wage.currency });
  }
  if (on !== '' && daysBetween(today, day(on)) > 0) {
    throw fault('refused', 'day_in_future', { on, today: today.toString() });
  }
}

/**
 * Refuses small claims for more than they are for; what cannot be told is not refused. Faults
 * `refused`: small_claim_above_ceiling above twice the average wage; small_claim_needs_agreement
 * above half of it without an agreement of both parties (民诉法 165).
 */
export function checkSmallClaim(
  matter: Claiming,
  asked: Asked & { procedure: Procedure },
  law: SmallClaimsTables,
): void {
  if (asked.procedure !== 'PROCEDURE_SMALL_CLAIMS') return;
  const { verdict, mandatoryUpTo, byAgreementUpTo, wageYear } = standingOf(matter, asked, law);
  if (mandatoryUpTo === undefined || byAgreementUpTo === undefined) return;
  const facts = {
    claimed: decimalText(claimed(matter)),
    mandatoryUpTo: decimalText(mandatoryUpTo),
    byAgreementUpTo: decimalText(byAgreementUpTo),
    wageYear,
  };
  if (verdict === 'not_available') throw fault('refused', 'small_claim_above_ceiling', facts);
  const agreedOn = asked.smallClaims?.agreedOn ?? '';
  if (verdict === 'by_agreement' && agreedOn === '') {
    throw fault('refused', 'small_claim_needs_agreement', facts);
  }
}
