import {
  PutEvidenceRequest,
  PutEvidenceResponse,
  RemoveEvidenceRequest,
  RemoveEvidenceResponse,
} from '@recourse/proto/web/litigation/v1/papers';
import type { ChecklistLine, EvidenceItem } from '@recourse/proto/web/litigation/v1/papers';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form } from '../../ui/form-values';
import { today } from '../../ui/format';
import { inLanguage } from '../rule-text';
import { paperBytes, paperFiles, uploadFile } from '../upload';
import { t } from './words';

/** Adds a paper under one of the checklist's kinds; the file is sent before the entry. */
export function evidenceForm(
  api: Api,
  matterId: string,
  lines: readonly ChecklistLine[],
  kind: string,
): Form {
  const options = lines.map((line) => ({
    value: line.kind,
    name: inLanguage(line.labelZh, line.labelEn),
  }));
  return {
    heading: t('addTitle'),
    action: t('add'),
    fields: (values) => {
      const chosen = values.text('kind') || kind;
      return [
        { id: 'kind', kind: 'choice', label: t('kind'), options, initial: kind },
        {
          id: 'title',
          kind: 'text',
          label: t('name'),
          initial: options.find((one) => one.value === chosen)?.name ?? '',
        },
        { id: 'original', kind: 'flag', label: t('original'), initial: true },
        { id: 'obtainedOn', kind: 'day', label: t('obtainedOn'), optional: true, max: today() },
        {
          id: 'file',
          kind: 'file',
          label: t('file'),
          hint: t('fileHint'),
          accept: paperFiles,
          maxBytes: paperBytes,
          optional: true,
        },
        { id: 'note', kind: 'text', label: t('note'), optional: true, rows: 2 },
      ];
    },
    send: async (values, { newId, requestId }) => {
      const file = values.file('file');
      const body: PutEvidenceRequest = {
        matterId,
        evidenceId: newId,
        kind: values.text('kind'),
        title: values.text('title'),
        original: values.flag('original'),
        obtainedOn: values.text('obtainedOn'),
        uploadId: file === undefined ? '' : await uploadFile(api, file),
        note: values.text('note'),
      };
      return api.put(
        path`/v1/matters/${matterId}/evidence/${newId}`,
        PutEvidenceRequest.toJSON(body),
        PutEvidenceResponse.fromJSON,
        { requestId },
      );
    },
  };
}

export function removeForm(api: Api, matterId: string, item: EvidenceItem): Form {
  const { evidenceId } = item;
  return {
    heading: t('removeTitle', { name: item.title }),
    action: t('remove'),
    fields: () => [{ id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 }],
    send: (values, { requestId }) => {
      const body = { matterId, evidenceId, reason: values.text('reason'), requestId };
      return api.post(
        path`/v1/matters/${matterId}/evidence/${evidenceId}:remove`,
        RemoveEvidenceRequest.toJSON(body),
        RemoveEvidenceResponse.fromJSON,
        { requestId },
      );
    },
  };
}
