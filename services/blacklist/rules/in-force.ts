import { type Day, dayIn } from '@recourse/kit/day.ts';
import { type Dated, inForce } from '../domain/rule.ts';
import type { Terms } from '../domain/terms.ts';
import { evidenceStandard, listingFigures, personTerms } from './listing.ts';
import { screeningFigures } from './screening.ts';

/** The zone whose calendar an association's days are of, until associations set their own. */
export const associationZone = 'Asia/Shanghai';

/** The association's calendar day at an instant. */
export function dayAt(at: Temporal.Instant): Day {
  return dayIn(associationZone, at);
}

/** Every figure as it holds on one day. */
export function termsOn(on: Day): Terms {
  return {
    ...inForce(listingFigures, on).value,
    ...inForce(screeningFigures, on).value,
    standard: inForce(evidenceStandard, on).value,
    persons: inForce(personTerms, on).value,
  };
}

export type ShownRule = { name: string; value: string; effectiveFrom: string; source: string };

function shown(row: Dated<object>): ShownRule[] {
  const { effectiveFrom, source, rule } = row;
  return Object.entries(row.value).map(([name, value]) => ({
    name: `${rule}.${name}`,
    value: typeof value === 'number' ? String(value) : JSON.stringify(value),
    effectiveFrom,
    source,
  }));
}

/** The rules in force on a day, as people are shown them. */
export function rulesShownOn(on: Day): ShownRule[] {
  return [listingFigures, evidenceStandard, personTerms, screeningFigures].flatMap(
    (rows: readonly Dated<object>[]) => shown(inForce(rows, on)),
  );
}
