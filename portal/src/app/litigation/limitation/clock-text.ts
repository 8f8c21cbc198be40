import { LimitationState } from '@recourse/proto/web/litigation/v1/limitation';
import type { LimitationClock } from '@recourse/proto/web/litigation/v1/limitation';
import type { Tone } from '../../ui/chip';
import { formatDay, formatMoney } from '../../ui/format';
import { inLanguage } from '../rule-text';
import { t } from './words';

const ended: readonly LimitationState[] = [
  LimitationState.EXPIRED,
  LimitationState.ENFORCEMENT_EXPIRED,
];

/** How near the expiry is, by the days on which alarms are told. */
export function clockTone(clock: LimitationClock | undefined): Tone {
  if (clock === undefined || clock.expiresOn === '') return 'neutral';
  if (ended.includes(clock.state) || clock.daysLeft < 0) return 'bad';
  if (clock.daysLeft <= 30) return 'bad';
  if (clock.daysLeft <= 90) return 'warn';
  return clock.daysLeft <= 180 ? 'watch' : 'neutral';
}

/** Days to the expiry, or since. */
export function leftText(clock: LimitationClock | undefined): string {
  if (clock === undefined || clock.expiresOn === '') return '–';
  const { daysLeft } = clock;
  return daysLeft < 0 ? t('expired', { days: -daysLeft }) : t('days', { days: daysLeft });
}

/** What the next act is. */
export function nextActName(clock: LimitationClock | undefined): string {
  const act = clock?.nextAct;
  return act === undefined ? '' : inLanguage(act.labelZh, act.labelEn);
}

/** What the next act costs and by when it has to be done. */
export function nextActTerms(clock: LimitationClock | undefined): string {
  const act = clock?.nextAct;
  if (act === undefined) return '';
  const cost = act.cost === undefined ? '' : t('cost', { amount: formatMoney(act.cost) });
  const by = act.by === '' ? '' : t('by', { day: formatDay(act.by) });
  return [cost, by].filter((part) => part !== '').join(' · ');
}

/** The next act in one line: what, what it costs, by when. */
export function nextActText(clock: LimitationClock | undefined): string {
  return [nextActName(clock), nextActTerms(clock)].filter((part) => part !== '').join(' · ');
}

export const confidenceTones: Readonly<Record<string, Tone>> = {
  high: 'good',
  medium: 'watch',
  low: 'warn',
};
