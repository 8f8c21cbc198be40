import type { Case, NextAction } from '@recourse/proto/web/cases/v1/cases';
import { CaseOutcome, PriorityTier } from '@recourse/proto/web/cases/v1/cases';
import { formatInstant, formatRelativeDay } from '../ui/format';
import { steps } from './steps';

/** The next step of a case with its day, in words; empty when nothing is due. */
export function stepText(action: NextAction | undefined): string {
  if (action === undefined || action.step === '') return '';
  const name = steps.find(`step.${action.step}`) ?? action.step;
  return action.dueDay === '' ? name : `${name} · ${formatRelativeDay(action.dueDay)}`;
}

/** Colour of a priority; the word always stands beside it. */
export function tierTone(tier: PriorityTier): 'bad' | 'warn' | 'neutral' {
  if (tier === PriorityTier.HIGH) return 'bad';
  return tier === PriorityTier.MEDIUM ? 'warn' : 'neutral';
}

/** When a call is best answered, by the debtor's clock: `今天 14:00–16:30`; empty when unknown. */
export function bestCallText(file: Pick<Case, 'allowance' | 'debtorTimeZone'>): string {
  const { bestFrom, bestUntil } = file.allowance ?? {};
  if (bestFrom === undefined || bestUntil === undefined) return '';
  const timeZone = file.debtorTimeZone === '' ? 'UTC' : file.debtorTimeZone;
  // Swedish is the locale that writes ISO 8601.
  const dayOf = (at: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);
  const day = formatRelativeDay(dayOf(new Date(bestFrom)), dayOf(new Date()));
  const [from, until] = [bestFrom, bestUntil].map((at) => formatInstant(at, 'time', timeZone));
  return `${day} ${from}–${until}`;
}

/** Written off, so that what still comes in is recorded all the same. */
export function isWrittenOff({ outcome }: Pick<Case, 'outcome'>): boolean {
  return outcome === CaseOutcome.WRITTEN_OFF;
}
