import { addDays, type Day, isBefore } from '@recourse/kit/day.ts';
import { Fault, fault } from '@recourse/kit/fault.ts';
import { decimalText, divide, type Money } from '@recourse/kit/money.ts';
import { type AgeAndGrade, percentText, weigh } from './age-and-grade.ts';
import { type Authority, type Decider, decidersOf, hasRole, isDecider } from './authority.ts';
import { because, type Dated, type Why } from './rule.ts';

/** Settlements: less than is open ends a case; somebody else approves them (domain.md 4). */

/**
 * The deepest discount that is suggested, of what is open: it grows with age and falls with a
 * better grade.
 */
export type SettlementPolicy = AgeAndGrade;

export type SettlementTerms = {
  /** A settlement is to be paid within so many days. */
  readonly aheadDays: number;
};

export type SettlementRules = {
  authority: Dated<Authority>;
  policy: Dated<SettlementPolicy>;
  terms: Dated<SettlementTerms>;
};

/** What a discount is measured by. */
export type Claimed = {
  currency: string;
  openMinor: bigint;
  oldestDueDate: string;
  /** As credit told it last; null before it told any. */
  grade: string | null;
};

export type SettlementFile = Claimed & {
  caseId: string;
  state: 'OPEN' | 'CLOSED';
  /** The settlement that waits for a decision or for its money. */
  livingSettlementId: string | undefined;
  activePlanId: string | undefined;
};

export type Suggestion = {
  mostBps: number;
  mostMinor: bigint;
  /** The least amount that keeps within it. */
  leastMinor: bigint;
  why: Why;
};

/** What an amount means beside what is open. */
export type Assessment = {
  openMinor: bigint;
  discountMinor: bigint;
  discountBps: number;
  suggestion: Suggestion;
  isDeeper: boolean;
  /** Roles that may decide it, the lowest first. */
  deciders: readonly string[];
};

const wholeBps = 10_000n;

/** The deepest discount that policy suggests, rounded down to the minor unit. */
export function suggest(claimed: Claimed, today: Day, rule: Dated<SettlementPolicy>): Suggestion {
  const { openMinor, grade } = claimed;
  const { days, byAgeBps, percent, bps: mostBps } = weigh(claimed, today, rule.value);
  const mostMinor = divide(openMinor * BigInt(mostBps), wholeBps, 'down');
  const facts = {
    days_overdue: String(days),
    ...(grade === null ? {} : { grade }),
    discount_by_age: percentText(byAgeBps),
    share_by_grade: `${percent} %`,
  };
  return { mostBps, mostMinor, leastMinor: openMinor - mostMinor, why: because(rule, facts) };
}

/** Of what is open, rounded half to even as shares are. */
export function discountBps(openMinor: bigint, amountMinor: bigint): number {
  if (openMinor <= 0n) return 0;
  return Number(divide((openMinor - amountMinor) * wholeBps, openMinor, 'half-even'));
}

/** What an amount means: the discount, whether policy suggests it, who may decide it. */
export function assess(
  claimed: Claimed,
  amountMinor: bigint,
  today: Day,
  rules: Pick<SettlementRules, 'authority' | 'policy'>,
): Assessment {
  const { openMinor } = claimed;
  const suggestion = suggest(claimed, today, rules.policy);
  const discountMinor = openMinor - amountMinor;
  const isDeeper = discountMinor > suggestion.mostMinor;
  return {
    openMinor,
    discountMinor,
    discountBps: discountBps(openMinor, amountMinor),
    suggestion,
    isDeeper,
    // A discount deeper than policy suggests takes one level more.
    deciders: decidersOf(claimed, rules.authority.value, isDeeper ? 1 : 0),
  };
}

/** What is wrong with one field, and how it is repaired. */
function wrong(field: string, rule: string, repair: string) {
  return { violations: [{ field, rule, repair }] };
}

export type Proposal = { amount: Money; dueDay: Day; today: Day };

/**
 * Checks a settlement that is to be proposed. Refusals in this order: `case_closed`,
 * `settlement_under_way`, `plan_under_way`, `currencies_differ`, `settlement_not_below_open`,
 * `settlement_in_past`, `settlement_too_far`.
 */
export function proposeSettlement(
  file: SettlementFile,
  { amount, dueDay, today }: Proposal,
  terms: SettlementTerms,
): void {
  refuseFile(file);
  refuseAmount(file, amount);
  refuseDay(dueDay, today, terms);
}

/** Refusals in this order: `case_closed`, `settlement_under_way`, `plan_under_way`. */
export function refuseFile(file: SettlementFile): void {
  const { caseId, livingSettlementId: settlementId, activePlanId: planId } = file;
  if (file.state === 'CLOSED') throw fault('refused', 'case_closed', { caseId });
  if (settlementId !== undefined) {
    throw fault('refused', 'settlement_under_way', { caseId, settlementId });
  }
  if (planId !== undefined) throw fault('refused', 'plan_under_way', { caseId, planId });
}

