import {
  ConflictKind,
  DeclareConflictRequest,
  DeclareConflictResponse,
  WithdrawConflictRequest,
  WithdrawConflictResponse,
} from '@recourse/proto/web/agencies/v1/conflicts';
import type { Conflict } from '@recourse/proto/web/agencies/v1/conflicts';
import { type Api, path } from '../session/api';
import type { Form } from '../ui/form-values';
import { namedValues, optionsOf } from '../ui/options-of';
import { t } from './conflict-words';

const kinds = namedValues(ConflictKind);

/** Who may declare and withdraw: the roles of the contract's DeclareConflict. */
export const declarers = [
  'agency_manager',
  'agency:org_admin',
  'supervisor',
  'director',
  'general_manager',
  'credit_manager',
  'legal_officer',
] as const;

/** Declares that an agency is not given the debts of a company. */
export function declareForm(api: Api, agency: { agencyId: string; name: string }): Form {
  const { agencyId, name } = agency;
  return {
    heading: t('declareTitle', { name }),
    hint: t('declareHint'),
    action: t('declare'),
    fields: () => [
      { id: 'kind', kind: 'choice', label: t('kind'), options: optionsOf(kinds, t) },
      { id: 'name', kind: 'text', label: t('name'), hint: t('nameHint'), least: 2 },
      { id: 'creditCode', kind: 'text', label: t('code'), hint: t('codeHint'), optional: true },
      { id: 'note', kind: 'text', label: t('note'), rows: 3, optional: true },
    ],
    send: (values, { newId, requestId }) => {
      const body: DeclareConflictRequest = {
        agencyId,
        conflictId: newId,
        kind: kinds.find((one) => one === values.text('kind')) ?? ConflictKind.UNSPECIFIED,
        name: values.text('name'),
        creditCode: values.text('creditCode').trim(),
        note: values.text('note'),
      };
      const at = path`/v1/agencies/${agencyId}/conflicts/${newId}`;
      const sent = DeclareConflictRequest.toJSON(body);
      return api.put(at, sent, DeclareConflictResponse.fromJSON, { requestId });
    },
  };
}

/** Takes a conflict back, with the reason. */
export function withdrawForm(api: Api, { agencyId, conflictId, name }: Conflict): Form {
  return {
    heading: t('withdrawTitle', { name }),
    hint: t('withdrawHint'),
    action: t('withdraw'),
    fields: () => [{ id: 'reason', kind: 'text', label: t('reason'), rows: 3, least: 2 }],
    send: (values, { requestId }) => {
      const reason = values.text('reason');
      const body: WithdrawConflictRequest = { agencyId, conflictId, reason, requestId };
      const at = path`/v1/agencies/${agencyId}/conflicts/${conflictId}:withdraw`;
      const sent = WithdrawConflictRequest.toJSON(body);
      return api.post(at, sent, WithdrawConflictResponse.fromJSON, { requestId });
    },
  };
}
