import type { Settlement, SettlementTerms } from '@recourse/proto/web/cases/v1/settlements';
import { formatBps, formatInstant, formatMoney } from '../ui/format';
import { settlementWords as t } from './settlement-words';

/** A discount as an amount and as a share of what is open. */
export function discountText(terms: SettlementTerms | undefined): string {
  if (terms === undefined) return '';
  const share = formatBps(terms.discountBps);
  return t('discountText', { amount: formatMoney(terms.discount), share });
}

/** What policy suggests at most; empty for who is told nothing of it. */
export function policyText(terms: SettlementTerms | undefined): string {
  if (terms?.suggestedAmount === undefined) return '';
  return t('policyText', { share: formatBps(terms.suggestedBps) });
}

/** Who did something when, and what they said of it. */
export function saidBy(name: string | undefined, at: string | undefined, text: string): string {
  const by = { name: name ?? '', at: formatInstant(at) };
  return text === '' ? t('byAt', by) : t('said', { ...by, text });
}

/** How a settlement was withdrawn; empty when it was not. */
export function endingText({ withdrawnAt, withdrawnBy, withdrawReason }: Settlement): string {
  if (withdrawnAt === undefined) return '';
  return withdrawnBy === undefined
    ? t('endedDay', { at: formatInstant(withdrawnAt) })
    : saidBy(withdrawnBy.name, withdrawnAt, withdrawReason);
}
