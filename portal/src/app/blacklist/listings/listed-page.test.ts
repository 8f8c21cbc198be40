import { DOCUMENT } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  DisputeGround,
  DisputeKind,
  EvidenceKind,
  GetListedPartyViewResponse,
  GetListingResponse,
  ListingState,
  ListRulesResponse,
  Pillar,
  Side,
} from '@recourse/proto/web/blacklist/v1/listings';
import { AmountBand, Category, Purpose } from '@recourse/proto/web/blacklist/v1/subject';
import { answer, pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import type { Screen } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { ListedPage } from './listed-page';

const view = GetListedPartyViewResponse.fromPartial({
  view: {
    entry: {
      name: '上海恒达机械有限公司',
      creditCode: '91310000000000001X',
      associationName: '机械行业协会',
      category: Category.MALICIOUS_DEFAULT,
      amountBand: AmountBand.FROM_100K,
      expiresOn: '2029-06-30',
      statement: '因质量争议暂停付款',
    },
    state: ListingState.OBJECTED,
    objectBy: '2020-01-16',
    disputes: [
      {
        disputeId: 'x',
        kind: DisputeKind.OBJECTION,
        ground: DisputeGround.NOT_OWED,
        answerBy: '2026-12-05',
        messages: [
          {
            messageId: 'm',
            side: Side.LISTED_PARTY,
            text: '货物有瑕疵',
            files: [{ fileId: 'f', fileName: '质检单.pdf' }],
          },
        ],
      },
    ],
    lookUps: [{ purpose: Purpose.ONBOARDING, count: 2n, lastOn: '2026-11-03' }],
    evidence: [{ evidenceId: 'e', kind: EvidenceKind.CONTRACT, sha256: 'ab'.repeat(32) }],
    rights: ['object', 'correct', 'appeal'],
  },
});
const listing = GetListingResponse.fromPartial({
  listing: {
    reporterName: '华东精密制造有限公司',
    pillars: [
      { pillar: Pillar.GROUNDS, met: true },
      { pillar: Pillar.CASE, met: false },
    ],
  },
});
const rules = ListRulesResponse.fromPartial({
  rules: [
    { name: 'listing.noticeDays', value: '15' },
    { name: 'listing.answerDays', value: '20' },
    { name: 'listing.defaultYears', value: '3' },
    { name: 'listing.reviewMonths', value: '12' },
  ],
});

async function opened(): Promise<Screen<ListedPage>> {
  const opening = show(ListedPage, { listingId: 'l1' });
  const at = '/v1/blacklist/listings/l1';
  await answer(`${at}/listed-party-view`, GetListedPartyViewResponse.toJSON(view));
  await answer(at, GetListingResponse.toJSON(listing));
  await answer('/v1/blacklist/rules', ListRulesResponse.toJSON(rules));
  return opening;
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({
    providers: pageProviders({ orgKind: 'association', roles: ['steward'] }),
  });
});

describe('the report to a listed party', () => {
  it('says reason, pillars, clocks, rights, its own words and who looked why', async () => {
    const screen = await opened();
    const text = screen.texts('article').join(' ');
    for (const words of [
      '恶意拖欠',
      '债权成立',
      `SHA-256 ${'ab'.repeat(32)}`,
      '已于 2020-01-16 届满',
      '须在 2026-12-05 前作出',
      '2029-06-30（自行为终止起 3 年）',
      '每 12 个月一次',
      '异议：向机械行业协会书面说明',
      '收到后 20 天内书面答复',
      '因质量争议暂停付款',
      '货物有瑕疵',
      '质检单.pdf',
      '2 次，最近 2026-11-03',
      '《征信业管理条例》第十六、十七、二十五条',
    ]) {
      expect(text).toContain(words);
    }
    expect(screen.texts('article rc-chip').slice(1)).toEqual(['齐全', '未齐']);
  });

  it('does not say who reported', async () => {
    const screen = await opened();
    expect(screen.texts('article').join(' ')).not.toContain('华东精密');
  });

  it('is printed by its button', async () => {
    const screen = await opened();
    const window = TestBed.inject(DOCUMENT).defaultView;
    if (window === null) throw new Error('there is no window');
    const print = jest.spyOn(window, 'print').mockImplementation(() => undefined);
    await screen.click('button');
    expect(print).toHaveBeenCalledTimes(1);
    print.mockRestore();
  });
});
