import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { PackItem } from '@recourse/proto/web/agencies/v1/packs';
import {
  DecideColleagueRequest,
  ListColleaguesResponse,
  UserDecision,
  UserState,
} from '@recourse/proto/web/platform/v1/directory';
import { answer, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { SettingsPage } from './settings-page';

const me = '01900000-0000-7000-8000-000000000001';
const chen = '01900000-0000-7000-8000-0000000000c1';
const zhou = '01900000-0000-7000-8000-0000000000c2';

const people = ListColleaguesResponse.toJSON(
  ListColleaguesResponse.fromPartial({
    colleagues: [
      {
        userId: chen,
        login: 'hd.chen',
        name: '陈静',
        roles: ['collector', 'finance'],
        state: UserState.ACTIVE,
        email: 'chen@hd.example',
      },
      { userId: me, login: 'hd.lin', name: '林静', roles: ['org_admin'], state: UserState.ACTIVE },
      { userId: zhou, login: 'hd.zhou', roles: ['supervisor'], state: UserState.SUSPENDED },
    ],
    page: { nextCursor: '', count: 3n, countEstimated: false },
  }),
);

async function shown(person: Partial<Caller>): Promise<Screen<SettingsPage>> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const showing = show(SettingsPage);
  await answer('/v1/colleagues', people);
  if ((person.orgKind ?? 'creditor') === 'creditor') {
    await answer('/v1/pack-policy', { policy: { required: [PackItem.LIAISON], floorBps: 9_000 } });
  }
  return showing;
}

const rows = (screen: Screen<unknown>): string[] => screen.texts('rc-data-table tbody tr');
const lastNamed = (screen: Screen<unknown>, name: string): number =>
  screen.all('button').findLastIndex((one) => one.textContent?.trim() === name);

beforeEach(() => chooseLanguage('zh-CN'));

describe('settings', () => {
  it('tell of the organisation and of its people with their roles in words', async () => {
    const screen = await shown({ roles: ['collector'] });
    const [about] = screen.texts('section');
    for (const part of ['华东精密制造有限公司', '债权方', '催收专员']) {
      expect(about).toContain(part);
    }
    expect(screen.texts('rc-pack-policy dl').join()).toMatch(/联系人.*委外人.*90%/);
    const [first, , third] = rows(screen);
    expect(first).toContain('催收专员、财务');
    expect(third).toContain('已暂停');
    // Someone without a name is called by their login.
    expect(third?.startsWith('hd.zhou')).toBe(true);
  });

  it.each([
    ['creditor', 'collector', ['/settings/rules']],
    ['creditor', 'director', ['/settings/rules', '/litigation/deadlines?dialog=feeds']],
    ['creditor', 'org_admin', ['/settings/rules', '/calendar-feeds']],
    ['agency', 'agency_agent', ['/settings/rules', '/standing']],
    ['association', 'steward', ['/settings/rules', '/members']],
  ] as const)('lead, for a person of a %s who is %s, to %j', async (orgKind, role, expected) => {
    const screen = await shown({ orgKind, roles: [role] });
    const links = screen.all('section a').map((one) => one.getAttribute('href'));
    expect(links).toEqual(expected);
  });

  it('let nobody but an administrator see addresses or decide', async () => {
    const screen = await shown({ roles: ['director'] });
    expect(screen.all('tbody button')).toEqual([]);
    expect(screen.texts('thead').join()).not.toContain('邮箱');
    await TestBed.inject(Router).navigate([], { queryParams: { dialog: 'suspend', on: chen } });
    await screen.settle();
    expect(screen.all('[role=dialog]')).toEqual([]);
  });
});

describe('an administrator', () => {
  it('may suspend others and let them in again, not oneself', async () => {
    const screen = await shown({ roles: ['org_admin'], userId: me });
    expect(rows(screen)[0]).toContain('chen@hd.example');
    const verbs = screen.all('tbody button').map((one) => one.getAttribute('aria-label'));
    expect(verbs).toEqual(['暂停 陈静', '恢复 hd.zhou']);
  });

  it('suspends with a reason, and sees it done', async () => {
    const screen = await shown({ roles: ['org_admin'], userId: me });
    await screen.click('tbody button');
    expect(screen.texts('[role=dialog]').join()).toContain('最迟 5 分钟内失效');
    await screen.type('[role=dialog] textarea', '已离职');
    const clicked = screen.click('button', lastNamed(screen, '暂停'));
    const body = DecideColleagueRequest.fromJSON(await answer(`/v1/colleagues/${chen}:decide`, {}));
    expect([body.userId, body.decision, body.reason]).toEqual([
      chen,
      UserDecision.SUSPEND,
      '已离职',
    ]);
    await answer('/v1/colleagues', people);
    await clicked;
    await screen.settle();
    expect(screen.texts('p[role=status]')).toContain('已暂停：陈静。');
    expect(screen.all('[role=dialog]')).toEqual([]);
  });

  it.each([
    ['last_org_admin', '至少保留一位'],
    ['suspended_by_platform', '只能由平台恢复'],
    ['identity_refused', '请联系平台'],
  ])('is told in words of %s', async (reason, words) => {
    const screen = await shown({ roles: ['org_admin'], userId: me });
    await screen.click('tbody button', 1);
    await screen.type('[role=dialog] textarea', '回来了');
    const clicked = screen.click('button', lastNamed(screen, '恢复'));
    await answer(`/v1/colleagues/${zhou}:decide`, { status: 422, reason }, 422);
    await clicked;
    await screen.settle();
    expect(screen.texts('[role=dialog]').join()).toContain(words);
  });
});
