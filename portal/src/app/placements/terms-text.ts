import type { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';
import type { Placement, PlacementResult } from '@recourse/proto/web/agencies/v1/placements';
import { formatBps, formatMoney } from '../ui/format';
import { itemNames } from './pack-forms';
import { t } from './terms-words';
import { t as placementWords } from './words';

/** The rates of commission terms: one, or one from each age, amount or share on; or a fee. */
export function ratesText(terms: CommissionTerms | undefined): string {
  const model = terms?.model;
  switch (model?.$case) {
    case undefined:
      return '';
    case 'flat':
      return t('rates.flat', { rate: formatBps(model.value.rateBps) });
    case 'fixed': {
      const due = t.find(model.value.due) ?? '';
      return t('fixedOf', { due, fee: formatMoney(model.value.fee) });
    }
    case 'ageBands':
      return model.value.bands
        .map(({ fromDaysOverdue: from, rateBps }) =>
          t('rates.ageBands', { from, rate: formatBps(rateBps) }),
        )
        .join(' · ');
    case 'amountBrackets':
      return model.value.brackets
        .map(({ from, rateBps }, at) => {
          const rate = formatBps(rateBps);
          if (at === 0) return t('first.amountBrackets', { rate });
          return t('further', { rate, from: formatMoney(from) });
        })
        .join(' · ');
    case 'ratchet': {
      const steps = model.value.steps.map(({ fromRecoveredBps, rateBps }, at) => {
        const rate = formatBps(rateBps);
        if (at === 0) return t('first.ratchet', { rate });
        return t('further', { rate, from: formatBps(fromRecoveredBps) });
      });
      return [...steps, model.value.retroactive ? t('retroactive') : t('marginal')].join(' · ');
    }
  }
}

/** What else commission terms say: limits, fees, value-added tax, how long money still counts. */
export function conditionsText(terms: CommissionTerms | undefined): string {
  if (terms === undefined) return '';
  const { minimum, cap, retainer, litigationUpliftBps = 0, vatBps, tailDays } = terms;
  const parts: string[] = [];
  if (retainer !== undefined) {
    const fee = formatMoney(retainer.fee);
    parts.push(t(retainer.credited ? 'retainerCreditedOf' : 'retainerOf', { fee }));
  }
  if (minimum !== undefined) parts.push(t('minimumOf', { amount: formatMoney(minimum) }));
  if (cap !== undefined) parts.push(t('capOf', { amount: formatMoney(cap) }));
  if (litigationUpliftBps > 0) parts.push(t('upliftOf', { rate: formatBps(litigationUpliftBps) }));
  if (terms.agencyBearsCosts === true) parts.push(t('bearsCosts'));
  if (vatBps > 0) {
    parts.push(t(terms.vatIncluded === true ? 'vatInside' : 'vatOf', { rate: formatBps(vatBps) }));
  }
  if (tailDays > 0) parts.push(t('tailOf', { days: tailDays }));
  return parts.join(' · ');
}

/** Commission terms in one line of words. */
export function termsText(terms: CommissionTerms | undefined): string {
  return [ratesText(terms), conditionsText(terms)].filter((part) => part !== '').join(' · ');
}

/** The rate that holds for a placement; what it is made of where there is no one rate. */
export function placementRate({ terms, rateBps }: Placement): string {
  const model = terms?.model?.$case;
  return model === 'flat' || model === 'ageBands' || model === undefined
    ? formatBps(rateBps)
    : ratesText(terms);
}

/** A named refusal of one of many, in words. */
export function reasonText(reason: string): string {
  const [name = reason] = reason.split(':');
  return placementWords.find(`reason.${name}`) ?? reason;
}

/** Why one placement was refused, with what its handover pack lacks. */
export function refusedText({ reason, missing }: PlacementResult): string {
  const text = reasonText(reason);
  if (missing.length === 0) return text;
  return placementWords('lacking', { reason: text, items: itemNames(missing) });
}
