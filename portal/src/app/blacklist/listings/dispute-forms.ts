import {
  AnswerDisputeRequest,
  AnswerDisputeResponse,
  DisputeGround,
  DisputeKind,
  DisputeOutcome,
  OpenDisputeRequest,
  OpenDisputeResponse,
  ReplyToDisputeRequest,
  ReplyToDisputeResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import type { Listing } from '@recourse/proto/web/blacklist/v1/listings';
import { AmountBand } from '@recourse/proto/web/blacklist/v1/subject';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form, FormValues } from '../../ui/form-values';
import { today } from '../../ui/format';
import { namedValues } from '../../ui/options-of';
import { named } from './listing-text';
import { paperFields, sendPapers } from './paper-fields';
import { t } from './words';

const kinds = namedValues(DisputeKind);
const grounds = namedValues(DisputeGround);
const outcomes = namedValues(DisputeOutcome);
const optionsNamed = (values: readonly string[]) =>
  values.map((value) => ({ value, name: named(value) }));

/** Records what the listed party wrote, with the day it came. */
export function openForm(api: Api, listing: Listing): Form {
  const { listingId } = listing;
  const initial = listing.publishedOn === '' ? DisputeKind.OBJECTION : DisputeKind.CORRECTION;
  return {
    heading: t('disputeTitle'),
    fields: (values) => [
      {
        id: 'kind',
        kind: 'choice',
        label: t('disputeKind'),
        options: optionsNamed(kinds),
        initial,
      },
      { id: 'ground', kind: 'choice', label: t('ground'), options: optionsNamed(grounds) },
      { id: 'receivedOn', kind: 'day', label: t('receivedOn'), initial: today(), max: today() },
      { id: 'statement', kind: 'text', label: t('statementText'), rows: 6 },
      ...paperFields(values),
    ],
    send: async (values, { newId, requestId }) => {
      const body: OpenDisputeRequest = {
        listingId,
        disputeId: newId,
        kind: kinds.find((one) => one === values.text('kind')) ?? DisputeKind.UNSPECIFIED,
        ground: grounds.find((one) => one === values.text('ground')) ?? DisputeGround.UNSPECIFIED,
        receivedOn: values.text('receivedOn'),
        statement: values.text('statement'),
        uploadIds: await sendPapers(api, values),
      };
      return api.put(
        path`/v1/blacklist/listings/${listingId}/disputes/${newId}`,
        OpenDisputeRequest.toJSON(body),
        OpenDisputeResponse.fromJSON,
        { requestId },
      );
    },
  };
}

/** One more message; a steward may record what the listed party wrote. */
export function replyForm(api: Api, listing: Listing, disputeId: string, isSteward: boolean): Form {
  const { listingId } = listing;
  return {
    heading: t('replyTitle'),
    action: t('reply'),
    fields: (values) => [
      { id: 'text', kind: 'text', label: t('reply'), rows: 5 },
      ...(isSteward
        ? [{ id: 'fromListedParty', kind: 'flag' as const, label: t('fromListed') }]
        : []),
      ...paperFields(values),
    ],
    send: async (values, { newId, requestId }) => {
      const body: ReplyToDisputeRequest = {
        listingId,
        disputeId,
        messageId: newId,
        text: values.text('text'),
        uploadIds: await sendPapers(api, values),
        fromListedParty: values.flag('fromListedParty'),
      };
      return api.put(
        path`/v1/blacklist/listings/${listingId}/disputes/${disputeId}/messages/${newId}`,
        ReplyToDisputeRequest.toJSON(body),
        ReplyToDisputeResponse.fromJSON,
        { requestId },
      );
    },
  };
}

function correctionOf(values: FormValues): AnswerDisputeRequest['correction'] {
  const name = values.text('correctName');
  const conductUntil = values.text('correctUntil');
  if (name === '' && conductUntil === '') return undefined;
  return { name, creditCode: '', amountBand: AmountBand.UNSPECIFIED, conductUntil };
}

/** The written answer; upheld with a correction keeps the listing with other facts. */
export function answerForm(api: Api, listing: Listing, disputeId: string): Form {
  const { listingId, version: expectedVersion } = listing;
  return {
    heading: t('answerTitle'),
    hint: t('answerHint'),
    action: t('answer'),
    fields: (values) => [
      { id: 'outcome', kind: 'choice', label: t('outcome'), options: optionsNamed(outcomes) },
      { id: 'answer', kind: 'text', label: t('answer'), rows: 6 },
      ...(values.text('outcome') === DisputeOutcome.UPHELD
        ? [
            { id: 'correctName', kind: 'text' as const, label: t('correctName'), optional: true },
            { id: 'correctUntil', kind: 'day' as const, label: t('correctUntil'), optional: true },
          ]
        : []),
    ],
    send: (values, { requestId }) => {
      const outcome =
        outcomes.find((one) => one === values.text('outcome')) ?? DisputeOutcome.UNSPECIFIED;
      const body: AnswerDisputeRequest = {
        listingId,
        disputeId,
        outcome,
        answer: values.text('answer'),
        correction: outcome === DisputeOutcome.UPHELD ? correctionOf(values) : undefined,
        requestId,
        expectedVersion,
      };
      return api.post(
        path`/v1/blacklist/listings/${listingId}/disputes/${disputeId}:answer`,
        AnswerDisputeRequest.toJSON(body),
        AnswerDisputeResponse.fromJSON,
        { requestId },
      );
    },
  };
}
