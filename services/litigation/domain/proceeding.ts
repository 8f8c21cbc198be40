import { daysBetween, day, type Day } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Money } from '@recourse/kit/money.ts';
import type { Actor } from '@recourse/proto/type/v1/type.ts';
import type {
  Frozen,
  Happening,
  PaymentOrderConditions,
  Procedure,
  Proceeding,
  SmallClaimsBasis,
  StageMove,
} from '@recourse/proto/litigation/v1/matters.ts';
import { checkFrozenAt, checkFrozenBy } from './freezes.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import type { DeadlineTables } from './law/deadline-rule.ts';
import type { SmallClaimsTables } from './law/small-claims.ts';
import { changed, checkOpen, type Matter, type Told } from './matter.ts';
import { checkBegun as checkOrderBegun, checkInEffect } from './payment-order.ts';
import { checkBasis, checkSmallClaim } from './small-claim.ts';
import { gateClosed, stageOf, type Track, trackOf } from './track.ts';

/** By whom and when; `today` is the creditor's day. */
export type Doing = { actor: Actor; at: Temporal.Instant; today: Day };

export type Decided = { state: Matter; events: Told[] };

/** What the law says of procedures: their tracks, and the figures and days that hold in them. */
export type Book = {
  tracks: readonly Track[];
  law: DeadlineTables & SmallClaimsTables;
  calendar: Calendar;
};

function movedEvent(matter: Matter, proceeding: Proceeding, on: string): Told {
  const { matterId, number: matterNumber, debtorId } = matter;
  const { proceedingId, procedure, stage } = proceeding;
  const caseIds = matter.cases.map((one) => one.caseId);
  const value = { matterId, matterNumber, caseIds, debtorId, proceedingId, procedure, stage, on };
  return { $case: 'matterMoved', value };
}

function replaced(matter: Matter, proceeding: Proceeding): Matter {
  const others = matter.proceedings.filter((one) => one.proceedingId !== proceeding.proceedingId);
  return {
    ...matter,
    proceedings: [...others, proceeding].toSorted((a, b) =>
      (a.moves[0]?.recordedAt ?? '') < (b.moves[0]?.recordedAt ?? '') ? -1 : 1,
    ),
    version: matter.version + 1n,
  };
}

/** Fault: `missing` proceeding_unknown. */
export function proceedingOf(matter: Matter, proceedingId: string): Proceeding {
  const found = matter.proceedings.find((one) => one.proceedingId === proceedingId);
  if (found === undefined) throw fault('missing', 'proceeding_unknown', { proceedingId });
  return found;
}

export function notInFuture(on: string, today: Day): void {
  if (daysBetween(today, day(on)) > 0) {
    throw fault('refused', 'day_in_future', { on, today: today.toString() });
  }
}

/** The judgment or order that an appeal or an enforcement rests on: the latest proceeding's. */
function followed(matter: Matter, procedure: Procedure): string {
  if (procedure !== 'PROCEDURE_APPEAL' && procedure !== 'PROCEDURE_ENFORCEMENT') return '';
  const before = matter.proceedings.findLast((one) =>
    ['effective', 'mediated', 'judgment_served', 'appealed', 'lost'].includes(one.stage),
  );
  return before?.proceedingId ?? '';
}

export type BeginCommand = {
  proceedingId: string;
  procedure: Procedure;
  court: string;
  on: string;
  moveId: string;
  /** Of an appeal: how much of the decision it contests. */
  appealed?: Money | undefined;
  /** Of a payment order. */
  conditions?: PaymentOrderConditions | undefined;
  /** Of small claims. */
  smallClaims?: SmallClaimsBasis | undefined;
};

/**
 * Begins a procedure at the first stage of its track. Faults: see `checkOpen`; `exists`
 * proceeding_exists_with_other_content; `invalid` procedure_unknown; `refused` with the gate's
 * reason (`suit_already_brought`, `nothing_to_enforce`, …), day_in_future; those of
 * `checkAppealed`, `checkOrderBegun`, `checkBasis` and `checkSmallClaim`.
 */
