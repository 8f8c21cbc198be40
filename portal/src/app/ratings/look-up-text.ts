import type { Admission, AdmissionLookUp } from '@recourse/proto/web/credit/v1/ratings';
import { formatInstant } from '../ui/format';
import { t } from './look-up-words';

/** Whether the blacklist has answered, or there is nobody to ask; as the service decides. */
export function isLookedUp(lookUp: AdmissionLookUp | undefined): boolean {
  return lookUp !== undefined && (lookUp.verdict !== '' || lookUp.unasked === 'not_a_member');
}

/** What the blacklist said of the customer, or why it said nothing. */
export function lookUpText({ lookUp, withoutLookUp }: Admission): string {
  const said = saidBy(lookUp);
  return withoutLookUp ? `${said} · ${t('withoutDone')}` : said;
}

function saidBy(lookUp: AdmissionLookUp | undefined): string {
  if (lookUp === undefined) return t('outstanding');
  const { verdict, hits, unasked } = lookUp;
  const at = formatInstant(lookUp.at);
  if (verdict === 'clear' || verdict === 'possible' || verdict === 'listed') {
    return t(verdict, { hits, at });
  }
  return t.find(`unasked.${unasked}`) ?? t('outstanding');
}
