import {
  AddEvidenceRequest,
  AddEvidenceResponse,
  AttachStatementRequest,
  AttachStatementResponse,
  DecideListingRequest,
  DecideListingResponse,
  Delivery,
  EvidenceKind,
  ProtectListingRequest,
  ProtectListingResponse,
  RemovalReason,
  RemoveListingRequest,
  RemoveListingResponse,
  ReturnListingRequest,
  ReturnListingResponse,
  ReviewListingRequest,
  ReviewListingResponse,
  ReviewOutcome,
  ServeNoticeRequest,
  ServeNoticeResponse,
  WithdrawListingRequest,
  WithdrawListingResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import type { Listing } from '@recourse/proto/web/blacklist/v1/listings';
import { paperBytes, paperFiles, sha256Of, uploadFile } from '../../litigation/upload';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form, FormField } from '../../ui/form-values';
import { today } from '../../ui/format';
import { namedValues } from '../../ui/options-of';
import { named } from './listing-text';
import { t } from './words';

/** A verb of a listing: the same words as its address. */
const at = (listing: Listing, verb: string): string =>
  `${path`/v1/blacklist/listings/${listing.listingId}`}:${verb}`;

const reason = (rows = 3): FormField => ({
  id: 'reason',
  kind: 'text',
  label: t('reason'),
  rows,
  least: 2,
});

const optionsNamed = (values: readonly string[]) =>
  values.map((value) => ({ value, name: named(value) }));

export function evidenceForm(api: Api, listing: Listing): Form {
  const { listingId } = listing;
  const kinds = namedValues(EvidenceKind);
  return {
    heading: t('addEvidence'),
    fields: () => [
      { id: 'kind', kind: 'choice', label: t('evidenceKind'), options: optionsNamed(kinds) },
      { id: 'file', kind: 'file', label: t('file'), accept: paperFiles, maxBytes: paperBytes },
      { id: 'note', kind: 'text', label: t('remark'), optional: true },
    ],
    send: async (values, { newId, requestId }) => {
      const file = values.file('file');
      if (file === undefined) return undefined;
      const body: AddEvidenceRequest = {
        listingId,
        evidenceId: newId,
        kind: kinds.find((one) => one === values.text('kind')) ?? EvidenceKind.UNSPECIFIED,
        uploadId: await uploadFile(api, file),
        sha256: await sha256Of(file),
        note: values.text('note'),
      };
      return api.put(
        path`/v1/blacklist/listings/${listingId}/evidence/${newId}`,
        AddEvidenceRequest.toJSON(body),
        AddEvidenceResponse.fromJSON,
        { requestId },
      );
    },
  };
}

export function serveForm(api: Api, listing: Listing): Form {
  const { listingId, version: expectedVersion } = listing;
  const deliveries = namedValues(Delivery);
  return {
    heading: t('serveTitle'),
    hint: t('serveHint'),
    fields: () => [
      { id: 'delivery', kind: 'choice', label: t('delivery'), options: optionsNamed(deliveries) },
      { id: 'servedOn', kind: 'day', label: t('servedOn'), initial: today(), max: today() },
      { id: 'reference', kind: 'text', label: t('reference'), optional: true },
      {
        id: 'file',
        kind: 'file',
        label: t('proofFile'),
        accept: paperFiles,
        maxBytes: paperBytes,
        optional: true,
      },
    ],
    send: async (values, { requestId }) => {
      const file = values.file('file');
      const body: ServeNoticeRequest = {
        listingId,
        delivery: deliveries.find((one) => one === values.text('delivery')) ?? Delivery.UNSPECIFIED,
        servedOn: values.text('servedOn'),
        reference: values.text('reference'),
        uploadId: file === undefined ? '' : await uploadFile(api, file),
        requestId,
        expectedVersion,
      };
      const sent = ServeNoticeRequest.toJSON(body);
      return api.post(at(listing, 'serveNotice'), sent, ServeNoticeResponse.fromJSON, {
        requestId,
      });
    },
  };
}

export function decideForm(api: Api, listing: Listing): Form {
  const { listingId, version: expectedVersion } = listing;
  const options = [
    { value: 'yes', name: t('agrees') },
    { value: 'no', name: t('against') },
  ];
  return {
    heading: t('decideTitle'),
    hint: t('decideHint'),
    action: t('decide'),
    fields: () => [{ id: 'agrees', kind: 'choice', label: t('outcome'), options }, reason()],
    send: (values, { requestId }) => {
      const agrees = values.text('agrees') === 'yes';
      const why = values.text('reason');
      const body = { listingId, agrees, reason: why, requestId, expectedVersion };
      const sent = DecideListingRequest.toJSON(body);
      return api.post(at(listing, 'decide'), sent, DecideListingResponse.fromJSON, { requestId });
    },
  };
}

