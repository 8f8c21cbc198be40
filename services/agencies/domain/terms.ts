import { fault } from '@recourse/kit/fault.ts';
import type { AgeBand, CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';

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

/**
 * Terms that may be frozen into a placement. Faults, all `refused`: terms_missing,
 * terms_without_bands, terms_not_from_day_zero, terms_not_rising.
 */
export function checkedTerms(terms: CommissionTerms | undefined): CommissionTerms {
  if (terms?.model === undefined) throw fault('refused', 'terms_missing');
  if (terms.model.$case === 'ageBands') checkBands(terms.model.value.bands);
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

function bandAt(bands: readonly AgeBand[], daysOverdue: number): AgeBand {
  const reached = bands.filter((band) => band.fromDaysOverdue <= Math.max(0, daysOverdue));
  const band = reached.at(-1);
  if (band === undefined) throw fault('refused', 'terms_without_bands');
  return band;
}

/** Commission rate in basis points for a debt of this age; a debt not yet due counts as day 0. */
export function rateFor(terms: CommissionTerms, daysOverdue: number): number {
  if (terms.model === undefined) throw fault('refused', 'terms_missing');
  return terms.model.$case === 'flat'
    ? terms.model.value.rateBps
    : bandAt(terms.model.value.bands, daysOverdue).rateBps;
}

/** Why this rate, as a line shows it: `flat`, or the band as `age_band:31-60`, `age_band:91-`. */
export function termWords(terms: CommissionTerms, daysOverdue: number): string {
  if (terms.model === undefined) throw fault('refused', 'terms_missing');
  if (terms.model.$case === 'flat') return 'flat';
  const { bands } = terms.model.value;
  const band = bandAt(bands, daysOverdue);
  const next = bands[bands.indexOf(band) + 1];
  return `age_band:${band.fromDaysOverdue}-${next === undefined ? '' : next.fromDaysOverdue - 1}`;
}
