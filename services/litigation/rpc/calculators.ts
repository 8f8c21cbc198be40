import { day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type {
  CalculatorsServiceServer,
  CalculateDoubleInterestRequest,
  CalculateInterestRequest,
  CalculateLimitationRequest,
  CheckSmallClaimRequest,
  InterestPart,
} from '@recourse/proto/litigation/v1/calculators.ts';
import { askedDeadlines, deadlineRules } from '../domain/asked-deadlines.ts';
import { askedInterest } from '../domain/asked-interest.ts';
import { askedLimitation } from '../domain/asked-limitation.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import { allFees, whyOf } from '../domain/fees.ts';
import type { InterestLine } from '../domain/law/accrual.ts';
import { judgmentInterest } from '../domain/law/judgment-interest.ts';
import { smallClaims } from '../domain/law/small-claims.ts';
import { prcCalendar } from '../rules/law/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';

function given(amount: Money | undefined): Money {
  if (amount === undefined) throw fault('invalid', 'amount_missing');
  return amount;
}

function todayOf(call: Call): string {
  return creditorDay(call.at).toString();
}

function partOf(line: InterestLine): InterestPart {
  const { from: fromDay, until: toDay, days, base, rateE8, per, basis, amount } = line;
  return { fromDay, toDay, days, base, rateE8, per, basis, interest: amount };
}

function doubleInterest(request: CalculateDoubleInterestRequest) {
  const { performBy, until } = request;
  const payments = request.payments.map(({ amount, on }) => ({ amount: given(amount), on }));
  const debts = [{ performBy, principal: given(request.amount) }];
  const made = judgmentInterest({ debts, until, payments }, law);
  return {
    interest: made.doubled,
    parts: made.lines.map(partOf),
    unpaid: made.outstanding.principal,
    why: made.rules.map((rule) => whyOf(rule)),
  };
}

function interestOf(request: CalculateInterestRequest) {
  const { statement: made, together } = askedInterest(request, given(request.amount), law);
  return {
    interest: made.accrued,
    parts: made.lines.map(partOf),
    why: made.rules.map((rule) => whyOf(rule)),
    provisional: made.provisional,
    together,
  };
}

/** A province by its ISO 3166-2 code or its name. */
function provinceCode(text: string): string {
  const entries = Object.entries(law.smallClaims.provinces);
  const found = entries.find(([, { zh, en }]) => zh === text || en === text || `${zh}市` === text);
  return found?.[0] ?? text;
}

function smallClaim(request: CheckSmallClaimRequest, call: Call) {
  const made = smallClaims(
    {
      province: provinceCode(request.province),
      filedOn: request.on === '' ? todayOf(call) : request.on,
      amount: given(request.amount),
      ...(request.wage === undefined ? {} : { wage: request.wage }),
    },
    law,
  );
  const known = made.state === 'unknown' ? undefined : made;
  return {
    verdict: made.state,
    mandatoryUpTo: known?.half,
    byAgreementUpTo: known?.twice,
    why: whyOf(made.rule),
    wage: known?.wage,
    wageYear: made.wageYear,
  };
}

function limitationOf(request: CalculateLimitationRequest, call: Call) {
  const today = request.asOf === '' ? creditorDay(call.at) : day(request.asOf);
  return askedLimitation(request, today, prcCalendar(), law);
}

/**
 * Figures of law; nothing is recorded. Faults `invalid`: those of domain/law, each naming its
 * field; happening_kind_unknown, limitation_event_unknown, fees_only_in_cny.
 */
export function calculatorsHandlers(): Handlers<CalculatorsServiceServer> {
  return {
    calculateFees: async ({ amount }, call) => ({
      fees: allFees(given(amount), todayOf(call), law),
    }),
    calculateDoubleInterest: async (request) => doubleInterest(request),
    calculateInterest: async (request) => interestOf(request),
    checkSmallClaim: async (request, call) => smallClaim(request, call),
    calculateDeadlines: async ({ procedure, events }) => ({
      deadlines: askedDeadlines(procedure, events, tracks, prcCalendar(), law),
    }),
    listDeadlineRules: async (_request, call) => ({
      rules: deadlineRules(todayOf(call), tracks, law),
    }),
    calculateLimitation: async (request, call) => limitationOf(request, call),
  };
}
