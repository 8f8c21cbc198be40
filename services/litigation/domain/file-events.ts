import { dayIn } from '@recourse/kit/day.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import type { Hearing } from '@recourse/proto/litigation/v1/deadlines.ts';
import type { Happening, Proceeding, StageMove } from '@recourse/proto/litigation/v1/matters.ts';
import type { DebtEvent } from './debt.ts';
import { creditorZone } from './clock-zone.ts';
import type { ProcedureEvent } from './law/deadline-event.ts';
import type { ProcedureEventKind } from './law/deadline-rule.ts';
import type { SuitOutcome } from './law/limitation-rule.ts';
import type { Matter } from './matter.ts';
import { stageOf, type Track, trackOf } from './track.ts';

/** What a court file says in the words of the deadline rules and of the limitation. */

type Kinds = readonly ProcedureEventKind[];

function kindOf(kinds: Kinds, kind: string): ProcedureEventKind | undefined {
  return kinds.find((one) => one === kind);
}

function moveEvents(proceeding: Proceeding, track: Track): ProcedureEvent[] {
  return proceeding.moves.flatMap(({ moveId, stage, on }) => {
    const { event } = stageOf(track, stage);
    return event === undefined ? [] : [{ id: moveId, on, ...event }];
  });
}

function happeningEvent(one: Happening, kinds: Kinds): ProcedureEvent[] {
  const kind = kindOf(kinds, one.kind);
  if (kind === undefined) return [];
  const { happeningId: id, on, party, days, until, deadline, replacesId, freezeId } = one;
  return [
    {
      id,
      kind,
      on,
      ...(party === 'us' || party === 'opponent' ? { party } : {}),
      ...(days === 0 ? {} : { days }),
      ...(until === '' ? {} : { until }),
      ...(deadline === '' ? {} : { deadline }),
      ...(replacesId === '' ? {} : { replaces: replacesId }),
      ...(freezeId === undefined ? {} : { subject: freezeId }),
    },
  ];
}

function hearingEvents(hearings: readonly Hearing[], proceedingId: string): ProcedureEvent[] {
  return hearings.flatMap((one) =>
    one.proceedingId === proceedingId && one.at !== undefined
      ? [{ id: one.hearingId, kind: 'hearing' as const, on: dayOf(one.at) }]
      : [],
  );
}

function dayOf(at: string): string {
  return dayIn(creditorZone, Temporal.Instant.from(at)).toString();
}

/** What other proceedings did about this one: an appeal, an enforcement, the suit it secures. */
function sequels(matter: Matter, proceeding: Proceeding): ProcedureEvent[] {
  return matter.proceedings.flatMap((one): ProcedureEvent[] => {
    const filed = one.moves.find((move) => move.stage === 'filed');
    if (filed === undefined || one.proceedingId === proceeding.proceedingId) return [];
    const { moveId: id, on } = filed;
    if (one.followsId === proceeding.proceedingId) {
      if (one.procedure === 'PROCEDURE_APPEAL') return [{ id, on, kind: 'appeal_filed' }];
      return [{ id, on, kind: 'enforcement_applied' }];
    }
    const secures = proceeding.procedure === 'PROCEDURE_PRESERVATION_PRE_SUIT';
    return secures && isSuit(one) ? [{ id, on, kind: 'suit_filed' }] : [];
  });
}

function isSuit({ procedure }: Proceeding): boolean {
  return (
    procedure === 'PROCEDURE_ORDINARY' ||
    procedure === 'PROCEDURE_SUMMARY' ||
    procedure === 'PROCEDURE_SMALL_CLAIMS'
  );
}

function performance(matter: Matter, proceeding: Proceeding): ProcedureEvent[] {
  return matter.judgments.flatMap((one) => {
    const on = one.performBy === '' ? one.effectiveOn : one.performBy;
    if (one.proceedingId !== proceeding.proceedingId || on === '') return [];
    return [{ id: one.judgmentId, kind: 'performance_due' as const, on }];
  });
}

