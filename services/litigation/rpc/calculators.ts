import { day } from '@recourse/kit/day.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type {
  CalculatorsServiceServer,
  CalculateInterestRequest,
  CalculateLimitationRequest,
  CheckSmallClaimRequest,
} from '@recourse/proto/litigation/v1/calculators.ts';
import { askedDeadlines, deadlineRules } from '../domain/asked-deadlines.ts';
import { askedDoubleInterest, given, partOf } from '../domain/asked-double-interest.ts';
import { askedInterest } from '../domain/asked-interest.ts';
import { askedLimitation } from '../domain/asked-limitation.ts';
import { creditorDay } from '../domain/clock-zone.ts';
import { allFees, whyOf } from '../domain/fees.ts';
import { provinceCode, smallClaims } from '../domain/law/small-claims.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import { tracks } from '../rules/tracks.ts';

function todayOf(call: Call): string {
  return creditorDay(call.at).toString();
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

function smallClaim(request: CheckSmallClaimRequest, call: Call) {
  const made = smallClaims(
    {
      province: provinceCode(request.province, law) ?? request.province,
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
    wageWhy: known?.wageRule === undefined ? undefined : whyOf(known.wageRule),
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
    calculateDoubleInterest: async (request) => askedDoubleInterest(request, law),
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
