import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { AssignCaseResponse, Case, ListCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListColleaguesResponse } from '@recourse/proto/web/platform/v1/directory';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { AssignDialog } from './assign-dialog';

const zhou = '01900000-0000-7000-8000-0000000000aa';
const cases = [
  Case.fromPartial({ caseId: 'c-1', number: 'A-1', debtorName: '上海宏达', version: 3n }),
  Case.fromPartial({ caseId: 'c-2', number: 'A-2', debtorName: '苏州明远', version: 5n }),
];
const done = AssignCaseResponse.toJSON(AssignCaseResponse.fromPartial({}));

const me = '01900000-0000-7000-8000-000000000001';
const people = ListColleaguesResponse.toJSON(
  ListColleaguesResponse.fromPartial({
    colleagues: [
      { userId: me, name: '林静', roles: ['supervisor'] },
      { userId: zhou, name: '周芷', roles: ['collector'] },
    ],
    page: { nextCursor: 'more', count: 60n },
  }),
);

async function opened(): Promise<Screen<AssignDialog>> {
  const shown = show(AssignDialog, { cases });
  await answer('/v1/colleagues', people);
  return shown;
}

const assign = (screen: Screen<AssignDialog>): void => {
  screen
    .all('button')
    .find((one) => one.textContent?.trim() === '指定负责人')
    ?.click();
};

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['supervisor'] }) });
});

describe('cases that are given to a person', () => {
  it('are written one by one with the version that was seen; a refusal is named', async () => {
    const screen = await opened();
    await screen.click('fieldset input', 1);
    let finished = 0;
    screen.page.assigned.subscribe(() => (finished += 1));
    assign(screen);
    expect(await answer('/v1/cases/c-1:assign', done)).toMatchObject({
      assigneeId: zhou,
      assigneeName: '周芷',
      expectedVersion: '3',
    });
    await answer('/v1/cases/c-2:assign', { reason: 'case_closed' }, 409);
    await screen.settle();
    expect(screen.texts('[role=alert] li')).toHaveLength(1);
    expect(screen.texts('[role=alert] li')[0]).toContain('苏州明远 A-2');
    expect(finished).toBe(0);

    // Pressing again tries only what is left.
    assign(screen);
    expect(await answer('/v1/cases/c-2:assign', done)).toMatchObject({ expectedVersion: '5' });
    await screen.settle();
    expect(finished).toBe(1);
  });

  it('may be given to whoever may work them, found by name', async () => {
    const showing = show(AssignDialog, { cases });
    const http = TestBed.inject(HttpTestingController);
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
    const [asked] = http.match((one) => one.url === '/v1/colleagues');
    expect(asked?.request.params.getAll('filter.roles')).toEqual([
      'collector',
      'supervisor',
      'director',
    ]);
    expect(asked?.request.params.get('filter.states')).toBe('USER_STATE_ACTIVE');
    asked?.flush(Object(people));
    const screen = await showing;
    expect(screen.texts('fieldset label')).toEqual(['林静催收主管', '周芷催收专员']);
    expect(screen.texts('p').join()).toContain('还有 58 人');

    await screen.type('input[type=search]', '周');
    await new Promise((resolve) => setTimeout(resolve, 300));
    TestBed.tick();
    const [again] = http.match((one) => one.url === '/v1/colleagues');
    expect(again?.request.params.get('filter.query')).toBe('周');
    again?.flush({});
    await screen.settle();
    expect(screen.texts('fieldset').join()).toContain('没有符合条件的同事');
  });

  it('can be given to people who hold one while the directory is away', async () => {
    const showing = show(AssignDialog, { cases });
    await answer('/v1/colleagues', { reason: 'directory_not_configured' }, 500);
    const held = { caseId: 'c-9', assigneeId: zhou, assigneeName: '周芷' };
    await answer(
      '/v1/cases',
      ListCasesResponse.toJSON(ListCasesResponse.fromPartial({ cases: [held] })),
    );
    const screen = await showing;
    expect(screen.texts('[role=alert]').join()).toContain('没有连接人员目录');
    expect(screen.texts('fieldset label')).toEqual(['林静', '周芷']);
    expect(screen.all('input[type=search]')).toEqual([]);
  });
});
