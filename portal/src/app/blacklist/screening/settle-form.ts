import {
  SettleAlertRequest,
  SettleAlertResponse,
} from '@recourse/proto/web/blacklist/v1/screening';
import type { Alert } from '@recourse/proto/web/blacklist/v1/screening';
import { SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import { type Api, path } from '../../session/api';
import type { Form, FormField } from '../../ui/form-values';
import { t } from './words';

/** What a person is proven by is the ID number; a company has its credit code. */
function identifierField(isPerson: boolean, optional: boolean): FormField {
  return isPerson
    ? { id: 'idNumber', kind: 'text', label: t('idNumber'), hint: t('idHint'), optional }
    : { id: 'creditCode', kind: 'text', label: t('creditCode'), optional };
}

/** Settles an alert: by a second identifier, or as a namesake with how one knows. */
export function settleForm(api: Api, alert: Alert): Form {
  const { alertId } = alert;
  const isPerson = alert.hit?.entry?.kind === SubjectKind.PERSON;
  return {
    heading: t('settleTitle', { name: alert.customerName }),
    hint: isPerson ? t('settlePersonHint') : t('settleHint'),
    action: t('settle'),
    fields: (values) => {
      const isNamesake = values.flag('namesake');
      return [
        identifierField(isPerson, isNamesake),
        { id: 'namesake', kind: 'flag', label: t('namesake') },
        { id: 'note', kind: 'text', label: t('note'), rows: 2, optional: !isNamesake },
      ];
    },
    send: (values, { requestId }) => {
      const body: SettleAlertRequest = {
        alertId,
        creditCode: isPerson ? '' : values.text('creditCode'),
        idNumber: isPerson ? values.text('idNumber') : '',
        namesake: values.flag('namesake'),
        note: values.text('note'),
        requestId,
      };
      const at = path`/v1/blacklist/alerts/${alertId}:settle`;
      return api.post(at, SettleAlertRequest.toJSON(body), SettleAlertResponse.fromJSON, {
        requestId,
      });
    },
  };
}
