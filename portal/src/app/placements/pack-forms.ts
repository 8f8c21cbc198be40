import {
  AddPackPaperRequest,
  AddPackPaperResponse,
  PackItem,
  PutPackPolicyRequest,
  PutPackPolicyResponse,
  PutPackRequest,
  PutPackResponse,
  RemovePackPaperRequest,
  RemovePackPaperResponse,
} from '@recourse/proto/web/agencies/v1/packs';
import type { Liaison, Pack, PackPaper, PackPolicy } from '@recourse/proto/web/agencies/v1/packs';
import { paperBytes, paperFiles, uploadFile } from '../litigation/upload';
import type { Api } from '../session/api';
import { path } from '../session/api';
import type { Form, FormField, FormValues } from '../ui/form-values';
import { formatList } from '../ui/format';
import { packWords as t } from './pack-words';

const paperItems = [PackItem.CONTRACT, PackItem.VOUCHER, PackItem.STATEMENT] as const;

export const allItems: readonly PackItem[] = [
  ...paperItems,
  PackItem.BACKGROUND,
  PackItem.LIAISON,
  PackItem.FLOOR,
];

export const itemNames = (items: readonly PackItem[]): string =>
  items.length === 0 ? t('nothing') : formatList(items.map((item) => t.find(item) ?? item));

function liaisonFields(liaison: Liaison | undefined): FormField[] {
  const { name = '', phone = '', email = '', authority = '' } = liaison ?? {};
  return [
    { id: 'name', kind: 'text', label: t('liaison'), optional: true, initial: name },
    { id: 'phone', kind: 'text', label: t('phone'), optional: true, initial: phone },
    { id: 'email', kind: 'text', label: t('email'), optional: true, initial: email },
    {
      id: 'authority',
      kind: 'text',
      label: t('authority'),
      hint: t('authorityHint'),
      optional: true,
      initial: authority,
    },
  ];
}

function liaisonIn(values: FormValues): Liaison | undefined {
  const name = values.text('name');
  if (name === '') return undefined;
  const [phone, email] = [values.text('phone'), values.text('email')];
  return { name, phone, email, authority: values.text('authority') };
}

/** What is written for one case; nothing is taken over from the defaults. */
export function packForm(api: Api, pack: Pack): Form {
  const { caseId, version: expectedVersion } = pack;
  return {
    heading: t('editTitle'),
    hint: t('editHint'),
    action: t('save'),
    fields: () => [
      {
        id: 'background',
        kind: 'text',
        label: t('background'),
        hint: t('backgroundHint'),
        rows: 4,
        optional: true,
        initial: pack.background,
      },
      ...liaisonFields(pack.liaisonIsOwn ? pack.liaison : undefined),
      {
        id: 'floorBps',
        kind: 'percent',
        label: t('floor'),
        hint: t('floorHint'),
        optional: true,
        ...(pack.floorIsOwn ? { initial: pack.floorBps } : {}),
      },
    ],
    send: (values) => {
      const floorBps = values.text('floorBps') === '' ? undefined : values.bps('floorBps');
      const background = values.text('background');
      const body = { caseId, expectedVersion, background, liaison: liaisonIn(values), floorBps };
      return api.put(
        path`/v1/cases/${caseId}/pack`,
        PutPackRequest.toJSON(body),
        PutPackResponse.fromJSON,
      );
    },
  };
}

export function paperForm(api: Api, caseId: string): Form {
  return {
    heading: t('addTitle'),
    action: t('add'),
    fields: () => [
      {
        id: 'item',
        kind: 'choice',
        label: t('item'),
        options: paperItems.map((value) => ({ value, name: t.find(value) ?? value })),
        initial: PackItem.CONTRACT,
      },
      { id: 'title', kind: 'text', label: t('paperTitle'), optional: true },
      { id: 'file', kind: 'file', label: t('file'), accept: paperFiles, maxBytes: paperBytes },
    ],
    send: async (values) => {
      const file = values.file('file');
      if (file === undefined) return;
      const uploadId = await uploadFile(api, file);
      const item = paperItems.find((one) => one === values.text('item')) ?? PackItem.CONTRACT;
      const body = { uploadId, caseIds: [caseId], item, title: values.text('title') };
      await api.put(
        path`/v1/pack-papers/${uploadId}`,
        AddPackPaperRequest.toJSON(body),
        AddPackPaperResponse.fromJSON,
      );
    },
  };
}

export function removeForm(api: Api, caseId: string, { paperId, ...paper }: PackPaper): Form {
  return {
    heading: t('removeTitle', { name: paper.title || (paper.file?.fileName ?? '') }),
    hint: t('removeHint'),
    action: t('remove'),
    fields: () => [],
    send: () =>
      api.post(
        path`/v1/cases/${caseId}/pack-papers/${paperId}:remove`,
        RemovePackPaperRequest.toJSON({ caseId, paperId }),
        RemovePackPaperResponse.fromJSON,
      ),
  };
}

export function policyForm(api: Api, policy: PackPolicy): Form {
  return {
    heading: t('policyTitle'),
    hint: t('policyLead'),
    action: t('save'),
    fields: () => [
      ...allItems.map((item): FormField => ({
        id: item,
        kind: 'flag',
        label: `${t.find(item) ?? item} ${t('required')}`,
        initial: policy.required.includes(item),
      })),
      ...liaisonFields(policy.liaison),
      { id: 'floorBps', kind: 'percent', label: t('floor'), initial: policy.floorBps },
    ],
    send: (values) => {
      const body = {
        version: policy.version,
        required: allItems.filter((item) => values.flag(item)),
        liaison: liaisonIn(values),
        floorBps: values.bps('floorBps'),
        changedBy: undefined,
        changedAt: undefined,
      };
      return api.put(
        '/v1/pack-policy',
        PutPackPolicyRequest.toJSON({ policy: body }),
        PutPackPolicyResponse.fromJSON,
      );
    },
  };
}
