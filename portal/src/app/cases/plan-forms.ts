import type { Plan } from '@recourse/proto/web/cases/v1/plans';
import {
  CancelPlanRequest,
  CancelPlanResponse,
  ConfirmPlanRequest,
  ConfirmPlanResponse,
} from '@recourse/proto/web/cases/v1/plans';
import type { Api } from '../session/api';
import { path } from '../session/api';
import type { Form } from '../ui/form-values';
import { today } from '../ui/format';
import { planWords as t } from './plan-words';

/** Records the written confirmation of a plan. */
export function confirmForm(api: Api, { caseId, planId }: Plan): Form {
  return {
    heading: t('confirmTitle'),
    action: t('confirm'),
    fields: () => [
      {
        id: 'confirmedOn',
        kind: 'day',
        label: t('confirmedOn'),
        initial: today(),
        max: today(),
      },
      { id: 'confirmationReference', kind: 'text', label: t('confirmationReference') },
    ],
    send: (values, { requestId }) => {
      const body: ConfirmPlanRequest = {
        caseId,
        planId,
        requestId,
        confirmedOn: values.text('confirmedOn'),
        confirmationReference: values.text('confirmationReference'),
      };
      const at = path`/v1/cases/${caseId}/plans/${planId}:confirm`;
      return api.post(at, ConfirmPlanRequest.toJSON(body), ConfirmPlanResponse.fromJSON, {
        requestId,
      });
    },
  };
}

/** Ends a plan that no longer holds. */
export function cancelForm(api: Api, { caseId, planId }: Plan): Form {
  return {
    heading: t('cancelTitle'),
    hint: t('cancelText'),
    action: t('cancel'),
    fields: () => [{ id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 }],
    send: (values, { requestId }) => {
      const body: CancelPlanRequest = { caseId, planId, requestId, reason: values.text('reason') };
      const at = path`/v1/cases/${caseId}/plans/${planId}:cancel`;
      return api.post(at, CancelPlanRequest.toJSON(body), CancelPlanResponse.fromJSON, {
        requestId,
      });
    },
  };
}
