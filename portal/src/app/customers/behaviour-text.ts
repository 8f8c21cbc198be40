import type { PaymentBehaviour } from '@recourse/proto/web/credit/v1/credit';
import { formatNumber } from '../ui/format';
import { t } from './words';

/** Tenths of a day as days of the language. */
export function daysText(tenths: number): string {
  return t('days', { days: formatNumber(tenths / 10) });
}

/** Whether a customer pays faster or slower than in the quarter before, in words. */
export function trendText(behaviour: PaymentBehaviour): string {
  if (!behaviour.trendKnown) return t('unknown');
  if (behaviour.trendTenths === 0) return t('steady');
  const days = formatNumber(Math.abs(behaviour.trendTenths) / 10);
  return behaviour.trendTenths > 0 ? t('worse', { days }) : t('better', { days });
}
