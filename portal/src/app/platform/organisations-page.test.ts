import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  DecideOrganisationRequest,
  DecideUserRequest,
  GetOrganisationResponse,
  ListOrganisationsResponse,
  ListUsersResponse,
  OrganisationDecision,
  OrganisationState,
  UserDecision,
  UserState,
} from '@recourse/proto/web/platform/v1/directory';
import { RepairAction } from '@recourse/proto/web/platform/v1/platform';
import { answer, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { OrganisationPage } from './organisation-page';
import { OrganisationsPage } from './organisations-page';

const orgId = '01956f3e-0000-7000-8000-00000000000a';
const userId = '01956f3e-0000-7000-8000-00000000000b';
const adminId = '01956f3e-0000-7000-8000-00000000000c';
const at = `/v1/organisations/${orgId}`;
const admin = { orgKind: 'platform', roles: ['platform_admin'], userId: adminId } as const;

function organisation(state: OrganisationState, kind = 'agency') {
  return { orgId, name: '南京恒达', kind, state, since: '2026-11-16', users: 2n, reason: '' };
}

function found(state: OrganisationState, kind?: string): unknown {
  const decisions = [
    {
      repairId: 'r1',
      action: RepairAction.SUSPEND_USER,
      subjectId: userId,
      subject: 'hengda.agent',
      aboutOrgId: orgId,
      reason: '离职',
      by: { userId: adminId, name: '林静', orgId: '', orgName: '' },
      at: '2026-11-20T02:00:00Z',
      outcome: 'failed',
    },
  ];
  return GetOrganisationResponse.toJSON(
    GetOrganisationResponse.fromPartial({ organisation: organisation(state, kind), decisions }),
  );
}

const people = ListUsersResponse.toJSON(
  ListUsersResponse.fromPartial({
    users: [
      {
        userId,
        login: 'hengda.agent',
        name: '何明远',
        roles: ['agency_manager'],
        state: UserState.ACTIVE,
      },
      { userId: adminId, login: 'me', name: '林静', roles: [], state: UserState.ACTIVE },
      { userId: orgId, login: 'x', name: '接口', state: UserState.SUSPENDED, machine: true },
    ],
    page: { nextCursor: '', count: 3n, countEstimated: false },
  }),
);

async function shown(state: OrganisationState, kind?: string): Promise<Screen<OrganisationPage>> {
  TestBed.configureTestingModule({ providers: pageProviders(admin) });
  const showing = show(OrganisationPage, { orgId });
  await answer(at, found(state, kind));
  await answer(`${at}/users`, people);
  return showing;
}

const buttonsNamed = (screen: Screen<unknown>, name: string): number =>
  screen.all('button').findLastIndex((one) => one.textContent?.trim() === name);

beforeEach(() => chooseLanguage('zh-CN'));

describe('organisations', () => {
  it('are listed with kind, state and people', async () => {
    TestBed.configureTestingModule({ providers: pageProviders(admin) });
    const showing = show(OrganisationsPage);
    await answer(
      '/v1/organisations',
      ListOrganisationsResponse.toJSON(
        ListOrganisationsResponse.fromPartial({
          organisations: [organisation(OrganisationState.PENDING)],
          page: { nextCursor: '', count: 1n, countEstimated: false },
        }),
      ),
    );
    const screen = await showing;
    const [row] = screen.texts('rc-data-table tbody tr');
    for (const part of ['南京恒达', '催收机构', '待审核', '2']) expect(row).toContain(part);
    const links = screen.all('tbody a').map((one) => one.getAttribute('href'));
    expect(links).toContain(`/organisations/${orgId}`);
  });
});

describe('an organisation', () => {
  it.each([
    [OrganisationState.PENDING, ['准入', '拒绝']],
    [OrganisationState.ACTIVE, ['暂停']],
    [OrganisationState.SUSPENDED, ['恢复', '暂停']],
    [OrganisationState.REFUSED, ['准入']],
  ] as const)('that is %s may be decided about by %j', async (state, expected) => {
    const screen = await shown(state);
    expect(screen.texts('rc-object-header button')).toEqual(expected);
  });

  it('of the platform itself may not be decided about', async () => {
    const screen = await shown(OrganisationState.ACTIVE, 'platform');
    expect(screen.texts('rc-object-header button')).toEqual([]);
  });

  it('is let in with a reason, and says for how many', async () => {
    const screen = await shown(OrganisationState.PENDING);
    await screen.click('rc-object-header button');
    expect(screen.texts('[role=dialog]').join()).toContain('其 2 名用户将可以登录');
    const send = buttonsNamed(screen, '准入');
    expect(screen.all('button')[send]?.hasAttribute('disabled')).toBe(true);
    await screen.type('[role=dialog] textarea', ' 执照已核对 ');
    const clicked = screen.click('button', send);
    const body = DecideOrganisationRequest.fromJSON(
      await answer(`${at}:decide`, { usersChanged: '2', usersLeft: '0' }),
    );
    expect([body.decision, body.reason]).toEqual([OrganisationDecision.APPROVE, '执照已核对']);
    await answer(at, found(OrganisationState.ACTIVE));
    await answer(`${at}/users`, people);
    await clicked;
    await screen.settle();
    expect(screen.texts('p[role=status]')).toEqual(['已执行，涉及 2 名用户。']);
  });

  it('shows its people with roles and state; one’s own login is left alone', async () => {
    const screen = await shown(OrganisationState.ACTIVE);
    const [agent, me, machine] = screen.texts('rc-data-table tbody tr');
    expect(agent).toContain('机构经理');
    expect([agent?.endsWith('暂停'), me?.endsWith('暂停')]).toEqual([true, false]);
    expect(machine).toContain('接口账号');
    expect(machine?.endsWith('恢复')).toBe(true);
  });

  it('has a person suspended with a reason', async () => {
    const screen = await shown(OrganisationState.ACTIVE);
    await screen.click('tbody button');
    await screen.type('[role=dialog] textarea', '已离职');
    const clicked = screen.click('button', buttonsNamed(screen, '暂停'));
    const body = DecideUserRequest.fromJSON(await answer(`${at}/users/${userId}:decide`, {}));
    expect([body.decision, body.userId, body.reason]).toEqual([
      UserDecision.SUSPEND,
      userId,
      '已离职',
    ]);
    await answer(at, found(OrganisationState.ACTIVE));
    await answer(`${at}/users`, people);
    await clicked;
    await screen.settle();
    expect(screen.texts('p[role=status]')).toEqual(['已执行：何明远。']);
  });

  it('says in words why a decision was refused, and stays open', async () => {
    const screen = await shown(OrganisationState.ACTIVE);
    await screen.click('rc-object-header button');
    await screen.type('[role=dialog] textarea', '年费未缴');
    const clicked = screen.click('button', buttonsNamed(screen, '暂停'));
    await answer(`${at}:decide`, { status: 422, reason: 'platform_stays' }, 422);
    await clicked;
    await screen.settle();
    expect(screen.texts('[role=dialog]').join()).toContain('平台机构不能被暂停');
  });

  it('tells what was decided, by whom, why, and whether it worked', async () => {
    const screen = await shown(OrganisationState.ACTIVE);
    const [line] = screen.texts('section li');
    for (const part of ['林静', '暂停用户', 'hengda.agent', '未执行成功', '离职']) {
      expect(line).toContain(part);
    }
  });
});
