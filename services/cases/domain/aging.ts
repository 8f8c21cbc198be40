import { day, daysBetween } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';

/** One row of the rule table: days overdue from and to, both included; an open end is absent. */
export type ClassRow<Class extends string> = {
  readonly overdueClass: Class;
  readonly fromDays?: number;
  readonly toDays?: number;
};

/**
 * The class of a number of days overdue (negative before the due day). Throws when the rows leave
 * a gap.
 */
export function classOf<Class extends string>(
  daysOverdue: number,
  rows: readonly ClassRow<Class>[],
): Class {
  const row = rows.find(
    ({ fromDays, toDays }) =>
      (fromDays === undefined || daysOverdue >= fromDays) &&
      (toDays === undefined || daysOverdue <= toDays),
  );
  if (row === undefined) throw fault('internal', 'no_overdue_class', { days: daysOverdue });
  return row.overdueClass;
}

/** What aging needs of a receivable. Days are `YYYY-MM-DD`, money is minor units of `currency`. */
export type AgingItem = {
  documentDate: string | undefined;
  dueDate: string;
  settledDate: string | undefined;
  currency: string;
  amountMinor: bigint;
  /** What is open now. A receivable settled after the day asked about was wholly open on it. */
  openMinor: bigint;
};

export type AgingBucket<Class extends string> = {
  overdueClass: Class;
  count: number;
  minor: bigint;
};

/** Aging in one currency, its buckets in the order of the rule rows; amounts are minor units. */
export type Aging<Class extends string> = {
  currency: string;
  buckets: readonly AgingBucket<Class>[];
  count: number;
  minor: bigint;
};

/**
 * What of a receivable was open at the end of a day. One that is settled by now was open, wholly,
 * from its document date to the day before its settlement. One that is not settled is open with
 * what is open now, even where its document is dated after the day: it is owed already, and
 * ledgers post-date documents. Both known answers of data/README.md need exactly this.
 */
export function openOn(item: AgingItem, asOf: string): bigint {
  if (item.settledDate === undefined) return item.openMinor;
  if (item.documentDate !== undefined && item.documentDate > asOf) return 0n;
  return item.settledDate > asOf ? item.amountMinor : 0n;
}

type Sums<Class extends string> = Map<Class, AgingBucket<Class>>;

function emptySums<Class extends string>(rows: readonly ClassRow<Class>[]): Sums<Class> {
  return new Map(rows.map((row) => [row.overdueClass, { ...row, count: 0, minor: 0n }]));
}

/**
 * Aging of receivables as of a day, one for each currency in alphabetical order; closed ones are
 * left out.
 */
export function aging<Class extends string>(
  items: Iterable<AgingItem>,
  asOf: string,
  rows: readonly ClassRow<Class>[],
): Aging<Class>[] {
  const until = day(asOf);
  const byCurrency = new Map<string, Sums<Class>>();
  const classByDue = new Map<string, Class>();
  for (const item of items) {
    const open = openOn(item, asOf);
    if (open === 0n) continue;
    const name =
      classByDue.get(item.dueDate) ?? classOf(daysBetween(day(item.dueDate), until), rows);
    classByDue.set(item.dueDate, name);
    const sums = byCurrency.get(item.currency) ?? emptySums(rows);
    byCurrency.set(item.currency, sums);
    const bucket = sums.get(name);
    if (bucket === undefined) continue;
    bucket.count += 1;
    bucket.minor += open;
  }
  return [...byCurrency]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sums]) => {
      const buckets = [...sums.values()].map(({ overdueClass, count, minor }) => {
        return { overdueClass, count, minor };
      });
      return {
        currency,
        buckets,
        count: buckets.reduce((total, bucket) => total + bucket.count, 0),
        minor: buckets.reduce((total, bucket) => total + bucket.minor, 0n),
      };
    });
}
