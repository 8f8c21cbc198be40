import { JobState, ParkedState } from '@recourse/proto/web/platform/v1/platform';
import type { GetStatusResponse } from '@recourse/proto/web/platform/v1/platform';
import type { Tone } from '../ui/chip';

const parkedTones: Partial<Record<ParkedState, Tone>> = {
  [ParkedState.FAILING]: 'watch',
  [ParkedState.PARKED]: 'bad',
  [ParkedState.RETRY]: 'info',
};

const jobTones: Partial<Record<JobState, Tone>> = {
  [JobState.RUNNING]: 'info',
  [JobState.DONE]: 'good',
  [JobState.FAILED]: 'bad',
};

export function parkedTone(state: ParkedState): Tone {
  return parkedTones[state] ?? 'neutral';
}

export function jobTone(state: JobState): Tone {
  return jobTones[state] ?? 'neutral';
}

export type Health = 'loading' | 'ok' | 'degraded' | 'down';

export const healthTones: Readonly<Record<Health, Tone>> = {
  loading: 'neutral',
  ok: 'good',
  degraded: 'warn',
  down: 'bad',
};

/**
 * How a service is in one word: away when it does not answer or lacks what it requires, degraded
 * when it lacks something else or events wait for a person.
 */
export function healthOf(status: GetStatusResponse | undefined, failed: boolean): Health {
  if (failed) return 'down';
  if (status === undefined) return 'loading';
  const missing = status.probes.filter((probe) => !probe.ok);
  if (missing.some((probe) => probe.required)) return 'down';
  return missing.length > 0 || (status.queues?.parkedEvents ?? 0n) > 0n ? 'degraded' : 'ok';
}
