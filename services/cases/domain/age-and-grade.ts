import { type Day, day, daysBetween } from '@recourse/kit/day.ts';
import { divide } from '@recourse/kit/money.ts';

/** What a debt's age says of it, and how much of that for a debtor of a grade. */
export type AgeAndGrade = {
  /** By days overdue, in order; nothing before the first. */
  readonly ages: readonly { readonly fromDays: number; readonly bps: number }[];
  /** How much of that for a debtor of a grade. */
  readonly grades: readonly { readonly grades: readonly string[]; readonly percent: number }[];
  readonly unratedPercent: number;
};

export type Aged = {
  oldestDueDate: string;
  /** As credit told it last; null before it told any. */
  grade: string | null;
};

export type Weighed = { days: number; byAgeBps: number; percent: number; bps: number };

/** The share of both, rounded down to a hundredth of a per cent. */
export function weigh({ oldestDueDate, grade }: Aged, today: Day, of: AgeAndGrade): Weighed {
  const days = daysBetween(day(oldestDueDate), today);
  const byAgeBps = of.ages.findLast(({ fromDays }) => fromDays <= days)?.bps ?? 0;
  const byGrade = of.grades.find((one) => grade !== null && one.grades.includes(grade));
  const percent = byGrade?.percent ?? of.unratedPercent;
  const bps = Number(divide(BigInt(byAgeBps * percent), 100n, 'down'));
  return { days, byAgeBps, percent, bps };
}

/** `12.5 %` for 1,250. */
export function percentText(bps: number): string {
  return `${bps / 100} %`;
}
