import { day } from '@recourse/kit/day.ts';
import type { Money } from '@recourse/kit/money.ts';
import { acceptanceFee, paymentOrderFee } from './fee.ts';
import { cny, type FeeTables } from './fee-schedule.ts';
import {
  type ActWorks,
  type LimitationTables,
  type NextActRule,
  type Proof,
  proofs,
} from './limitation-rule.ts';

export type NextAct = {
  act: string;
  zh: string;
  en: string;
  /** None when it depends on the amount and none was given. */
  cost?: Money;
  /** The last day on which it still works in time; today after expiry. */
  by: string;
  proof: Proof;
  /** `cheapest`, `certain_in_last_days`, `only_filing_stops_20_years`, `only_debtor_revives`. */
  why: string;
};

type Law = LimitationTables & { readonly fees: FeeTables };

type Asked = {
  works: ActWorks;
  today: string;
  expiresOn?: string;
  daysLeft?: number;
  amount?: Money;
  debtorMissing: boolean;
};

function costOf(rule: NextActRule, { amount, today }: Asked, law: Law): Money | undefined {
  if (rule.feeKind === undefined) return cny(rule.costMinor);
  if (amount === undefined || amount.currency !== 'CNY' || amount.minor <= 0n) return undefined;
  const fee =
    rule.feeKind === 'payment_order'
      ? paymentOrderFee({ amount, on: today }, law)
      : acceptanceFee({ claim: { kind: 'property', amount }, on: today }, law);
  return cny(rule.costMinor + fee.amount.minor);
}

function whyOf(works: ActWorks, needsCertainty: boolean): string {
  if (works === 'expired') return 'only_debtor_revives';
  if (works === 'absolute') return 'only_filing_stops_20_years';
  return needsCertainty ? 'certain_in_last_days' : 'cheapest';
}

/**
 * The cheapest act that is still in time: one the creditor can do alone, where there is one; within
 * the last days only one of the best proof. A fee that is unknown counts as dearest. domain.md 8.
 */
export function cheapestAct(asked: Asked, law: Law): NextAct | undefined {
  const { works, daysLeft } = asked;
  const needsCertainty = daysLeft !== undefined && daysLeft <= law.limitation.certainWithinDays;
  const [best] = law.limitation.acts
    .map(({ value }) => value)
    .filter(
      (rule) =>
        rule.works.includes(works) &&
        (rule.alone || works === 'expired') &&
        !(asked.debtorMissing && rule.needsDebtor) &&
        (daysLeft === undefined || rule.leadDays <= daysLeft) &&
        (!needsCertainty || rule.proof === 'proven'),
    )
    .map((rule) => ({ rule, cost: costOf(rule, asked, law) }))
    .toSorted((a, b) => byCost(a.cost, b.cost) || byProof(a.rule, b.rule));
  if (best === undefined) return undefined;
  const { rule, cost } = best;
  const by =
    asked.expiresOn === undefined
      ? asked.today
      : day(asked.expiresOn).subtract({ days: rule.leadDays }).toString();
  return {
    act: rule.act,
    ...rule.words,
    ...(cost === undefined ? {} : { cost }),
    by,
    proof: rule.proof,
    why: whyOf(works, needsCertainty),
  };
}

function byCost(a: Money | undefined, b: Money | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0;
}

function byProof(a: NextActRule, b: NextActRule): number {
  return proofs.indexOf(a.proof) - proofs.indexOf(b.proof) || a.leadDays - b.leadDays;
}
