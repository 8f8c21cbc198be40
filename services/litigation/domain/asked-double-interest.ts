import { addDays, day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import type {
  CalculateDoubleInterestRequest,
  CalculateDoubleInterestResponse,
  InterestPart,
  Stay as StayAsked,
} from '@recourse/proto/litigation/v1/calculators.ts';
import { whyOf } from './fees.ts';
import type { InterestLine } from './law/accrual.ts';
import { wrongField } from './law/dated.ts';
import { judgmentInterest, type Stay } from './law/judgment-interest.ts';
import type { WithRates } from './law/rate.ts';

/** Fault: `invalid` amount_missing. */
export function given(amount: Money | undefined): Money {
  if (amount === undefined) throw fault('invalid', 'amount_missing');
  return amount;
}

/** A stretch of interest as calculators show it. */
export function partOf(line: InterestLine): InterestPart {
  const { from: fromDay, until: toDay, days, base, rateE8, per, basis, amount } = line;
  return { fromDay, toDay, days, base, rateE8, per, basis, interest: amount };
}

/** Both days of a stay as it is asked are within it; the engine's second day is not. */
function stayOf({ fromDay, toDay }: StayAsked, at: number): Stay {
  if (toDay < fromDay) {
    const repair = 'give a last day that is not before the first';
    throw wrongField(`/stays/${at}/toDay`, 'until_before_from', repair, { fromDay, toDay });
  }
  return { from: fromDay, until: addDays(day(toDay), 1).toString() };
}

/**
 * The doubled part (加倍部分) as it was asked for: of one sum or of instalments, each from its own
 * last day to perform (法释〔2014〕8号 art. 2), on what payments left of them, without the days on
 * which performance was stayed (art. 3). legal.md 2.7. Faults: those of `judgmentInterest`,
 * `invalid` amount_missing.
 */
export function askedDoubleInterest(
  request: CalculateDoubleInterestRequest,
  law: WithRates,
): CalculateDoubleInterestResponse {
  const { amount, performBy, until } = request;
  const asked = [{ amount, performBy }, ...request.further];
  const made = judgmentInterest(
    {
      debts: asked.map((one) => ({ performBy: one.performBy, principal: given(one.amount) })),
      until,
      payments: request.payments.map((one) => ({ amount: given(one.amount), on: one.on })),
      stays: request.stays.map(stayOf),
    },
    law,
  );
  return {
    interest: made.doubled,
    parts: made.lines.map(partOf),
    unpaid: made.outstanding.principal,
    why: made.rules.map((rule) => whyOf(rule)),
  };
}
