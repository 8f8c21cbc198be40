import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { ForgoSuitRequest, ForgoSuitResponse } from '@recourse/proto/web/cases/v1/cases';
import type { CreditMovement } from '@recourse/proto/web/cases/v1/debtor_credit';
import {
  ApplyCreditRequest,
  ApplyCreditResponse,
  RefundCreditRequest,
  RefundCreditResponse,
  ReverseRefundRequest,
  ReverseRefundResponse,
} from '@recourse/proto/web/cases/v1/debtor_credit';
import type { Api } from '../session/api';
import { path } from '../session/api';
import type { Form } from '../ui/form-values';
import type { MoneyValue } from '../ui/format';
import { formatMoney, today } from '../ui/format';
import { addDays } from '../ui/parse-day';
import { creditWords as t } from './credit-words';

/** What is held for a case's debtor in the case's currency; undefined when nothing is. */
export function creditHeld(of: Pick<Case, 'open' | 'credits'>): MoneyValue | undefined {
  return of.credits.find((one) => one.currency === of.open?.currency && one.minor > 0n);
}

/** As much as is held, but no more than is owed. */
function mostApplied(of: Case, held: MoneyValue): MoneyValue {
  const open = of.open?.minor ?? 0n;
  return { ...held, minor: held.minor < open ? held.minor : open };
}

/** Puts credit onto what is open on the case. */
export function applyForm(api: Api, of: Case, held: MoneyValue): Form {
  const { caseId } = of;
  return {
    heading: t('applyTitle'),
    hint: t('applyHint', { held: formatMoney(held), open: formatMoney(of.open) }),
    action: t('apply'),
    fields: () => [
      {
        id: 'amount',
        kind: 'money',
        label: t('amount'),
        currency: held.currency,
        initial: mostApplied(of, held),
      },
      { id: 'note', kind: 'text', label: t('note'), optional: true },
    ],
    send: (values, { newId: applicationId }) => {
      const amount = values.money('amount');
      const body: ApplyCreditRequest = { caseId, applicationId, amount, note: values.text('note') };
      const at = path`/v1/cases/${caseId}/credit-applications/${applicationId}`;
      return api.put(at, ApplyCreditRequest.toJSON(body), ApplyCreditResponse.fromJSON);
    },
  };
}

/** Records that credit was paid back. */
export function refundForm(api: Api, of: Case, held: MoneyValue): Form {
  const { caseId } = of;
  return {
    heading: t('refundTitle'),
    hint: t('refundHint', { held: formatMoney(held) }),
    action: t('save'),
    fields: () => [
      {
        id: 'amount',
        kind: 'money',
        label: t('amount'),
        currency: held.currency,
        initial: held,
      },
      { id: 'paidOn', kind: 'day', label: t('paidOn'), initial: today(), max: today() },
      { id: 'reference', kind: 'text', label: t('reference') },
      { id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 },
    ],
    send: (values, { newId: refundId }) => {
      const body: RefundCreditRequest = {
        caseId,
        refundId,
        amount: values.money('amount'),
        paidOn: values.text('paidOn'),
        reference: values.text('reference'),
        reason: values.text('reason'),
      };
      const at = path`/v1/cases/${caseId}/credit-refunds/${refundId}`;
      return api.put(at, RefundCreditRequest.toJSON(body), RefundCreditResponse.fromJSON);
    },
  };
}

/** Takes a refund back that came back, or that was recorded wrongly. */
export function refundBackForm(api: Api, { sourceId: refundId, amount }: CreditMovement): Form {
  const paid = amount === undefined ? undefined : { ...amount, minor: -amount.minor };
  return {
    heading: t('refundBackTitle'),
    hint: t('refundBackHint', { amount: formatMoney(paid) }),
    action: t('refundBack'),
    fields: () => [{ id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 }],
    send: (values, { requestId }) => {
      const body: ReverseRefundRequest = { refundId, requestId, reason: values.text('reason') };
      const at = path`/v1/credit-refunds/${refundId}:reverse`;
      return api.post(at, ReverseRefundRequest.toJSON(body), ReverseRefundResponse.fromJSON, {
        requestId,
      });
    },
  };
}

/** At most a year, as the server holds; proposed is a quarter. */
const [proposedDays, mostDays] = [90, 365];

/** The assessment is done: the case is not sued on until it is looked at again. */
export function forgoForm(api: Api, { caseId, version: expectedVersion }: Case): Form {
  return {
    heading: t('forgoTitle'),
    hint: t('forgoHint'),
    action: t('forgo'),
    fields: () => [
      { id: 'reason', kind: 'text', label: t('forgoReason'), rows: 3, least: 2 },
      {
        id: 'lookAgainOn',
        kind: 'day',
        label: t('lookAgainOn'),
        initial: addDays(today(), proposedDays),
        min: addDays(today(), 1),
        max: addDays(today(), mostDays),
      },
    ],
    send: (values, { requestId }) => {
      const body: ForgoSuitRequest = {
        caseId,
        expectedVersion,
        requestId,
        reason: values.text('reason'),
        lookAgainOn: values.text('lookAgainOn'),
      };
      const at = path`/v1/cases/${caseId}:forgo`;
      return api.post(at, ForgoSuitRequest.toJSON(body), ForgoSuitResponse.fromJSON, {
        requestId,
      });
    },
  };
}
