import { fault } from '@recourse/kit/fault.ts';
import { money, type Money } from '@recourse/kit/money.ts';
import type {
  CalculateInterestRequest,
  CappedTogether,
} from '@recourse/proto/litigation/v1/calculators.ts';
import { rateWhole } from './law/accrual.ts';
import { interest, type InterestStatement } from './law/interest.ts';
import { wrongField } from './law/dated.ts';
import type { CapTerm, WithRates } from './law/rate.ts';
import type { RateTerm } from './law/rate-term.ts';

const yearly = (bps: number) => BigInt(bps) * 10_000n;

/** Rates that stand in the LPR's place: no mark-up on it reaches them. */
const withoutLpr: readonly string[] = ['year', 'sme'];

/**
 * Refuses what the rate would leave out of account: a figure that changes nothing was meant to.
 * Faults `invalid`: markup_without_effect, fixed_rate_without_effect, fixed_rate_needed.
 */
function checkEffect(kind: string, { fixedBps, markupBps }: CalculateInterestRequest): void {
  const facts = { rate: kind };
  if (withoutLpr.includes(kind) && markupBps > 0) {
    const repair = 'set the mark-up to 0, or choose the rate lpr or sale_overdue, which bears one';
    throw wrongField('/markupBps', 'markup_without_effect', repair, facts);
  }
  if (!withoutLpr.includes(kind) && fixedBps > 0) {
    const repair = 'set the fixed rate to 0, or choose the rate year, which is a fixed one';
    throw wrongField('/fixedBps', 'fixed_rate_without_effect', repair, facts);
  }
  if (kind === 'year' && fixedBps === 0) {
    const repair = 'give a yearly rate above 0, or choose the LPR';
    throw wrongField('/fixedBps', 'fixed_rate_needed', repair, facts);
  }
}

/**
 * The rate that was asked for; the LPR of a sale is that of the day of breach (art. 18). Faults
 * `invalid`: those of `checkEffect`.
 */
export function rateAsked(request: CalculateInterestRequest): RateTerm {
  const { rate, fixedBps, markupBps, fromDay, breachOn, contractOn } = request;
  const kind = rate === '' ? (fixedBps > 0 ? 'year' : 'lpr') : rate;
  checkEffect(kind, request);
  switch (kind) {
    case 'year':
      return { kind: 'year', rateE8: yearly(fixedBps) };
    case 'sale_overdue': {
      const on = breachOn === '' ? fromDay : breachOn;
      return { kind: 'sale_overdue', upliftBps: markupBps, breachOn: on };
    }
    case 'sme':
      return {
        kind: 'sme',
        contractOn: contractOn === '' ? fromDay : contractOn,
        ...(fixedBps > 0 ? { agreedE8: yearly(fixedBps) } : {}),
      };
    default:
      return { kind: 'lpr', timesBps: 10_000 + markupBps, steps: 'stepped' };
  }
}

/** Fault: `invalid` contract_day_needed. */
function capAsked({ cap, contractOn, suedOn }: CalculateInterestRequest): CapTerm | undefined {
  if (cap === 'licensed_lender') return { kind: 'licensed_lender' };
  if (cap !== 'private_lending') return undefined;
  if (contractOn === '') {
    const repair = 'give the day of the contract: it fixes the ceiling';
    throw wrongField('/contractOn', 'contract_day_needed', repair, { cap });
  }
  return { kind: 'private_lending', contractOn, ...(suedOn === '' ? {} : { suedOn }) };
}

/**
 * The ceiling over all that is asked together: what the principal would bear at the rate of the
 * ceiling (legal.md 2.7; 民间借贷规定 art. 25, 29). A rate beyond any ceiling is held to it.
 */
function together(
  terms: Omit<Parameters<typeof interest>[0], 'cap'>,
  cap: CapTerm,
  charges: Money | undefined,
  law: WithRates,
): CappedTogether {
  const { currency } = terms.principal;
  const beside = charges ?? money(0n, currency);
  if (beside.currency !== currency) throw fault('invalid', 'currencies_differ', { currency });
  const asked = interest(terms, law).accrued.minor + beside.minor;
  const highest = { ...terms, rate: { kind: 'year', rateE8: rateWhole } as const, cap };
  const ceiling = interest(highest, law).accrued.minor;
  const allowed = asked < ceiling ? asked : ceiling;
  return {
    asked: money(asked, currency),
    ceiling: money(ceiling, currency),
    allowed: money(allowed, currency),
    excess: money(asked - allowed, currency),
  };
}

/**
 * Interest as it was asked for, under a ceiling where there is one. Faults `invalid`: those of
 * `interest` and `rateAsked`, contract_day_needed, currencies_differ.
 */
export function askedInterest(
  request: CalculateInterestRequest,
  principal: Money,
  law: WithRates,
): { statement: InterestStatement; together: CappedTogether | undefined } {
  const { fromDay: from, until, charges } = request;
  const terms = { principal, from, until, rate: rateAsked(request) };
  const cap = capAsked(request);
  if (cap === undefined) return { statement: interest(terms, law), together: undefined };
  const statement = interest({ ...terms, cap }, law);
  return { statement, together: together(terms, cap, charges, law) };
}
