import { describe, expect, it } from '@jest/globals';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../../rules/law/law.ts';
import { type LimitationClock, limitation } from './limitation.ts';
import type { LimitationEvent } from './limitation-event.ts';

const event = (
  kind: LimitationEvent['kind'],
  on: string,
  more: Partial<LimitationEvent> = {},
): LimitationEvent => ({ id: `${kind} ${on}`, kind, on, proof: 'proven', ...more });

const due = event('due', '2024-03-05');

const clock = (events: readonly LimitationEvent[]) =>
  limitation({ events, today: '2026-03-02' }, prcCalendar(), law);
const said = ({ state, expiresOn }: LimitationClock) => `${state} ${expiresOn ?? '-'}`;

describe('before the due day', () => {
  it.each<[string, LimitationEvent, string]>([
    ['a demand', event('demand', '2024-02-20'), 'running 2027-03-05'],
    [
      'more time agreed',
      event('extension', '2024-02-20', { until: '2024-06-28' }),
      'running 2027-06-28',
    ],
    [
      'a plan',
      event('repayment_plan', '2024-03-05', { until: '2024-12-31' }),
      'running 2027-12-31',
    ],
    [
      'a plan ending sooner',
      event('repayment_plan', '2024-01-05', { until: '2024-02-05' }),
      'running 2027-03-05',
    ],
    ['a suit that goes on', event('suit', '2024-03-05'), 'pending -'],
    [
      'a suit that ended after it',
      event('suit', '2024-02-20', { until: '2024-05-10' }),
      'running 2027-05-10',
    ],
    [
      'a suit that ended by it',
      event('suit', '2024-01-10', { until: '2024-03-05' }),
      'running 2027-03-05',
    ],
    ['preservation', event('pre_suit_preservation', '2024-02-20'), 'running 2027-03-05'],
  ])('%s leaves it so that it ends %s', (_name, one, expected) => {
    expect(said(clock([due, one]))).toBe(expected);
  });
});

describe('a suit served after the period had ended and then withdrawn', () => {
  it('did not interrupt', () => {
    const suit = event('suit', '2025-11-20', {
      until: '2026-01-20',
      outcome: 'withdrawn',
      servedOn: '2025-12-20',
    });
    const made = clock([event('due', '2022-12-01'), suit]);
    expect(said(made)).toBe('expired 2025-12-01');
    expect(made.effects.at(-1)).toMatchObject({
      effect: 'none',
      reason: 'withdrawn_served_after_expiry',
    });
  });
});
