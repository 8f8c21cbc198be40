import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { ListPromisesResponse } from '@recourse/proto/web/cases/v1/work';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { answer, pageProviders } from '../../testing/answers';
import { show, untilThere } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PromisesPage } from './promises-page';

beforeEach(() => chooseLanguage('zh-CN'));

describe('all promises', () => {
  it('are asked for as the address says, and each leads to its case', async () => {
    TestBed.configureTestingModule({ providers: pageProviders() });
    const shown = show(PromisesPage);
    const promise = {
      promiseId: 'p-1',
      caseId: 'c-1',
      caseNumber: 'A-7',
      debtorName: '上海宏达',
      dueDay: '2026-02-01',
      state: 'PROMISE_STATE_BROKEN' as const,
    };
    await answer(
      '/v1/promises',
      ListPromisesResponse.toJSON(ListPromisesResponse.fromPartial({ promises: [promise] })),
    );
    const screen = await shown;
    expect(screen.texts('rc-chip')).toEqual(['未兑现']);
    expect(screen.all('a').map((one) => one.getAttribute('href'))).toContain('/cases/c-1');

    void TestBed.inject(Router).navigateByUrl('/?states=PROMISE_STATE_PENDING&dueTo=2026-02-03');
    const http = TestBed.inject(HttpTestingController);
    const again = await untilThere(() => http.match((one) => one.url === '/v1/promises')[0]);
    expect(again.request.params.get('dueTo')).toBe('2026-02-03');
    expect(again.request.params.getAll('states')).toEqual(['PROMISE_STATE_PENDING']);
  });
});
