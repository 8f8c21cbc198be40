import {
  ProofGrade,
  RecordLimitationEventRequest,
  RecordLimitationEventResponse,
  SetGuarantorRequest,
  SetGuarantorResponse,
  StrikeLimitationEventRequest,
  StrikeLimitationEventResponse,
} from '@recourse/proto/web/litigation/v1/limitation';
import type { Debt, LimitationEvent } from '@recourse/proto/web/litigation/v1/limitation';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form } from '../../ui/form-values';
import { today } from '../../ui/format';
import { namedValues, optionsOf } from '../../ui/options-of';
import { paperBytes, paperFiles, uploadFile } from '../upload';
import { detailFields, detailsOf, isOnDemand, mayLieAhead } from './event-detail-fields';
import { events, guarantorKinds, recordedKinds } from './event-words';
import { guarantorFields, guarantorOf } from './guarantor-fields';
import { t } from './words';

const grades = namedValues(ProofGrade);

/** An event of the clock with its proof; `kind` and `grade` are what most likely is recorded. */
export function recordForm(
  api: Api,
  debt: Debt,
  kind = 'demand',
  grade: ProofGrade = ProofGrade.LIKELY,
): Form {
  const { debtId } = debt;
  const kinds =
    debt.guarantor === undefined ? recordedKinds : [...recordedKinds, ...guarantorKinds];
  return {
    heading: t('recordTitle'),
    hint: t('recordHint'),
    action: t('record'),
    fields: (values) => [
      {
        id: 'kind',
        kind: 'choice',
        label: t('kind'),
        ...(isOnDemand(values.text('kind')) ? { hint: t('onDemandHint') } : {}),
        options: optionsOf(kinds, events),
        initial: kind,
      },
      {
        id: 'on',
        kind: 'day',
        label: t('on'),
        initial: today(),
        ...(mayLieAhead(values.text('kind')) ? {} : { max: today() }),
      },
      ...detailFields(values),
      {
        id: 'grade',
        kind: 'choice',
        label: t('grade'),
        options: optionsOf(grades, t),
        initial: grade,
      },
      {
        id: 'file',
        kind: 'file',
        label: t('file'),
        hint: t('fileHint'),
        accept: paperFiles,
        maxBytes: paperBytes,
        optional: values.text('grade') !== ProofGrade.PROVEN,
      },
      { id: 'note', kind: 'text', label: t('note'), optional: true, rows: 2 },
    ],
    send: async (values, { newId, requestId }) => {
      const file = values.file('file');
      const body = RecordLimitationEventRequest.fromPartial({
        debtId,
        eventId: newId,
        kind: values.text('kind'),
        on: values.text('on'),
        grade: grades.find((one) => one === values.text('grade')) ?? ProofGrade.UNSPECIFIED,
        note: values.text('note'),
        details: detailsOf(values),
        uploadId: file === undefined ? '' : await uploadFile(api, file),
      });
      return api.put(
        path`/v1/debts/${debtId}/events/${newId}`,
        RecordLimitationEventRequest.toJSON(body),
        RecordLimitationEventResponse.fromJSON,
        { requestId },
      );
    },
  };
}

export function strikeForm(api: Api, debtId: string, event: LimitationEvent): Form {
  const { eventId, kind } = event;
  return {
    heading: t('strikeTitle', { kind: events.find(kind) ?? kind }),
    hint: t('strikeHint'),
    action: t('strike'),
    fields: () => [{ id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 }],
    send: (values, { requestId }) => {
      const body = { debtId, eventId, reason: values.text('reason'), requestId };
      return api.post(
        path`/v1/debts/${debtId}/events/${eventId}:strike`,
        StrikeLimitationEventRequest.toJSON(body),
        StrikeLimitationEventResponse.fromJSON,
        { requestId },
      );
    },
  };
}

export function guarantorForm(api: Api, debt: Debt): Form {
  const { debtId } = debt;
  const now = debt.guarantor?.guarantor;
  return {
    heading: t('setGuarantor'),
    fields: (values) => [
      { id: 'name', kind: 'text', label: t('guarantorName'), initial: now?.name ?? '' },
      ...guarantorFields(values, now),
    ],
    send: (values, { requestId }) => {
      const guarantor = guarantorOf(values, values.text('name'));
      return api.post(
        path`/v1/debts/${debtId}/guarantor:set`,
        SetGuarantorRequest.toJSON({ debtId, guarantor, requestId }),
        SetGuarantorResponse.fromJSON,
        { requestId },
      );
    },
  };
}
