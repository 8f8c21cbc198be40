import { daysBetween, day } from '@recourse/kit/day.ts';
import type {
  ExternalFlag,
  FinancialStatement,
  QualitativeAnswers,
  RegistryData,
} from '@recourse/proto/credit/v1/ratings.ts';
import type { Behaviour } from './behaviour.ts';
import { lateFacts } from './fitting/late-payment.ts';
import { ratios } from './statement.ts';

/** What is known of a customer by name of characteristic; numbers, codes, or not known. */
export type Facts = Readonly<Record<string, number | string | undefined>>;

/** Everything a rating looks at. */
export type Known = {
  behaviours: readonly Behaviour[];
  /** Promises broken within a year. */
  brokenPromises: number;
  registry: RegistryData | undefined;
  answers: QualitativeAnswers | undefined;
  flags: readonly ExternalFlag[];
  /** Newest first. */
  statements: readonly FinancialStatement[];
};

/** The behaviour of the currency a customer owes most in, by count of receivables. */
export function mainBehaviour(behaviours: readonly Behaviour[]): Behaviour | undefined {
  return behaviours.toSorted((a, b) => Number(b.receivableCount - a.receivableCount))[0];
}

function bpsOf(part: bigint, whole: bigint): number {
  return Number((part * 10_000n) / whole);
}

/** What payment behaviour says, by name of characteristic. */
export function behaviourFacts(behaviour: Behaviour | undefined): Facts {
  if (behaviour === undefined) return {};
  const { settledCount, exposureMinor, overdueMinor } = behaviour;
  const isSettled = settledCount > 0n;
  return {
    late_share: isSettled ? behaviour.lateShareBps / 10_000 : undefined,
    mean_days_late: isSettled ? behaviour.meanDaysLateTenths / 10 : undefined,
    worst_days_late: behaviour.worstDaysLate,
    days_late_trend: behaviour.trendKnown ? behaviour.trendTenths / 10 : undefined,
    overdue_share: exposureMinor > 0n ? bpsOf(overdueMinor, exposureMinor) / 10_000 : 0,
    settled_count: Number(settledCount),
  };
}

function answered(value: number | undefined): number | undefined {
  return value === undefined || value === 0 ? undefined : value;
}

function yearsSince(from: string, today: string): number | undefined {
  if (from === '') return undefined;
  const years = daysBetween(day(from), day(today)) / 365.25;
  return years < 0 ? undefined : years;
}

function registryFacts(registry: RegistryData | undefined, today: string): Facts {
  if (registry === undefined) return {};
  return {
    company_age_years: yearsSince(registry.foundedOn, today),
    registry_status: registry.status || undefined,
    ownership: registry.ownership || undefined,
    employees: answered(registry.employees),
    registry_changes: registry.checkedOn === '' ? undefined : registry.recentChanges,
  };
}

function answerFacts(answers: QualitativeAnswers | undefined): Facts {
  return {
    market_position: answered(answers?.marketPosition),
    management: answered(answers?.management),
    integrity: answered(answers?.integrity),
    industry_outlook: answered(answers?.industryOutlook),
    dependence: answered(answers?.dependence),
    relation_years: answered(answers?.relationYears),
  };
}

/** Facts by name, as both the expert card and fitted models ask for them. */
export function factsOf(known: Known, today: string): Facts {
  const [newest] = known.statements;
  return {
    ...behaviourFacts(mainBehaviour(known.behaviours)),
    broken_promises: known.brokenPromises,
    ...(newest === undefined ? {} : ratios(newest)),
    ...answerFacts(known.answers),
    ...registryFacts(known.registry, today),
    ...Object.fromEntries(known.flags.map((flag) => [flag.code, flag.since])),
  };
}

/** Every name a fitted model may ask for. */
export const answerable: ReadonlySet<string> = new Set([
  ...lateFacts,
  'late_share',
  'mean_days_late',
  'worst_days_late',
  'days_late_trend',
  'overdue_share',
  'settled_count',
  'broken_promises',
  'current_ratio',
  'quick_ratio',
  'debt_ratio',
  'net_margin',
  'interest_cover',
  'cash_flow_to_debt',
  'asset_turnover',
  'return_on_assets',
  'market_position',
  'management',
  'integrity',
  'industry_outlook',
  'dependence',
  'relation_years',
  'company_age_years',
  'registry_status',
  'ownership',
  'employees',
  'registry_changes',
]);