/** Withdrawing and giving back ask for a reason alone. */
export function reasonForm(api: Api, listing: Listing, verb: 'withdraw' | 'return'): Form {
  const { listingId, version: expectedVersion } = listing;
  const isWithdrawal = verb === 'withdraw';
  return {
    heading: isWithdrawal ? t('withdraw') : t('giveBack'),
    action: isWithdrawal ? t('withdraw') : t('giveBack'),
    fields: () => [reason()],
    send: (values, { requestId }) => {
      const body = { listingId, reason: values.text('reason'), requestId, expectedVersion };
      const options = { requestId };
      if (isWithdrawal) {
        const sent = WithdrawListingRequest.toJSON(body);
        return api.post(at(listing, verb), sent, WithdrawListingResponse.fromJSON, options);
      }
      const sent = ReturnListingRequest.toJSON(body);
      return api.post(at(listing, verb), sent, ReturnListingResponse.fromJSON, options);
    },
  };
}

export function removeForm(api: Api, listing: Listing): Form {
  const { listingId, version: expectedVersion } = listing;
  const reasons = namedValues(RemovalReason);
  return {
    heading: t('removeTitle'),
    action: t('remove'),
    fields: () => [
      { id: 'reason', kind: 'choice', label: t('reason'), options: optionsNamed(reasons) },
      { id: 'note', kind: 'text', label: t('remark'), rows: 2, optional: true },
    ],
    send: (values, { requestId }) => {
      const why = reasons.find((one) => one === values.text('reason')) ?? RemovalReason.UNSPECIFIED;
      const note = values.text('note');
      const body = { listingId, reason: why, note, requestId, expectedVersion };
      const sent = RemoveListingRequest.toJSON(body);
      return api.post(at(listing, 'remove'), sent, RemoveListingResponse.fromJSON, { requestId });
    },
  };
}

export function statementForm(api: Api, listing: Listing): Form {
  const { listingId, version: expectedVersion } = listing;
  return {
    heading: t('attachTitle'),
    hint: t('attachHint'),
    fields: () => [
      {
        id: 'statement',
        kind: 'text',
        label: t('statement'),
        rows: 6,
        initial: listing.statement,
      },
    ],
    send: (values, { requestId }) => {
      const statement = values.text('statement');
      const body = { listingId, statement, requestId, expectedVersion };
      const sent = AttachStatementRequest.toJSON(body);
      return api.post(at(listing, 'attachStatement'), sent, AttachStatementResponse.fromJSON, {
        requestId,
      });
    },
  };
}

export function protectForm(api: Api, listing: Listing): Form {
  const { listingId, version: expectedVersion } = listing;
  return {
    heading: t('protectTitle'),
    hint: t('protectHint'),
    fields: () => [
      { id: 'until', kind: 'day', label: t('until'), min: today(), optional: true },
      reason(),
    ],
    send: (values, { requestId }) => {
      const until = values.text('until');
      const why = values.text('reason');
      const body = { listingId, until, reason: why, requestId, expectedVersion };
      const sent = ProtectListingRequest.toJSON(body);
      return api.post(at(listing, 'protect'), sent, ProtectListingResponse.fromJSON, { requestId });
    },
  };
}

export function reviewForm(api: Api, listing: Listing): Form {
  const { listingId, version: expectedVersion } = listing;
  const outcomes = namedValues(ReviewOutcome);
  return {
    heading: t('reviewTitle'),
    fields: () => [
      { id: 'outcome', kind: 'choice', label: t('outcome'), options: optionsNamed(outcomes) },
      reason(),
    ],
    send: (values, { requestId }) => {
      const outcome =
        outcomes.find((one) => one === values.text('outcome')) ?? ReviewOutcome.UNSPECIFIED;
      const why = values.text('reason');
      const body = { listingId, outcome, reason: why, requestId, expectedVersion };
      const sent = ReviewListingRequest.toJSON(body);
      return api.post(at(listing, 'review'), sent, ReviewListingResponse.fromJSON, { requestId });
    },
  };
}
