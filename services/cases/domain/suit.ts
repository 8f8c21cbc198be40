import { addDays, type Day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import { type CaseStatus, checkVersion } from './case.ts';
import type { Stage } from './stage.ts';

/** The decision that follows the litigation assessment (domain.md 2) when it is not to sue. */

export type ForgoCommand = { expectedVersion: bigint; lookAgainOn: Day; today: Day };

/**
 * A case that was assessed is not sued on for now, and is looked at again on a day. Refusals in
 * this order: `case_changed_meanwhile`, `case_closed`, `case_in_court` (it is sued on already),
 * `look_again_not_ahead`, `look_again_too_far` (limitation runs on meanwhile, 民法典 188).
 */
export function forgoSuit(
  file: CaseStatus & { stage: Stage },
  { expectedVersion, lookAgainOn, today }: ForgoCommand,
  mostDays: number,
): void {
  const { caseId, state, stage } = file;
  checkVersion(file, expectedVersion);
  if (state === 'CLOSED') throw fault('refused', 'case_closed', { caseId });
  if (stage === 'LITIGATION' || stage === 'ASSET_RECOVERY') {
    throw fault('refused', 'case_in_court', { caseId, stage });
  }
  const facts = { lookAgainOn: lookAgainOn.toString(), today: today.toString(), mostDays };
  if (!isBefore(today, lookAgainOn)) throw fault('refused', 'look_again_not_ahead', facts);
  if (isBefore(addDays(today, mostDays), lookAgainOn)) {
    throw fault('refused', 'look_again_too_far', facts);
  }
}
