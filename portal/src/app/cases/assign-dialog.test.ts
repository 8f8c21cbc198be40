import { TestBed } from '@angular/core/testing';
import { AssignCaseResponse, Case, ListCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import { beforeEach, describe, expect, it } from '@jest/globals';
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

async function opened(): Promise<Screen<AssignDialog>> {
  const shown = show(AssignDialog, { cases });
  const held = { caseId: 'c-9', assigneeId: zhou, assigneeName: '周芷' };
  await answer(
    '/v1/cases',
    ListCasesResponse.toJSON(ListCasesResponse.fromPartial({ cases: [held] })),
  );
  await answer('/v1/promises', {});
  await answer('/v1/imports', {});
  const screen = await shown;
  const [select] = screen.all('rc-choice-field select');
  if (!(select instanceof HTMLSelectElement)) throw new Error('nobody can be chosen');
  select.value = zhou;
  select.dispatchEvent(new Event('change'));
  await screen.settle();
  return screen;
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
});
