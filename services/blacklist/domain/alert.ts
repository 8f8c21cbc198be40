import { fault } from '@recourse/kit/fault.ts';
import { tidyCode } from './screening.ts';

export type AlertState = 'POSSIBLE' | 'CONFIRMED' | 'NAMESAKE' | 'CLEARED';

/**
 * What a second identifier makes of an alert: the entry's own code proves it, another one rules it
 * out; other means rule it out with a note. Faults: `refused` alert_cleared; `invalid`
 * second_identifier_missing, note_missing.
 */
export function settleAlert(
  state: AlertState,
  entryCode: string,
  command: { creditCode: string; namesake: boolean; note: string },
): AlertState {
  if (state === 'CLEARED') throw fault('refused', 'alert_cleared');
  if (command.namesake && command.note === '') throw fault('invalid', 'note_missing');
  if (command.namesake) return 'NAMESAKE';
  const given = tidyCode(command.creditCode);
  if (given === '') throw fault('invalid', 'second_identifier_missing');
  return given === entryCode ? 'CONFIRMED' : 'NAMESAKE';
}
