import { rateWhole, daysOfYear, type RateStretch } from './accrual.ts';
import { dayAt, inForce, refOf, type RuleRef, wrongField } from './dated.ts';
import {
  capOn,
  type CapTerm,
  changesWithin,
  lprOn,
  type RateE8,
  saleBaseOn,
  type WithRates,
} from './rate.ts';

/** What the parties or the law say of the rate. */
export type RateTerm =
  | { kind: 'year'; rateE8: RateE8 }
  | { kind: 'day'; rateE8: RateE8 }
  /** LPR × times + margin; `fixed` takes that of `fixedOn` (the first day when none is given). */
  | {
      kind: 'lpr';
      timesBps?: number;
      marginE8?: RateE8;
      steps: 'fixed' | 'stepped';
      fixedOn?: string;
    }
  /** Sale without a penalty clause: LPR at breach × (1 + 30 % to 50 %). */
  | { kind: 'sale_overdue'; upliftBps: number; breachOn: string }
  /** Large company or government owing a small one: 0.05 % a day when nothing is agreed. */
  | { kind: 'sme'; agreedE8?: RateE8; contractOn: string };

/** The rate over a stretch before any ceiling. */
type Open = { numerator: bigint; per: 'year' | 'day'; basis: string };

type Found = { open: Open; rules: RuleRef[]; provisional: boolean };

export type RateTimeline = { stretches: RateStretch[]; rules: RuleRef[]; provisional: boolean };

const timesWhole = 10_000n;

function times(field: string, bps: number | undefined): bigint {
  if (bps === undefined) return timesWhole;
  if (!Number.isInteger(bps) || bps <= 0 || bps > 1_000_000) {
    throw wrongField(field, 'times_out_of_range', 'give 10,000 for once, 13,000 for 1.3 times');
  }
  return BigInt(bps);
}

function plain(rateE8: RateE8, per: 'year' | 'day', basis: string): Open {
  if (rateE8 < 0n || rateE8 > rateWhole) {
    throw wrongField('/rate/rateE8', 'rate_out_of_range', 'give a rate that is not negative');
  }
  return { numerator: rateE8 * timesWhole, per, basis };
}

function byLpr(term: RateTerm & { kind: 'lpr' }, on: string, law: WithRates): Found {
  const lpr = lprOn(on, law);
  const numerator =
    lpr.rateE8 * times('/rate/timesBps', term.timesBps) + (term.marginE8 ?? 0n) * timesWhole;
  const open: Open = { numerator, per: 'year', basis: `lpr_${lpr.from}` };
  return { open, rules: [lpr.rule], provisional: lpr.provisional };
}

/** 0.05 % a day, or the agreed rate, which may not lie below the LPR at contract (条例 art. 17). */
function bySme(term: RateTerm & { kind: 'sme' }, from: string, law: WithRates): Found {
  const row = inForce(law.rates.sme, from);
  if (term.agreedE8 === undefined) {
    const open = plain(row.value.dayE8, 'day', 'sme_statutory');
    return { open, rules: [refOf(row)], provisional: false };
  }
  dayAt(term.contractOn, '/rate/contractOn');
  const floor = lprOn(term.contractOn, law);
  const isBelow = term.agreedE8 < floor.rateE8;
  const open = isBelow
    ? plain(floor.rateE8, 'year', 'sme_floor_lpr')
    : plain(term.agreedE8, 'year', 'agreed');
  return { open, rules: [refOf(row), floor.rule], provisional: floor.provisional };
}

function rateAt(term: RateTerm, start: string, on: string, law: WithRates): Found {
  switch (term.kind) {
    case 'year':
    case 'day':
      return { open: plain(term.rateE8, term.kind, 'agreed'), rules: [], provisional: false };
    case 'lpr':
      return byLpr(term, term.steps === 'stepped' ? on : (term.fixedOn ?? start), law);
    case 'sale_overdue': {
      const base = saleBaseOn(term.breachOn, term.upliftBps, law);
      const numerator = base.rateE8 * BigInt(base.timesBps);
      const open: Open = { numerator, per: 'year', basis: 'sale_overdue' };
      return { open, rules: [base.rule], provisional: base.provisional };
    }
    case 'sme':
      return bySme(term, start, law);
  }
}

function capped(found: Found, cap: CapTerm | undefined, on: string, law: WithRates) {
  const { open } = found;
  if (cap === undefined) return { ...found, capped: false };
  const ceiling = capOn(cap, on, law);
  const rules = [...found.rules, ceiling.rule];
  const provisional = found.provisional || ceiling.provisional;
  const yearly = open.per === 'year' ? open.numerator : open.numerator * daysOfYear;
  const most = ceiling.rateE8 * timesWhole;
  if (yearly <= most) return { open, rules, provisional, capped: false };
  const held: Open = { numerator: most, per: 'year', basis: ceiling.basis };
  return { open: held, rules, provisional, capped: true };
}

/**
 * The rate over [from, until) as stretches, cut where the LPR changes (when it steps) and where the
 * ceiling does. Faults as of `capOn`, `lprOn`; `invalid` `rate_out_of_range`, `times_out_of_range`.
 */
export function rateTimeline(
  o: { rate: RateTerm; cap?: CapTerm; from: string; until: string },
  law: WithRates,
): RateTimeline {
  const isStepped = o.rate.kind === 'lpr' && o.rate.steps === 'stepped';
  const cuts = new Set([
    ...(isStepped ? changesWithin(law.rates.lpr, o.from, o.until) : []),
    ...(o.cap?.kind === 'private_lending'
      ? changesWithin(law.rates.privateLending, o.from, o.until)
      : []),
  ]);
  const starts = [o.from, ...[...cuts].sort()];
  const rules = new Map<string, RuleRef>();
  let provisional = isStepped && o.until > law.rates.lprKnownTo;
  const stretches = starts.map((from, at): RateStretch => {
    const found = capped(rateAt(o.rate, o.from, from, law), o.cap, from, law);
    for (const rule of found.rules) rules.set(`${rule.rule} ${rule.effectiveFrom}`, rule);
    provisional ||= found.provisional;
    return { from, until: starts[at + 1] ?? o.until, ...found.open, capped: found.capped };
  });
  return { stretches, rules: [...rules.values()], provisional };
}
