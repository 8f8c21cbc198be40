import type { Case } from '@recourse/proto/web/cases/v1/cases';
import {
  DeliveryOutcome,
  LetterKind,
  LetterMeans,
  RecordDeliveryRequest,
  RecordDeliveryResponse,
  RecordLetterRequest,
  RecordLetterResponse,
  Signer,
} from '@recourse/proto/web/cases/v1/letters';
import type { Letter } from '@recourse/proto/web/cases/v1/letters';
import { Party } from '@recourse/proto/web/cases/v1/work';
import { paperBytes, paperFiles, uploadFile } from '../litigation/upload';
import type { Api } from '../session/api';
import { path } from '../session/api';
import type { Option } from '../ui/filter-choice';
import type { Form, FormValues } from '../ui/form-values';
import { today } from '../ui/format';
import { letterWords as t } from './letter-words';
import { t as caseWords } from './words';

function optionsOf(values: readonly string[]): Option[] {
  return values
    .filter((value) => !value.endsWith('_UNSPECIFIED'))
    .map((value) => ({ value, name: t.find(value) ?? caseWords.find(value) ?? value }));
}

function chosen<V extends string>(all: Readonly<Record<string, V>>, text: string, none: V): V {
  return Object.values(all).find((one) => one === text) ?? none;
}

async function uploaded(api: Api, values: FormValues): Promise<string> {
  const file = values.file('paper');
  return file === undefined ? '' : uploadFile(api, file);
}

const paper = { kind: 'file', accept: paperFiles, maxBytes: paperBytes, optional: true } as const;

/** A letter as it was sent, with a copy of it. */
export function letterForm(
  api: Api,
  of: Pick<Case, 'caseId' | 'debtorName'>,
  means: LetterMeans = LetterMeans.EMS,
): Form {
  const { caseId, debtorName } = of;
  return {
    heading: t('log'),
    hint: t('logHint'),
    action: t('save'),
    fields: (values) => [
      {
        id: 'kind',
        kind: 'choice',
        label: t('kind'),
        options: optionsOf(Object.values(LetterKind)),
        initial: LetterKind.DEMAND,
      },
      {
        id: 'party',
        kind: 'choice',
        label: t('party'),
        options: optionsOf([Party.DEBTOR, Party.GUARANTOR]),
        initial: Party.DEBTOR,
      },
      {
        id: 'addressee',
        kind: 'text',
        label: t('addressee'),
        initial: values.text('party') === Party.GUARANTOR ? '' : debtorName,
      },
      {
        id: 'means',
        kind: 'choice',
        label: t('means'),
        options: optionsOf(Object.values(LetterMeans)),
        initial: means,
      },
      { id: 'trackingNumber', kind: 'text', label: t('trackingNumber'), optional: true },
      { id: 'sentOn', kind: 'day', label: t('sentOn'), initial: today(), max: today() },
      { id: 'text', kind: 'text', label: t('text'), optional: true, rows: 2 },
      { id: 'paper', label: t('copy'), ...paper },
    ],
    send: async (values, { newId: letterId }) => {
      const body: RecordLetterRequest = {
        caseId,
        letterId,
        kind: chosen(LetterKind, values.text('kind'), LetterKind.DEMAND),
        party: chosen(Party, values.text('party'), Party.DEBTOR),
        addressee: values.text('addressee'),
        address: '',
        means: chosen(LetterMeans, values.text('means'), LetterMeans.EMS),
        trackingNumber: values.text('trackingNumber'),
        sentOn: values.text('sentOn'),
        text: values.text('text'),
        uploadId: await uploaded(api, values),
      };
      const at = path`/v1/cases/${caseId}/letters/${letterId}`;
      return api.put(at, RecordLetterRequest.toJSON(body), RecordLetterResponse.fromJSON);
    },
  };
}

/** What became of a letter, with the paper that proves it. */
export function deliveryForm(api: Api, letter: Letter): Form {
  const { caseId, letterId, sentOn } = letter;
  return {
    heading: t('settleTitle'),
    action: t('save'),
    fields: (values) => [
      {
        id: 'outcome',
        kind: 'choice',
        label: t('outcome'),
        options: optionsOf(Object.values(DeliveryOutcome)),
        initial: DeliveryOutcome.SIGNED,
      },
      { id: 'on', kind: 'day', label: t('on'), initial: today(), min: sentOn, max: today() },
      ...(values.text('outcome') === DeliveryOutcome.SIGNED
        ? [
            {
              id: 'signer',
              kind: 'choice' as const,
              label: t('signer'),
              options: optionsOf(Object.values(Signer)),
            },
            {
              id: 'signerName',
              kind: 'text' as const,
              label: t('signerName'),
              optional: true,
            },
          ]
        : []),
      { id: 'paper', label: t('proof'), hint: t('proofHint'), ...paper },
      { id: 'note', kind: 'text', label: t('note'), optional: true },
    ],
    send: async (values, { newId: deliveryId }) => {
      const outcome = chosen(DeliveryOutcome, values.text('outcome'), DeliveryOutcome.UNSPECIFIED);
      const isSigned = outcome === DeliveryOutcome.SIGNED;
      const body: RecordDeliveryRequest = {
        caseId,
        letterId,
        deliveryId,
        outcome,
        on: values.text('on'),
        signer: isSigned ? chosen(Signer, values.text('signer'), Signer.OTHER) : Signer.UNSPECIFIED,
        signerName: isSigned ? values.text('signerName') : '',
        uploadId: await uploaded(api, values),
        note: values.text('note'),
      };
      const at = path`/v1/cases/${caseId}/letters/${letterId}/deliveries/${deliveryId}`;
      return api.put(at, RecordDeliveryRequest.toJSON(body), RecordDeliveryResponse.fromJSON);
    },
  };
}
