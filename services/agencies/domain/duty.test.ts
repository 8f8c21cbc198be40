import { day } from '@recourse/kit/day.ts';
import { describe, expect, it } from '@jest/globals';
import { duties, missing, punctuality, type WorkedDays } from './duty.ts';

// Wednesday 2026-03-25, 10:00 in Shanghai.
const now = Temporal.Instant.from('2026-03-25T02:00:00Z');
const from = day('2026-02-02');

function worked(firstDay: string, lastDay?: string, agencyId = 'a'): WorkedDays {
  return {
    creditorId: 'c',
    creditorName: '远望机电',
    agencyId,
    agencyName: '正信资产',
    firstDay: day(firstDay),
    lastDay: lastDay === undefined ? undefined : day(lastDay),
  };
}

function weeks(...spans: WorkedDays[]): string[] {
  return duties(spans, from, now).map((one) => one.weekStart.toString());
}

describe('the duty to report', () => {
  it.each([
    ['each week that is over, newest first', [worked('2026-03-11')], ['2026-03-16', '2026-03-09']],
    ['not the running week', [worked('2026-03-24')], []],
    ['the week it began on a Sunday', [worked('2026-03-22')], ['2026-03-16']],
    [
      'the week it ended on a Monday',
      [worked('2026-03-04', '2026-03-09')],
      ['2026-03-09', '2026-03-02'],
    ],
    [
      'a week once for many placements',
      [worked('2026-03-16'), worked('2026-03-18')],
      ['2026-03-16'],
    ],
    ['nothing before the search begins', [worked('2025-01-01', '2026-02-03')], ['2026-02-02']],
  ])('holds for %s', (_name, spans, expected) => {
    expect(weeks(...spans)).toEqual(expected);
  });

  it('is missing until a report is handed in, and late after Monday 18:00', () => {
    const owed = duties([worked('2026-03-11')], from, now);
    const there = [{ creditorId: 'c', agencyId: 'a', weekStart: '2026-03-09', late: false }];
    const monday = Temporal.Instant.from('2026-03-23T09:59:00Z');
    expect(missing(owed, there, monday).map((one) => [one.weekStart.toString(), one.late])).toEqual(
      [['2026-03-16', false]],
    );
    expect(missing(owed, there, now).map((one) => one.late)).toEqual([true]);
  });

  it('counts what fell due and what came in time', () => {
    const owed = duties([worked('2026-03-02')], from, now);
    const reports = [
      { creditorId: 'c', agencyId: 'a', weekStart: '2026-03-02', late: false },
      { creditorId: 'c', agencyId: 'a', weekStart: '2026-03-09', late: true },
    ];
    expect(punctuality(owed, reports, now)).toEqual({ reportsDue: 3, reportsOnTime: 1 });
  });
});
