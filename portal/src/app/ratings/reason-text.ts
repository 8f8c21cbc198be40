import type {
  CreditWarning,
  NamedFact,
  PaymentTerms,
  RatingReason,
  RatingRule,
} from '@recourse/proto/web/credit/v1/ratings';
import { WarningSeverity } from '@recourse/proto/web/credit/v1/ratings';
import type { Tone } from '../ui/chip';
import { formatBps, formatDay, formatMoney, formatNumber } from '../ui/format';
import { t as reasons } from './reason-words';
import { t } from './words';

type Kind = 'percent' | 'days' | 'years' | 'times' | 'judged' | 'plain';

const kinds: Readonly<Record<string, Kind>> = {
  late_share: 'percent',
  overdue_share: 'percent',
  debt_ratio: 'percent',
  net_margin: 'percent',
  cash_flow_to_debt: 'percent',
  return_on_assets: 'percent',
  prior_late_share: 'percent',
  prior_disputed_share: 'percent',
  mean_days_late: 'days',
  worst_days_late: 'days',
  days_late_trend: 'days',
  prior_mean_days_late: 'days',
  prior_worst_days_late: 'days',
  last_days_late: 'days',
  recent_mean_days_late: 'days',
  terms_days: 'days',
  relation_years: 'years',
  company_age_years: 'years',
  interest_cover: 'times',
  asset_turnover: 'times',
  market_position: 'judged',
  management: 'judged',
  integrity: 'judged',
  industry_outlook: 'judged',
  dependence: 'judged',
};

/** `GRADE_BBB` as people write it. */
export function gradeText(grade: string): string {
  return grade === 'GRADE_UNSPECIFIED' ? '–' : grade.replace('GRADE_', '');
}

/** The safer half is calm; the colour only repeats the letters. */
export function gradeTone(grade: string): Tone {
  const text = gradeText(grade);
  if (text.startsWith('A')) return 'good';
  if (text === 'BBB' || text === 'BB') return 'info';
  if (text === 'B') return 'watch';
  if (text === 'CCC') return 'warn';
  return /^[CD]/.test(text) ? 'bad' : 'neutral';
}

/** A characteristic in words; a column of a fitted model that has none goes by its own name. */
export function reasonName(code: string): string {
  return reasons.find(`name.${code}`) ?? code;
}

export function groupName(group: string): string {
  return reasons.find(`group.${group}`) ?? group;
}

/** What a value of a characteristic says, with its unit: `0.32` of a share is 32 %. */
export function valueText(code: string, value: string): string {
  if (value === '') return reasons('missing');
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return reasons('since', { day: formatDay(value) });
  const named = reasons.find(`value.${value}`);
  if (named !== undefined) return named;
  const number = Number(value);
  if (Number.isNaN(number)) return value;
  const kind = kinds[code] ?? 'plain';
  if (kind === 'percent') return formatBps(Math.round(number * 1000) * 10);
  const written = formatNumber(number, kind === 'judged' ? 0 : kind === 'plain' ? 2 : 1);
  return kind === 'plain' ? written : reasons(kind, { value: written });
}

/** The bin a value fell into. */
export function binText({ code, from, until }: RatingReason): string {
  if (from === '' && until === '') return '';
  if (from === '') return reasons('rangeUntil', { until: valueText(code, until) });
  if (until === '') return reasons('rangeFrom', { from: valueText(code, from) });
  return reasons('range', { from: valueText(code, from), until: valueText(code, until) });
}

function factsOf(facts: readonly NamedFact[]): Readonly<Record<string, string>> {
  return Object.fromEntries(facts.map(({ name, value }) => [name, value]));
}

/** A rule that no points outweigh, as a sentence. */
export function ruleText({ code, worstGrade, facts }: RatingRule): string {
  const found = factsOf(facts);
  const grade = gradeText(worstGrade);
  const name = reasonName(code);
  if (code === 'long_overdue') {
    const days = valueText('worst_days_late', found['worst_days_late'] ?? '');
    const share = valueText('overdue_share', found['overdue_share'] ?? '');
    return reasons('rule.long_overdue', { days, share, grade });
  }
  if (found['value'] !== undefined) {
    return reasons('rule.value', { name, value: valueText(code, found['value']), grade });
  }
  return reasons('rule.flag', { name, grade });
}

/** `net 30`, `2/10 n/30`, prepaid: in words. */
export function termsText(terms: PaymentTerms | undefined): string {
  if (terms === undefined) return '–';
  if (terms.prepaid) return t('prepaid');
  const net = t('netDays', { days: terms.netDays });
  if (terms.discountBps === 0) return net;
  const discount = t('discount', {
    rate: formatBps(terms.discountBps),
    days: terms.discountDays,
  });
  return `${net}${t('listComma')}${discount}`;
}

/** The short name of a sign: what the early-warning list is filtered by. */
export function signName(code: string): string {
  return reasons.find(`sign.${code}`) ?? reasonName(code);
}

function moneyOf(minor: string | undefined, currency: string | undefined): string {
  if (minor === undefined || !/^-?\d+$/.test(minor)) return '–';
  return formatMoney({ currency: currency ?? '', minor: BigInt(minor) });
}

/** A warning as a sentence with its facts. */
export function warningText({ code, facts }: CreditWarning): string {
  const found = factsOf(facts);
  const values = {
    exposure: moneyOf(found['exposure_minor'], found['currency']),
    limit: moneyOf(found['limit_minor'], found['currency']),
    from: gradeText(found['from'] ?? ''),
    to: gradeText(found['to'] ?? ''),
    days: formatNumber(Number(found['days'] ?? 0)),
    count: Number(found['count'] ?? 0),
    orders: moneyOf(found['orders_minor'], found['currency']),
    usual: moneyOf(found['usual_minor'], found['currency']),
    times: formatNumber(Number(found['orders_percent'] ?? 0), 0),
    largest: formatNumber(Number(found['largest_percent'] ?? 0), 0),
  };
  // "Above 0.00" reads as a slip: who is given no limit is said to have none.
  const name = found['limit_minor'] === '0' ? `${code}.none` : code;
  const known = reasons.find(`warning.${name}`, values) ?? reasons.find(`warning.${code}`, values);
  if (known !== undefined) return known;
  return found['since'] === undefined
    ? signName(code)
    : reasons('warning.flag', { name: reasonName(code), day: formatDay(found['since']) });
}

const severityTones: Readonly<Record<string, Tone>> = {
  [WarningSeverity.NOTICE]: 'watch',
  [WarningSeverity.SERIOUS]: 'warn',
  [WarningSeverity.GRAVE]: 'bad',
};

export function severityTone(severity: string): Tone {
  return severityTones[severity] ?? 'neutral';
}

/** Points with their sign: `+8`, `−25`. */
export function signed(points: number): string {
  if (points === 0) return '0';
  return points > 0 ? `+${formatNumber(points, 0)}` : `−${formatNumber(-points, 0)}`;
}
