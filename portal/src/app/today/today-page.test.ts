import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  ListCommissionLinesResponse,
  ListStatementsResponse,
  StatementState,
} from '@recourse/proto/web/agencies/v1/commission';
import { ListPlacementsResponse } from '@recourse/proto/web/agencies/v1/placements';
import { ListReportsResponse } from '@recourse/proto/web/agencies/v1/reports';
import { GetDashboardResponse, ListCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import { ListAdmissionsResponse } from '@recourse/proto/web/credit/v1/ratings';
import { ListDeadlinesResponse } from '@recourse/proto/web/litigation/v1/deadlines';
import { ListDebtsResponse } from '@recourse/proto/web/litigation/v1/limitation';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { Live } from '../session/live';
import { TodayPage } from './today-page';

const page = (count: bigint) => ({ count, next: '', estimated: false });
const why = { rule: 'promise', source: 'domain.md 2', facts: {}, effectiveFrom: '2026-01-01' };
const due = {
  caseId: 'c-1',
  debtorName: '上海宏达',
  nextAction: { step: 'promise_due', dueDay: '2026-02-01', why },
};

/** What the server says, by address; everything else is never answered. */
const answers: Record<string, unknown> = {
  '/v1/dashboard': GetDashboardResponse.toJSON(
    GetDashboardResponse.fromPartial({
      promisesDue: 3n,
      promisesBroken: 2n,
      openCases: 9n,
      newlyOverdue: 4n,
    }),
  ),
  '/v1/cases': ListCasesResponse.toJSON(ListCasesResponse.fromPartial({ cases: [due] })),
  '/v1/placements': ListPlacementsResponse.toJSON(
    ListPlacementsResponse.fromPartial({ page: page(4n) }),
  ),
  '/v1/reports': ListReportsResponse.toJSON(
    ListReportsResponse.fromPartial({ missing: [{ late: true }, { late: false }] }),
  ),
  '/v1/admissions': ListAdmissionsResponse.toJSON(
    ListAdmissionsResponse.fromPartial({ page: page(5n) }),
  ),
  '/v1/debts': ListDebtsResponse.toJSON(ListDebtsResponse.fromPartial({ page: page(7n) })),
  '/v1/statements': ListStatementsResponse.toJSON(
    ListStatementsResponse.fromPartial({
      statements: [
        {
          state: StatementState.OPEN,
          currency: 'CNY',
          payable: { currency: 'CNY', minor: 105_000_00n },
        },
        { state: StatementState.CLOSED, currency: 'CNY' },
      ],
    }),
  ),
  '/v1/commission/lines': ListCommissionLinesResponse.toJSON(
    ListCommissionLinesResponse.fromPartial({ page: page(8n) }),
  ),
  '/v1/deadlines': ListDeadlinesResponse.toJSON(
    ListDeadlinesResponse.fromPartial({ page: page(6n) }),
  ),
};

/** The questions about cases that the page asked, without what all of them say. */
const asked: string[] = [];

async function opened(
  person: Partial<Caller>,
  o: { hasOwn: boolean } = { hasOwn: true },
): Promise<Screen<TodayPage>> {
  asked.length = 0;
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const shown = show(TodayPage);
  const http = TestBed.inject(HttpTestingController);
  for (let round = 0; round < 10; round += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
    for (const request of http.match(() => true)) {
      const { url, params } = request.request;
      const whose = params.get('assigneeId') ?? 'all';
      if (url === '/v1/cases') asked.push(`${whose} ${params.getAll('handlings')?.join() ?? ''}`);
      const body = whose === 'all' || o.hasOwn ? answers[url] : {};
      request.flush(typeof body === 'object' && body !== null ? body : {});
    }
  }
  return shown;
}

/** Address of the tile with a name, and what stands in it. */
function tile(screen: Screen<TodayPage>, name: string): [string | null | undefined, string] {
  const found = screen.all('rc-stat-tile').find((one) => one.textContent?.includes(name));
  const text = (found?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return [found?.querySelector('a')?.getAttribute('href'), text];
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('the first page of an agency', () => {
  it('counts the offers that wait and the reports that are due, each with its way', async () => {
    const screen = await opened({ orgKind: 'agency', roles: ['agency_manager'] });
    expect(tile(screen, '待答复委托')).toEqual(['/placements', '待答复委托4']);
    expect(tile(screen, '待写周报')).toEqual(['/reports', '待写周报2逾期未交 1']);
    expect(tile(screen, '待审批准入')).toEqual([undefined, '']);
  });
});

describe('the first page of a creditor', () => {
  it('leads from what waits for a second person to just that', async () => {
    const screen = await opened({ roles: ['director'] });
    expect(tile(screen, '待审批准入')).toEqual([
      '/customers/admissions?state=ADMISSION_STATE_ASKED',
      '待审批准入5客户准入申请',
    ]);
    expect(tile(screen, '待复核期限')[0]).toBe(
      '/litigation/deadlines?onlyFatal=yes&onlyUnconfirmed=yes',
    );
    expect(tile(screen, '到期承诺')[0]).toMatch(
      /^\/cases\/promises\?states=PROMISE_STATE_PENDING&dueTo=\d{4}-\d\d-\d\d$/,
    );
    expect(tile(screen, '未兑现的承诺')[0]).toBe('/cases/promises?states=PROMISE_STATE_BROKEN');
  });

  it('leads from the customers who became overdue this week to what they owe', async () => {
    const screen = await opened({ roles: ['credit_manager'] });
    expect(tile(screen, '新逾期客户')).toEqual([
      '/receivables?newlyOverdue=yes',
      '新逾期客户4近 7 天起逾期',
    ]);
    TestBed.resetTestingModule();
    const agency = await opened({ orgKind: 'agency', roles: ['agency_manager'] });
    expect(tile(agency, '新逾期客户')).toEqual([undefined, '']);
  });

  it('leads a lawyer to what runs out, and finance to statements to close', async () => {
    const law = await opened({ roles: ['legal_officer'] });
    expect(tile(law, '时效将届满')[0]).toMatch(/^\/litigation\/limitation\?expiresBy=\d{4}-/);
    expect(tile(law, '时效将届满')[1]).toBe('时效将届满790 天内届满，含已届满');
    expect(tile(law, '待结对账单')).toEqual([undefined, '']);
    TestBed.resetTestingModule();
    const books = await opened({ roles: ['finance'] });
    expect(tile(books, '待结对账单')).toEqual([
      '/commission',
      '待结对账单1应付 ¥10.5万 · 未出账 8 笔',
    ]);
  });

  it('tells no court deadlines to who may not see matters', async () => {
    const screen = await opened({ roles: ['collector'] });
    expect(tile(screen, '待复核期限')).toEqual([undefined, '']);
  });

  it('says why a case is on the worklist', async () => {
    const screen = await opened({ roles: ['collector'] });
    expect(screen.texts('rc-why')).toContain('承诺提醒');
  });

  it('has a collector’s own cases first, and those of all for who has none', async () => {
    const person = { roles: ['collector'], userId: 'u-7' };
    const inHouse = 'HANDLING_INTERNAL,HANDLING_OFFERED';
    await opened(person);
    expect(asked).toEqual([`u-7 ${inHouse}`]);
    TestBed.resetTestingModule();
    const screen = await opened(person, { hasOwn: false });
    expect(asked).toEqual([`u-7 ${inHouse}`, `all ${inHouse}`]);
    expect(screen.texts('rc-why')).toContain('承诺提醒');
    TestBed.resetTestingModule();
    await opened({ orgKind: 'agency', roles: ['agency_agent'] });
    expect(asked).toEqual(['all ']);
  });

  it.each(['settlement', 'plan', 'instalment'])(
    'looks for the next steps again when a %s changed',
    async (noun) => {
      const screen = await opened({ roles: ['director'] });
      const http = TestBed.inject(HttpTestingController);
      TestBed.inject(Live).note({ noun, id: 'c-1', change: 'changed' });
      await new Promise((resolve) => setTimeout(resolve, 400));
      TestBed.tick();
      await new Promise((resolve) => setTimeout(resolve));
      const again = http.match(() => true);
      expect(again.map(({ request }) => request.url)).toContain('/v1/cases');
      for (const request of again) request.flush({});
      await screen.settle();
    },
  );

  it('starts with Enter, but not while something else has the focus', async () => {
    const screen = await opened({ roles: ['collector'] });
    const going = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    screen.all('a')[0]?.focus();
    await screen.press('Enter');
    expect(going).not.toHaveBeenCalled();
    screen.all('a')[0]?.blur();
    await screen.press('Enter');
    expect(going).toHaveBeenCalledWith(['/cases', 'c-1']);
  });
});
