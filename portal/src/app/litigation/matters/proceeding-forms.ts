import {
  CorrectMoveRequest,
  CorrectMoveResponse,
  MoveProceedingRequest,
  MoveProceedingResponse,
  OpenProceedingRequest,
  OpenProceedingResponse,
  Procedure,
  RecordHappeningRequest,
  RecordHappeningResponse,
} from '@recourse/proto/web/litigation/v1/matters';
import type {
  Frozen,
  Matter,
  Proceeding,
  StageMove,
  Track,
} from '@recourse/proto/web/litigation/v1/matters';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { Form, FormField, FormValues } from '../../ui/form-values';
import { today } from '../../ui/format';
import type { MoneyValue } from '../../ui/format';
import { namedValues, optionsOf } from '../../ui/options-of';
import { procedureName, stageName } from '../rule-text';
import { t as law } from '../words';
import {
  askedFields,
  askedOf,
  conditionsHint,
  smallClaimFields,
  smallClaimsOf,
} from './begin-fields';
import { f } from './freeze-words';
import { t } from './words';

/** The stages with which something is frozen. */
const freezingStages = ['executed', 'seizing'];

/** What was frozen: of the execution of a preservation it must be said. */
function frozenFields(currency: string, optional: boolean): FormField[] {
  const options = optionsOf(
    ['account', 'movable', 'real_property', 'other_right'] as const,
    f,
    'asset.',
  );
  return [
    { id: 'asset', kind: 'choice', label: f('asset'), hint: f('frozenHint'), options, optional },
    { id: 'what', kind: 'text', label: f('frozenWhat'), optional },
    { id: 'amount', kind: 'money', label: f('frozenAmount'), currency, optional: true },
    { id: 'until', kind: 'day', label: f('frozenUntil'), optional: true },
  ];
}

function frozenOf(values: FormValues): { frozen?: Frozen } {
  const asset = values.text('asset');
  if (asset === '') return {};
  const [what, amount, until] = [values.text('what'), values.money('amount'), values.text('until')];
  return { frozen: { assets: [{ asset, what, amount, until }] } };
}

function appealedField(currency: string, initial?: MoneyValue): FormField {
  const said = { label: f('appealed'), hint: f('appealedHint'), optional: true } as const;
  return { id: 'appealed', kind: 'money', currency, initial, ...said };
}

function appealedOf(values: FormValues): { appealed?: MoneyValue } {
  const appealed = values.money('appealed');
  return appealed === undefined ? {} : { appealed };
}

/** Begins one of the procedures that the matter's rules allow now. */
export function beginForm(api: Api, matter: Matter): Form {
  const { matterId } = matter;
  const court = matter.proceedings.at(-1)?.court ?? '';
  return {
    heading: t('beginTitle'),
    action: t('begin'),
    fields: (values) => [
      {
        id: 'procedure',
        kind: 'choice',
        label: t('procedure'),
        options: optionsOf(matter.mayBegin, law),
        ...conditionsHint(values.text('procedure') === Procedure.PAYMENT_ORDER),
      },
      { id: 'court', kind: 'text', label: t('court'), optional: true, initial: court },
      { id: 'on', kind: 'day', label: t('startedOn'), initial: today(), max: today() },
      ...(values.text('procedure') === Procedure.APPEAL ? [appealedField(matter.currency)] : []),
      ...askedFields(values.text('procedure')),
    ],
    send: (values, { newId, requestId }) => {
      const procedure =
        namedValues(Procedure).find((one) => one === values.text('procedure')) ??
        Procedure.UNSPECIFIED;
      const body: OpenProceedingRequest = {
        matterId,
        proceedingId: newId,
        procedure,
        court: values.text('court'),
        on: values.text('on'),
        ...appealedOf(values),
        ...askedOf(values),
      };
      return api.put(
        path`/v1/matters/${matterId}/proceedings/${newId}`,
        OpenProceedingRequest.toJSON(body),
        OpenProceedingResponse.fromJSON,
        { requestId },
      );
    },
  };
}

