import type { Settlement } from '@recourse/proto/web/cases/v1/settlements';
import {
  DecideSettlementRequest,
  DecideSettlementResponse,
  SettlementVerdict,
  WithdrawSettlementRequest,
  WithdrawSettlementResponse,
} from '@recourse/proto/web/cases/v1/settlements';
import type { Api } from '../session/api';
import { path } from '../session/api';
import type { Form } from '../ui/form-values';
import { formatDay, formatMoney } from '../ui/format';
import { discountText } from './settlement-text';
import { settlementWords as t } from './settlement-words';

/** Approves a proposal; a note is welcome. */
export function approveForm(api: Api, settlement: Settlement): Form {
  const { amount, dueDay, terms } = settlement;
  const named = { amount: formatMoney(amount), day: formatDay(dueDay) };
  return {
    heading: t('approveTitle'),
    hint: t('approveText', { ...named, discount: discountText(terms) }),
    action: t('approve'),
    fields: () => [{ id: 'note', kind: 'text', label: t('note'), rows: 2, optional: true }],
    send: (values, { requestId }) =>
      decide(api, settlement, SettlementVerdict.APPROVE, values.text('note'), requestId),
  };
}

/** Refuses a proposal and says why. */
export function refuseForm(api: Api, settlement: Settlement): Form {
  return {
    heading: t('refuseTitle'),
    action: t('refuse'),
    fields: () => [{ id: 'note', kind: 'text', label: t('note'), rows: 2, least: 2 }],
    send: (values, { requestId }) =>
      decide(api, settlement, SettlementVerdict.REFUSE, values.text('note'), requestId),
  };
}

function decide(
  api: Api,
  { caseId, settlementId }: Settlement,
  verdict: SettlementVerdict,
  note: string,
  requestId: string,
) {
  const body: DecideSettlementRequest = { caseId, settlementId, requestId, verdict, note };
  const at = path`/v1/cases/${caseId}/settlements/${settlementId}:decide`;
  return api.post(at, DecideSettlementRequest.toJSON(body), DecideSettlementResponse.fromJSON, {
    requestId,
  });
}

/** Takes a proposal back that nobody has decided. */
export function withdrawForm(api: Api, { caseId, settlementId }: Settlement): Form {
  return {
    heading: t('withdrawTitle'),
    hint: t('withdrawText'),
    action: t('withdraw'),
    fields: () => [{ id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 }],
    send: (values, { requestId }) => {
      const reason = values.text('reason');
      const body: WithdrawSettlementRequest = { caseId, settlementId, requestId, reason };
      const at = path`/v1/cases/${caseId}/settlements/${settlementId}:withdraw`;
      const sent = WithdrawSettlementRequest.toJSON(body);
      return api.post(at, sent, WithdrawSettlementResponse.fromJSON, { requestId });
    },
  };
}
