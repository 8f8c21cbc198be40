import { AdmissionProposal, AdmissionState } from '@recourse/proto/web/credit/v1/ratings';
import type { Tone } from '../ui/chip';

const stateTones: Readonly<Record<string, Tone>> = {
  [AdmissionState.ASKED]: 'info',
  [AdmissionState.ADMITTED]: 'good',
  [AdmissionState.REFUSED]: 'bad',
};

const proposalTones: Readonly<Record<string, Tone>> = {
  [AdmissionProposal.ADMIT]: 'good',
  [AdmissionProposal.ADMIT_WITH_CONDITIONS]: 'watch',
  [AdmissionProposal.REFUSE]: 'bad',
};

export function stateTone(state: string): Tone {
  return stateTones[state] ?? 'neutral';
}

export function proposalTone(proposal: string): Tone {
  return proposalTones[proposal] ?? 'neutral';
}
