import { describe, expect, it } from '@jest/globals';
import { day } from '@recourse/kit/day.ts';
import { prcCalendar } from '@recourse/kit/chinese-calendar.ts';
import { law } from '../rules/law/law.ts';
import type { DebtEvent } from './debt.ts';
import { clockOf } from './debt-clock.ts';
import { checkDetails, keptDetails, type KeptDetails } from './event-details.ts';

const today = day('2026-03-02');

function recorded(kind: string, on: string, details: KeptDetails, proof: DebtEvent['proof']) {
  return {
    eventId: kind,
    debtId: 'd',
    kind,
    on,
    proof,
    source: 'by_hand',
    note: '',
    evidence: undefined,
    details,
    receivableIds: [],
    actor: undefined,
    recordedAt: '',
    struck: false,
    strikeReason: '',
  };
}

const debt = { dueDay: '2024-01-10', amount: { currency: 'CNY', minor: 1_000_000n } };

function said(
  kind: string,
  on: string,
  details: KeptDetails,
  proof: DebtEvent['proof'] = 'likely',
) {
  const event = recorded(kind, on, details, proof);
  const clock = clockOf(debt, [event], day('2026-08-03'), prcCalendar(), law);
  return `${clock.state} ${clock.startsOn ?? ''} ${clock.expiresOn ?? '-'}`;
}

describe('an event that a person recorded', () => {
  it.each<[string, string, KeptDetails, string]>([
    // 民法典 194: six months after the obstacle is gone.
    ['obstacle', '2026-08-01', {}, 'suspended 2024-01-10 -'],
    ['obstacle', '2026-08-01', { until: '2026-12-01' }, 'running 2024-01-10 2027-06-01'],
    ['arbitration', '2025-01-06', {}, 'pending 2024-01-10 -'],
    [
      'arbitration',
      '2025-01-06',
      { outcome: 'settled', until: '2025-06-10' },
      'running 2024-01-10 2028-06-10',
    ],
    ['suit', '2025-01-06', { outcome: 'withdrawn' }, 'running 2024-01-10 2027-01-10'],
    [
      'suit',
      '2025-01-06',
      { outcome: 'withdrawn', servedOn: '2025-02-10' },
      'running 2024-01-10 2028-02-10',
    ],
    ['extension', '2025-01-06', {}, 'running 2024-01-10 2028-01-06'],
    ['extension', '2025-01-06', { until: '2026-06-30' }, 'running 2024-01-10 2029-06-30'],
    ['demand', '2025-01-06', { restWaived: true }, 'running 2024-01-10 2027-01-10'],
    ['grace_end', '2025-06-30', {}, 'running 2025-06-30 2028-06-30'],
  ])('%s on %s with %j', (kind, on, details, expected) => {
    expect(said(kind, on, details)).toBe(expected);
  });

  it('starts the clock on demand only where it can be shown (时效规定 art. 4)', () => {
    expect(said('grace_end', '2025-06-30', {}, 'weak')).toBe('running 2024-01-10 2027-01-10');
  });

  it('says which day started the clock, and which did not', () => {
    const events = [recorded('grace_end', '2025-06-30', {}, 'likely')];
    const { effects } = clockOf(debt, events, today, prcCalendar(), law);
    expect(effects.map(({ kind, effect, reason }) => `${kind} ${effect} ${reason}`)).toEqual([
      'due none other_start_counts',
      'grace_end starts 时效规定 art. 4',
    ]);
  });
});

describe('what is recorded with an event', () => {
  const check = (kind: string, details: KeptDetails) =>
    checkDetails({ kind, on: '2026-01-05', details }, today);

  it.each<[string, KeptDetails]>([
    ['obstacle', { until: '2026-12-31' }],
    ['extension', { until: '2026-12-31', guarantorConsented: true }],
    ['suit', { outcome: 'withdrawn', servedOn: '2026-02-02' }],
    ['judgment', { performBy: '2026-12-31' }],
    ['demand', {}],
  ])('of %s may be %j', (kind, details) => {
    expect(() => check(kind, details)).not.toThrow();
  });

  it.each<[string, KeptDetails, string]>([
    ['demand', { until: '2026-02-02' }, 'detail_not_of_kind'],
    ['knowledge', { restWaived: true }, 'detail_not_of_kind'],
    ['obstacle', { until: '2026-01-04' }, 'until_before_event'],
    ['suit', { outcome: 'withdrawn', servedOn: '2026-01-04' }, 'service_before_filing'],
    ['arbitration', { outcome: 'settled' }, 'end_without_day'],
    ['arbitration', { outcome: 'settled', until: '2026-03-03' }, 'day_in_future'],
  ])('of %s may not be %j: %s', (kind, details, reason) => {
    expect(() => check(kind, details)).toThrow(expect.objectContaining({ reason }));
  });

  it('leaves out what was left empty', () => {
    expect(keptDetails({ until: '', outcome: '', servedOn: '', restWaived: false })).toEqual({});
  });
});
