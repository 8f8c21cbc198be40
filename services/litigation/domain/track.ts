import { fault } from '@recourse/kit/fault.ts';
import type { Procedure as RulesProcedure, ProcedureEventKind } from './law/deadline-rule.ts';
import type { Procedure, Proceeding } from '@recourse/proto/litigation/v1/matters.ts';

/** The acts of a court file that stop or restart the limitation (legal.md 2.3). */
export type LimitationAct =
  | 'suit'
  | 'payment_order'
  | 'pre_suit_preservation'
  | 'enforcement'
  | 'bankruptcy_claim';

/** One stage of a track and where it may lead. */
export type StageRule = {
  name: string;
  zh: string;
  en: string;
  next: readonly string[];
  /** Nothing follows; what begins then is another procedure. */
  ends?: true;
  /** What it is to the deadline rules, and on whom it was served. */
  event?: { kind: ProcedureEventKind; party?: 'us' | 'opponent' };
  /** Something is frozen with it: who records it must name what, or may. */
  freezes?: 'needed' | 'may';
  /** Reaching it is an event for the limitation of the matter's debts. */
  limitation?: LimitationAct;
};

/** Proceedings of these procedures that are at these stages, run still, or came at least so far. */
export type Pattern = {
  procedures: readonly Procedure[];
  stages?: readonly string[];
  running?: true;
  from?: string;
};

/** What must be there, or must not, before a procedure may begin; the reason is the refusal's. */
export type Gate = { reason: string; needs?: Pattern; forbids?: Pattern };

/** A procedure as rule data: its stages, the first one first, and the gates before it. */
export type Track = {
  procedure: Procedure;
  /** The deadline rules that go with it. */
  rules: RulesProcedure;
  stages: readonly StageRule[];
  gates: readonly Gate[];
  source: string;
  effectiveFrom: string;
};

type Seen = Pick<Proceeding, 'procedure' | 'stage' | 'moves'>;

/** Fault: `invalid` procedure_unknown. */
export function trackOf(tracks: readonly Track[], procedure: Procedure): Track {
  const track = tracks.find((one) => one.procedure === procedure);
  if (track === undefined) throw fault('invalid', 'procedure_unknown', { procedure });
  return track;
}

/** Fault: `invalid` stage_unknown. */
export function stageOf(track: Track, name: string): StageRule {
  const stage = track.stages.find((one) => one.name === name);
  if (stage === undefined) {
    throw fault('invalid', 'stage_unknown', { procedure: track.procedure, stage: name });
  }
  return stage;
}

function matches(tracks: readonly Track[], pattern: Pattern, seen: Seen): boolean {
  if (!pattern.procedures.includes(seen.procedure)) return false;
  const ended = stageOf(trackOf(tracks, seen.procedure), seen.stage).ends === true;
  if (pattern.running === true && ended) return false;
  if (pattern.stages !== undefined && !pattern.stages.includes(seen.stage)) return false;
  const { from } = pattern;
  return from === undefined || seen.moves.some((move) => move.stage === from);
}

/** The reason why a procedure may not begin beside these proceedings; undefined when it may. */
export function gateClosed(
  tracks: readonly Track[],
  procedure: Procedure,
  proceedings: readonly Seen[],
): string | undefined {
  const shut = trackOf(tracks, procedure).gates.find(({ needs, forbids }) => {
    const has = (pattern: Pattern): boolean =>
      proceedings.some((seen) => matches(tracks, pattern, seen));
    return (needs !== undefined && !has(needs)) || (forbids !== undefined && has(forbids));
  });
  return shut?.reason;
}

/** The procedures that may begin now, in the order of the rule data. */
export function mayBegin(tracks: readonly Track[], proceedings: readonly Seen[]): Procedure[] {
  return tracks
    .map(({ procedure }) => procedure)
    .filter((procedure) => gateClosed(tracks, procedure, proceedings) === undefined);
}
