import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetListInsightResponse } from '@recourse/proto/web/blacklist/v1/insight';
import { Category } from '@recourse/proto/web/blacklist/v1/subject';
import { answer, pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import type { Screen } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { categoryRows, disputeBars, endRows, flowBars, lookBars } from './list-insight-charts';
import { ListInsightPage } from './list-insight-page';

const found = GetListInsightResponse.fromPartial({
  asOf: '2026-03-20',
  period: { firstDay: '2026-02-01', lastDay: '2026-03-20' },
  months: [
    { month: '2026-02', submitted: 4n, published: 2n, refused: 1n, disputes: 3n, looks: 9n },
    { month: '2026-03', ended: 1n, answered: 3n, upheld: 1n, answeredLate: 2n },
  ],
  categories: [{ category: Category.FRAUD, published: 5n, disputed: 1n }],
  ends: [
    { reason: 'paid', count: 2n },
    { reason: 'expired', count: 1n },
  ],
  published: 5n,
  waiting: 2n,
  overdueAnswers: 1n,
  medianDaysToPublish: 21,
});

async function opened(given = found): Promise<Screen<ListInsightPage>> {
  const opening = show(ListInsightPage);
  await answer('/v1/blacklist/insight', GetListInsightResponse.toJSON(given));
  return opening;
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({
    providers: pageProviders({ orgKind: 'association', roles: ['steward'] }),
  });
});

describe('the insight of an association', () => {
  it('leads with what is published, what waits, and how fair and fast it was', async () => {
    const screen = await opened();
    expect(screen.texts('rc-stat-tile')).toEqual([
      '在列5',
      '待处理2',
      '上报到公布21 天中位数，期间内公布的',
      '异议答复–中位数；2 件逾期答复，1 件逾期未答',
      '异议成立率33.33%1 / 3 件已答复',
    ]);
    const links = screen.all('rc-stat-tile a').map((one) => one.getAttribute('href'));
    expect(links).toEqual(['/blacklist?state=LISTING_STATE_PUBLISHED', '/review']);
  });

  it('has no share of disputes that nobody answered', async () => {
    const screen = await opened({ ...found, months: [], overdueAnswers: 0n });
    expect(screen.texts('rc-stat-tile').at(-1)).toBe('异议成立率–0 / 0 件已答复');
  });
});

describe('its charts', () => {
  it('have a bar for each month and count', () => {
    const { months } = found;
    expect(flowBars(months)).toMatchObject({
      categories: ['2026-02', '2026-03'],
      series: [{ values: [4, 0] }, { values: [2, 0] }, { values: [1, 0] }, { values: [0, 1] }],
    });
    expect(disputeBars(months).series.map((one) => one.values)).toEqual([
      [3, 0],
      [0, 1],
      [0, 2],
    ]);
    expect(lookBars(months).series).toMatchObject([{ values: [9, 0] }]);
  });

  it('name categories and reasons in the language now', () => {
    expect(categoryRows(found.categories)).toMatchObject({
      categories: ['欺诈'],
      series: [{ values: [5] }, { values: [1] }],
    });
    expect(endRows(found.ends).categories).toEqual(['已付清', '期满']);
    chooseLanguage('en');
    expect(endRows(found.ends).categories).toEqual(['Paid', 'Expired']);
  });
});
