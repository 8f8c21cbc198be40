import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  ConflictKind,
  DeclareConflictRequest,
  ListConflictsResponse,
  WithdrawConflictRequest,
} from '@recourse/proto/web/agencies/v1/conflicts';
import { answer, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { ConflictsPart } from './conflicts-part';

const agencyId = '01956f3e-0000-7000-8000-00000000000a';
const at = `/v1/agencies/${agencyId}/conflicts`;
const declared = { agencyId, kind: ConflictKind.CLIENT, declaredBy: { name: '张敏' } };
const found = ListConflictsResponse.toJSON(
  ListConflictsResponse.fromPartial({
    conflicts: [
      { ...declared, conflictId: 'c1', name: '苏州恒达', byAgency: true },
      { ...declared, conflictId: 'c2', name: '无锡鼎盛', byAgency: false },
      {
        ...declared,
        conflictId: 'c3',
        name: '常州盛科',
        byAgency: false,
        withdrawnAt: '2026-05-01T00:00:00Z',
      },
    ],
    page: { nextCursor: '', count: 3n, countEstimated: false },
  }),
);

type Part = Screen<ConflictsPart>;

async function shown(person: Partial<Caller>): Promise<Part> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const showing = show(ConflictsPart, { agencyId, agencyName: '南京恒达' });
  await answer(at, found);
  return showing;
}

async function opened(screen: Part, button: string): Promise<void> {
  const clicked = screen.click(button);
  await answer(at, found);
  await clicked;
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('conflicts of interest of an agency', () => {
  it('are shown with whoever declared them, and whether they stand', async () => {
    const screen = await shown({ roles: ['auditor'] });
    const rows = screen.texts('tbody tr');
    expect(rows[0]).toContain('张敏 机构登记');
    expect(rows[1]).toContain('张敏 本方登记');
    expect(rows[0]).toContain('机构的客户');
    expect(screen.texts('tbody rc-chip')).toEqual(['有效', '有效', '已撤销']);
  });

  it.each([
    [{ roles: ['director'] }, ['登记冲突'], 1],
    [{ roles: ['legal_officer'] }, ['登记冲突'], 1],
    [{ roles: ['collector'] }, [], 0],
    [{ orgKind: 'agency', orgId: agencyId, roles: ['agency_manager'] }, ['登记冲突'], 1],
    [{ orgKind: 'agency', orgId: agencyId, roles: ['agency_agent'] }, [], 0],
  ] as const)('may be declared and withdrawn by %j as far as %j, %s', async (who, head, count) => {
    const screen = await shown({ ...who, roles: [...who.roles] });
    expect(screen.texts('.head button')).toEqual(head);
    expect(screen.texts('tbody button')).toHaveLength(count);
  });

  it('are declared with the kind, the name and the code', async () => {
    const screen = await shown({ roles: ['director'] });
    await opened(screen, '.head button');
    const [select] = screen.all('[role=dialog] select');
    Reflect.set(select ?? {}, 'value', ConflictKind.AFFILIATE);
    select?.dispatchEvent(new Event('change'));
    await screen.settle();
    await screen.type('[role=dialog] input', '苏州恒达机械有限公司');
    void screen.click('[role=dialog] footer button');
    await new Promise((resolve) => setTimeout(resolve));
    const http = TestBed.inject(HttpTestingController);
    const [request] = http.match((one) => one.url.startsWith(`${at}/`));
    expect(DeclareConflictRequest.fromJSON(request?.request.body)).toMatchObject({
      agencyId,
      kind: ConflictKind.AFFILIATE,
      name: '苏州恒达机械有限公司',
      creditCode: '',
    });
  });

  it('are withdrawn with the reason', async () => {
    const screen = await shown({ roles: ['director'] });
    await opened(screen, 'tbody button');
    expect(screen.texts('[role=dialog]').join()).toContain('无锡鼎盛');
    await screen.type('[role=dialog] textarea', '已不再关联');
    void screen.click('[role=dialog] footer button');
    const sent = WithdrawConflictRequest.fromJSON(await answer(`${at}/c2:withdraw`, {}));
    expect(sent.reason).toBe('已不再关联');
  });
});
