import { type Day, day, daysBetween, dayIn } from '@recourse/kit/day.ts';
import type { DisputeOutcome, ListingState } from './listing.ts';
import type { Category } from './terms.ts';

/** Of a listing what its figures are made of; days and instants as in `Listing`. */
export type Counted = {
  state: ListingState;
  category: Category;
  submittedAt: string;
  publishedOn: string;
  endReason: string;
  endedAt: string;
  disputes: readonly {
    receivedOn: string;
    answerBy: string;
    outcome?: DisputeOutcome | undefined;
    answeredAt: string;
  }[];
};

/** Counts of one month, `2026-11` of the association's calendar. */
export type ListMonth = {
  month: string;
  submitted: number;
  published: number;
  refused: number;
  ended: number;
  disputes: number;
  upheld: number;
  answered: number;
  answeredLate: number;
};

type Tally = Omit<ListMonth, 'month'>;

export type ListInsight = {
  months: ListMonth[];
  /** Of what is published now, most first. */
  categories: { category: Category; published: number; disputed: number }[];
  /** Why published entries ended in the period, most first. */
  ends: { reason: string; count: number }[];
  published: number;
  /** Open disputes whose last day to answer has passed. */
  overdueAnswers: number;
  /** Whole days; undefined when there is nothing to measure. */
  medianDaysToPublish: number | undefined;
  medianDaysToAnswer: number | undefined;
};

const nothing: Tally = {
  submitted: 0,
  published: 0,
  refused: 0,
  ended: 0,
  disputes: 0,
  upheld: 0,
  answered: 0,
  answeredLate: 0,
};

/** The present month of `today` and those before it, `count` in all, oldest first: `2026-11`. */
export function monthsUntil(today: Day, count: number): string[] {
  const last = today.toPlainYearMonth();
  return Array.from({ length: count }, (_, place) =>
    last.subtract({ months: count - 1 - place }).toString(),
  );
}

/** The lower one of the two in the middle when the number is even. */
function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
}

function countedBy<K extends string>(keys: readonly K[]): [K, number][] {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].toSorted(([a, most], [b, more]) => more - most || a.localeCompare(b));
}

function isOpen({ outcome }: Counted['disputes'][number]): boolean {
  return outcome === undefined;
}

/**
 * The figures of an association's list over months, which `monthsUntil` gives. `publishedOn` is the
 * last publication: an entry that came back after a bounced payment counts once.
 */
export function listInsight(
  listings: readonly Counted[],
  { months, today, zone }: { months: readonly string[]; today: Day; zone: string },
): ListInsight {
  const tallies = new Map(months.map((month) => [month, { ...nothing }]));
  const dayOf = (text: string): string =>
    text.includes('T') ? dayIn(zone, Temporal.Instant.from(text)).toString() : text;
  /** Counts it in its month; false when that is outside of the period or it has not happened. */
  const count = (what: keyof Tally, text: string): boolean => {
    const tally = text === '' ? undefined : tallies.get(dayOf(text).slice(0, 7));
    if (tally !== undefined) tally[what] += 1;
    return tally !== undefined;
  };
  const toPublish: number[] = [];
  const toAnswer: number[] = [];
  const reasons: string[] = [];
  const span = (from: string, to: string) => daysBetween(day(dayOf(from)), day(dayOf(to)));
  for (const { submittedAt, publishedOn, endedAt, endReason, disputes } of listings) {
    count('submitted', submittedAt);
    if (count('published', publishedOn)) toPublish.push(span(submittedAt, publishedOn));
    const isEnd = count(publishedOn === '' ? 'refused' : 'ended', endedAt);
    if (isEnd && publishedOn !== '') reasons.push(endReason);
    for (const { receivedOn, answerBy, outcome, answeredAt } of disputes) {
      count('disputes', receivedOn);
      if (outcome === undefined || !count('answered', answeredAt)) continue;
      toAnswer.push(span(receivedOn, answeredAt));
      if (outcome === 'UPHELD') count('upheld', answeredAt);
      if (dayOf(answeredAt) > answerBy) count('answeredLate', answeredAt);
    }
  }
  const shown = listings.filter((one) => one.state === 'PUBLISHED');
  const disputed = shown.filter((one) => one.disputes.some(isOpen));
  const late = listings.flatMap((one) =>
    one.disputes.filter((each) => isOpen(each) && each.answerBy < today.toString()),
  );
  return {
    months: [...tallies].map(([month, tally]) => ({ month, ...tally })),
    categories: countedBy(shown.map((one) => one.category)).map(([category, published]) => ({
      category,
      published,
      disputed: disputed.filter((one) => one.category === category).length,
    })),
    ends: countedBy(reasons).map(([reason, number]) => ({ reason, count: number })),
    published: shown.length,
    overdueAnswers: late.length,
    medianDaysToPublish: median(toPublish),
    medianDaysToAnswer: median(toAnswer),
  };
}