/** Refusals in this order: `currencies_differ`, `settlement_not_below_open`. */
export function refuseAmount({ currency, openMinor }: Claimed, amount: Money): void {
  if (amount.currency !== currency) {
    const at = wrong('/amount', 'currencies_differ', `Give it in ${currency}, as the case is.`);
    const facts = { left: currency, right: amount.currency };
    throw new Fault('invalid', 'currencies_differ', facts, at);
  }
  if (amount.minor < openMinor) return;
  const open = decimalText({ currency, minor: openMinor });
  const facts = { amount: decimalText(amount), open, currency };
  const at = wrong('/amount', 'settlement_not_below_open', `Give less than ${open}: what is open.`);
  throw new Fault('refused', 'settlement_not_below_open', facts, at);
}

/** Refusals in this order: `settlement_in_past`, `settlement_too_far`. */
export function refuseDay(dueDay: Day, today: Day, { aheadDays }: SettlementTerms): void {
  if (isBefore(dueDay, today)) {
    const facts = { dueDay: dueDay.toString(), today: today.toString() };
    const at = wrong('/dueDay', 'settlement_in_past', 'Give today or a later day.');
    throw new Fault('refused', 'settlement_in_past', facts, at);
  }
  const latest = addDays(today, aheadDays);
  if (!isBefore(latest, dueDay)) return;
  const facts = { dueDay: dueDay.toString(), latest: latest.toString(), days: aheadDays };
  const repair = `Let it be paid by ${latest.toString()}.`;
  const at = wrong('/dueDay', 'settlement_too_far', repair);
  throw new Fault('refused', 'settlement_too_far', facts, at);
}

/** A proposal as it stands when somebody is to decide it. */
export type Proposed = {
  settlementId: string;
  state: string;
  amountMinor: bigint;
  proposerId: string;
};

/**
 * Checks who decides a proposal. Refusals in this order: `settlement_not_proposed`, `case_closed`,
 * `settlement_is_own`, `settlement_above_authority`, `settlement_deeper_than_policy`.
 */
export function refuseDecider(
  file: Claimed & { caseId: string; state: 'OPEN' | 'CLOSED' },
  proposed: Proposed,
  by: Decider,
  assessment: Assessment,
  authority: Authority,
): void {
  const { settlementId } = proposed;
  refuseState(file, proposed);
  if (proposed.proposerId === by.userId) {
    throw fault('denied', 'settlement_is_own', { settlementId });
  }
  if (hasRole(by, assessment.deciders)) return;
  const { currency, openMinor } = file;
  const open = decimalText({ currency, minor: openMinor });
  const decider = assessment.deciders[0] ?? '';
  if (!hasRole(by, decidersOf(file, authority))) {
    throw fault('denied', 'settlement_above_authority', { open, currency, decider });
  }
  const facts = {
    discount: percentText(assessment.discountBps),
    suggested: percentText(assessment.suggestion.mostBps),
    decider,
  };
  throw fault('denied', 'settlement_deeper_than_policy', facts);
}

function refuseState(
  { caseId, state }: { caseId: string; state: 'OPEN' | 'CLOSED' },
  proposed: Pick<Proposed, 'settlementId' | 'state'>,
): void {
  if (proposed.state !== 'PROPOSED') {
    throw fault('refused', 'settlement_not_proposed', { settlementId: proposed.settlementId });
  }
  if (state === 'CLOSED') throw fault('refused', 'case_closed', { caseId });
}

/**
 * Checks what is decided: a refusal says why, and what is approved is below what is open now.
 * Refusals in this order: `refusal_note_missing`, `settlement_overtaken`.
 */
export function decideSettlement(
  { currency, openMinor }: Claimed,
  { amountMinor }: Pick<Proposed, 'amountMinor'>,
  { approves, note }: { approves: boolean; note: string },
): void {
  if (!approves) {
    if (note !== '') return;
    const at = wrong('/note', 'refusal_note_missing', 'Say why it is refused.');
    throw new Fault('invalid', 'refusal_note_missing', {}, at);
  }
  if (amountMinor < openMinor) return;
  const amount = decimalText({ currency, minor: amountMinor });
  const open = decimalText({ currency, minor: openMinor });
  throw fault('refused', 'settlement_overtaken', { amount, open, currency });
}

/**
 * Checks who takes a proposal back: whoever made it, or who decides proposals. Refusals in this
 * order: `settlement_not_proposed`, `case_closed`, `settlement_of_another`.
 */
export function withdrawSettlement(
  file: { caseId: string; state: 'OPEN' | 'CLOSED' },
  proposed: Pick<Proposed, 'settlementId' | 'state' | 'proposerId'>,
  by: Decider,
  authority: Authority,
): void {
  refuseState(file, proposed);
  if (proposed.proposerId === by.userId || isDecider(by, authority)) return;
  throw fault('denied', 'settlement_of_another', { settlementId: proposed.settlementId });
}