/** Moves a proceeding to one of the stages its track allows from here. */
export function moveForm(
  api: Api,
  matter: Matter,
  proceeding: Proceeding,
  tracks: readonly Track[],
): Form {
  const { matterId, version, currency } = matter;
  const { proceedingId, procedure, nextStages, appealed } = proceeding;
  const isAppeal = procedure === Procedure.APPEAL;
  const isFiled = (stage: string): boolean =>
    procedure === Procedure.SMALL_CLAIMS && stage === 'filed';
  const options = nextStages.map((value) => ({ value, name: stageName(tracks, procedure, value) }));
  return {
    heading: `${t('moveTitle')} · ${procedureName(procedure)}`,
    hint: t('onHint'),
    action: t('move'),
    fields: (values) => [
      { id: 'stage', kind: 'choice', label: t('toStage'), options, initial: nextStages[0] },
      { id: 'on', kind: 'day', label: t('on'), initial: today(), max: today() },
      ...(freezingStages.includes(values.text('stage'))
        ? frozenFields(currency, values.text('stage') !== 'executed')
        : []),
      ...(isAppeal ? [appealedField(currency, appealed)] : []),
      ...(isFiled(values.text('stage')) ? smallClaimFields(proceeding.smallClaims) : []),
      {
        id: 'docketNumber',
        kind: 'text',
        label: t('docket'),
        optional: true,
        initial: proceeding.docketNumber,
      },
      { id: 'court', kind: 'text', label: t('court'), optional: true, initial: proceeding.court },
      { id: 'note', kind: 'text', label: t('note'), optional: true, rows: 2 },
    ],
    send: (values, { requestId }) => {
      const body: MoveProceedingRequest = {
        matterId,
        proceedingId,
        stage: values.text('stage'),
        on: values.text('on'),
        note: values.text('note'),
        docketNumber: values.text('docketNumber'),
        court: values.text('court'),
        expectedVersion: version,
        requestId,
        ...frozenOf(values),
        ...appealedOf(values),
        ...(isFiled(values.text('stage')) ? smallClaimsOf(values) : {}),
      };
      return api.post(
        path`/v1/matters/${matterId}/proceedings/${proceedingId}:move`,
        MoveProceedingRequest.toJSON(body),
        MoveProceedingResponse.fromJSON,
        { requestId },
      );
    },
  };
}

/** Corrects the day of a stage that was recorded before. */
export function correctForm(
  api: Api,
  matter: Matter,
  proceeding: Proceeding,
  move: StageMove,
  tracks: readonly Track[],
): Form {
  const { matterId, version } = matter;
  const { proceedingId, procedure } = proceeding;
  const { moveId } = move;
  return {
    heading: t('correctTitle', { stage: stageName(tracks, procedure, move.stage) }),
    hint: t('correctHint'),
    action: t('correct'),
    fields: () => [
      { id: 'on', kind: 'day', label: t('on'), initial: move.on, max: today() },
      { id: 'reason', kind: 'text', label: t('reason'), rows: 2, least: 2 },
    ],
    send: (values, { requestId }) => {
      const body: CorrectMoveRequest = {
        matterId,
        proceedingId,
        moveId,
        on: values.text('on'),
        reason: values.text('reason'),
        expectedVersion: version,
        requestId,
      };
      return api.post(
        path`/v1/matters/${matterId}/proceedings/${proceedingId}/moves/${moveId}:correct`,
        CorrectMoveRequest.toJSON(body),
        CorrectMoveResponse.fromJSON,
        { requestId },
      );
    },
  };
}

