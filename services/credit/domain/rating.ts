import { addDays, day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { divide, minorDigits, type Money, money } from '@recourse/kit/money.ts';
import { roughly } from '@recourse/kit/round-rates.ts';
import type {
  CreditPolicy,
  Grade,
  PolicyRow,
  Rating,
  RatingCause,
  RatingRule,
} from '@recourse/proto/credit/v1/ratings.ts';
import type { Scoring } from './expert.ts';
import { probabilityOf, usualScaling } from './fitting/model.ts';

const order: readonly Grade[] = [
  'GRADE_AAA',
  'GRADE_AA',
  'GRADE_A',
  'GRADE_BBB',
  'GRADE_BB',
  'GRADE_B',
  'GRADE_CCC',
  'GRADE_CC',
  'GRADE_C',
  'GRADE_D',
];

/** How many grades worse the second is; negative when it is better, nought when one is unknown. */
export function gradesDown(from: Grade, to: Grade): number {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  return a < 0 || b < 0 ? 0 : b - a;
}

/** The probability of default of a score, in whole basis points, at least one. */
export function pdBpsOf(score: number): number {
  return Math.max(1, Math.round(probabilityOf(score, usualScaling) * 10_000));
}

function rowFor(policy: CreditPolicy, pdBps: number, rules: readonly RatingRule[]): PolicyRow {
  const byPd = policy.rows.find((row) => pdBps <= row.pdUpToBps) ?? policy.rows.at(-1);
  const worst = rules.reduce<Grade>(
    (grade, rule) => (gradesDown(grade, rule.worstGrade) > 0 ? rule.worstGrade : grade),
    byPd?.grade ?? 'GRADE_D',
  );
  const row = policy.rows.find((one) => one.grade === worst) ?? policy.rows.at(-1);
  if (row === undefined) throw fault('internal', 'policy_is_empty');
  return row;
}

/** Below this share of known answers a customer gets half the limit of its grade. */
const leastKnownBps = 4_000;

/** A limit in another currency by round rates, down to thousands; undefined without a rate. */
function told(limit: Money, currency: string): Money | undefined {
  if (limit.currency === currency) return limit;
  const rough = roughly(limit, currency);
  if (rough === undefined) return undefined;
  const thousand = 10n ** BigInt(3 + minorDigits(currency));
  return money(rough.minor - (rough.minor % thousand), currency);
}

function limitOf(
  basis: RatingBasis,
  row: PolicyRow,
  policyLimit: Money | undefined,
): Money | undefined {
  const { equity } = basis;
  if (policyLimit === undefined) return undefined;
  const { knownBps } = basis.scoring;
  let { minor } = policyLimit;
  if (knownBps < leastKnownBps) minor = divide(minor, 2n, 'down');
  const isComparable = equity?.currency === policyLimit.currency;
  if (equity !== undefined && isComparable && row.equityShareBps > 0) {
    const cap = divide(equity.minor * BigInt(row.equityShareBps), 10_000n, 'down');
    minor = cap < minor ? (cap > 0n ? cap : 0n) : minor;
  }
  return money(minor, policyLimit.currency);
}

export type RatingBasis = {
  customerId: string;
  scoring: Scoring;
  rules: RatingRule[];
  /** Own means by the newest statement. */
  equity: Money | undefined;
  /** The currency the customer owes in. */
  currency: string;
};

export type RatingCommand = {
  ratingId: string;
  cause: RatingCause;
  at: string;
  today: string;
};

/**
 * Makes a rating: probability to grade by the policy's table, no better than the rules allow, and
 * the grade's limit and terms. The limit is capped by the customer's own equity and halved while
 * little is known; in a currency that has no round rate there is none.
 */
export function rate(
  basis: RatingBasis,
  policy: CreditPolicy,
  before: Rating | undefined,
  command: RatingCommand,
): Rating {
  const { scoring, rules } = basis;
  const row = rowFor(policy, scoring.pdBps, rules);
  const policyLimit = told(row.limit ?? money(0n, basis.currency), basis.currency);
  const reviewDays = Math.round(row.reviewMonths * 30.4375);
  return {
    ratingId: command.ratingId,
    customerId: basis.customerId,
    ratedAt: command.at,
    cause: command.cause,
    modelId: scoring.modelId,
    modelVersion: scoring.modelVersion,
    score: scoring.score,
    basePoints: scoring.basePoints,
    pdBps: scoring.pdBps,
    grade: row.grade,
    limit: limitOf(basis, row, policyLimit),
    terms: row.terms,
    guaranteeRequired: row.guaranteeRequired,
    reasons: scoring.reasons,
    rules,
    knownBps: scoring.knownBps,
    reviewOn: addDays(day(command.today), reviewDays).toString(),
    gradeBefore: before?.grade ?? 'GRADE_UNSPECIFIED',
    policyLimit,
    policyVersion: policy.policyVersion,
  };
}

/** Whether a new rating says anything the present one does not. */
export function isOther(before: Rating | undefined, after: Rating): boolean {
  if (before === undefined) return true;
  const isSame =
    before.grade === after.grade &&
    before.score === after.score &&
    before.pdBps === after.pdBps &&
    before.limit?.minor === after.limit?.minor &&
    before.limit?.currency === after.limit?.currency &&
    before.modelVersion === after.modelVersion &&
    before.policyVersion === after.policyVersion &&
    before.guaranteeRequired === after.guaranteeRequired;
  return !isSame;
}

/** Whether others need to hear of it: grade, limit or terms moved. */
export function isTold(before: Rating | undefined, after: Rating): boolean {
  return (
    before === undefined ||
    before.grade !== after.grade ||
    before.limit?.minor !== after.limit?.minor ||
    before.guaranteeRequired !== after.guaranteeRequired
  );
}

/**
 * Refuses a policy table that would rate nobody or contradict itself. Faults: `invalid`
 * policy_lacks_grade, policy_grade_twice, policy_bounds_do_not_rise, policy_limit_negative,
 * policy_currencies_differ, policy_limits_rise_with_risk.
 */
export function checkPolicy(rows: readonly PolicyRow[]): void {
  const seen = new Set(rows.map((row) => row.grade));
  if (seen.size < rows.length) throw fault('invalid', 'policy_grade_twice');
  const lacking = order.find((grade) => !seen.has(grade));
  if (lacking !== undefined) throw fault('invalid', 'policy_lacks_grade', { grade: lacking });
  if (rows.some((row, at) => row.grade !== order[at])) {
    throw fault('invalid', 'policy_out_of_order');
  }
  const currency = rows[0]?.limit?.currency ?? '';
  rows.forEach((row, at) => {
    const above = rows[at - 1];
    const { grade } = row;
    const minor = row.limit?.minor ?? 0n;
    if (above !== undefined && row.pdUpToBps <= above.pdUpToBps) {
      throw fault('invalid', 'policy_bounds_do_not_rise', { grade });
    }
    if (minor < 0n) throw fault('invalid', 'policy_limit_negative', { grade });
    if (row.limit !== undefined && row.limit.currency !== currency) {
      throw fault('invalid', 'policy_currencies_differ', { grade });
    }
    if (above !== undefined && minor > (above.limit?.minor ?? 0n)) {
      throw fault('invalid', 'policy_limits_rise_with_risk', { grade });
    }
  });
}
