import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  AwardTenderRequest,
  BidState,
  GetTenderResponse,
  ListBidsResponse,
  Tender,
  TenderState,
} from '@recourse/proto/web/agencies/v1/tenders';
import { answer, openBody, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { TenderPage } from './tender-page';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const flat = (rateBps: number) => ({
  model: { $case: 'flat' as const, value: { rateBps } },
  vatBps: 600,
  tailDays: 30,
});

const tender = Tender.fromPartial({
  tenderId: 'tender-1',
  title: '华东机械逾期款',
  creditorName: '苏州精工',
  state: TenderState.OPEN,
  deadline: '2026-12-01T10:00:00Z',
  summary: {
    cases: 3,
    openByCurrency: [cny(90_000_000n)],
    ages: [{ fromDaysOverdue: 31, toDaysOverdue: 90, cases: 3 }],
    tiers: [{ name: 'HIGH', cases: 3 }],
    regions: [{ name: '', cases: 3 }],
  },
});

async function shown(
  person: Partial<Caller>,
  more: object,
  bids?: ListBidsResponse,
): Promise<Screen<TenderPage>> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const showing = show(TenderPage, { tenderId: 'tender-1' });
  const found = Tender.fromPartial({ ...tender, ...more });
  await answer('/v1/tenders/tender-1', GetTenderResponse.toJSON({ tender: found }));
  if (bids !== undefined) {
    await answer('/v1/tenders/tender-1/bids', ListBidsResponse.toJSON(bids));
  }
  const screen = await showing;
  await screen.settle();
  return screen;
}

const director = { orgKind: 'creditor', roles: ['director'] } as const;
const manager = { orgKind: 'agency', roles: ['agency_manager'] } as const;
const buttons = 'rc-object-header button';
const isOff = (element: HTMLElement | undefined) => element?.hasAttribute('disabled');

beforeEach(() => chooseLanguage('zh-CN'));

describe('a tender on the screen of its creditor', () => {
  it('says that bids are sealed, and lets nobody open them before', async () => {
    const screen = await shown(director, { bids: 2, agencies: [{ agencyId: 'a', name: '苏信' }] });
    expect(screen.texts('p[role=status]')[0]).toContain('投标密封中，共 2 份');
    expect(screen.texts(buttons)).toEqual(['取消招标', '开标']);
    expect(isOff(screen.all(buttons)[1])).toBe(true);
    expect(screen.texts('rc-bids-part')).toEqual([]);
    expect(screen.texts('section').join()).toContain('邀请：苏信');
    for (const part of ['逾期 31–90 天', '高', '不明', '3 件']) {
      expect(screen.texts('rc-tender-summary')[0]).toContain(part);
    }
  });

  it('compares opened bids, the best first, and awards the one that is chosen', async () => {
    const opened = { state: TenderState.CLOSED, openedAt: '2026-12-01T10:00:00Z', bids: 2 };
    const offers = [
      { placeableCases: 2, placeableNet: cny(3_000n), limits: [{ reason: 'region_not_covered' }] },
      { placeableCases: 0, limits: [{ reason: 'licence_expired', cases: 3 }] },
    ];
    const bids = offers.map((offer, at) => ({
      bid: {
        bidId: `bid-${at}`,
        agencyName: ['苏信', '无照'][at] ?? '',
        state: BidState.STANDING,
        terms: flat(1200 + at),
      },
      offer: { ...offer, agency: { agencyId: `a-${at}` } },
    }));
    const found = ListBidsResponse.fromPartial({ bids, standing: 2 });
    const screen = await shown(director, opened, found);
    const [best = '', other = ''] = screen.texts('.bid');
    for (const part of ['苏信', '预计净回收最高', '可委外 2/3 件', '固定 12%', '可委外的 2 件）']) {
      expect(best).toContain(part);
    }
    expect(other).toContain('3 件：证照已过期');
    expect(screen.all('input[type=radio]').map(isOff)).toEqual([false, true]);
    expect(screen.texts('.award button')).toEqual(['定标：2 件委给 苏信']);
    await screen.click('.award button');
    expect(screen.texts('#confirm-text')[0]).toContain('其余 1 件留在原处');
    await screen.click('rc-confirm-box button', 1);
    expect(AwardTenderRequest.fromJSON(await openBody()).bidId).toBe('bid-0');
  });

  it('says after the award which cases were left out and why', async () => {
    const screen = await shown(
      { orgKind: 'creditor', roles: ['collector'] },
      {
        state: TenderState.AWARDED,
        endedAt: '2026-12-01T11:00:00Z',
        cases: [
          { caseId: 'a', caseNumber: 'C-1', debtorName: '恒达', placementId: 'p' },
          { caseId: 'b', caseNumber: 'C-2', debtorName: '远航', reason: 'case_not_open' },
        ],
      },
    );
    expect(screen.texts(buttons)).toEqual([]);
    expect(screen.texts('.cases li')).toEqual(['恒达C-1已委外', '远航C-2未委外：案件已结']);
    expect(screen.texts('p[role=status]').join()).toContain('1 件没有委外');
  });
});

describe('a tender on the screen of an agency', () => {
  it('may be bid for by its manager while it is open', async () => {
    const screen = await shown(manager, {});
    expect(screen.texts(buttons)).toEqual(['投标']);
    expect(screen.texts('section').join()).not.toContain('邀请');
  });

  it('shows the own bid, to be changed or taken back', async () => {
    const ownBid = { bidId: 'b', state: BidState.STANDING, terms: flat(1350), note: '两名专员' };
    const screen = await shown(manager, { ownBid });
    expect(screen.texts(buttons)).toEqual(['撤标', '改标']);
    expect(screen.texts('section')[0]).toContain('固定 13.5%');
  });

  it('tells the winner where the cases wait, and an agent has no button', async () => {
    const ownBid = { bidId: 'b', state: BidState.WON, terms: flat(1350) };
    const agent = { orgKind: 'agency', roles: ['agency_agent'] } as const;
    const screen = await shown(agent, { state: TenderState.AWARDED, ownBid });
    expect(screen.texts(buttons)).toEqual([]);
    expect(screen.texts('a').join()).toContain('查看委托邀约');
  });
});
