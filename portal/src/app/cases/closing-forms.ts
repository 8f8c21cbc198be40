import type { Closing } from '@recourse/proto/web/cases/v1/closings';
import {
  ClosingVerdict,
  DecideClosingRequest,
  DecideClosingResponse,
  WithdrawClosingRequest,
  WithdrawClosingResponse,
} from '@recourse/proto/web/cases/v1/closings';
import type { Api } from '../session/api';
import { path } from '../session/api';
import type { Form } from '../ui/form-values';
import { formatCount, formatMoney } from '../ui/format';
import { closingWords as t } from './closing-words';

/** Approves a proposal: says what it closes and what is lost by it. A note is welcome. */
export function approveClosingForm(api: Api, closing: Closing): Form {
  const { caseCount, open, loss, kind } = closing;
  const named = { count: formatCount(caseCount), open: formatMoney(open), loss: formatMoney(loss) };
  return {
    heading: t('approveTitle'),
    hint: t.find(`approve${kind.replace('CLOSING_KIND_', '')}`, named) ?? '',
    action: t('approve'),
    fields: () => [{ id: 'note', kind: 'text', label: t('decisionNote'), rows: 2, optional: true }],
    send: (values, { requestId }) =>
      decide(api, closing, ClosingVerdict.APPROVE, values.text('note'), requestId),
  };
}

/** Refuses a proposal and says why. */
export function refuseClosingForm(api: Api, closing: Closing): Form {
  return {
    heading: t('refuseTitle'),
    action: t('refuse'),
    fields: () => [{ id: 'note', kind: 'text', label: t('decisionNote'), rows: 2, least: 2 }],
    send: (values, { requestId }) =>
      decide(api, closing, ClosingVerdict.REFUSE, values.text('note'), requestId),
  };
}

function decide(
  api: Api,
  { closingId, version: expectedVersion, open }: Closing,
  verdict: ClosingVerdict,
  note: string,
  requestId: string,
) {
  const body: DecideClosingRequest = { closingId, requestId, verdict, note, expectedVersion, open };
  const at = path`/v1/closings/${closingId}:decide`;
  return api.post(at, DecideClosingRequest.toJSON(body), DecideClosingResponse.fromJSON, {
    requestId,
  });
}

/** Takes a proposal back that nobody has decided. */
export function withdrawClosingForm(api: Api, closing: Closing): Form {
  const { closingId, version: expectedVersion } = closing;
  return {
    heading: t('withdrawTitle'),
    hint: t('withdrawText'),
    action: t('withdraw'),
    fields: () => [{ id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 }],
    send: (values, { requestId }) => {
      const reason = values.text('reason');
      const body: WithdrawClosingRequest = { closingId, requestId, reason, expectedVersion };
      const at = path`/v1/closings/${closingId}:withdraw`;
      const sent = WithdrawClosingRequest.toJSON(body);
      return api.post(at, sent, WithdrawClosingResponse.fromJSON, { requestId });
    },
  };
}
