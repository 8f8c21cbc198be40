import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { ListCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { answer, pageProviders } from '../../testing/answers';
import { show, untilThere } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { CasesPage } from './cases-page';

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['director'] }) });
});

describe('the list of cases', () => {
  it('is held to the stages of its address', async () => {
    const shown = show(CasesPage);
    const found = {
      caseId: 'c-1',
      debtorName: '上海宏达',
      stage: 'CASE_STAGE_LITIGATION' as const,
    };
    const cases = ListCasesResponse.fromPartial({ cases: [found] });
    await answer('/v1/cases', ListCasesResponse.toJSON(cases));
    const screen = await shown;
    expect(screen.all('a').map((one) => one.getAttribute('href'))).toContain('/cases/c-1');
    expect(screen.texts('rc-filter-choice').join(' ')).toContain('阶段');

    void TestBed.inject(Router).navigateByUrl('/?stages=CASE_STAGE_LITIGATION');
    const http = TestBed.inject(HttpTestingController);
    const again = await untilThere(() => http.match((one) => one.url === '/v1/cases')[0]);
    expect(again.request.params.getAll('stages')).toEqual(['CASE_STAGE_LITIGATION']);
  });
});
