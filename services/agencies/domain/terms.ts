import { fault } from '@recourse/kit/fault.ts';
import { compare, type Money } from '@recourse/kit/money.ts';
import type {
  AgeBand,
  CommissionTerms,
  FixedDue,
  RatchetTerms,
} from '@recourse/proto/agencies/v1/agencies.ts';

/** Bands in days overdue, from day 0, each later than the one before. */
function checkBands(bands: readonly AgeBand[]): void {
  const first = bands[0];
  if (first === undefined) throw fault('refused', 'terms_without_bands');
  if (first.fromDaysOverdue !== 0) {
    throw fault('refused', 'terms_not_from_day_zero', { fromDaysOverdue: first.fromDaysOverdue });
  }
  for (const [index, band] of bands.entries()) {
    const before = bands[index - 1];
    if (before !== undefined && band.fromDaysOverdue <= before.fromDaysOverdue) {
      throw fault('refused', 'terms_not_rising', { fromDaysOverdue: band.fromDaysOverdue });
    }
  }
}

/** Where brackets or steps begin: the first at 0, each above the one before. */
function checkRising(froms: readonly bigint[]): void {
  const [first] = froms;
  if (first === undefined) throw fault('refused', 'terms_without_bands');
  if (first !== 0n) throw fault('refused', 'terms_not_from_zero', { from: first });
  for (const [index, from] of froms.entries()) {
    const before = froms[index - 1];
    if (before !== undefined && from <= before) {
      throw fault('refused', 'terms_not_rising', { from });
    }
  }
}

/** A step that holds for all that came before may only raise it, or success would be fined. */
function checkSteps({ steps, retroactive }: RatchetTerms): void {
  checkRising(steps.map((step) => BigInt(step.fromRecoveredBps)));
  if (!retroactive) return;
  for (const [index, { rateBps }] of steps.entries()) {
    const before = steps[index - 1];
    if (before !== undefined && rateBps < before.rateBps) {
      throw fault('refused', 'terms_fall_back', { rateBps });
    }
  }
}

function checkModel({ model }: CommissionTerms): void {
  switch (model?.$case) {
    case undefined:
      throw fault('refused', 'terms_missing');
    case 'flat':
    case 'fixed':
      return;
    case 'ageBands':
      return checkBands(model.value.bands);
    case 'amountBrackets':
      return checkRising(model.value.brackets.map((bracket) => bracket.from?.minor ?? 0n));
    case 'ratchet':
      return checkSteps(model.value);
  }
}

/** All amounts that terms name. */
function amountsOf({ model, minimum, cap, retainer }: CommissionTerms): Money[] {
  const own =
    model?.$case === 'amountBrackets'
      ? model.value.brackets.map((bracket) => bracket.from)
      : model?.$case === 'fixed'
        ? [model.value.fee]
        : [];
  return [...own, minimum, cap, retainer?.fee].filter((amount) => amount !== undefined);
}

/** The currency of the amounts in terms; undefined for terms of rates alone, which suit any. */
export function termsCurrency(terms: CommissionTerms): string | undefined {
  return amountsOf(terms)[0]?.currency;
}

/**
 * Terms that may be frozen into a placement. Faults, all `refused`: terms_missing,
 * terms_without_bands, terms_not_from_day_zero, terms_not_from_zero, terms_not_rising,
 * terms_fall_back, terms_currencies_differ, terms_cap_below_minimum.
 */
export function checkedTerms(terms: CommissionTerms | undefined): CommissionTerms {
  if (terms === undefined) throw fault('refused', 'terms_missing');
  checkModel(terms);
  const [one, ...others] = amountsOf(terms);
  const other = others.find((amount) => amount.currency !== one?.currency);
  if (one !== undefined && other !== undefined) {
    const facts = { left: one.currency, right: other.currency };
    throw fault('refused', 'terms_currencies_differ', facts);
  }
  const { minimum, cap } = terms;
  if (minimum !== undefined && cap !== undefined && compare(cap, minimum) < 0) {
    throw fault('refused', 'terms_cap_below_minimum');
  }
  return terms;
}

