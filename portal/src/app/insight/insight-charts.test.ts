import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  ContactHour,
  FunnelStage,
  FunnelStep,
  InsightMonth,
  Vintage,
} from '@recourse/proto/web/cases/v1/insight';
import { chooseLanguage } from '../session/language';
import { chartCsv } from '../ui/chart-spec';
import {
  attempts,
  badDebtLines,
  badDebtRateLine,
  curves,
  dsoLine,
  effectiveShare,
  funnelCases,
  funnelMoney,
  rateLines,
  recoveredLines,
  vintageTable,
} from './insight-charts';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });

beforeEach(() => chooseLanguage('zh-CN'));

describe('recovery curves', () => {
  const point = (monthsAfter: number, shareBps: number) => ({ monthsAfter, shareBps });
  const three = [
    Vintage.fromPartial({ month: '2026-08', cases: 2n, points: [point(0, 1000), point(1, 2500)] }),
    Vintage.fromPartial({ month: '2026-09', cases: 1n, points: [point(0, 500)] }),
    Vintage.fromPartial({ month: '2026-10', cases: 4n }),
  ];

  it('are as long as the oldest, and end where nothing is known yet', () => {
    const spec = curves(three);
    expect(spec.categories).toEqual(['第 0 月', '第 1 月']);
    expect(spec.series.map((one) => [one.name, one.values])).toEqual([
      ['2026-08（2 件）', [0.1, 0.25]],
      ['2026-09（1 件）', [0.05, undefined]],
    ]);
  });

  it('are the stronger the newer', () => {
    const [older = 0, newest = 0] = curves(three).series.map((one) => one.strength ?? 0);
    expect(older).toBeLessThan(newest);
    expect(newest).toBe(1);
  });

  it('are written to a file with what their vintages began with', () => {
    const recovered = cny(250n);
    const last = { monthsAfter: 1, shareBps: 2500, recovered };
    const csv = chartCsv(
      vintageTable(
        [
          Vintage.fromPartial({ month: '2026-08', cases: 2n, base: cny(1000n), points: [last] }),
          Vintage.fromPartial({ month: '2026-10', cases: 1n, base: cny(700n) }),
        ],
        '立案金额',
      ),
    );
    expect(csv).toBe(
      '\uFEFF月份,案件数,立案金额,已回收,回收率,之后月数\r\n' +
        '2026-08,2,10.00,2.50,0.25,1\r\n2026-10,1,7.00,,,\r\n',
    );
  });

  it('of no vintage are none', () => {
    expect(curves([])).toMatchObject({ categories: [], series: [] });
  });
});

describe('the funnel', () => {
  const step = (stage: FunnelStage, cases: bigint) =>
    FunnelStep.fromPartial({ stage, cases, base: cny(cases * 100n), recovered: cny(cases) });
  const steps = [step(FunnelStage.REACHED, 3n), step(FunnelStage.OPENED, 5n)];

  it('stands in its order, whatever that of the answer', () => {
    const spec = funnelCases(steps);
    expect(spec.categories).toEqual(['立案', '有效联系', '承诺付款', '已付款', '全部付清']);
    expect(spec.series[0]?.values).toEqual([5, 3, undefined, undefined, undefined]);
  });

  it('has the money exactly', () => {
    const [base, recovered] = funnelMoney(steps).series;
    expect(base?.values.slice(0, 2)).toEqual([cny(500n), cny(300n)]);
    expect(recovered?.values.slice(0, 2)).toEqual([cny(5n), cny(3n)]);
  });
});

describe('the hours of contacts', () => {
  const hour = (weekday: number, at: number, tried: bigint, effective: bigint) =>
    ContactHour.fromPartial({ weekday, hour: at, attempts: tried, effective });
  const hours = [hour(1, 9, 4n, 1n), hour(7, 22, 1n, 1n)];

  it('are seven days of the hours that are not quiet, and of any other with a contact', () => {
    const spec = attempts(hours);
    expect(spec.categories).toHaveLength(15);
    expect([spec.categories[0], spec.categories.at(-1)]).toEqual(['08:00', '22:00']);
    expect(spec.series.map((one) => one.name)).toEqual([
      '周一',
      '周二',
      '周三',
      '周四',
      '周五',
      '周六',
      '周日',
    ]);
    expect(spec.series[0]?.values.slice(0, 3)).toEqual([0, 4, 0]);
    expect(spec.series[6]?.values.at(-1)).toBe(1);
  });

  it('have a share only where somebody was tried', () => {
    const [monday] = effectiveShare(hours).series;
    expect(monday?.values.slice(0, 3)).toEqual([undefined, 0.25, undefined]);
  });

  it('show nothing before the first contact', () => {
    expect(attempts([]).series.flatMap((one) => one.values)).not.toContain(0);
  });
});

describe('months', () => {
  const month = (more: Partial<InsightMonth>): InsightMonth => ({
    ...InsightMonth.fromPartial({ month: '2026-09', recovered: cny(7n) }),
    ...more,
  });

  it('draw the target where there is something to be measured by it', () => {
    const [dso, target] = dsoLine([month({ dsoTenths: 453 }), month({})], 45).series;
    expect(dso?.values).toEqual([45.3, undefined]);
    expect(target).toMatchObject({ dashed: true, values: [45, 45] });
    expect(dsoLine([month({})], 45).series[1]?.values).toEqual([undefined]);
  });

  it('have rates as shares', () => {
    const spec = rateLines([month({ overdueBps: 1250, ceiBps: 9000 })]);
    expect(spec.series.map((one) => one.values)).toEqual([[0.125], [0.9]]);
  });

  it('have the bad debt of a year as a share, and no point without sales', () => {
    const spec = badDebtRateLine([month({ badDebtBps: 125 }), month({ badDebtBps: undefined })]);
    expect(spec).toMatchObject({ unit: 'percent' });
    expect(spec.series.map((one) => one.values)).toEqual([[0.0125, undefined]]);
  });

  it('have the bad debt of each, below nothing when more came in than was given up', () => {
    const spec = badDebtLines([month({ badDebt: cny(500n) }), month({ badDebt: cny(-20n) })]);
    expect(spec.series.map((one) => one.values)).toEqual([[cny(500n), cny(-20n)]]);
  });

  it('are compared with the year before where that is known', () => {
    expect(recoveredLines([month({})]).series).toHaveLength(1);
    const compared = recoveredLines([month({}), month({ recoveredYearBefore: cny(4n) })]);
    expect(compared.series[1]).toMatchObject({
      name: '上年同月',
      dashed: true,
      values: [undefined, cny(4n)],
    });
  });
});
