import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Pack, PackItem } from '@recourse/proto/web/agencies/v1/packs';
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

const pack = Pack.toJSON(
  Pack.fromPartial({
    caseId: 'c',
    background: '厂房在昆山',
    liaison: { name: '王主任', phone: '0512' },
    liaisonIsOwn: true,
    floorBps: 8_000,
    floorIsOwn: true,
    papers: [{ paperId: 'v', item: PackItem.VOUCHER, title: '送货单', file: { fileId: 'v' } }],
    present: [PackItem.VOUCHER, PackItem.BACKGROUND, PackItem.LIAISON, PackItem.FLOOR],
    required: [PackItem.CONTRACT, PackItem.LIAISON],
    missing: [PackItem.CONTRACT],
  }),
);

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('the placements of a case', () => {
  it('name agency, terms and end, and what the one at work last reported', async () => {
    const shown = show(PlacementTab, { caseId: 'c', placements: [one, before] });
    await answer('/v1/cases/c/pack', { pack });
    await answer('/v1/reports', { reports: [{ reportId: 'r' }] });
    const attitude = 'UNSPECIFIED';
    const line = { caseId: 'c', contacts: 4, effectiveContacts: 2, attitude, lastNote: '约定下周' };
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
    expect(active).not.toContain(attitude);
    expect(ended).toContain('另行安排');
    expect(ended).not.toContain('最近一期周报');
  });

  it('say when the report leaves the case out', async () => {
    const shown = show(PlacementTab, { caseId: 'c', placements: [one] });
    await answer('/v1/cases/c/pack', { pack });
    await answer('/v1/reports', { reports: [{ reportId: 'r' }] });
    await answer('/v1/reports/r', { report: { reportId: 'r', lines: [] } });
    expect((await shown).texts('article').join()).toContain('没有提到这件案件');
  });

  it('are none for a case that was never placed', async () => {
    const shown = show(PlacementTab, { caseId: 'c', placements: [] });
    await answer('/v1/cases/c/pack', { pack });
    expect((await shown).texts('h2')).toEqual(['委外资料包', '这件案件没有委外过']);
  });

  it('stand below the pack, which says what it has and what it lacks', async () => {
    const shown = show(PlacementTab, { caseId: 'c', placements: [] });
    await answer('/v1/cases/c/pack', { pack });
    const screen = await shown;
    expect(screen.texts('rc-pack header').join()).toContain('还缺 合同');
    const said = screen.texts('rc-pack dl').join();
    for (const part of ['送货单', '厂房在昆山', '王主任 0512', '不低于欠款的 80%', '缺']) {
      expect(said).toContain(part);
    }
  });

  it('show an agency the pack of a case that it works, and no other', async () => {
    TestBed.resetTestingModule();
    const agent = { orgKind: 'agency', roles: ['agency_agent'] } as const;
    TestBed.configureTestingModule({ providers: pageProviders(agent) });
    const ended = await show(PlacementTab, { caseId: 'c', placements: [before] });
    expect(ended.texts('rc-pack')).toEqual([]);
    const shown = show(PlacementTab, { caseId: 'c', placements: [one] });
    await answer('/v1/cases/c/pack', { pack });
    await answer('/v1/reports', { reports: [] });
    const screen = await shown;
    expect(screen.texts('rc-pack dl').join()).toContain('送货单');
    expect(screen.texts('rc-pack button').join()).not.toContain('移出');
  });
});
