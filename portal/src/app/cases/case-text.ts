import type { NextAction } from '@recourse/proto/web/cases/v1/cases';
import { PriorityTier } from '@recourse/proto/web/cases/v1/cases';
import { formatRelativeDay } from '../ui/format';
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
