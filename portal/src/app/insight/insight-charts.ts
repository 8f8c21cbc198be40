import { FunnelStage } from '@recourse/proto/web/cases/v1/insight';
import type {
  ContactHour,
  FunnelStep,
  InsightMonth,
  Vintage,
} from '@recourse/proto/web/cases/v1/insight';
import type { ChartSeries, ChartSpec, ChartValue } from '../ui/chart-spec';
import { formatCount, formatWeekday } from '../ui/format';
import { t } from './words';

/** The charts of insight; each is of one currency, or of none. */

/** The faintest of many curves; the newest is as strong as a curve alone. */
const faintest = 0.35;

const perBps = (bps: number | undefined): ChartValue =>
  bps === undefined ? undefined : bps / 10_000;

/** A curve for each vintage that has a point, the older the fainter. */
export function curves(vintages: readonly Vintage[]): ChartSpec {
  const shown = vintages.filter((one) => one.points.length > 0);
  const points = Math.max(0, ...shown.map((one) => one.points.length));
  const months = Array.from({ length: points }, (_, place) => place);
  return {
    kind: 'lines',
    unit: 'percent',
    categoryName: t('monthsAfter'),
    categories: months.map((count) => t('monthAfter', { count })),
    series: shown.map((one, place) => ({
      name: t('vintageName', { month: one.month, cases: formatCount(one.cases) }),
      tone: 'primary',
      strength: faintest + ((1 - faintest) * (place + 1)) / shown.length,
      values: months.map((after) => perBps(one.points[after]?.shareBps)),
    })),
  };
}

/** The vintages as they stand in their table, to be written to a file. */
export function vintageTable(vintages: readonly Vintage[], baseName: string): ChartSpec {
  const lasts = vintages.map((one) => one.points.at(-1));
  return {
    kind: 'bars',
    unit: 'count',
    categoryName: t('month'),
    categories: vintages.map((one) => one.month),
    series: [
      { name: t('cases'), values: vintages.map((one) => Number(one.cases)) },
      { name: baseName, values: vintages.map((one) => one.base) },
      { name: t('recovered'), values: lasts.map((last) => last?.recovered) },
      { name: t('share'), values: lasts.map((last) => perBps(last?.shareBps)) },
      { name: t('monthsAfter'), values: lasts.map((last) => last?.monthsAfter) },
    ],
  };
}

const stages = [
  FunnelStage.OPENED,
  FunnelStage.REACHED,
  FunnelStage.PROMISED,
  FunnelStage.PAID_IN_PART,
  FunnelStage.PAID_IN_FULL,
];

function funnel(
  steps: readonly FunnelStep[],
  unit: 'count' | 'money',
  series: readonly (Omit<ChartSeries, 'values'> & { of: (step: FunnelStep) => ChartValue })[],
): ChartSpec {
  const inOrder = stages.map((stage) => steps.find((step) => step.stage === stage));
  return {
    kind: 'rows',
    unit,
    categoryName: t('stage'),
    categories: stages.map((stage) => t(stage)),
    series: series.map(({ of, ...one }) => ({
      ...one,
      values: inOrder.map((step) => (step === undefined ? undefined : of(step))),
    })),
  };
}

/** How many cases have come to each step. */
export function funnelCases(steps: readonly FunnelStep[]): ChartSpec {
  return funnel(steps, 'count', [{ name: t('cases'), of: (step) => Number(step.cases) }]);
}

/** What these cases were opened with, and what came back of it. */
export function funnelMoney(steps: readonly FunnelStep[]): ChartSpec {
  return funnel(steps, 'money', [
    { name: t('base'), tone: 'primary', of: (step) => step.base },
    { name: t('recovered'), tone: 'good', of: (step) => step.recovered },
  ]);
}

/** Hours that are shown even when nobody was contacted in them: outside the quiet ones. */
const firstHour = 8;
const lastHour = 21;

/** A Monday, and what follows it. */
const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, name: `2024-01-0${day}` }));

function heat(
  hours: readonly ContactHour[],
  unit: 'count' | 'percent',
  of: (hour: ContactHour | undefined) => ChartValue,
): ChartSpec {
  const from = Math.min(firstHour, ...hours.map((one) => one.hour));
  const to = Math.max(lastHour, ...hours.map((one) => one.hour));
  const shown = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  return {
    kind: 'heat',
    unit,
    categoryName: t('hour'),
    categories: shown.map((hour) => `${String(hour).padStart(2, '0')}:00`),
    series: week.map(({ day, name }) => ({
      name: formatWeekday(name),
      values: shown.map((hour) =>
        hours.length === 0
          ? undefined
          : of(hours.find((one) => one.weekday === day && one.hour === hour)),
      ),
    })),
  };
}

export function attempts(hours: readonly ContactHour[]): ChartSpec {
  return heat(hours, 'count', (one) => Number(one?.attempts ?? 0n));
}

/** Effective of all contacts of an hour; an hour without any has no share. */
export function effectiveShare(hours: readonly ContactHour[]): ChartSpec {
  return heat(hours, 'percent', (one) =>
    one === undefined || one.attempts === 0n
      ? undefined
      : Number(one.effective) / Number(one.attempts),
  );
}

function monthly(
  months: readonly InsightMonth[],
  unit: ChartSpec['unit'],
  series: readonly (Omit<ChartSeries, 'values'> & { of: (month: InsightMonth) => ChartValue })[],
): ChartSpec {
  return {
    kind: 'lines',
    unit,
    categoryName: t('month'),
    categories: months.map((one) => one.month),
    series: series.map(({ of, ...one }) => ({ ...one, values: months.map(of) })),
  };
}

/** Days sales outstanding, with the target; nothing when no month has one. */
export function dsoLine(months: readonly InsightMonth[], targetDays: number): ChartSpec {
  const isKnown = months.some((one) => one.dsoTenths !== undefined);
  return monthly(months, 'count', [
    {
      name: t('dso'),
      tone: 'primary',
      of: (one) => (one.dsoTenths === undefined ? undefined : one.dsoTenths / 10),
    },
    {
      name: t('target'),
      tone: 'muted',
      dashed: true,
      of: () => (isKnown ? targetDays : undefined),
    },
  ]);
}

export function rateLines(months: readonly InsightMonth[]): ChartSpec {
  return monthly(months, 'percent', [
    { name: t('overdueRate'), tone: 'warn', of: (one) => perBps(one.overdueBps) },
    { name: t('cei'), tone: 'primary', of: (one) => perBps(one.ceiBps) },
  ]);
}

/** Bad debt of a year of what was invoiced in it; no point where nothing was. */
export function badDebtRateLine(months: readonly InsightMonth[]): ChartSpec {
  return monthly(months, 'percent', [
    { name: t('badDebtRate'), tone: 'bad', of: (one) => perBps(one.badDebtBps) },
  ]);
}

/** What each month gave up; below nothing where more came in than was given up. */
export function badDebtLines(months: readonly InsightMonth[]): ChartSpec {
  return monthly(months, 'money', [{ name: t('badDebt'), tone: 'bad', of: (one) => one.badDebt }]);
}

/** What came in, beside the same month of the year before where that is known. */
export function recoveredLines(months: readonly InsightMonth[]): ChartSpec {
  const isCompared = months.some((one) => one.recoveredYearBefore !== undefined);
  const before = {
    name: t('yearBefore'),
    tone: 'muted',
    dashed: true,
    of: (one: InsightMonth) => one.recoveredYearBefore,
  } as const;
  return monthly(months, 'money', [
    { name: t('recovered'), tone: 'good', of: (one) => one.recovered },
    ...(isCompared ? [before] : []),
  ]);
}
