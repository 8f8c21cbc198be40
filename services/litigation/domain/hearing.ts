import { fault } from '@recourse/kit/fault.ts';
import type { Hearing } from '@recourse/proto/litigation/v1/deadlines.ts';
import { checkOpen, type Matter } from './matter.ts';
import { proceedingOf } from './proceeding.ts';

export type HearingCommand = {
  hearingId: string;
  proceedingId: string;
  at?: string | undefined;
  place: string;
  judge: string;
  kind: string;
};

/**
 * Sets a hearing. Faults: see `checkOpen`; `missing` proceeding_unknown; `refused`
 * proceeding_ended;
 * `exists` hearing_exists_with_other_content: to move it, postpone it.
 */
export function setHearing(
  present: Matter | undefined,
  before: Hearing | undefined,
  command: HearingCommand,
): Hearing {
  const { hearingId, proceedingId, at, place, judge, kind } = command;
  if (before !== undefined) {
    const same =
      before.proceedingId === proceedingId &&
      before.kind === kind &&
      before.place === place &&
      (before.at === at || before.postponed > 0);
    if (!same) throw fault('exists', 'hearing_exists_with_other_content');
    return before;
  }
  const matter = checkOpen(present);
  if (proceedingOf(matter, proceedingId).ended) throw fault('refused', 'proceeding_ended');
  return {
    hearingId,
    matterId: matter.matterId,
    matterNumber: matter.number,
    debtorName: matter.debtorName,
    proceedingId,
    at,
    place,
    judge,
    kind,
    state: 'HEARING_STATE_SET',
    postponed: 0,
    previousAt: undefined,
    postponeReason: '',
    version: 1n,
  };
}

/** Moves a hearing to another time. Faults: `missing` hearing_unknown; `refused` same_time. */
export function postpone(before: Hearing | undefined, at: string, reason: string): Hearing {
  if (before === undefined) throw fault('missing', 'hearing_unknown');
  if (before.at === at) throw fault('refused', 'same_time', { at });
  return {
    ...before,
    at,
    state: 'HEARING_STATE_POSTPONED',
    postponed: before.postponed + 1,
    previousAt: before.at,
    postponeReason: reason,
    version: before.version + 1n,
  };
}