/** Everything that the deadlines of one proceeding are counted from, met by or moved by. */
export function eventsFor(
  matter: Matter,
  proceeding: Proceeding,
  hearings: readonly Hearing[],
  tracks: readonly Track[],
  kinds: Kinds,
): ProcedureEvent[] {
  const told = proceeding.happenings.flatMap((one) => happeningEvent(one, kinds));
  const moved = moveEvents(proceeding, trackOf(tracks, proceeding.procedure));
  // An application that turned out to be urgent has 48 hours instead of the five days.
  const isUrgent = told.some(({ kind }) => kind === 'preservation_applied_urgently');
  const own = moved.filter(({ kind }) => !isUrgent || kind !== 'preservation_applied');
  // A hearing that was held stands on the file twice: as a stage and in the list of hearings.
  const heard = hearingEvents(hearings, proceeding.proceedingId);
  const after = sequels(matter, proceeding).filter(
    ({ kind }) => !own.some((event) => event.kind === kind),
  );
  return [...own, ...heard, ...told, ...performance(matter, proceeding), ...after];
}

/** How a proceeding's last stage ends it for the limitation. */
const outcomes: Readonly<Record<string, SuitOutcome>> = {
  effective: 'judgment',
  lost: 'dismissed',
  mediated: 'mediated',
  withdrawn: 'withdrawn',
  dismissed: 'dismissed',
  rejected: 'not_accepted',
  lapsed: 'lapsed',
  objected: 'lapsed',
  lifted: 'lapsed',
  no_assets: 'no_assets',
  completed: 'performed',
};

function actOf(proceeding: Proceeding, track: Track): Omit<DebtEvent, 'eventId' | 'debtId'>[] {
  const act = proceeding.moves.find(({ stage }) => stageOf(track, stage).limitation !== undefined);
  const kind = act === undefined ? undefined : stageOf(track, act.stage).limitation;
  if (act === undefined || kind === undefined) return [];
  const last = proceeding.moves.at(-1);
  const outcome = proceeding.ended ? outcomes[last?.stage ?? ''] : undefined;
  const served = proceeding.moves.find((move) => move.stage === 'served');
  const details = {
    ...(outcome === undefined ? {} : { outcome, until: last?.on ?? act.on }),
    ...(served === undefined ? {} : { servedOn: served.on }),
  };
  const filing = { kind, source: track.source, details, ...fileFacts(proceeding, act) };
  if (outcome !== 'no_assets' || last === undefined) return [filing];
  const source = '民诉法解释 art. 517';
  return [filing, { kind: 'no_assets', source, details: {}, ...fileFacts(proceeding, last) }];
}

/** What a stage of a court file is to the clock, apart from what it means. */
function fileFacts(proceeding: Proceeding, move: StageMove) {
  return {
    on: move.on,
    proof: 'proven' as const,
    note: proceeding.docketNumber,
    evidence: undefined,
    receivableIds: [],
    actor: move.actor,
    recordedAt: move.recordedAt ?? '',
    struck: false,
    strikeReason: '',
  };
}

/**
 * What the matter's court files are to the limitation of each of its debts: a filing and how it
 * ended, and a judgment with the last day to perform, from which the two years of enforcement run.
 */
export function actsFor(matter: Matter, tracks: readonly Track[]): DebtEvent[] {
  const acts = matter.proceedings.flatMap((proceeding) =>
    actOf(proceeding, trackOf(tracks, proceeding.procedure)).map((act) => ({
      ...act,
      id: namedUuid(proceeding.proceedingId, act.kind),
    })),
  );
  const titles = matter.judgments.flatMap((one) => {
    const on = one.effectiveOn === '' ? '' : one.effectiveOn;
    if (on === '') return [];
    return [
      {
        id: namedUuid(one.judgmentId, 'judgment'),
        kind: 'judgment',
        on,
        proof: 'proven' as const,
        source: '民诉法 250',
        note: one.docketNumber,
        evidence: undefined,
        details: one.performBy === '' ? {} : { performBy: one.performBy },
        receivableIds: [],
        actor: one.actor,
        recordedAt: one.recordedAt ?? '',
        struck: false,
        strikeReason: '',
      },
    ];
  });
  return matter.cases.flatMap(({ caseId }) =>
    [...acts, ...titles].map(({ id, ...act }) => ({
      ...act,
      debtId: caseId,
      eventId: namedUuid(caseId, id),
    })),
  );
}
