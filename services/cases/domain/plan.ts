import { addDays, type Day, day, isBefore } from '@recourse/kit/day.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import { decimalText, minorDigits, type Money } from '@recourse/kit/money.ts';
import { roughly } from '@recourse/kit/round-rates.ts';
import type { Dated } from './rule.ts';

/** Instalment plans: dated amounts that add up to the cent (domain.md 4). */

export type Instalment = { dueDay: string; amount: Money };

/** Up to how much may be open for each role to agree a plan; the first role of a caller holds. */
export type PlanAuthority = {
  readonly currency: string;
  readonly roles: readonly {
    readonly role: string;
    /** Whole units; no limit when absent. */
    readonly openUpTo?: bigint;
  }[];
};

export type PlanTerms = {
  /** The last instalment may lie at most so many days ahead. */
  readonly aheadDays: number;
};

export type PlanFile = {
  caseId: string;
  state: 'OPEN' | 'CLOSED';
  currency: string;
  openMinor: bigint;
  /** The plan that is under way. */
  activePlanId: string | undefined;
  /** The settlement that waits for a decision or for its money. */
  livingSettlementId: string | undefined;
};

export type PlanCommand = {
  amount: Money;
  instalments: readonly Instalment[];
  today: Day;
  /** Roles of whoever agrees it. */
  roles: readonly string[];
};

export type PlanRules = { authority: Dated<PlanAuthority>; terms: Dated<PlanTerms> };

/** What is wrong with one field, and how it is repaired. */
function wrong(field: string, rule: string, repair: string) {
  return { violations: [{ field, rule, repair }] };
}

/**
 * Checks a plan that is to be agreed. Refusals in this order: `case_closed`, `plan_under_way`,
 * `settlement_under_way`, `currencies_differ`, `plan_above_authority`, `instalment_not_positive`,
 * `instalment_in_past`, `instalments_not_ascending`, `instalment_too_far`, `plan_sum_differs`,
 * `plan_above_open`.
 */
export function agreePlan(file: PlanFile, command: PlanCommand, rules: PlanRules): void {
  const { caseId, activePlanId, livingSettlementId: settlementId } = file;
  if (file.state === 'CLOSED') throw fault('refused', 'case_closed', { caseId });
  if (activePlanId !== undefined) {
    throw fault('refused', 'plan_under_way', { caseId, planId: activePlanId });
  }
  if (settlementId !== undefined) {
    throw fault('refused', 'settlement_under_way', { caseId, settlementId });
  }
  refuseCurrencies(file, command);
  refuseAuthority(file, command.roles, rules.authority.value);
  refuseParts(command);
  refuseDays(command, rules.terms.value);
  refuseSum(file, command);
}

function refuseCurrencies(file: PlanFile, { amount, instalments }: PlanCommand): void {
  const all = [amount, ...instalments.map((one) => one.amount)];
  const place = all.findIndex(({ currency }) => currency !== file.currency);
  const other = all[place];
  if (other === undefined) return;
  const field = place === 0 ? '/amount' : `/instalments/${place - 1}/amount`;
  const at = wrong(field, 'currencies_differ', `Give it in ${file.currency}, as the case is.`);
  const facts = { left: file.currency, right: other.currency };
  throw new Fault('invalid', 'currencies_differ', facts, at);
}

/**
 * Director up to 1,000,000, general manager above (domain.md 4, authority limits). What is open in
 * a currency without a round rate cannot be held against a limit, and is for who has none.
 */
function refuseAuthority(
  { currency, openMinor }: PlanFile,
  roles: readonly string[],
  authority: PlanAuthority,
): void {
  const held = authority.roles.filter(({ role }) => roles.includes(role));
  if (held.some(({ openUpTo }) => openUpTo === undefined)) return;
  const most = held.reduce((high, { openUpTo = 0n }) => (openUpTo > high ? openUpTo : high), 0n);
  const limit = most * 10n ** BigInt(minorDigits(authority.currency));
  const open = roughly({ currency, minor: openMinor }, authority.currency);
  if (open !== undefined && open.minor <= limit) return;
  const facts = {
    limit: decimalText({ currency: authority.currency, minor: limit }),
    limitCurrency: authority.currency,
    open: decimalText({ currency, minor: openMinor }),
    currency,
  };
  throw fault('denied', 'plan_above_authority', facts);
}

function refuseParts({ instalments }: PlanCommand): void {
  const place = instalments.findIndex(({ amount }) => amount.minor <= 0n);
  if (place < 0) return;
  const repair = 'Give an amount above zero, or leave the instalment out.';
  const at = wrong(`/instalments/${place}/amount`, 'instalment_not_positive', repair);
  throw new Fault('invalid', 'instalment_not_positive', { number: place + 1 }, at);
}

