import {
  ClaimKind,
  RecordJudgmentRequest,
  RecordJudgmentResponse,
} from '@recourse/proto/web/litigation/v1/matters';
import type { Matter, Proceeding } from '@recourse/proto/web/litigation/v1/matters';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form } from '../../ui/form-values';
import { today } from '../../ui/format';
import type { MoneyValue } from '../../ui/format';
import { optionsOf } from '../../ui/options-of';
import { procedureName } from '../rule-text';
import { f } from './freeze-words';
import { t } from './words';

const outcomes = ['won', 'lost', 'partly_won'] as const;
const forms = ['judgment', 'mediation', 'ruling', 'payment_order'] as const;

function claimedOf(matter: Matter, kind: ClaimKind): MoneyValue {
  const minor = matter.claims
    .filter((claim) => claim.kind === kind)
    .reduce((sum, claim) => sum + (claim.amount?.minor ?? 0n), 0n);
  return { currency: matter.currency, minor };
}

/** Records what a court decided; what was claimed stands in the fields to be corrected. */
export function judgmentForm(api: Api, matter: Matter, proceeding: Proceeding): Form {
  const { matterId, currency } = matter;
  const { proceedingId, procedure, docketNumber } = proceeding;
  const isOrder = procedure === 'PROCEDURE_PAYMENT_ORDER';
  const money = (id: string, label: string, kind: ClaimKind) => ({
    id,
    kind: 'money' as const,
    label,
    currency,
    zero: true,
    initial: claimedOf(matter, kind),
  });
  const share = {
    id: 'share',
    kind: 'percent' as const,
    label: f('claimantShare'),
    hint: f('claimantShareHint'),
    optional: true,
  };
  return {
    heading: `${t('judgmentTitle')} · ${procedureName(procedure)}`,
    fields: (values) => [
      {
        id: 'form',
        kind: 'choice',
        label: t('form'),
        options: optionsOf(forms, t, 'form.'),
        initial: isOrder ? 'payment_order' : 'judgment',
      },
      {
        id: 'docketNumber',
        kind: 'text',
        label: t('docket'),
        optional: true,
        initial: docketNumber,
      },
      { id: 'decidedOn', kind: 'day', label: t('decidedOn'), initial: today(), max: today() },
      { id: 'effectiveOn', kind: 'day', label: t('effectiveOn'), optional: true },
      money('principal', t('principal'), ClaimKind.PRINCIPAL),
      money('interest', t('interest'), ClaimKind.INTEREST),
      money('costs', t('costs'), ClaimKind.COSTS),
      {
        id: 'performBy',
        kind: 'day',
        label: t('performBy'),
        hint: t('performByHint'),
        optional: true,
      },
      {
        id: 'outcome',
        kind: 'choice',
        label: f('feeOutcome'),
        options: optionsOf(outcomes, f, 'fee.'),
        optional: true,
      },
      ...(values.text('outcome') === 'partly_won' ? [share] : []),
      {
        id: 'generalInterest',
        kind: 'text',
        label: t('generalInterest'),
        rows: 2,
        optional: true,
      },
    ],
    send: (values, { newId, requestId }) => {
      const outcome = values.text('outcome');
      const body: RecordJudgmentRequest = {
        matterId,
        judgmentId: newId,
        proceedingId,
        form: values.text('form'),
        docketNumber: values.text('docketNumber'),
        decidedOn: values.text('decidedOn'),
        effectiveOn: values.text('effectiveOn'),
        principal: values.money('principal'),
        interest: values.money('interest'),
        costs: values.money('costs'),
        performBy: values.text('performBy'),
        generalInterest: values.text('generalInterest'),
        ...(outcome === '' ? {} : { outcome }),
        ...(outcome === 'partly_won' && values.text('share') !== ''
          ? { claimantShareBps: values.bps('share') }
          : {}),
      };
      return api.put(
        path`/v1/matters/${matterId}/judgments/${newId}`,
        RecordJudgmentRequest.toJSON(body),
        RecordJudgmentResponse.fromJSON,
        { requestId },
      );
    },
  };
}