export function begin(
  present: Matter | undefined,
  command: BeginCommand,
  { tracks, law }: Book,
  doing: Doing,
): Decided {
  const { proceedingId, procedure, court, moveId, conditions, smallClaims } = command;
  const known = present?.proceedings.find((one) => one.proceedingId === proceedingId);
  if (present !== undefined && known?.procedure === procedure) {
    return { state: present, events: [] };
  }
  if (known !== undefined) throw fault('exists', 'proceeding_exists_with_other_content');
  const before = checkOpen(present);
  const shut = gateClosed(tracks, procedure, before.proceedings);
  if (shut !== undefined) throw fault('refused', shut, { procedure });
  const on = command.on === '' ? doing.today.toString() : command.on;
  notInFuture(on, doing.today);
  checkAppealed(before, procedure, command.appealed);
  checkOrderBegun(procedure, conditions);
  checkBasis(procedure, smallClaims, doing.today);
  checkSmallClaim(before, { procedure, smallClaims, on }, law);
  const stage = trackOf(tracks, procedure).stages[0]?.name ?? '';
  const proceeding: Proceeding = {
    proceedingId,
    matterId: before.matterId,
    procedure,
    court,
    docketNumber: '',
    stage,
    ended: false,
    moves: [moveOf({ moveId, stage, on, note: '', frozen: undefined }, doing)],
    nextStages: [],
    fee: undefined,
    followsId: followed(before, procedure),
    happenings: [],
    freezes: [],
    ...(command.appealed === undefined ? {} : { appealed: command.appealed }),
    ...(conditions === undefined ? {} : { conditions }),
    ...(smallClaims === undefined ? {} : { smallClaims }),
  };
  const state = replaced(before, proceeding);
  return { state, events: [movedEvent(state, proceeding, on)] };
}

/** Faults `invalid`: nothing_to_appeal, appealed_in_other_currency. */
function checkAppealed(before: Matter, procedure: Procedure, appealed: Money | undefined): void {
  if (appealed === undefined) return;
  if (procedure !== 'PROCEDURE_APPEAL') throw fault('invalid', 'nothing_to_appeal', { procedure });
  if (appealed.currency !== before.currency) {
    throw fault('invalid', 'appealed_in_other_currency', { currency: before.currency });
  }
}

function moveOf(
  move: Pick<StageMove, 'moveId' | 'stage' | 'on' | 'note' | 'frozen'>,
  { actor, at }: Doing,
): StageMove {
  return { ...move, actor, recordedAt: at.toString(), correctedFrom: '', correctionReason: '' };
}

/** A stage cannot be dated before the one that led to it, such as service before filing. */
function inOrder(stage: string, on: string, earlier: StageMove | undefined): void {
  // What is prepared has no paper that dates it.
  if (earlier === undefined || earlier.stage === 'preparing') return;
  if (daysBetween(day(earlier.on), day(on)) >= 0) return;
  const facts = { stage, on, earlierStage: earlier.stage, earlierOn: earlier.on };
  throw fault('refused', 'stage_dated_before_earlier_one', facts);
}

export type MoveCommand = {
  proceedingId: string;
  stage: string;
  on: string;
  note: string;
  docketNumber: string;
  court: string;
  moveId: string;
  expectedVersion: bigint;
  frozen?: Frozen | undefined;
  appealed?: Money | undefined;
  smallClaims?: SmallClaimsBasis | undefined;
};

/**
 * Moves a proceeding along its track. Faults: see `checkOpen`; `missing` proceeding_unknown;
 * `invalid` stage_unknown; `refused` proceeding_ended, stage_not_next, day_in_future,
 * stage_dated_before_earlier_one; those of `checkFrozenAt`, `checkAppealed`, `checkBasis`, of
 * `checkSmallClaim` when it is filed, and of `checkInEffect`.
 */
export function move(
  present: Matter | undefined,
  command: MoveCommand,
  book: Book,
  doing: Doing,
): Decided {
  const before = checkOpen(present, command.expectedVersion);
  const proceeding = proceedingOf(before, command.proceedingId);
  const { procedure } = proceeding;
  const track = trackOf(book.tracks, procedure);
  const { stage, on, note, moveId, frozen, appealed = proceeding.appealed } = command;
  const { smallClaims = proceeding.smallClaims } = command;
  const target = stageOf(track, stage);
  const from = stageOf(track, proceeding.stage);
  if (from.ends === true) throw fault('refused', 'proceeding_ended', { stage: from.name });
  if (!from.next.includes(stage)) {
    const facts = { from: from.name, stage, next: from.next.join(' ') };
    throw fault('refused', 'stage_not_next', facts);
  }
  notInFuture(on, doing.today);
  inOrder(stage, on, proceeding.moves.at(-1));
  checkFrozenAt(target, { frozen, on });
  checkAppealed(before, procedure, command.appealed);
  checkBasis(procedure, command.smallClaims, doing.today);
  if (stage === 'filed') checkSmallClaim(before, { procedure, smallClaims, on }, book.law);
  const after: Proceeding = {
    ...proceeding,
    stage,
    ended: target.ends === true,
    court: command.court === '' ? proceeding.court : command.court,
    docketNumber: command.docketNumber === '' ? proceeding.docketNumber : command.docketNumber,
    moves: [...proceeding.moves, moveOf({ moveId, stage, on, note, frozen }, doing)],
    ...(appealed === undefined ? {} : { appealed }),
    ...(smallClaims === undefined ? {} : { smallClaims }),
  };
  const state = replaced(before, after);
  checkInEffect(state, after, book);
  return { state, events: [movedEvent(state, after, on)] };
}

