import { fault } from '@recourse/kit/fault.ts';
import { add, type Money, money, share } from '@recourse/kit/money.ts';
import type { EvaluateWorthResponse, WorthLine } from '@recourse/proto/litigation/v1/money.ts';
import type { FeeTables } from './law/fee-schedule.ts';
import { acceptanceFee, preservationFee } from './law/fee.ts';
import { lprOn, type WithRates } from './law/rate.ts';
import { worthIt } from './law/worth.ts';
import { claimed, type Matter } from './matter.ts';

export type WorthInputs = {
  winBps: number;
  collectBps: number;
  months: number;
  /** Yearly cost of money in basis points; the one-year LPR when 0. */
  capitalBps: number;
  timeCost: Money;
  withPreservation: boolean;
};

type Law = WithRates & { readonly fees: FeeTables };

/** The success fee is paid out of what comes in, so it weighs as much as that is likely. */
function successFee(matter: Matter, amount: Money, inputs: WorthInputs): Money {
  const bps = BigInt(matter.engagement?.fee?.successBps ?? 0);
  const likely = BigInt(inputs.winBps) * BigInt(inputs.collectBps);
  return share(amount, bps * likely, 1_000_000_000_000n, 'half-even');
}

type Named = { name: string; amount: Money; kind: string; rule: string };

function costsOf(matter: Matter, inputs: WorthInputs, today: string, law: Law): Named[] {
  const amount = claimed(matter);
  const claim = { kind: 'property' as const, amount };
  const acceptance = acceptanceFee({ claim, on: today }, law);
  const preservation = inputs.withPreservation ? preservationFee({ amount, on: today }, law) : null;
  const none = money(0n, matter.currency);
  const lawyer = matter.engagement?.fee?.fixed ?? none;
  return [
    {
      name: 'acceptance_fee',
      amount: acceptance.amount,
      kind: 'rule',
      rule: acceptance.rule.source,
    },
    {
      name: 'preservation_fee',
      amount: preservation?.amount ?? none,
      kind: 'rule',
      rule: preservation?.rule.source ?? '',
    },
    { name: 'lawyer_fixed', amount: lawyer, kind: 'matter', rule: '' },
    {
      name: 'lawyer_success',
      amount: successFee(matter, amount, inputs),
      kind: 'matter',
      rule: '',
    },
    { name: 'time_cost', amount: inputs.timeCost, kind: 'given', rule: '' },
  ];
}

/**
 * P(win) × P(collect) × what is claimed, at present value, less fees and costs; every input is a
 * line with where it came from (domain.md section 8). A winner gets the acceptance fee back
 * (诉讼费用交纳办法 art. 29). Fault: `invalid` fees_only_in_cny.
 */
export function worthOf(
  matter: Matter,
  inputs: WorthInputs,
  today: string,
  law: Law,
): EvaluateWorthResponse {
  if (matter.currency !== 'CNY') {
    throw fault('invalid', 'fees_only_in_cny', { currency: matter.currency });
  }
  const amount = claimed(matter);
  const costs = costsOf(matter, inputs, today, law);
  const of = (...names: string[]): Money =>
    costs
      .filter(({ name }) => names.includes(name))
      .map((one) => one.amount)
      .reduce(add, money(0n, matter.currency));
  const lpr = lprOn(today, law);
  const given = inputs.capitalBps > 0;
  const worth = worthIt({
    amount,
    winBps: inputs.winBps,
    collectBps: inputs.collectBps,
    fees: of('acceptance_fee', 'preservation_fee'),
    costs: of('lawyer_fixed', 'lawyer_success', 'time_cost'),
    monthsToCash: inputs.months,
    discountYearE8: given ? BigInt(inputs.capitalBps) * 10_000n : lpr.rateE8,
    recoverableFees: of('acceptance_fee'),
  });
  const steps: WorthLine[] = worth.lines
    .filter(({ step }) => step !== 'fees' && step !== 'costs')
    .map(({ step, amount: value }) => ({
      name: step,
      amount: value,
      source: sourceOf(step, given, lpr.rule.source),
    }));
  const spent: WorthLine[] = costs.map(({ name, amount: cost, kind, rule }) => ({
    name,
    amount: money(-cost.minor, cost.currency),
    source: { kind, rule },
  }));
  return {
    lines: [...steps, ...spent],
    expectedValue: worth.expected,
    verdict: worth.verdict,
    breakEvenBps: worth.breakEvenCollectBps ?? 10_001,
  };
}

function sourceOf(step: string, capitalGiven: boolean, lpr: string): WorthLine['source'] {
  if (step === 'amount') return { kind: 'matter', rule: '' };
  if (step === 'fees_recovered') return { kind: 'rule', rule: '诉讼费用交纳办法 art. 29' };
  if (step === 'time' && !capitalGiven) return { kind: 'rule', rule: lpr };
  return { kind: 'given', rule: '' };
}
