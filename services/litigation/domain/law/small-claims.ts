import { money, type Money, share } from '@recourse/kit/money.ts';
import { type Dated, dayAt, inForce, refOf, type RuleRef, wrongField } from './dated.ts';

/** Of a province in a year, in fen, with the ceilings that its high court published from it. */
export type AverageWage = {
  readonly province: string;
  readonly year: number;
  readonly minor: bigint;
  readonly ceilings?: { readonly mandatoryMinor: bigint; readonly agreedMinor: bigint };
};

export type SmallClaimsTables = {
  readonly smallClaims: {
    readonly limits: readonly Dated<{
      readonly mandatoryBps: number;
      readonly agreedBps: number;
    }>[];
    /** Average yearly wages of employed persons, each from the day on which it counts. */
    readonly wages: readonly Dated<AverageWage>[];
    /** Provinces whose figure may be asked for, by ISO 3166-2 code. */
    readonly provinces: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  };
};

export type SmallClaims =
  | {
      state: 'mandatory' | 'by_agreement' | 'not_available';
      /** Up to here it must be; as the high court published it, else half of the wage. */
      half: Money;
      /** Up to here it may be by agreement; as published, else twice the wage. */
      twice: Money;
      wage: Money;
      /** The year before the filing, or the one before it while that was not published. */
      wageYear: number;
      /** The wage was given by the caller, not by the table. */
      asked: boolean;
      rule: RuleRef;
      /** Who published the wage; none when it was given. */
      wageRule?: RuleRef;
    }
  | { state: 'unknown'; asks: 'average_wage'; province: string; wageYear: number; rule: RuleRef };

function holds(on: string, from: string, to: string | undefined): boolean {
  return from <= on && (to === undefined || on <= to);
}

/**
 * The wage that counts on a day: of the last year that was published by then (解释 art. 272). One
 * older than the year before last is a gap in the table, not a wage that may be relied on.
 */
function wageOn(wages: readonly Dated<AverageWage>[], province: string, filedOn: string) {
  const filedYear = Number(filedOn.slice(0, 4));
  return wages
    .filter(({ value }) => value.province === province)
    .filter(({ effectiveFrom, effectiveTo }) => holds(filedOn, effectiveFrom, effectiveTo))
    .filter(({ value }) => value.year < filedYear && value.year >= filedYear - 2)
    .toSorted((a, b) => b.value.year - a.value.year || (a.effectiveFrom < b.effectiveFrom ? 1 : -1))
    .at(0);
}

/**
 * Whether a money claim goes to small claims (小额诉讼): up to 50 % of the province's average wage of
 * the year before it must, up to twice it may by agreement. The wage is data; where the table has
 * none the answer is `unknown` and asks for it, never a guess. legal.md 2.4; 民事诉讼法 art. 165.
 * Faults `invalid`: `province_unknown`, `amount_not_positive`, `fees_need_cny`.
 */
export function smallClaims(
  o: { province: string; filedOn: string; amount: Money; wage?: Money },
  law: SmallClaimsTables,
): SmallClaims {
  const filed = dayAt(o.filedOn, '/filedOn');
  const { limits, wages, provinces } = law.smallClaims;
  if (!Object.hasOwn(provinces, o.province)) {
    const repair = `give one of ${Object.keys(provinces).join(' ')}`;
    throw wrongField('/province', 'province_unknown', repair, { province: o.province });
  }
  positive(o.amount, '/amount');
  if (o.wage !== undefined) positive(o.wage, '/wage');
  const row = inForce(limits, o.filedOn);
  const listed = o.wage === undefined ? wageOn(wages, o.province, o.filedOn) : undefined;
  const wageYear = listed?.value.year ?? filed.year - 1;
  const wage = o.wage ?? (listed === undefined ? undefined : money(listed.value.minor, 'CNY'));
  if (wage === undefined) {
    const { province } = o;
    return { state: 'unknown', asks: 'average_wage', province, wageYear, rule: refOf(row) };
  }
  const { half, twice } = ceilingsOf(wage, row.value, listed?.value.ceilings);
  const { minor } = o.amount;
  const asked = o.wage !== undefined;
  return {
    state:
      minor <= half.minor ? 'mandatory' : minor <= twice.minor ? 'by_agreement' : 'not_available',
    half,
    twice,
    wage,
    wageYear,
    asked,
    rule: refOf(row),
    ...(listed === undefined ? {} : { wageRule: refOf(listed) }),
  };
}

/** A court's own figures go before ours: it may have rounded the half up to the yuan. */
function ceilingsOf(
  wage: Money,
  { mandatoryBps, agreedBps }: { mandatoryBps: number; agreedBps: number },
  published: AverageWage['ceilings'],
): { half: Money; twice: Money } {
  if (published === undefined) {
    return {
      half: share(wage, BigInt(mandatoryBps), 10_000n, 'down'),
      twice: share(wage, BigInt(agreedBps), 10_000n, 'down'),
    };
  }
  const { mandatoryMinor, agreedMinor } = published;
  return { half: money(mandatoryMinor, 'CNY'), twice: money(agreedMinor, 'CNY') };
}

/** A province by its ISO 3166-2 code or its name, `上海市` or `江苏省`; undefined for no province. */
export function provinceCode(text: string, law: SmallClaimsTables): string | undefined {
  const { provinces } = law.smallClaims;
  if (Object.hasOwn(provinces, text)) return text;
  const plain = text.replace(/(?:省|市|(?:壮族|回族|维吾尔)?自治区)$/u, '');
  const found = Object.entries(provinces).find(([, { zh, en }]) => zh === plain || en === text);
  return found?.[0];
}

function positive(amount: Money, field: string): void {
  if (amount.currency !== 'CNY') {
    throw wrongField(field, 'fees_need_cny', 'convert the amount to CNY');
  }
  if (amount.minor <= 0n) throw wrongField(field, 'amount_not_positive', 'give an amount above 0');
}
