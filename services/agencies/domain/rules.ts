import { type Day, isBefore, day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { PackItem } from './pack.ts';

/** One row of a rule table: what holds from a day on (to a day, both included), and who says so. */
export type DatedRule<V> = {
  effectiveFrom: string;
  effectiveTo?: string;
  value: V;
  source: string;
};

/** The value that holds on a day: the latest row that has begun and not ended. */
export function ruleOn<V>(rows: readonly DatedRule<V>[], on: Day): V {
  const holding = rows.filter(
    (row) =>
      !isBefore(on, day(row.effectiveFrom)) &&
      (row.effectiveTo === undefined || !isBefore(day(row.effectiveTo), on)),
  );
  const latest = holding.reduce<DatedRule<V> | undefined>(
    (best, row) => (best === undefined || best.effectiveFrom < row.effectiveFrom ? row : best),
    undefined,
  );
  if (latest === undefined) throw fault('internal', 'no_rule_on_day', { day: on.toString() });
  return latest.value;
}

/** The wall clock a creditor's days, weeks and deadlines are counted by. */
export const creditorZone: readonly DatedRule<string>[] = [
  { effectiveFrom: '2000-01-01', value: 'Asia/Shanghai', source: 'house: B2B in China first' },
];

/** Days an agency has to answer an offer, the day it was made not counted. */
export const offerDays: readonly DatedRule<number>[] = [
  { effectiveFrom: '2000-01-01', value: 7, source: 'house default' },
];

/** When a week's report is due, counted from the Monday after the week. */
export const reportDue: readonly DatedRule<{ daysAfterWeek: number; time: string }>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: { daysAfterWeek: 0, time: '18:00' },
    source: 'house rule: Monday 18:00 creditor time',
  },
];

/** How many past weeks are searched for reports that never came. */
export const missingWeeks: readonly DatedRule<number>[] = [
  { effectiveFrom: '2000-01-01', value: 8, source: 'house default' },
];

/** Cases one agent can work, when an agency names no capacity itself. */
export const casesPerAgent: readonly DatedRule<number>[] = [
  { effectiveFrom: '2000-01-01', value: 100, source: 'house rule: 100–150 per agent' },
];

/**
 * Open amount one agent can work, in CNY; other currencies are held against it at the kit's round
 * rates.
 */
export const amountPerAgent: readonly DatedRule<Money>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: { currency: 'CNY', minor: 5_000_000_000n },
    source: 'house rule: CNY 50 m per agent',
  },
];

/** Papers that collecting needs, each with the names under which agencies list it. */
export const requiredLicences: readonly DatedRule<
  readonly { kind: string; names: readonly string[] }[]
>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: [{ kind: '营业执照', names: ['营业执照', 'business licence', 'business license'] }],
    source: 'house rule: a business licence (营业执照) before any placement',
  },
];

/** Days before a licence expires on which its agency is reminded. */
export const licenceReminders: readonly DatedRule<readonly number[]>[] = [
  { effectiveFrom: '2000-01-01', value: [90, 30, 7, 1, 0], source: 'house default' },
];

/** What a handover pack must have where the creditor's policy says nothing else. */
export type PackRule = { required: readonly PackItem[]; floorBps: number };

export const packRule: readonly DatedRule<PackRule>[] = [
  {
    effectiveFrom: '2000-01-01',
    // Papers are the creditor's to demand: an export of an ERP brings none.
    value: { required: ['LIAISON', 'FLOOR'], floorBps: 10_000 },
    source: 'house default: somebody to ask, and nothing waived without asking',
  },
];

export type RecordRule = {
  /** Placements below which nothing is said of an agency's recovery. */
  leastSample: number;
  /** A running placement counts once it is this old; an ended one counts at once. */
  matureDays: number;
  /** Weight of the platform's mean, in placements. */
  priorWeight: number;
};

export const recordRule: readonly DatedRule<RecordRule>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: { leastSample: 20, matureDays: 90, priorWeight: 20 },
    source: 'house default; recovery is measured under 90 days',
  },
];

/** From which days overdue and which amounts on cases are a segment of their own. */
export type SegmentBands = {
  fromDays: readonly number[];
  /** In minor units; other currencies at the kit's round rates. */
  fromMinor: readonly bigint[];
  currency: string;
};

export const segmentBands: readonly DatedRule<SegmentBands>[] = [
  {
    effectiveFrom: '2000-01-01',
    value: {
      fromDays: [0, 31, 91, 181, 361],
      fromMinor: [0n, 5_000_000n, 20_000_000n, 100_000_000n],
      currency: 'CNY',
    },
    source: 'house default: classes of age as in the ageing; CNY 50,000, 200,000, 1 m',
  },
];
