import { money, type Money, share } from '@recourse/kit/money.ts';
import { type Dated, dayAt, inForce, refOf, rowOn, type RuleRef, wrongField } from './dated.ts';

export type SmallClaimsTables = {
  readonly smallClaims: {
    readonly limits: readonly Dated<{
      readonly mandatoryBps: number;
      readonly agreedBps: number;
    }>[];
    /** Average yearly wage of employed persons, by province and year, in fen. */
    readonly wages: Readonly<Record<string, Readonly<Record<string, Dated<bigint>>>>>;
    /** Provinces whose figure may be asked for, by ISO 3166-2 code. */
    readonly provinces: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  };
};

export type SmallClaims =
  | {
      state: 'mandatory' | 'by_agreement' | 'not_available';
      half: Money;
      twice: Money;
      wage: Money;
      wageYear: number;
      /** The wage was given by the caller, not by the table. */
      asked: boolean;
      rule: RuleRef;
    }
  | { state: 'unknown'; asks: 'average_wage'; province: string; wageYear: number; rule: RuleRef };

/**
 * Whether a money claim goes to small claims (小额诉讼): up to 50 % of the province's average wage of
 * the year before it must, up to twice it may by agreement. The wage is data; where the table has
 * none the answer is `unknown` and asks for it, never a guess. 解释 art. 272 lets the last published
 * year stand in, which the caller gives as `wage`. legal.md 2.4; 民事诉讼法 art. 165.
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
  const wageYear = filed.year - 1;
  const known = wages[o.province]?.[String(wageYear)];
  const listed = known === undefined ? undefined : rowOn([known], o.filedOn);
  const wage = o.wage ?? (listed === undefined ? undefined : money(listed.value, 'CNY'));
  if (wage === undefined) {
    const { province } = o;
    return { state: 'unknown', asks: 'average_wage', province, wageYear, rule: refOf(row) };
  }
  const half = share(wage, BigInt(row.value.mandatoryBps), 10_000n, 'down');
  const twice = share(wage, BigInt(row.value.agreedBps), 10_000n, 'down');
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
  };
}

function positive(amount: Money, field: string): void {
  if (amount.currency !== 'CNY') {
    throw wrongField(field, 'fees_need_cny', 'convert the amount to CNY');
  }
  if (amount.minor <= 0n) throw wrongField(field, 'amount_not_positive', 'give an amount above 0');
}
