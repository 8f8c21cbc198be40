import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CompareAgenciesResponse } from '@recourse/proto/web/agencies/v1/agencies';
import { PlaceCasesRequest } from '@recourse/proto/web/agencies/v1/placements';
import { Case } from '@recourse/proto/web/cases/v1/cases';
import { answer, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PlaceDialog } from './place-dialog';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const cases = ['a', 'b', 'c'].map((caseId, at) =>
  Case.fromPartial({ caseId, number: `C-${at + 1}`, open: cny(100n) }),
);
const segment = { fromDaysOverdue: 31, toDaysOverdue: 90, fromAmount: cny(5_000_000n) };
const compared = CompareAgenciesResponse.fromPartial({
  offers: [
    {
      agency: { agencyId: 'near', name: '苏信', record: { complaints: 3, complaintsUpheld: 1 } },
      placeableCases: 2,
      regionUnknown: 1,
      amountLeft: cny(700_00n),
      limits: [{ reason: 'region_not_covered', cases: 1, caseIds: ['b'], facts: ['广东'] }],
      segments: [
        {
          ...segment,
          toAmount: cny(20_000_000n),
          industry: '机械',
          cases: 2,
          sample: 31n,
          recoveryBps: 4210,
          recoveryLowBps: 3500,
          recoveryHighBps: 4900,
        },
        { ...segment, industry: '', cases: 1 },
      ],
    },
    {
      agency: {
        agencyId: 'bare',
        name: '无照',
        suspendedReasons: ['licence_missing:营业执照', 'capacity_exceeded'],
      },
      placeableCases: 0,
      limits: [
        { reason: 'licence_missing', cases: 3, caseIds: ['a', 'b', 'c'], facts: ['营业执照'] },
      ],
    },
  ],
});

async function shown(): Promise<Screen<PlaceDialog>> {
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['director'] }) });
  const showing = show(PlaceDialog, { cases });
  await answer('/v1/agencies:compare', CompareAgenciesResponse.toJSON(compared));
  const screen = await showing;
  await screen.settle();
  return screen;
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('agencies compared for cases', () => {
  it('tell before the button which cases each limit keeps back', async () => {
    const screen = await shown();
    const [near = '', bare = ''] = screen.texts('.offer');
    for (const part of [
      '可委外 2/3 件',
      '1 件：不在服务地区内',
      '广东',
      'C-2',
      '1 件的债务人地区不明',
    ]) {
      expect(near).toContain(part);
    }
    expect(bare).toContain('可委外 0/3 件');
    expect(bare).toContain('3 件：缺少所需证照');
    const disabled = screen.all('input[type=radio]').map((one) => Reflect.get(one, 'disabled'));
    expect(disabled).toEqual([false, true]);
    expect(screen.texts('footer button')).toEqual(['委外 2 件']);
    expect(screen.texts('p[role=status]').join()).toContain('其余 1 件不能委给这家机构');
  });

  it('show recovery of such cases with its interval, and complaints', async () => {
    const screen = await shown();
    const [near = ''] = screen.texts('.offer');
    for (const part of ['逾期 31–90 天', '机械', '42.1%', '样本 31', '行业不明', '记录不足']) {
      expect(near).toContain(part);
    }
    expect(near).toContain('3 件（属实 1）');
  });

  it('send all cases, and say of each that was refused why', async () => {
    const screen = await shown();
    void screen.click('footer button');
    const results = [
      { caseId: 'a', placementId: '1', done: true, reason: '' },
      { caseId: 'b', placementId: '2', done: false, reason: 'region_not_covered' },
      { caseId: 'c', placementId: '3', done: true, reason: '' },
    ];
    const sent = PlaceCasesRequest.fromJSON(
      await answer('/v1/placements:place', { results, done: 2 }),
    );
    expect(sent).toMatchObject({ agencyId: 'near' });
    expect(sent.placements).toHaveLength(3);
    await screen.settle();
    expect(screen.texts('li')).toEqual(['C-2 不在服务地区内']);
  });
});
