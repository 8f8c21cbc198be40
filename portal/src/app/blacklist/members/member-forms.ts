import {
  MemberState,
  ProposeAgreementRequest,
  ProposeAgreementResponse,
  PutAssociationRequest,
  PutAssociationResponse,
  PutMemberRequest,
  PutMemberResponse,
  PutStewardRequest,
  PutStewardResponse,
} from '@recourse/proto/web/blacklist/v1/associations';
import type { Association, Member, Steward } from '@recourse/proto/web/blacklist/v1/associations';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form, FormField } from '../../ui/form-values';
import { namedValues, optionsOf } from '../../ui/options-of';
import { t } from './words';

const states = namedValues(MemberState);

export function memberForm(api: Api, member: Member | undefined): Form {
  const id: FormField = { id: 'memberId', kind: 'text', label: t('memberId') };
  return {
    heading: member === undefined ? t('admitTitle') : t('editNamed', { name: member.name }),
    fields: () => [
      ...(member === undefined ? [id] : []),
      { id: 'name', kind: 'text', label: t('name'), initial: member?.name ?? '' },
      {
        id: 'groupName',
        kind: 'text',
        label: t('group'),
        hint: t('groupHint'),
        optional: true,
        initial: member?.groupName ?? '',
      },
      {
        id: 'state',
        kind: 'choice',
        label: t('state'),
        options: optionsOf(states, t),
        initial: member?.state ?? MemberState.ACTIVE,
      },
    ],
    send: (values, { requestId }) => {
      const memberId = member?.memberId ?? values.text('memberId');
      const body: PutMemberRequest = {
        memberId,
        name: values.text('name'),
        groupName: values.text('groupName'),
        state: states.find((one) => one === values.text('state')) ?? MemberState.UNSPECIFIED,
        expectedVersion: member?.version ?? 0n,
      };
      const at = path`/v1/blacklist/members/${memberId}`;
      const sent = PutMemberRequest.toJSON(body);
      return api.put(at, sent, PutMemberResponse.fromJSON, { requestId });
    },
  };
}

export function stewardForm(
  api: Api,
  steward: Steward | undefined,
  members: readonly Member[],
): Form {
  const options = members.map((one) => ({ value: one.memberId, name: one.name }));
  const id: FormField = { id: 'userId', kind: 'text', label: t('userId') };
  return {
    heading: steward === undefined ? t('declare') : t('editNamed', { name: steward.name }),
    fields: () => [
      ...(steward === undefined ? [id] : []),
      { id: 'name', kind: 'text', label: t('name'), initial: steward?.name ?? '' },
      {
        id: 'employerId',
        kind: 'choice',
        label: t('employer'),
        hint: t('employerHint'),
        options,
        optional: true,
        initial: steward?.employerId,
      },
      { id: 'active', kind: 'flag', label: t('active'), initial: steward?.active ?? true },
    ],
    send: (values, { requestId }) => {
      const userId = steward?.userId ?? values.text('userId');
      const body: PutStewardRequest = {
        userId,
        name: values.text('name'),
        employerId: values.text('employerId'),
        active: values.flag('active'),
        expectedVersion: steward?.version ?? 0n,
      };
      const at = path`/v1/blacklist/stewards/${userId}`;
      const sent = PutStewardRequest.toJSON(body);
      return api.put(at, sent, PutStewardResponse.fromJSON, { requestId });
    },
  };
}

export function proposeForm(api: Api, others: readonly Association[]): Form {
  const options = others.map((one) => ({ value: one.associationId, name: one.name }));
  return {
    heading: t('propose'),
    action: t('propose'),
    fields: () => [{ id: 'partnerId', kind: 'choice', label: t('partner'), options }],
    send: (values, { newId, requestId }) => {
      const body = { agreementId: newId, partnerId: values.text('partnerId') };
      const at = path`/v1/blacklist/agreements/${newId}`;
      const sent = ProposeAgreementRequest.toJSON(body);
      return api.put(at, sent, ProposeAgreementResponse.fromJSON, { requestId });
    },
  };
}

export function aboutForm(
  api: Api,
  orgId: string,
  now: Association | undefined,
  name: string,
): Form {
  const text = (id: string, label: string, initial: string | undefined, hint = ''): FormField => ({
    id,
    kind: 'text',
    label,
    hint,
    optional: true,
    initial: initial ?? '',
  });
  return {
    heading: t('about'),
    fields: () => [
      { id: 'name', kind: 'text', label: t('name'), initial: now?.name ?? name },
      text('description', t('description'), now?.description),
      text('region', t('region'), now?.region),
      text('industry', t('industry'), now?.industry),
      text('reportingLicence', t('licence'), now?.reportingLicence, t('licenceHint')),
      text('impactAssessment', t('impact'), now?.impactAssessment),
    ],
    send: (values, { requestId }) => {
      const body: PutAssociationRequest = {
        associationId: orgId,
        name: values.text('name'),
        description: values.text('description'),
        region: values.text('region'),
        industry: values.text('industry'),
        reportingLicence: values.text('reportingLicence'),
        impactAssessment: values.text('impactAssessment'),
        expectedVersion: now?.version ?? 0n,
      };
      const at = path`/v1/blacklist/associations/${orgId}`;
      const sent = PutAssociationRequest.toJSON(body);
      return api.put(at, sent, PutAssociationResponse.fromJSON, { requestId });
    },
  };
}
