import { type Money, divide } from '@recourse/kit/money.ts';
import type {
  ExternalFlag,
  NamedFact,
  Rating,
  WarningSeverity,
} from '@recourse/proto/credit/v1/ratings.ts';
import type { Facts } from './facts.ts';
import { gradesDown } from './rating.ts';

/** A sign that stands against a customer; at most one of a code is open at a time. */
export type Sign = {
  code: string;
  severity: WarningSeverity;
  advice: 'watch' | 'intensify' | 'preserve' | 'stop_delivery';
  facts: NamedFact[];
};

/** Flags that warn, and what to do (domain.md section 5, early warning). */
const flagSigns: Readonly<Record<string, Pick<Sign, 'severity' | 'advice'>>> = {
  lawsuit: { severity: 'WARNING_SEVERITY_SERIOUS', advice: 'intensify' },
  court_debtor: { severity: 'WARNING_SEVERITY_SERIOUS', advice: 'intensify' },
  dishonest_debtor: { severity: 'WARNING_SEVERITY_GRAVE', advice: 'stop_delivery' },
  blacklist: { severity: 'WARNING_SEVERITY_GRAVE', advice: 'stop_delivery' },
  bureau_default: { severity: 'WARNING_SEVERITY_SERIOUS', advice: 'intensify' },
  tax_arrears: { severity: 'WARNING_SEVERITY_NOTICE', advice: 'watch' },
  asset_transfer: { severity: 'WARNING_SEVERITY_GRAVE', advice: 'preserve' },
  new_financing: { severity: 'WARNING_SEVERITY_NOTICE', advice: 'intensify' },
  near_bankruptcy: { severity: 'WARNING_SEVERITY_GRAVE', advice: 'preserve' },
  bankrupt: { severity: 'WARNING_SEVERITY_GRAVE', advice: 'preserve' },
  bad_press: { severity: 'WARNING_SEVERITY_NOTICE', advice: 'watch' },
};

function named(facts: Record<string, string | number | bigint>): NamedFact[] {
  return Object.entries(facts).map(([name, value]) => ({ name, value: String(value) }));
}

/** How much later than before, in days, warns; half a month is serious. */
const laterDays = 7;
const muchLaterDays = 15;

function behaviourSigns(facts: Facts): Sign[] {
  const signs: Sign[] = [];
  const trend = facts['days_late_trend'];
  if (typeof trend === 'number' && trend >= laterDays) {
    const isSerious = trend >= muchLaterDays;
    signs.push({
      code: 'paying_later',
      severity: isSerious ? 'WARNING_SEVERITY_SERIOUS' : 'WARNING_SEVERITY_NOTICE',
      advice: isSerious ? 'intensify' : 'watch',
      facts: named({ days: trend }),
    });
  }
  const broken = facts['broken_promises'];
  if (typeof broken === 'number' && broken > 0) {
    signs.push({
      code: 'promise_broken',
      severity: broken > 1 ? 'WARNING_SEVERITY_SERIOUS' : 'WARNING_SEVERITY_NOTICE',
      advice: 'intensify',
      facts: named({ count: broken }),
    });
  }
  const changes = facts['registry_changes'];
  if (typeof changes === 'number' && changes >= 2) {
    signs.push({
      code: 'registry_changed',
      severity: 'WARNING_SEVERITY_NOTICE',
      advice: 'watch',
      facts: named({ count: changes }),
    });
  }
  return signs;
}

/** Exposure in basis points of the limit; nought without a limit in its currency. */
export function usedBps(exposure: Money, limit: Money | undefined): number {
  if (limit === undefined || limit.currency !== exposure.currency || limit.minor <= 0n) return 0;
  const used = divide(exposure.minor * 10_000n, limit.minor, 'down');
  return used > 1_000_000n ? 1_000_000 : Number(used);
}

export function isOverLimit(exposure: Money, limit: Money | undefined): boolean {
  return (
    limit !== undefined && limit.currency === exposure.currency && exposure.minor > limit.minor
  );
}

function limitSigns(exposure: Money, rating: Rating, alarmBps: number): Sign[] {
  const { limit } = rating;
  const facts = named({
    exposure_minor: exposure.minor,
    limit_minor: limit?.minor ?? 0n,
    currency: exposure.currency,
  });
  if (isOverLimit(exposure, limit)) {
    const severity = 'WARNING_SEVERITY_SERIOUS';
    return [{ code: 'limit_exceeded', severity, advice: 'stop_delivery', facts }];
  }
  if (alarmBps > 0 && usedBps(exposure, limit) >= alarmBps) {
    return [{ code: 'limit_near', severity: 'WARNING_SEVERITY_NOTICE', advice: 'watch', facts }];
  }
  return [];
}

/** All signs that stand against a customer after a rating. */
export function signsOf(o: {
  facts: Facts;
  flags: readonly ExternalFlag[];
  before: Rating | undefined;
  rating: Rating;
  exposure: Money;
  alarmBps: number;
  /** What its orders say; undefined when nothing. */
  orders?: Sign | undefined;
}): Sign[] {
  const flagged = o.flags.flatMap((flag): Sign[] => {
    const known = flagSigns[flag.code];
    if (known === undefined) return [];
    return [{ code: flag.code, ...known, facts: named({ since: flag.since }) }];
  });
  const down = o.before === undefined ? 0 : gradesDown(o.before.grade, o.rating.grade);
  const fell: Sign[] =
    down < 1
      ? []
      : [
          {
            code: 'grade_fell',
            severity: down > 1 ? 'WARNING_SEVERITY_SERIOUS' : 'WARNING_SEVERITY_NOTICE',
            advice: down > 1 ? 'intensify' : 'watch',
            facts: named({ from: o.before?.grade ?? '', to: o.rating.grade }),
          },
        ];
  return [
    ...flagged,
    ...limitSigns(o.exposure, o.rating, o.alarmBps),
    ...behaviourSigns(o.facts),
    ...(o.orders === undefined ? [] : [o.orders]),
    ...fell,
  ];
}
