import {
  ClaimKind,
  PartyRole,
  SetClaimsRequest,
  SetClaimsResponse,
  SetEngagementRequest,
  SetEngagementResponse,
  SetPartiesRequest,
  SetPartiesResponse,
} from '@recourse/proto/web/litigation/v1/matters';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form, RowsForm } from '../../ui/form-values';
import { today } from '../../ui/format';
import { namedValues, optionsOf } from '../../ui/options-of';
import { t } from './words';

const kinds = namedValues(ClaimKind);
const roles = namedValues(PartyRole);

/** What is claimed, row by row. */
export function claimsForm(api: Api, matter: Matter): RowsForm {
  const { matterId, currency, version } = matter;
  const cases = matter.cases.map((one) => ({ value: one.caseId, name: one.caseNumber }));
  return {
    heading: t('editClaims'),
    rowName: (number) => `${t('claimKind')} ${number}`,
    addName: t('addClaim'),
    rows: matter.claims.map((claim) => ({
      id: claim.claimId,
      kind: claim.kind,
      amount: claim.amount,
      caseId: claim.caseId,
      basis: claim.basis,
      interestFrom: claim.interestFrom,
    })),
    fields: (values) => [
      { id: 'kind', kind: 'choice', label: t('claimKind'), options: optionsOf(kinds, t) },
      { id: 'amount', kind: 'money', label: t('amount'), currency },
      { id: 'caseId', kind: 'choice', label: t('fromCase'), options: cases, optional: true },
      ...(values.text('kind') === ClaimKind.INTEREST
        ? [
            {
              id: 'interestFrom',
              kind: 'day' as const,
              label: t('interestFrom'),
              optional: true,
            },
          ]
        : []),
      { id: 'basis', kind: 'text', label: t('basis'), optional: true, rows: 2 },
    ],
    send: (rows, { requestId }) => {
      const claims = rows.map((row) => ({
        claimId: row.text('id'),
        kind: kinds.find((one) => one === row.text('kind')) ?? ClaimKind.UNSPECIFIED,
        amount: row.money('amount'),
        caseId: row.text('caseId'),
        basis: row.text('basis'),
        interestFrom: row.text('interestFrom'),
      }));
      const body = { matterId, claims, expectedVersion: version, requestId };
      const at = path`/v1/matters/${matterId}/claims:set`;
      return api.post(at, SetClaimsRequest.toJSON(body), SetClaimsResponse.fromJSON, { requestId });
    },
  };
}

/** Who stands on which side, as the documents will name them. */
export function partiesForm(api: Api, matter: Matter): RowsForm {
  const { matterId, version } = matter;
  return {
    heading: t('editParties'),
    rowName: (number) => `${t('parties')} ${number}`,
    addName: t('addParty'),
    rows: matter.parties.map(({ partyId, ...rest }) => ({ id: partyId, ...rest })),
    fields: () => [
      { id: 'role', kind: 'choice', label: t('role'), options: optionsOf(roles, t) },
      { id: 'name', kind: 'text', label: t('partyName') },
      { id: 'creditCode', kind: 'text', label: t('creditCode'), optional: true },
      { id: 'address', kind: 'text', label: t('address'), optional: true },
      { id: 'legalRepresentative', kind: 'text', label: t('representative'), optional: true },
      { id: 'phone', kind: 'text', label: t('phone'), optional: true },
    ],
    send: (rows, { requestId }) => {
      const parties = rows.map((row) => ({
        partyId: row.text('id'),
        role: roles.find((one) => one === row.text('role')) ?? PartyRole.UNSPECIFIED,
        name: row.text('name'),
        creditCode: row.text('creditCode'),
        address: row.text('address'),
        legalRepresentative: row.text('legalRepresentative'),
        phone: row.text('phone'),
      }));
      const body = { matterId, parties, expectedVersion: version, requestId };
      const at = path`/v1/matters/${matterId}/parties:set`;
      const sent = SetPartiesRequest.toJSON(body);
      return api.post(at, sent, SetPartiesResponse.fromJSON, { requestId });
    },
  };
}

/** Who conducts the matter, with what authority, at what fee. */
export function engagementForm(api: Api, matter: Matter): Form {
  const { matterId, currency, version, engagement: now } = matter;
  const text = (id: string, label: string, initial: string | undefined, optional = true) => ({
    id,
    kind: 'text' as const,
    label,
    optional,
    initial: initial ?? '',
  });
  return {
    heading: t('editLawyer'),
    fields: () => [
      text('lawyerName', t('lawyer'), now?.lawyerName, false),
      text('firm', t('firm'), now?.firm),
      text('phone', t('phone'), now?.phone),
      {
        id: 'scope',
        kind: 'choice',
        label: t('scope'),
        options: optionsOf(['general', 'special'], t, 'scope.'),
        initial: now?.scope ?? 'special',
      },
      {
        id: 'fixed',
        kind: 'money',
        label: t('fixedFee'),
        currency,
        optional: true,
        zero: true,
        initial: now?.fee?.fixed,
      },
      {
        id: 'success',
        kind: 'percent',
        label: t('successFee'),
        optional: true,
        initial: now?.fee?.successBps ?? 0,
      },
      {
        id: 'engagedOn',
        kind: 'day',
        label: t('engagedOn'),
        optional: true,
        initial: now?.engagedOn || today(),
      },
    ],
    send: (values, { requestId }) => {
      const engagement = {
        lawyerName: values.text('lawyerName'),
        firm: values.text('firm'),
        phone: values.text('phone'),
        scope: values.text('scope'),
        fee: {
          fixed: values.money('fixed') ?? { currency, minor: 0n },
          successBps: values.bps('success'),
        },
        engagedOn: values.text('engagedOn'),
      };
      const body = { matterId, engagement, expectedVersion: version, requestId };
      const at = path`/v1/matters/${matterId}/engagement:set`;
      const sent = SetEngagementRequest.toJSON(body);
      return api.post(at, sent, SetEngagementResponse.fromJSON, { requestId });
    },
  };
}