/** What may happen beside the stages, in the order in which it usually does. */
const happeningKinds = [
  'fee_notice_received',
  'fee_paid',
  'complaint_served',
  'answer_filed',
  'jurisdiction_objection_filed',
  'counterclaim_filed',
  'evidence_notice_served',
  'evidence_filed',
  'hearing',
  'public_notice_published',
  'ruling_served',
  'performance_due',
  'enforcement_notice_served',
  'enforcement_objection_filed',
  'objection_ruling_served',
  'objection_reconsideration_applied',
  'distribution_plan_served',
  'distribution_objection_filed',
  'payment_order_objected',
  'payment_order_objection_rejected',
  'preservation_applied_urgently',
  'security_provided',
  'preservation_ruling_served',
  'asset_frozen',
  'preservation_expires',
  'preservation_renewed',
  'suit_filed',
  'bankruptcy_claims_opened',
  'bankruptcy_claim_filed',
  'ruling_appeal_docketed',
  'harmful_act_known',
  'harmful_act_done',
  'rescission_suit_filed',
  'retrial_applied',
  'postponed',
] as const;

/** Days that a paper names in advance. */
const liesAhead = ['preservation_expires', 'performance_due'];

function happeningFields(kind: string, matter: Matter, proceeding: Proceeding): FormField[] {
  const kinds = optionsOf(happeningKinds, t, 'happening.');
  const parties = optionsOf(['us', 'opponent'], t, 'party.');
  const first: FormField[] = [
    { id: 'kind', kind: 'choice', label: t('happeningKind'), options: kinds },
    {
      id: 'on',
      kind: 'day',
      label: t('on'),
      hint: t('onHint'),
      initial: today(),
      ...(liesAhead.includes(kind) ? {} : { max: today() }),
    },
  ];
  const renewed: FormField = {
    id: 'freezeId',
    kind: 'choice',
    label: f('renewedAsset'),
    hint: f('renewAll'),
    options: proceeding.freezes.map((one) => ({ value: one.freezeId, name: one.what })),
    optional: true,
  };
  const served: FormField = {
    id: 'party',
    kind: 'choice',
    label: t('served'),
    options: parties,
    optional: true,
  };
  const days: FormField = {
    id: 'days',
    kind: 'whole',
    label: t('courtDays'),
    hint: t('courtDaysHint'),
    max: 3650,
    optional: true,
  };
  const until: FormField[] = [
    { id: 'until', kind: 'day', label: t('until') },
    { id: 'deadline', kind: 'text', label: t('postponedDeadline'), optional: true },
  ];
  const note: FormField = { id: 'note', kind: 'text', label: t('note'), optional: true, rows: 2 };
  const isService = /_(served|received)$/.test(kind);
  return [
    ...first,
    ...(isService ? [served, days] : []),
    ...(kind === 'postponed' ? until : []),
    ...(kind === 'asset_frozen' ? frozenFields(matter.currency, false) : []),
    ...(kind === 'preservation_renewed' ? [renewed] : []),
    note,
  ];
}

/** Records what is no stage, but starts, meets or moves a deadline. */
export function happeningForm(api: Api, matter: Matter, proceeding: Proceeding): Form {
  const { matterId } = matter;
  const { proceedingId, procedure } = proceeding;
  return {
    heading: `${t('happeningTitle')} · ${procedureName(procedure)}`,
    fields: (values) => happeningFields(values.text('kind'), matter, proceeding),
    send: (values, { newId, requestId }) => {
      const freezeId = values.text('freezeId');
      const body: RecordHappeningRequest = {
        matterId,
        happeningId: newId,
        proceedingId,
        kind: values.text('kind'),
        on: values.text('on'),
        party: values.text('party'),
        days: values.whole('days'),
        until: values.text('kind') === 'postponed' ? values.text('until') : '',
        deadline: values.text('deadline'),
        replacesId: '',
        note: values.text('note'),
        ...(values.text('kind') === 'asset_frozen' ? frozenOf(values) : {}),
        ...(freezeId === '' ? {} : { freezeId }),
      };
      return api.put(
        path`/v1/matters/${matterId}/happenings/${newId}`,
        RecordHappeningRequest.toJSON(body),
        RecordHappeningResponse.fromJSON,
        { requestId },
      );
    },
  };
}
