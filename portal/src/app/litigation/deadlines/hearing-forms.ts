import {
  PostponeHearingRequest,
  PostponeHearingResponse,
  PutHearingRequest,
  PutHearingResponse,
} from '@recourse/proto/web/litigation/v1/deadlines';
import type { Hearing } from '@recourse/proto/web/litigation/v1/deadlines';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form, FormField, FormValues } from '../../ui/form-values';
import { optionsOf } from '../../ui/options-of';
import { procedureName } from '../rule-text';
import { t } from './words';

const kinds = ['first_hearing', 'evidence_exchange', 'mediation', 'enforcement'] as const;

/** The instant of a day and a time of the viewer's zone. */
function instantOf(values: FormValues): string {
  return new Date(`${values.text('day')}T${values.text('time')}`).toISOString();
}

const when = (): FormField[] => [
  { id: 'day', kind: 'day', label: t('day') },
  { id: 'time', kind: 'time', label: t('time'), initial: '09:30' },
];

export function hearingForm(api: Api, matter: Matter): Form {
  const { matterId } = matter;
  const running = matter.proceedings.filter((one) => !one.ended);
  const options = running.map((one) => ({
    value: one.proceedingId,
    name: `${procedureName(one.procedure)} ${one.court}`,
  }));
  return {
    heading: t('addHearingTitle'),
    action: t('addHearing'),
    fields: () => [
      {
        id: 'proceedingId',
        kind: 'choice',
        label: t('proceeding'),
        options,
        initial: options.at(-1)?.value,
      },
      {
        id: 'kind',
        kind: 'choice',
        label: t('kind'),
        options: optionsOf(kinds, t, 'hearing.'),
        initial: 'first_hearing',
      },
      ...when(),
      { id: 'place', kind: 'text', label: t('place'), optional: true },
      { id: 'judge', kind: 'text', label: t('judge'), optional: true },
    ],
    send: (values, { newId, requestId }) => {
      const body: PutHearingRequest = {
        matterId,
        hearingId: newId,
        proceedingId: values.text('proceedingId'),
        at: instantOf(values),
        place: values.text('place'),
        judge: values.text('judge'),
        kind: values.text('kind'),
      };
      return api.put(
        path`/v1/matters/${matterId}/hearings/${newId}`,
        PutHearingRequest.toJSON(body),
        PutHearingResponse.fromJSON,
        { requestId },
      );
    },
  };
}

export function postponeForm(api: Api, hearing: Hearing): Form {
  const { matterId, hearingId } = hearing;
  return {
    heading: t('postponeTitle'),
    action: t('postpone'),
    fields: () => [
      ...when(),
      { id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 },
    ],
    send: (values, { requestId }) => {
      const reason = values.text('reason');
      const body = { matterId, hearingId, at: instantOf(values), reason, requestId };
      return api.post(
        path`/v1/matters/${matterId}/hearings/${hearingId}:postpone`,
        PostponeHearingRequest.toJSON(body),
        PostponeHearingResponse.fromJSON,
        { requestId },
      );
    },
  };
}
