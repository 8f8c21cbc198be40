import { divide, money, type Money, share } from '@recourse/kit/money.ts';
import { wrongField } from './dated.ts';

export type WorthLine = {
  /** `amount`, `win`, `collect`, `time`, `fees_recovered`, `fees`, `costs`, `expected`. */
  step: string;
  amount: Money;
};

export type Worth = {
  /** What the suit brings on average, after everything. */
  expected: Money;
  /** What comes in on average, at its present value. */
  recovery: Money;
  /** What is laid out in any case. */
  spending: Money;
  /** P(collect) at which the suit brings nothing, in 1/10,000; none when no chance pays. */
  breakEvenCollectBps?: number;
  verdict: 'worth_it' | 'marginal' | 'not_worth_it';
  lines: WorthLine[];
};

const whole = 10_000n;
const rateWhole = 100_000_000n;
/** Within a tenth of what is laid out either way the numbers do not decide. House figure. */
const marginBps = 1_000n;

type Inputs = {
  amount: Money;
  winBps: number;
  collectBps: number;
  /** Court fees advanced; those a winner gets back are in `recoverableFees`. */
  fees: Money;
  /** Lawyers, evaluation, own hours. */
  costs: Money;
  monthsToCash: number;
  /** Cost of capital a year. */
  discountYearE8: bigint;
  recoverableFees?: Money;
};

function check(o: Inputs): void {
  for (const name of ['winBps', 'collectBps'] as const) {
    const value = o[name];
    if (!Number.isInteger(value) || value < 0 || value > 10_000) {
      throw wrongField(`/${name}`, 'share_out_of_range', 'give 0 to 10,000', { [name]: value });
    }
  }
  if (!Number.isInteger(o.monthsToCash) || o.monthsToCash < 0) {
    throw wrongField('/monthsToCash', 'months_not_whole', 'give a whole number of months');
  }
  if (o.discountYearE8 < 0n) {
    throw wrongField('/discountYearE8', 'rate_out_of_range', 'give a rate of 0 or more');
  }
  for (const name of ['amount', 'fees', 'costs', 'recoverableFees'] as const) {
    const value = o[name];
    if (value === undefined) continue;
    if (value.currency !== o.amount.currency) {
      throw wrongField(`/${name}`, 'currencies_differ', `give it in ${o.amount.currency}`);
    }
    if (value.minor < 0n) throw wrongField(`/${name}`, 'amount_negative', 'give 0 or more');
  }
}

/** Present value at simple interest: what is worth `minor` in so many months. */
function present(minor: bigint, o: Inputs): bigint {
  const yearly = rateWhole * 12n;
  return divide(minor * yearly, yearly + o.discountYearE8 * BigInt(o.monthsToCash), 'half-even');
}

function breakEven(o: Inputs, recovered: bigint, spending: bigint): number | undefined {
  const atCertainty = present(
    share({ ...o.amount, minor: recovered }, BigInt(o.winBps), whole, 'half-even').minor,
    o,
  );
  if (atCertainty <= 0n || spending > atCertainty) return undefined;
  return Number(divide(spending * whole, atCertainty, 'up'));
}

/**
 * Whether a suit is worth it: P(win) × P(collect) × what a win brings, at present value, less what
 * is laid out in any case; every input is a line. domain.md 8. Faults `invalid`:
 * `share_out_of_range`, `months_not_whole`, `rate_out_of_range`, `currencies_differ`,
 * `amount_negative`.
 */
export function worthIt(o: Inputs): Worth {
  check(o);
  const { currency } = o.amount;
  const cash = (minor: bigint) => money(minor, currency);
  const back = o.recoverableFees?.minor ?? 0n;
  const recovered = o.amount.minor + back;
  const won = share(cash(recovered), BigInt(o.winBps), whole, 'half-even').minor;
  const collected = share(cash(won), BigInt(o.collectBps), whole, 'half-even').minor;
  const recovery = present(collected, o);
  const spending = o.fees.minor + o.costs.minor;
  const expected = recovery - spending;
  const margin = (spending * marginBps) / whole;
  const even = breakEven(o, recovered, spending);
  return {
    expected: cash(expected),
    recovery: cash(recovery),
    spending: cash(spending),
    ...(even === undefined ? {} : { breakEvenCollectBps: even }),
    verdict: expected > margin ? 'worth_it' : expected < -margin ? 'not_worth_it' : 'marginal',
    lines: [
      { step: 'amount', amount: o.amount },
      { step: 'fees_recovered', amount: cash(back) },
      { step: 'win', amount: cash(won - recovered) },
      { step: 'collect', amount: cash(collected - won) },
      { step: 'time', amount: cash(recovery - collected) },
      { step: 'fees', amount: cash(-o.fees.minor) },
      { step: 'costs', amount: cash(-o.costs.minor) },
    ],
  };
}
