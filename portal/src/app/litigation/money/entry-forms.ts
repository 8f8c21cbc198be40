import {
  EntryKind,
  RecordCostRequest,
  RecordCostResponse,
  RecordRecoveryRequest,
  RecordRecoveryResponse,
  ReverseMoneyRequest,
  ReverseMoneyResponse,
} from '@recourse/proto/web/litigation/v1/money';
import type { MoneyEntry } from '@recourse/proto/web/litigation/v1/money';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form, FormField } from '../../ui/form-values';
import { today } from '../../ui/format';
import { optionsOf } from '../../ui/options-of';
import { t } from './words';

const costs = [
  'acceptance_fee',
  'preservation_fee',
  'security_fee',
  'payment_order_fee',
  'appeal_fee',
  'enforcement_fee',
  'announcement_fee',
  'appraisal_fee',
  'notary_fee',
  'lawyer_fee',
  'travel',
  'other',
] as const;
const recoveries = [
  'voluntary',
  'deduction',
  'auction',
  'distribution',
  'settlement',
  'bankruptcy',
] as const;

/** What an entry is for, in words. */
export function whatOf(entry: MoneyEntry): string {
  const prefix = entry.kind === EntryKind.COST ? 'cost' : 'recovery';
  return t.find(`${prefix}.${entry.what}`) ?? entry.what;
}

function fieldsOf(matter: Matter, options: ReturnType<typeof optionsOf>, dayName: string) {
  return (): FormField[] => [
    { id: 'what', kind: 'choice', label: t('what'), options },
    { id: 'amount', kind: 'money', label: t('amount'), currency: matter.currency },
    { id: 'on', kind: 'day', label: dayName, initial: today(), max: today() },
    { id: 'reference', kind: 'text', label: t('reference'), optional: true },
    { id: 'note', kind: 'text', label: t('note'), optional: true, rows: 2 },
  ];
}

export function costForm(api: Api, matter: Matter): Form {
  const { matterId } = matter;
  return {
    heading: t('addCost'),
    fields: fieldsOf(matter, optionsOf(costs, t, 'cost.'), t('paidOn')),
    send: (values, { newId, requestId }) => {
      const body: RecordCostRequest = {
        matterId,
        costId: newId,
        what: values.text('what'),
        amount: values.money('amount'),
        paidOn: values.text('on'),
        reference: values.text('reference'),
        note: values.text('note'),
      };
      return api.put(
        path`/v1/matters/${matterId}/costs/${newId}`,
        RecordCostRequest.toJSON(body),
        RecordCostResponse.fromJSON,
        { requestId },
      );
    },
  };
}

export function recoveryForm(api: Api, matter: Matter): Form {
  const { matterId } = matter;
  return {
    heading: t('addRecovery'),
    fields: fieldsOf(matter, optionsOf(recoveries, t, 'recovery.'), t('receivedOn')),
    send: (values, { newId, requestId }) => {
      const body: RecordRecoveryRequest = {
        matterId,
        recoveryId: newId,
        what: values.text('what'),
        amount: values.money('amount'),
        receivedOn: values.text('on'),
        reference: values.text('reference'),
        note: values.text('note'),
      };
      return api.put(
        path`/v1/matters/${matterId}/recoveries/${newId}`,
        RecordRecoveryRequest.toJSON(body),
        RecordRecoveryResponse.fromJSON,
        { requestId },
      );
    },
  };
}

export function reverseForm(api: Api, matterId: string, entry: MoneyEntry): Form {
  const { entryId } = entry;
  return {
    heading: t('reverseTitle', { what: whatOf(entry) }),
    action: t('reverse'),
    fields: () => [{ id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 }],
    send: (values, { requestId }) => {
      const body = { matterId, entryId, reason: values.text('reason'), requestId };
      return api.post(
        path`/v1/matters/${matterId}/money/${entryId}:reverse`,
        ReverseMoneyRequest.toJSON(body),
        ReverseMoneyResponse.fromJSON,
        { requestId },
      );
    },
  };
}
