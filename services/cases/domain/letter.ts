import { addDays, type Day, day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { Party } from './contact.ts';

/** Letters on paper or by e-mail: what was sent to whom, and what proves that it arrived. */

export type LetterParty = Exclude<Party, 'THIRD_PARTY'>;

export type Outcome = 'DELIVERED' | 'SIGNED' | 'REFUSED' | 'RETURNED';

export type LetterStateName = 'SENT' | 'NOT_PERMITTED' | Outcome;

/**
 * Checks a letter that is to be logged, and says to whom it is. Refusals in this order:
 * `case_closed`, `letter_to_third_party` (nobody else is told of a debt, domain.md 3),
 * `letter_in_future`, `letter_too_old` (the absolute end of limitation is past, 民法典 188).
 */
export function sendLetter(
  file: { caseId: string; state: 'OPEN' | 'CLOSED' },
  command: { party: Party; sentOn: Day; today: Day },
  terms: { letterBackdateDays: number },
): LetterParty {
  const { party, sentOn, today } = command;
  const facts = { sentOn: sentOn.toString(), today: today.toString() };
  if (file.state === 'CLOSED') throw fault('refused', 'case_closed', { caseId: file.caseId });
  if (party === 'THIRD_PARTY') throw fault('refused', 'letter_to_third_party');
  if (isBefore(today, sentOn)) throw fault('refused', 'letter_in_future', facts);
  if (isBefore(sentOn, addDays(today, -terms.letterBackdateDays))) {
    throw fault('refused', 'letter_too_old', { ...facts, days: terms.letterBackdateDays });
  }
  return party;
}

/** What became of a letter, from all that was told of it: signed stays signed. */
export function stateOf(permitted: boolean, outcomes: readonly Outcome[]): LetterStateName {
  if (!permitted) return 'NOT_PERMITTED';
  return outcomes.includes('SIGNED') ? 'SIGNED' : (outcomes.at(-1) ?? 'SENT');
}

/**
 * Checks what is told of a letter's arrival. What was delivered may be signed later; all else is
 * told once. Refusals in this order: `letter_not_permitted`, `letter_already_settled`,
 * `delivery_before_sending`, `delivery_in_future`; `invalid` signer_missing.
 */
export function settleLetter(
  letter: { permitted: boolean; sentOn: string; outcomes: readonly Outcome[] },
  command: { outcome: Outcome; on: Day; today: Day; signer: string },
): void {
  const { outcome, on, today, signer } = command;
  const state = stateOf(letter.permitted, letter.outcomes);
  const facts = { on: on.toString(), sentOn: letter.sentOn, today: today.toString() };
  if (state === 'NOT_PERMITTED') throw fault('refused', 'letter_not_permitted');
  const isLater = state === 'DELIVERED' && outcome === 'SIGNED';
  if (state !== 'SENT' && !isLater) throw fault('refused', 'letter_already_settled', { state });
  if (isBefore(on, day(letter.sentOn))) throw fault('refused', 'delivery_before_sending', facts);
  if (isBefore(today, on)) throw fault('refused', 'delivery_in_future', facts);
  if (outcome === 'SIGNED' && signer === '') throw fault('invalid', 'signer_missing');
}
