import {
  CompleteDeadlineRequest,
  CompleteDeadlineResponse,
  ConfirmDeadlineRequest,
  ConfirmDeadlineResponse,
  PutDeadlineRequest,
  PutDeadlineResponse,
} from '@recourse/proto/web/litigation/v1/deadlines';
import type { Deadline } from '@recourse/proto/web/litigation/v1/deadlines';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form } from '../../ui/form-values';
import { today } from '../../ui/format';
import { inLanguage, procedureName } from '../rule-text';
import { t } from './words';

/** The second person's own day: the field starts empty, so that it is not merely nodded through. */
export function confirmForm(api: Api, deadline: Deadline): Form {
  const { matterId, deadlineId } = deadline;
  return {
    heading: `${t('confirmTitle')} · ${inLanguage(deadline.titleZh, deadline.titleEn)}`,
    hint: t('confirmHint'),
    action: t('confirm'),
    fields: () => [{ id: 'dueDay', kind: 'day', label: t('ownDay') }],
    send: (values, { requestId }) => {
      const body = { matterId, deadlineId, dueDay: values.text('dueDay'), requestId };
      return api.post(
        path`/v1/matters/${matterId}/deadlines/${deadlineId}:confirm`,
        ConfirmDeadlineRequest.toJSON(body),
        ConfirmDeadlineResponse.fromJSON,
        { requestId },
      );
    },
  };
}

export function completeForm(api: Api, deadline: Deadline): Form {
  const { matterId, deadlineId } = deadline;
  return {
    heading: t('completeTitle', { name: inLanguage(deadline.titleZh, deadline.titleEn) }),
    action: t('complete'),
    fields: () => [
      { id: 'doneOn', kind: 'day', label: t('doneOn'), initial: today(), max: today() },
      { id: 'note', kind: 'text', label: t('note'), optional: true, rows: 2 },
    ],
    send: (values, { requestId }) => {
      const body = {
        matterId,
        deadlineId,
        doneOn: values.text('doneOn'),
        note: values.text('note'),
        requestId,
      };
      return api.post(
        path`/v1/matters/${matterId}/deadlines/${deadlineId}:complete`,
        CompleteDeadlineRequest.toJSON(body),
        CompleteDeadlineResponse.fromJSON,
        { requestId },
      );
    },
  };
}

/** A deadline that no rule makes. */
export function addForm(api: Api, matter: Matter): Form {
  const { matterId } = matter;
  const options = matter.proceedings.map((one) => ({
    value: one.proceedingId,
    name: procedureName(one.procedure),
  }));
  return {
    heading: t('addTitle'),
    hint: t('addHint'),
    action: t('add'),
    fields: () => [
      { id: 'title', kind: 'text', label: t('name') },
      { id: 'dueDay', kind: 'day', label: t('dueDay') },
      { id: 'fatal', kind: 'flag', label: t('isFatal') },
      { id: 'rightLost', kind: 'text', label: t('rightLost'), optional: true, rows: 2 },
      { id: 'proceedingId', kind: 'choice', label: t('proceeding'), options, optional: true },
    ],
    send: (values, { newId, requestId }) => {
      const body: PutDeadlineRequest = {
        matterId,
        deadlineId: newId,
        proceedingId: values.text('proceedingId'),
        title: values.text('title'),
        dueDay: values.text('dueDay'),
        rightLost: values.text('rightLost'),
        fatal: values.flag('fatal'),
      };
      return api.put(
        path`/v1/matters/${matterId}/deadlines/${newId}`,
        PutDeadlineRequest.toJSON(body),
        PutDeadlineResponse.fromJSON,
        { requestId },
      );
    },
  };
}