/** Whether terms may be frozen; the comparison asks without wanting a fault. */
export function termsHold(terms: CommissionTerms | undefined): boolean {
  try {
    checkedTerms(terms);
    return true;
  } catch {
    return false;
  }
}

/** Whether terms hold for debts of a currency: those that name amounts do for their own alone. */
export function suits(terms: CommissionTerms, currency: string): boolean {
  const said = termsCurrency(terms);
  return said === undefined || said === currency;
}

/**
 * Terms whose amounts are in a currency hold for debts of that currency alone: nothing in a
 * contract is converted. Faults: `refused` terms_in_other_currency.
 */
export function checkTermsFit(terms: CommissionTerms, currency: string): void {
  if (suits(terms, currency)) return;
  const said = termsCurrency(terms) ?? '';
  throw fault('refused', 'terms_in_other_currency', { terms: said, case: currency });
}

/**
 * Whether each payment stands for itself: one rate, and nothing that is counted over the case. Such
 * lines are rounded payment by payment, as they were before there was anything else.
 */
export function isPlain(terms: CommissionTerms): boolean {
  const { model, minimum, cap, retainer, litigationUpliftBps = 0, vatIncluded = false } = terms;
  const isOneRate = model?.$case === 'flat' || model?.$case === 'ageBands';
  const isBare = [minimum, cap, retainer].every((part) => part === undefined);
  return isOneRate && isBare && litigationUpliftBps === 0 && !vatIncluded;
}

function bandAt(bands: readonly AgeBand[], daysOverdue: number): AgeBand {
  const reached = bands.filter((band) => band.fromDaysOverdue <= Math.max(0, daysOverdue));
  const band = reached.at(-1);
  if (band === undefined) throw fault('refused', 'terms_without_bands');
  return band;
}

/**
 * Commission rate in basis points for a debt of this age; a debt not yet due counts as day 0. Of
 * brackets and steps it is the first one's, of a fixed fee 0.
 */
export function rateFor({ model }: CommissionTerms, daysOverdue: number): number {
  switch (model?.$case) {
    case undefined:
      throw fault('refused', 'terms_missing');
    case 'flat':
      return model.value.rateBps;
    case 'ageBands':
      return bandAt(model.value.bands, daysOverdue).rateBps;
    case 'amountBrackets':
      return model.value.brackets[0]?.rateBps ?? 0;
    case 'ratchet':
      return model.value.steps[0]?.rateBps ?? 0;
    case 'fixed':
      return 0;
  }
}

/** When a fixed fee is earned, as terms and lines say it. */
export function fixedWords(due: FixedDue): string {
  return due === 'FIXED_DUE_PAID_IN_FULL' ? 'fixed:paid_in_full' : 'fixed:first_payment';
}

/**
 * Why this rate, as a placement keeps it: `flat`, or the band as `age_band:31-60`, `age_band:91-`,
 * `amount_brackets`, `ratchet`, `ratchet:retroactive`, `fixed:first_payment`,
 * `fixed:paid_in_full`. What a line says of counted terms stands in `entitlement.ts`.
 */
export function termWords({ model }: CommissionTerms, daysOverdue: number): string {
  switch (model?.$case) {
    case undefined:
      throw fault('refused', 'terms_missing');
    case 'flat':
      return 'flat';
    case 'ageBands': {
      const { bands } = model.value;
      const band = bandAt(bands, daysOverdue);
      const next = bands[bands.indexOf(band) + 1];
      const to = next === undefined ? '' : next.fromDaysOverdue - 1;
      return `age_band:${band.fromDaysOverdue}-${to}`;
    }
    case 'amountBrackets':
      return 'amount_brackets';
    case 'ratchet':
      return model.value.retroactive ? 'ratchet:retroactive' : 'ratchet';
    case 'fixed':
      return fixedWords(model.value.due);
  }
}
