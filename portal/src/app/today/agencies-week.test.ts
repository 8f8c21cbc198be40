import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListReportsResponse } from '@recourse/proto/web/agencies/v1/reports';
import { chooseLanguage } from '../session/language';
import { agenciesWeek, reportsLate } from './agencies-week';

const answer = ListReportsResponse.fromJSON({
  reports: [
    { reportId: 'r1', agencyId: 'a', agencyName: '安信', weekStart: '2026-11-09', contactCount: 7 },
    { reportId: 'r2', agencyId: 'b', agencyName: '川信', weekStart: '2026-11-09', late: true },
    { reportId: 'r0', agencyId: 'a', agencyName: '安信', weekStart: '2026-11-02' },
  ],
  missing: [
    { agencyId: 'c', agencyName: '恒信', weekStart: '2026-11-09', late: true },
    { agencyId: 'c', agencyName: '恒信', weekStart: '2026-11-02', late: true },
    { agencyId: 'b', agencyName: '川信', weekStart: '2026-11-16', late: false },
  ],
});

beforeEach(() => chooseLanguage('zh-CN'));

describe('agencies in the week that was last reported on', () => {
  it('stand with what they did, those that owe their report first', () => {
    const { weekStart, lines } = agenciesWeek(answer);
    expect(weekStart).toBe('2026-11-09');
    expect(lines.map((one) => [one.agencyName, one.word, one.contacts, one.missing])).toEqual([
      ['恒信', '未交', undefined, 1],
      ['安信', '已交', 7, 0],
      ['川信', '迟交', 0, 0],
    ]);
  });

  it('stand with the day on which the first report is due', () => {
    const missing = [{ agencyId: 'c', agencyName: '恒信', weekStart: '2026-11-16', late: false }];
    const { weekStart, lines } = agenciesWeek(ListReportsResponse.fromJSON({ missing }));
    expect(weekStart).toBe('2026-11-16');
    expect(lines.map((one) => one.tone)).toEqual(['neutral']);
  });

  it('are none before the answer', () => {
    expect(agenciesWeek(undefined)).toEqual({ weekStart: '', lines: [] });
  });

  it('owe the reports whose time is over', () => {
    expect(reportsLate(answer)).toBe(2);
    expect(reportsLate(undefined)).toBe(0);
  });
});
