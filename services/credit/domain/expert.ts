import type { Grade, RatingReason, RatingRule } from '@recourse/proto/credit/v1/ratings.ts';
import type { Facts } from './facts.ts';

/** Values below `until` (and not below the bin before) get these points; the last has no bound. */
export type PointBin = { until?: number; points: number };

export type NumericCharacteristic = {
  code: string;
  group: string;
  missing: number;
  bins: readonly PointBin[];
};

export type CodedCharacteristic = {
  code: string;
  group: string;
  missing: number;
  points: Readonly<Record<string, number>>;
  /** Values that allow no better grade than this. */
  worstGrades: Readonly<Record<string, Grade>>;
};

/** A scorecard by judgement, as dated rule data. */
export type ExpertCard = {
  version: string;
  effectiveFrom: string;
  source: string;
  base: number;
  numeric: readonly NumericCharacteristic[];
  coded: readonly CodedCharacteristic[];
  flags: readonly { code: string; points: number; worstGrade?: Grade }[];
  /** So much overdue for so long allows no better grade, whatever the points. */
  longOverdue: { worstDaysLate: number; overdueShare: number; worstGrade: Grade };
};

/** Points and their reasons; `rules` are what no points can outweigh. */
export type Scoring = {
  modelId: string;
  modelVersion: string;
  score: number;
  basePoints: number;
  /** Probability of default in basis points. */
  pdBps: number;
  reasons: RatingReason[];
  /** Of what the model asks, how much was known, in basis points. */
  knownBps: number;
};

/** The card that holds on a day: the latest one in force. */
export function inForce<R extends { effectiveFrom: string }>(
  rules: readonly R[],
  today: string,
): R {
  const held = rules.filter((rule) => rule.effectiveFrom <= today);
  const latest = held.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
  const [first] = rules;
  const found = latest ?? first;
  if (found === undefined) throw new RangeError('no rule at all');
  return found;
}

function reason(over: Partial<RatingReason> & { code: string }): RatingReason {
  return {
    points: 0,
    value: '',
    from: '',
    until: '',
    missing: false,
    group: '',
    facts: [],
    ...over,
  };
}

function plain(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

function numericReason(one: NumericCharacteristic, value: Facts[string]): RatingReason {
  const { code, group } = one;
  if (typeof value !== 'number') return reason({ code, group, points: one.missing, missing: true });
  const at = one.bins.findIndex((bin) => bin.until === undefined || value < bin.until);
  const bin = one.bins[at];
  const before = one.bins[at - 1]?.until;
  return reason({
    code,
    group,
    points: bin?.points ?? 0,
    value: plain(value),
    from: before === undefined ? '' : plain(before),
    until: bin?.until === undefined ? '' : plain(bin.until),
  });
}

function codedReason(one: CodedCharacteristic, value: Facts[string]): RatingReason {
  const { code, group } = one;
  if (typeof value !== 'string' || value === '') {
    return reason({ code, group, points: one.missing, missing: true });
  }
  return reason({ code, group, points: one.points[value] ?? 0, value });
}

/** Rates the facts by the card: every characteristic's points, strongest first. */
export function scoreByCard(card: ExpertCard, facts: Facts): Omit<Scoring, 'pdBps'> {
  const asked = [
    ...card.numeric.map((one) => numericReason(one, facts[one.code])),
    ...card.coded.map((one) => codedReason(one, facts[one.code])),
  ];
  const flagged = card.flags
    .filter((flag) => facts[flag.code] !== undefined)
    .map(({ code, points }) =>
      reason({ code, group: 'external', points, value: String(facts[code]) }),
    );
  const all = [...asked, ...flagged];
  const known = asked.filter((one) => !one.missing).length;
  return {
    modelId: 'expert',
    modelVersion: card.version,
    basePoints: card.base,
    score: all.reduce((total, one) => total + one.points, card.base),
    reasons: all.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    knownBps: Math.round((known / asked.length) * 10_000),
  };
}

/** The rules beside the points; they hold for fitted models too. */
export function rulesOf(card: ExpertCard, facts: Facts): RatingRule[] {
  const rules: RatingRule[] = [];
  for (const flag of card.flags) {
    const since = facts[flag.code];
    if (flag.worstGrade === undefined || since === undefined) continue;
    const told = [{ name: 'since', value: String(since) }];
    rules.push({ code: flag.code, worstGrade: flag.worstGrade, facts: told });
  }
  for (const one of card.coded) {
    const value = facts[one.code];
    const worst = typeof value === 'string' ? one.worstGrades[value] : undefined;
    if (worst === undefined) continue;
    rules.push({
      code: one.code,
      worstGrade: worst,
      facts: [{ name: 'value', value: String(value) }],
    });
  }
  const { worstDaysLate, overdueShare, worstGrade } = card.longOverdue;
  const days = Number(facts['worst_days_late'] ?? 0);
  const share = Number(facts['overdue_share'] ?? 0);
  if (days >= worstDaysLate && share >= overdueShare) {
    const told = [
      { name: 'worst_days_late', value: plain(days) },
      { name: 'overdue_share', value: plain(share) },
    ];
    rules.push({ code: 'long_overdue', worstGrade, facts: told });
  }
  return rules;
}
