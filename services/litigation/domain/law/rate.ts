import { type Dated, dayAt, inForce, refOf, rowOn, type RuleRef, wrongField } from './dated.ts';

/**
 * An exact rate in hundred-millionths: 4_350_000n is 4.35 %, 17_500n is 0.0175 %. Percent with six
 * decimals fits, and no figure of the law has more.
 */
export type RateE8 = bigint;

export type RateTables = {
  /** One-year loan prime rate (LPR), one row for each change, from its day of publication. */
  readonly lpr: readonly Dated<{ readonly rateE8: RateE8 }>[];
  /** Last day on which the LPR table is known to be complete. */
  readonly lprKnownTo: string;
  /** Benchmark rate of loans over six months to one year, before there was an LPR. */
  readonly benchmark: readonly Dated<{ readonly rateE8: RateE8 }>[];
  /** Ceilings of private lending by the day the interest runs. */
  readonly privateLending: readonly Dated<
    { readonly fixedE8: RateE8 } | { readonly timesLpr: bigint }
  >[];
  readonly licensedLender: readonly Dated<{ readonly fixedE8: RateE8 }>[];
  readonly saleOverdue: readonly Dated<{
    readonly base: 'lpr' | 'benchmark';
    readonly leastUpliftBps: number;
    readonly mostUpliftBps: number;
  }>[];
  readonly sme: readonly Dated<{ readonly dayE8: RateE8 }>[];
  readonly judgmentDouble: readonly Dated<{ readonly dayE8: RateE8 }>[];
  readonly penalty: readonly Dated<{ readonly overLossBps: number }>[];
};

export type WithRates = { readonly rates: RateTables };

export type KnownRate = { rateE8: RateE8; from: string; rule: RuleRef; provisional: boolean };

/** The one-year LPR on a day; `provisional` past the last day the table is known to cover. */
export function lprOn(on: string, law: WithRates): KnownRate {
  const row = inForce(law.rates.lpr, dayAt(on, '/on').toString());
  return {
    rateE8: row.value.rateE8,
    from: row.effectiveFrom,
    rule: refOf(row),
    provisional: on > law.rates.lprKnownTo,
  };
}

/** What the parties' interest may not exceed together (民间借贷规定 art. 25, 28, 29, 31). */
export type CapTerm =
  | { kind: 'private_lending'; contractOn: string; suedOn?: string }
  | { kind: 'licensed_lender' };

export type Cap = { rateE8: RateE8; basis: string; rule: RuleRef; provisional: boolean };

/**
 * The day whose rule holds for interest of a day: not one from before the contract, for the ceiling
 * is that of its formation, and not one from after the suit, which is judged by the rule it found.
 */
function ruleDay({ contractOn, suedOn }: CapTerm & { kind: 'private_lending' }, on: string) {
  dayAt(contractOn, '/cap/contractOn');
  if (suedOn !== undefined) dayAt(suedOn, '/cap/suedOn');
  const earliest = on < contractOn ? contractOn : on;
  const isSuedBefore = suedOn !== undefined && contractOn <= suedOn && suedOn < earliest;
  return isSuedBefore ? suedOn : earliest;
}

/**
 * The ceiling a year for interest of a day. A loan of before 2020-08-20 keeps the old ceiling until
 * the day before; from then on four times the LPR at suit holds (art. 31), so that Fault `invalid`
 * `suit_day_needed` asks for `suedOn`, not before the contract; one sued on by then keeps the old
 * ceiling to its end. Later loans: four times the LPR at contract formation.
 */
export function capOn(cap: CapTerm, on: string, law: WithRates): Cap {
  if (cap.kind === 'licensed_lender') {
    const row = inForce(law.rates.licensedLender, on);
    const { fixedE8 } = row.value;
    return { rateE8: fixedE8, basis: 'licensed_lender', rule: refOf(row), provisional: false };
  }
  const row = inForce(law.rates.privateLending, ruleDay(cap, on));
  if ('fixedE8' in row.value) {
    const { fixedE8 } = row.value;
    return { rateE8: fixedE8, basis: 'private_lending_old', rule: refOf(row), provisional: false };
  }
  const isOld = cap.contractOn < row.effectiveFrom;
  const at = isOld ? cap.suedOn : cap.contractOn;
  if (at === undefined || at < cap.contractOn) {
    const repair = 'give the day of the suit: it fixes the ceiling of loans of before 2020-08-20';
    throw wrongField('/cap/suedOn', 'suit_day_needed', repair, { contractOn: cap.contractOn });
  }
  const lpr = lprOn(at, law);
  return {
    rateE8: lpr.rateE8 * row.value.timesLpr,
    basis: isOld ? 'four_times_lpr_at_suit' : 'four_times_lpr_at_contract',
    rule: refOf(row),
    provisional: lpr.provisional,
  };
}

/** First days on which a table's row begins within (from, until), in order. */
export function changesWithin(
  rows: readonly Dated<unknown>[],
  from: string,
  until: string,
): string[] {
  return rows
    .map(({ effectiveFrom }) => effectiveFrom)
    .filter((on) => from < on && on < until)
    .sort();
}

/** The base of overdue interest in sales at the day of breach: LPR, or the benchmark before it. */
export function saleBaseOn(
  breachOn: string,
  upliftBps: number,
  law: WithRates,
): KnownRate & { timesBps: number } {
  const row = inForce(law.rates.saleOverdue, dayAt(breachOn, '/rate/breachOn').toString());
  const { base, leastUpliftBps, mostUpliftBps } = row.value;
  if (!(upliftBps >= leastUpliftBps && upliftBps <= mostUpliftBps)) {
    const repair = `give an uplift from ${leastUpliftBps} to ${mostUpliftBps} in 1/10,000`;
    throw wrongField('/rate/upliftBps', 'uplift_out_of_range', repair, { upliftBps });
  }
  const found = base === 'lpr' ? lprOn(breachOn, law) : benchmarkOn(breachOn, law);
  return { ...found, rule: refOf(row), timesBps: 10_000 + upliftBps };
}

function benchmarkOn(on: string, law: WithRates): KnownRate {
  const row = rowOn(law.rates.benchmark, on);
  if (row === undefined) {
    const repair = 'give a fixed rate: the benchmark table begins later';
    throw wrongField('/rate/breachOn', 'no_benchmark_on_day', repair, { day: on });
  }
  const { rateE8 } = row.value;
  return { rateE8, from: row.effectiveFrom, rule: refOf(row), provisional: false };
}

/** Reads percent as people write it (`4.35`, `4.35%`, `0.0175`) exactly; at most six decimals. */
export function parseRate(text: string, field: string): RateE8 {
  const match = /^(\d{1,4})(?:\.(\d{1,6}))?\s*%?$/.exec(text.trim());
  if (match === null) {
    const repair = 'write a percentage such as 4.35, at most six decimals, not negative';
    throw wrongField(field, 'not_a_rate', repair, { value: text });
  }
  return BigInt((match[1] ?? '0') + (match[2] ?? '').padEnd(6, '0'));
}

/** Percent as people read it: `4.35`. */
export function rateText(rateE8: RateE8): string {
  const digits = rateE8.toString().padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return digits.slice(0, -6) + (fraction === '' ? '' : `.${fraction}`);
}
