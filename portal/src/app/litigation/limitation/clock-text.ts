import { LimitationState } from '@recourse/proto/web/litigation/v1/limitation';
import type { LimitationClock } from '@recourse/proto/web/litigation/v1/limitation';
import type { Tone } from '../../ui/chip';
import { formatDay, formatMoney, today } from '../../ui/format';
import { capital, inLanguage } from '../rule-text';
import { t } from './words';

const ended: readonly LimitationState[] = [
  LimitationState.EXPIRED,
  LimitationState.ENFORCEMENT_EXPIRED,
];

/** Whether its time is over. */
export function isEnded(clock: LimitationClock | undefined): boolean {
  return clock !== undefined && ended.includes(clock.state);
}

function daysUntil(day: string): number {
  return Math.round((Date.parse(day) - Date.parse(today())) / 86_400_000);
}

/** How near the expiry is, by the days on which alarms are told. */
export function clockTone(clock: LimitationClock | undefined): Tone {
  if (clock === undefined || clock.expiresOn === '') return 'neutral';
  if (isEnded(clock) || clock.daysLeft < 0) return 'bad';
  if (clock.daysLeft <= 30) return 'bad';
  if (clock.daysLeft <= 90) return 'warn';
  return clock.daysLeft <= 180 ? 'watch' : 'neutral';
}

/** Days to the expiry, or since. */
export function leftText(clock: LimitationClock | undefined): string {
  if (clock === undefined || clock.expiresOn === '') return '–';
  const { daysLeft } = clock;
  // A clock that has run out counts no days any more; how long ago matters all the same.
  const left = isEnded(clock) ? Math.min(daysLeft, daysUntil(clock.expiresOn)) : daysLeft;
  return left < 0 ? t('expired', { days: -left }) : t('days', { days: left });
}

/** What the next act is. */
export function nextActName(clock: LimitationClock | undefined): string {
  const act = clock?.nextAct;
  return act === undefined ? '' : capital(inLanguage(act.labelZh, act.labelEn));
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
