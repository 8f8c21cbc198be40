import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  FunnelStage,
  GetInsightMonthsResponse,
  GetInsightResponse,
} from '@recourse/proto/web/cases/v1/insight';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { InsightPage, monthsBefore } from './insight-page';

const money = (minor: bigint, currency = 'CNY') => ({ currency, minor });

const insight = GetInsightResponse.fromPartial({
  asOf: '2026-11-23',
  period: { firstDay: '2025-11-01', lastDay: '2026-11-23' },
  currencies: ['CNY', 'USD'],
  vintages: [
    {
      month: '2026-09',
      cases: 3n,
      base: money(150_000n),
      points: [
        { monthsAfter: 0, recovered: money(15_000n), shareBps: 1000 },
        { monthsAfter: 1, recovered: money(50_000n), shareBps: 3333 },
      ],
    },
    { month: '2026-11', cases: 1n, base: money(7_000n), points: [] },
    { month: '2026-09', cases: 2n, base: money(900n, 'USD'), points: [] },
  ],
  placedVintages: [{ month: '2026-10', cases: 1n, base: money(20_000n), points: [] }],
  funnel: [
    { stage: FunnelStage.OPENED, cases: 4n, base: money(157_000n), recovered: money(50_000n) },
  ],
  contactHours: [{ weekday: 1, hour: 9, attempts: 4n, effective: 1n }],
});

const months = GetInsightMonthsResponse.fromPartial({
  dsoTargetDays: 45,
  months: [
    {
      month: '2026-10',
      open: money(100_000n),
      overdue: money(40_000n),
      overdueBps: 4000,
      dsoTenths: 523,
      ceiBps: 8750,
      badDebt: money(-2_000n),
      badDebtBps: 125,
      recovered: money(50_000n),
      recoveredYearBefore: money(30_000n),
    },
  ],
});

type Answers = { insight: GetInsightResponse; months: GetInsightMonthsResponse };

/** The page answered once; the addresses that it asked, with their queries. */
async function opened(
  answers: Answers = { insight, months },
): Promise<{ screen: Screen<InsightPage>; asked: string[] }> {
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['director'] }) });
  const shown = show(InsightPage);
  const http = TestBed.inject(HttpTestingController);
  const asked: string[] = [];
  const bodies: Record<string, unknown> = {
    '/v1/insight': GetInsightResponse.toJSON(answers.insight),
    '/v1/insight/months': GetInsightMonthsResponse.toJSON(answers.months),
  };
  for (let round = 0; round < 6; round += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
    for (const { request, flush } of http
      .match(() => true)
      .map((one) => ({
        request: one.request,
        flush: one.flush.bind(one),
      }))) {
      asked.push(request.urlWithParams);
      const body = bodies[request.url];
      flush(typeof body === 'object' && body !== null ? body : {});
    }
  }
  return { screen: await shown, asked };
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('the page of insight', () => {
  it('asks for the last twelve months and the present one', async () => {
    const { asked } = await opened();
    expect(asked).toHaveLength(2);
    for (const one of asked) expect(one).toMatch(/period\.firstDay=\d{4}-\d\d-01/);
  });

  it('leads with the last ended month, each figure with what it is measured by', async () => {
    const { screen } = await opened();
    expect(screen.texts('rc-stat-tile')).toEqual([
      '应收账款周转天数52.3 天2026-10 月末，目标 45 天',
      '逾期率40%2026-10 月末',
      '收款有效指数87.5%2026-10',
      '坏账率1.25%截至 2026-10 的十二个月坏账 ÷ 同期开票',
      '当月回收¥500上年同月 ¥300',
    ]);
  });

  it('says what a bad-debt rate is of, and that there is none without sales', async () => {
    const { screen } = await opened();
    const note = screen.texts('p.note').find((one) => one.startsWith('坏账：'));
    expect(note).toContain('分母是同样十二个月的开票金额，不是未清余额');
    TestBed.resetTestingModule();
    const [month] = months.months;
    const bare = GetInsightMonthsResponse.fromPartial({
      months: [{ ...month, badDebtBps: undefined }],
    });
    const without = await opened({ insight, months: bare });
    expect(without.screen.texts('rc-stat-tile')).toContain(
      '坏账率–截至 2026-10 的十二个月没有开票，无从计算',
    );
  });

  it('has each vintage of the currency with its cases, its base and what came back', async () => {
    const { screen } = await opened();
    expect(screen.texts('.rc-lines tbody tr')).toEqual([
      '2026-111–70.00––',
      '2026-09333.33%1,500.00500.002026-10',
    ]);
  });

  it('keeps the choice of a currency in the address, and has no choice of one alone', async () => {
    const { screen } = await opened();
    const going = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const [, currency] = screen.all('rc-choice-field select');
    if (!(currency instanceof HTMLSelectElement)) throw new Error('there is no choice');
    currency.value = 'USD';
    currency.dispatchEvent(new Event('change'));
    await screen.settle();
    expect(going.mock.calls[0]?.[1]?.queryParams).toMatchObject({ currency: ['USD'] });

    TestBed.resetTestingModule();
    const alone = { ...insight, currencies: ['CNY'] };
    const again = await opened({ insight: alone, months });
    expect(again.screen.all('rc-choice-field select')).toHaveLength(2);
  });

  it('says how to begin where nothing is there yet', async () => {
    const { screen } = await opened({
      insight: GetInsightResponse.fromPartial({}),
      months: GetInsightMonthsResponse.fromPartial({}),
    });
    expect(screen.texts('rc-empty-panel h2')).toEqual(['这段期间没有可分析的数据']);
    expect(screen.all('rc-chart')).toHaveLength(0);
  });
});

describe('the month so many months before', () => {
  it.each([
    ['2026-11-23', 12, '2025-11-01'],
    ['2026-01-31', 1, '2025-12-01'],
    ['2026-12-01', 0, '2026-12-01'],
    ['2026-11-01', -2, '2027-01-01'],
  ])('of %s and %i is %s', (day, count, first) => {
    expect(monthsBefore(day, count)).toBe(first);
  });
});
