import { OrganisationState, UserState } from '@recourse/proto/web/platform/v1/directory';
import type { Tone } from '../ui/chip';

const organisationTones: Partial<Record<OrganisationState, Tone>> = {
  [OrganisationState.PENDING]: 'watch',
  [OrganisationState.ACTIVE]: 'good',
  [OrganisationState.SUSPENDED]: 'bad',
};

export function organisationTone(state: OrganisationState): Tone {
  return organisationTones[state] ?? 'neutral';
}

export function userTone(state: UserState): Tone {
  return state === UserState.ACTIVE ? 'good' : 'bad';
}