export type CorrectCommand = {
  proceedingId: string;
  moveId: string;
  on: string;
  reason: string;
  expectedVersion: bigint;
};

/**
 * Corrects the day of a stage; the day before and the reason stay to be seen. Faults: see
 * `checkOpen`; `missing` proceeding_unknown, move_unknown; `refused` day_in_future,
 * stage_dated_before_earlier_one; those of `checkInEffect`.
 */
export function correct(
  present: Matter | undefined,
  command: CorrectCommand,
  book: Book,
  doing: Doing,
): Decided {
  const before = checkOpen(present, command.expectedVersion);
  const proceeding = proceedingOf(before, command.proceedingId);
  const place = proceeding.moves.findIndex((one) => one.moveId === command.moveId);
  const found = proceeding.moves[place];
  if (found === undefined) throw fault('missing', 'move_unknown', { moveId: command.moveId });
  if (found.on === command.on) return { state: before, events: [] };
  notInFuture(command.on, doing.today);
  inOrder(found.stage, command.on, proceeding.moves[place - 1]);
  const later = proceeding.moves[place + 1];
  if (later !== undefined) {
    const moved = { ...found, on: command.on };
    inOrder(later.stage, later.on, moved);
  }
  const corrected = {
    ...found,
    on: command.on,
    correctedFrom: found.on,
    correctionReason: command.reason,
  };
  const after = { ...proceeding, moves: proceeding.moves.with(place, corrected) };
  const state = replaced(before, after);
  checkInEffect(state, after, book);
  return { state, events: [movedEvent(state, { ...after, stage: found.stage }, command.on)] };
}

export type HappeningCommand = Omit<Happening, 'actor' | 'recordedAt'> & { proceedingId: string };

/** A paper names these days in advance, and what is counted from them must be known before. */
const liesAhead = ['preservation_expires', 'performance_due'];

/**
 * Records what is no stage but counts for deadlines. `kinds` are those that the rules know. Faults:
 * see `checkOpen`; `exists` happening_exists_with_other_content; `missing` proceeding_unknown;
 * `invalid` happening_kind_unknown, postponed_without_day; `refused` day_in_future,
 * served_before_filed; those of `checkFrozenBy`.
 */
export function recordHappening(
  present: Matter | undefined,
  command: HappeningCommand,
  kinds: readonly string[],
  doing: Doing,
): Decided {
  const { proceedingId, ...content } = command;
  const known = present?.proceedings
    .flatMap((one) => one.happenings)
    .find((one) => one.happeningId === command.happeningId);
  if (known !== undefined && present !== undefined) {
    const { actor: _a, recordedAt: _r, ...before } = known;
    if (contentHash(before) === contentHash(content)) return { state: present, events: [] };
    throw fault('exists', 'happening_exists_with_other_content');
  }
  const before = checkOpen(present);
  const proceeding = proceedingOf(before, proceedingId);
  if (!kinds.includes(content.kind)) {
    throw fault('invalid', 'happening_kind_unknown', { kind: content.kind });
  }
  if (content.kind === 'postponed' && content.until === '') {
    throw fault('invalid', 'postponed_without_day');
  }
  if (!liesAhead.includes(content.kind)) notInFuture(content.on, doing.today);
  checkFrozenBy(proceeding, content);
  const filed = proceeding.moves.find((one) => one.stage === 'filed');
  if (filed !== undefined && daysBetween(day(filed.on), day(content.on)) < 0) {
    throw fault('refused', 'served_before_filed', { on: content.on, filedOn: filed.on });
  }
  const added = { ...content, actor: doing.actor, recordedAt: doing.at.toString() };
  const after = { ...proceeding, happenings: [...proceeding.happenings, added] };
  const { matterId } = before;
  const event: Told = { $case: 'matterChanged', value: { matterId, what: 'happening' } };
  return { state: replaced(before, after), events: [event] };
}

/** A change of what hangs on a proceeding, such as its hearings: the matter is one version on. */
export function touched(present: Matter | undefined, what: string): Decided {
  return changed(checkOpen(present), what);
}
