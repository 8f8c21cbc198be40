import { ListingState } from '@recourse/proto/web/blacklist/v1/listings';
import type { Listing } from '@recourse/proto/web/blacklist/v1/listings';
import type { Tone } from '../../ui/chip';
import { t as shared } from '../words';
import { refusals } from './refusals';
import { t } from './words';

const tones: Partial<Record<ListingState, Tone>> = {
  [ListingState.SUBMITTED]: 'info',
  [ListingState.NOTICED]: 'info',
  [ListingState.OBJECTED]: 'watch',
  [ListingState.PUBLISHED]: 'warn',
};

/** Tone of a state: only what is shown to members is a warning. */
export function stateTone(state: ListingState): Tone {
  return tones[state] ?? 'neutral';
}

/** A value of the contract in words, whichever dictionary of the blacklist has it. */
export function named(value: string): string {
  return t.find(value) ?? refusals.find(value) ?? shared.find(value) ?? value;
}

/** What has to be done next, in words; empty when nothing has. */
export function nextText(listing: Pick<Listing, 'nextStep'>): string {
  return listing.nextStep === '' ? '' : (t.find(`next.${listing.nextStep}`) ?? '');
}

/** Words divided by commas of either language. */
export function listOf(text: string): string[] {
  return text
    .split(/[,，;；、\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
