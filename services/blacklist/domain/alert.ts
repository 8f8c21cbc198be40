import { creditCodeVerdict } from '@recourse/kit/check.ts';
import { fault } from '@recourse/kit/fault.ts';
import { type EntrySeen, tidyCode } from './screening.ts';

export type AlertState = 'POSSIBLE' | 'CONFIRMED' | 'NAMESAKE' | 'CLEARED';

export type SettleCommand = {
  creditCode: string;
  /** The given ID number as the entry's association keeps it; empty when none was given. */
  idHash: string;
  /** Its check character holds. */
  idHolds: boolean;
  namesake: boolean;
  note: string;
};

/**
 * What a second identifier makes of an alert: the entry's own code, of a person the ID number,
 * proves it, another one rules it out; other means rule it out with a note. One whose own check
 * fails may be a slip of the pen and rules nothing out (GB 32100, GB 11643). Faults: `refused`
 * alert_cleared; `invalid` note_missing, second_identifier_missing; `refused`
 * entry_without_identifier, second_identifier_check_fails.
 */
export function settleAlert(
  state: AlertState,
  entry: Pick<EntrySeen, 'kind' | 'creditCode' | 'idHash'>,
  command: SettleCommand,
): AlertState {
  if (state === 'CLEARED') throw fault('refused', 'alert_cleared');
  if (command.namesake && command.note === '') throw fault('invalid', 'note_missing');
  if (command.namesake) return 'NAMESAKE';
  const isPerson = entry.kind === 'PERSON';
  const given = isPerson ? command.idHash : tidyCode(command.creditCode);
  const own = isPerson ? entry.idHash : entry.creditCode;
  if (given === '') throw fault('invalid', 'second_identifier_missing');
  if (own === '') throw fault('refused', 'entry_without_identifier');
  if (given === own) return 'CONFIRMED';
  const holds = isPerson ? command.idHolds : creditCodeVerdict(given) === 'valid';
  if (!holds) throw fault('refused', 'second_identifier_check_fails');
  return 'NAMESAKE';
}