function refuseDays({ instalments, today }: PlanCommand, { aheadDays }: PlanTerms): void {
  const days = instalments.map(({ dueDay }) => day(dueDay));
  const field = (place: number): string => `/instalments/${place}/dueDay`;
  const [first] = days;
  if (first !== undefined && isBefore(first, today)) {
    const facts = { dueDay: first.toString(), today: today.toString() };
    const at = wrong(field(0), 'instalment_in_past', 'Give today or a later day.');
    throw new Fault('refused', 'instalment_in_past', facts, at);
  }
  const back = days.findIndex((one, place) => {
    const before = days[place - 1];
    return before !== undefined && !isBefore(before, one);
  });
  if (back > 0) {
    const repair = 'Give each instalment a later day than the one before it.';
    const at = wrong(field(back), 'instalments_not_ascending', repair);
    throw new Fault('invalid', 'instalments_not_ascending', { number: back + 1 }, at);
  }
  const last = days.at(-1);
  const latest = addDays(today, aheadDays);
  if (last !== undefined && isBefore(latest, last)) {
    const facts = { dueDay: last.toString(), latest: latest.toString(), days: aheadDays };
    const repair = `Let the last instalment be due by ${latest.toString()}.`;
    const at = wrong(field(days.length - 1), 'instalment_too_far', repair);
    throw new Fault('refused', 'instalment_too_far', facts, at);
  }
}

function refuseSum({ openMinor, currency }: PlanFile, { amount, instalments }: PlanCommand): void {
  const sum = instalments.reduce((whole, one) => whole + one.amount.minor, 0n);
  if (sum !== amount.minor) {
    const difference = decimalText({ currency, minor: sum - amount.minor });
    const facts = {
      sum: decimalText({ currency, minor: sum }),
      amount: decimalText(amount),
      difference,
      currency,
    };
    const repair = 'Change the instalments or the amount until they add up to the cent.';
    const at = wrong('/instalments', 'plan_sum_differs', repair);
    throw new Fault('invalid', 'plan_sum_differs', facts, at);
  }
  if (amount.minor > openMinor) {
    const open = decimalText({ currency, minor: openMinor });
    const facts = { amount: decimalText(amount), open, currency };
    const at = wrong('/amount', 'plan_above_open', `Give at most ${open}: what is open.`);
    throw new Fault('refused', 'plan_above_open', facts, at);
  }
}

/**
 * The written confirmation of a plan: a day that is not ahead, and where to find the paper. Faults:
 * `invalid` confirmation_incomplete, `refused` confirmed_in_future.
 */
export function checkConfirmation(
  { confirmedOn, reference }: { confirmedOn: string; reference: string },
  today: Day,
): void {
  if ((confirmedOn === '') !== (reference === '')) {
    const field = confirmedOn === '' ? '/confirmedOn' : '/confirmationReference';
    const repair = 'Give both the day of the confirmation and its reference, or neither.';
    const at = wrong(field, 'confirmation_incomplete', repair);
    throw new Fault('invalid', 'confirmation_incomplete', { field }, at);
  }
  if (confirmedOn === '' || !isBefore(today, day(confirmedOn))) return;
  const at = wrong('/confirmedOn', 'confirmed_in_future', 'Give today or an earlier day.');
  throw new Fault('refused', 'confirmed_in_future', { confirmedOn, today: today.toString() }, at);
}

export type Splitting = {
  amount: Money;
  count: number;
  firstDueDay: Day;
  period: 'MONTH' | 'WEEK';
  /** What does not divide goes on the first instalment instead of the last. */
  restFirst: boolean;
};

/**
 * Equal instalments that add up to the amount exactly. Months are counted from the first day, so
 * that one of the 31st is due on the last day of a shorter month and on the 31st again after it.
 * Refusal: `plan_amount_too_small`, when there is not one minor unit for each.
 */
export function splitPlan(wanted: Splitting): Instalment[] {
  const { amount, count, firstDueDay, period, restFirst } = wanted;
  const each = amount.minor / BigInt(count);
  if (each <= 0n) {
    const facts = { amount: decimalText(amount), currency: amount.currency, count };
    const at = wrong('/count', 'plan_amount_too_small', 'Give fewer instalments.');
    throw new Fault('refused', 'plan_amount_too_small', facts, at);
  }
  const rest = amount.minor - each * BigInt(count);
  const restAt = restFirst ? 0 : count - 1;
  return Array.from({ length: count }, (_none, place) => ({
    dueDay: dueDayAt(firstDueDay, period, place).toString(),
    amount: { currency: amount.currency, minor: place === restAt ? each + rest : each },
  }));
}

function dueDayAt(first: Day, period: Splitting['period'], place: number): Day {
  return period === 'WEEK' ? addDays(first, place * 7) : first.add({ months: place });
}
