import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Placement, PlacementState } from '@recourse/proto/web/agencies/v1/placements';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PlacementTab } from './placement-tab';

const one = Placement.fromPartial({
  placementId: 'p',
  agencyId: 'a',
  agencyName: '恒信商账',
  creditorName: '精工机械',
  state: PlacementState.ACTIVE,
  rateBps: 800,
  placedDaysOverdue: 48,
});
const before = Placement.fromPartial({
  placementId: 'o',
  agencyId: 'b',
  agencyName: '川信商账',
  state: PlacementState.RECALLED,
  endedAt: '2026-09-01T02:00:00Z',
  endReason: '另行安排',
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('the placements of a case', () => {
  it('name agency, terms and end, and what the one at work last reported', async () => {
    const shown = show(PlacementTab, { caseId: 'c', placements: [one, before] });
    await answer('/v1/reports', { reports: [{ reportId: 'r' }] });
    const line = { caseId: 'c', contacts: 4, effectiveContacts: 2, lastNote: '约定下周' };
    const report = { reportId: 'r', weekStart: '2026-11-09', late: true, lines: [line] };
    await answer('/v1/reports/r', { report });
    const [active, ended] = (await shown).texts('article');
    for (const part of [
      '恒信商账',
      '在办',
      '8%',
      '48 天',
      '2026-11-09',
      '迟交',
      '4 次，有效 2 次',
    ]) {
      expect(active).toContain(part);
    }
    expect(active).toContain('约定下周');
    expect(ended).toContain('另行安排');
    expect(ended).not.toContain('最近一期周报');
  });

  it('say when the report leaves the case out', async () => {
    const shown = show(PlacementTab, { caseId: 'c', placements: [one] });
    await answer('/v1/reports', { reports: [{ reportId: 'r' }] });
    await answer('/v1/reports/r', { report: { reportId: 'r', lines: [] } });
    expect((await shown).texts('article').join()).toContain('没有提到这件案件');
  });

  it('are none for a case that was never placed', async () => {
    const screen = await show(PlacementTab, { caseId: 'c', placements: [] });
    expect(screen.texts('h2')).toEqual(['这件案件没有委外过']);
  });
});
