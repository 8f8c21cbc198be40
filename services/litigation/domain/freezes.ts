import { fault } from '@recourse/kit/fault.ts';
import { namedUuid } from '@recourse/kit/hash.ts';
import type { Money } from '@recourse/kit/money.ts';
import type {
  Freeze as FreezeMessage,
  Frozen,
  FrozenAsset as Named,
  Happening,
  Proceeding,
  Security,
  StageMove,
} from '@recourse/proto/litigation/v1/matters.ts';
import { whyOf } from './fees.ts';
import type { Calendar } from '@recourse/kit/calendar.ts';
import type { ProcedureEvent } from './law/deadline-event.ts';
import {
  freeze,
  type FreezeTables,
  type FrozenAsset,
  frozenAssets,
  securityNeeded,
} from './law/freeze.ts';
import type { StageRule } from './track.ts';

type Seen = Pick<Proceeding, 'stage' | 'moves' | 'happenings'>;

/** One thing that is held, since when, and the days from which its term ran anew. */
type Held = { freezeId: string; named: Named; asset: FrozenAsset; on: string; renewed: string[] };

/** Stages with which what was held is free again; lack of assets is not among them. */
const released = ['lifted', 'completed', 'withdrawn', 'rejected'];

function renewalsOf(seen: Seen, freezeId: string, standing: readonly Happening[]): string[] {
  const moves = seen.moves.filter(({ stage }) => stage === 'renewed');
  const told = standing.filter(
    ({ kind, freezeId: of }) => kind === 'preservation_renewed' && (of ?? freezeId) === freezeId,
  );
  return [...moves, ...told].map(({ on }) => on).toSorted();
}

/** What was frozen in a proceeding, in the order in which it was recorded. */
function heldIn(seen: Seen): Held[] {
  const replaced = new Set(seen.happenings.map((one) => one.replacesId));
  const standing = seen.happenings.filter((one) => !replaced.has(one.happeningId));
  const sources = [
    ...seen.moves.map(({ moveId: id, on, frozen }) => ({ id, on, frozen })),
    ...standing.map(({ happeningId: id, on, frozen }) => ({ id, on, frozen })),
  ];
  return sources.flatMap(({ id, on, frozen }) =>
    (frozen?.assets ?? []).flatMap((named, place): Held[] => {
      const asset = frozenAssets.find((one) => one === named.asset);
      if (asset === undefined) return [];
      const freezeId = namedUuid(id, `frozen ${place}`);
      const renewed = renewalsOf(seen, freezeId, standing).filter((day) => day > on);
      return [{ freezeId, named, asset, on, renewed }];
    }),
  );
}

function lawFreeze(held: Held, today: string, calendar: Calendar, law: FreezeTables) {
  const { asset, on: frozenOn, named } = held;
  const renewals = held.renewed.map((on) => ({ on }));
  const until = named.until === '' ? {} : { until: named.until };
  return freeze({ asset, frozenOn, renewals, today, ...until }, calendar, law);
}

/** Each term of a freeze with its last day; a renewal after the end begins none. */
function termsOf(held: Held, calendar: Calendar, law: FreezeTables) {
  const starts = [held.on, ...held.renewed];
  const all = starts.map((from, place) => {
    const seen = { ...held, renewed: held.renewed.slice(0, place) };
    return { from, expiresOn: lawFreeze(seen, from, calendar, law).expiresOn };
  });
  return all.filter(({ from }, place) => place === 0 || from <= (all[place - 1]?.expiresOn ?? ''));
}

/**
 * The ends of the terms of all that a proceeding froze, as events from which the deadline rules
 * count back (保全规定 art. 18); none once it is free again. Fault: `invalid` term_not_allowed.
 */
export function freezeEvents(seen: Seen, calendar: Calendar, law: FreezeTables): ProcedureEvent[] {
  if (released.includes(seen.stage)) return [];
  return heldIn(seen).flatMap((held) =>
    termsOf(held, calendar, law).map(({ from, expiresOn }, place) => ({
      id: namedUuid(held.freezeId, `term ${place}`),
      kind: 'preservation_expires' as const,
      on: expiresOn,
      subject: held.freezeId,
      since: from,
    })),
  );
}

/** What a proceeding froze, as it is shown on a day. Source: legal.md 2.6. */
export function freezesOf(
  seen: Seen,
  today: string,
  calendar: Calendar,
  law: FreezeTables,
): FreezeMessage[] {
  return heldIn(seen).map((held) => {
    const made = lawFreeze(held, today, calendar, law);
    const [rule] = made.rules;
    const { asset, what, amount } = held.named;
    return {
      freezeId: held.freezeId,
      asset,
      what,
      amount,
      frozenOn: held.on,
      renewedOn: held.renewed,
      expiresOn: made.expiresOn,
      renewBy: made.renewBy,
      state: released.includes(seen.stage) ? 'lifted' : made.state,
      why: rule === undefined ? undefined : whyOf(rule),
      provisional: made.provisional,
    };
  });
}

/** The security that a court may ask for preserving an amount; none for other procedures. */
export function securityOf(
  { procedure }: Pick<Proceeding, 'procedure'>,
  amount: Money,
  on: string,
  law: FreezeTables,
): Security | undefined {
  const isPreSuit = procedure === 'PROCEDURE_PRESERVATION_PRE_SUIT';
  if (!isPreSuit && procedure !== 'PROCEDURE_PRESERVATION_IN_SUIT') return undefined;
  const stage = isPreSuit ? 'pre_suit' : 'in_suit';
  const { most, rule } = securityNeeded({ amount, stage, on }, law);
  return { most, why: whyOf(rule) };
}

function checkFrozen(frozen: Frozen | undefined, on: string, isNeeded: boolean): void {
  const assets = frozen?.assets ?? [];
  if (isNeeded && assets.length === 0) throw fault('refused', 'frozen_asset_missing');
  const early = assets.find(({ until }) => until !== '' && until < on);
  if (early !== undefined) {
    throw fault('refused', 'freeze_ends_before_it_begins', { on, until: early.until });
  }
}

/**
 * Whoever records that a freeze was executed names what was frozen. Faults: `refused`
 * frozen_asset_missing, freeze_ends_before_it_begins; `invalid` nothing_frozen_at_stage.
 */
export function checkFrozenAt(
  stage: Pick<StageRule, 'name' | 'freezes'>,
  { frozen, on }: Pick<StageMove, 'frozen' | 'on'>,
): void {
  if (frozen !== undefined && stage.freezes === undefined) {
    throw fault('invalid', 'nothing_frozen_at_stage', { stage: stage.name });
  }
  checkFrozen(frozen, on, stage.freezes === 'needed');
}

/**
 * The same of a happening. Faults: `refused` frozen_asset_missing, freeze_ends_before_it_begins;
 * `missing` freeze_unknown.
 */
export function checkFrozenBy(
  seen: Seen,
  { kind, frozen, on, freezeId }: Pick<Happening, 'kind' | 'frozen' | 'on' | 'freezeId'>,
): void {
  checkFrozen(frozen, on, kind === 'asset_frozen');
  if (freezeId === undefined) return;
  const known = heldIn(seen).some((held) => held.freezeId === freezeId);
  if (!known) throw fault('missing', 'freeze_unknown', { freezeId });
}
