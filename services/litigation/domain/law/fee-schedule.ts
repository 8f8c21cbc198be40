import { divide, money, type Money } from '@recourse/kit/money.ts';
import { type Dated, wrongField } from './dated.ts';

/** One band of a schedule. `upToMinor` belongs to the band (不超过); the last band has none. */
export type Bracket = {
  readonly upToMinor?: bigint;
  /** A fixed sum for whoever reaches into the band … */
  readonly flatMinor?: bigint;
  /** … or a rate on the part of the amount that lies in it. */
  readonly rateBps?: number;
};

/** Where the law leaves room; the province or the court fixes the figure. Fen. */
export type FeeRange = { readonly leastMinor: bigint; readonly mostMinor: bigint };

export const halvingGrounds = [
  'simplified',
  'small_claims',
  'mediated',
  'withdrawn',
  'joined_counterclaim',
] as const;
export type HalvedBy = (typeof halvingGrounds)[number];

/** Grounds on which the court gives the whole fee back. */
export type RefundedBy = 'not_accepted' | 'dismissed' | 'remanded';

/** Every table of court fees; the values stand in rules/law/fees.ts. */
export type FeeTables = {
  readonly property: readonly Dated<readonly Bracket[]>[];
  readonly divorce: readonly Dated<FeeRange & { readonly brackets: readonly Bracket[] }>[];
  readonly personality: readonly Dated<FeeRange & { readonly brackets: readonly Bracket[] }>[];
  readonly other: readonly Dated<FeeRange>[];
  readonly intellectualProperty: readonly Dated<FeeRange>[];
  readonly labour: readonly Dated<{ readonly flatMinor: bigint }>[];
  readonly jurisdiction: readonly Dated<FeeRange>[];
  readonly halving: readonly Dated<{
    readonly divisor: bigint;
    /** The grounds that halve, each with its article. */
    readonly grounds: Readonly<Record<HalvedBy, string>>;
    /** Grounds that exist at first instance only. */
    readonly firstInstanceOnly: readonly HalvedBy[];
  }>[];
  /** The grounds that give all of it back, each with its article. */
  readonly refund: readonly Dated<Readonly<Record<RefundedBy, string>>>[];
  readonly payWithin: readonly Dated<{ readonly days: number }>[];
  readonly preservation: readonly Dated<{
    readonly brackets: readonly Bracket[];
    readonly noAmountMinor: bigint;
    readonly capMinor: bigint;
  }>[];
  readonly paymentOrder: readonly Dated<{ readonly divisor: bigint }>[];
  readonly enforcement: readonly Dated<{
    readonly brackets: readonly Bracket[];
    readonly noAmount: FeeRange;
  }>[];
  readonly bankruptcy: readonly Dated<{ readonly divisor: bigint; readonly capMinor: bigint }>[];
};

export type FeeStep = 'flat' | 'bracket' | 'range' | 'halved' | 'third' | 'cap' | 'refunded';

/** One line of a derivation; reductions (halved, third, cap, refunded) are negative. */
export type FeeLine = {
  step: FeeStep;
  /** The band, for `flat` and `bracket`. */
  above?: Money;
  upTo?: Money;
  /** The part of the amount that lies in the band. */
  base?: Money;
  rateBps?: number;
  amount: Money;
};

/** A sum in the making: exact, in fen as a fraction, with the lines that led to it. */
export type Derivation = { numerator: bigint; denominator: bigint; lines: FeeLine[] };

const bpsWhole = 10_000n;

export function cny(minor: bigint): Money {
  return money(minor, 'CNY');
}

/** The exact sum, rounded half-up once. */
export function roundedMinor({ numerator, denominator }: Derivation): bigint {
  return divide(numerator, denominator, 'half-up');
}

/**
 * The derivation of a marginal schedule (分段累计). Each line is the difference of rounded running
 * sums, so that the lines add up to the rounded total to the fen.
 */
export function byBrackets(amountMinor: bigint, brackets: readonly Bracket[]): Derivation {
  const lines: FeeLine[] = [];
  let floor = 0n;
  let exact = 0n;
  for (const bracket of brackets) {
    if (amountMinor <= floor && floor > 0n) break;
    const top = bracket.upToMinor;
    const base = (top === undefined || amountMinor < top ? amountMinor : top) - floor;
    const before = divide(exact, bpsWhole, 'half-up');
    exact += (bracket.flatMinor ?? 0n) * bpsWhole + base * BigInt(bracket.rateBps ?? 0);
    lines.push({
      step: bracket.flatMinor === undefined ? 'bracket' : 'flat',
      above: cny(floor),
      ...(top === undefined ? {} : { upTo: cny(top) }),
      base: cny(base),
      ...(bracket.rateBps === undefined ? {} : { rateBps: bracket.rateBps }),
      amount: cny(divide(exact, bpsWhole, 'half-up') - before),
    });
    if (top === undefined) break;
    floor = top;
  }
  return { numerator: exact, denominator: bpsWhole, lines };
}

/** Divides a sum that was derived, with the reduction as a line of its own. */
export function dividedBy(sum: Derivation, divisor: bigint, step: FeeStep): Derivation {
  const { numerator, lines } = sum;
  const denominator = sum.denominator * divisor;
  const after = roundedMinor({ numerator, denominator, lines });
  const cut: FeeLine = { step, amount: cny(after - roundedMinor(sum)) };
  return { numerator, denominator, lines: [...lines, cut] };
}

/** All of it given back. */
export function refunded(sum: Derivation): Derivation {
  const cut: FeeLine = { step: 'refunded', amount: cny(-roundedMinor(sum)) };
  return { numerator: 0n, denominator: 1n, lines: [...sum.lines, cut] };
}

/** Holds a sum at a ceiling. */
export function cappedAt(sum: Derivation, capMinor: bigint): Derivation {
  if (sum.numerator <= capMinor * sum.denominator) return sum;
  const cut: FeeLine = { step: 'cap', amount: cny(capMinor - roundedMinor(sum)) };
  return { numerator: capMinor, denominator: 1n, lines: [...sum.lines, cut] };
}

/** A fixed sum, or the most of a range. */
export function flat(minor: bigint, step: 'flat' | 'range'): Derivation {
  return { numerator: minor, denominator: 1n, lines: [{ step, amount: cny(minor) }] };
}

/** An amount that a fee can be computed on; names the field otherwise. */
export function feeBase(amount: Money, field: string): bigint {
  if (amount.currency !== 'CNY') {
    const repair = 'convert the amount to CNY at the rate of the filing day';
    throw wrongField(field, 'fees_need_cny', repair, { currency: amount.currency });
  }
  if (amount.minor <= 0n) {
    const repair = 'give an amount above 0, or none when there is none';
    throw wrongField(field, 'amount_not_positive', repair, { minor: amount.minor });
  }
  return amount.minor;
}
