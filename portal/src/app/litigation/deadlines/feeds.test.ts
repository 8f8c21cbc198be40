import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListColleaguesFeedsResponse } from '@recourse/proto/web/litigation/v1/deadlines';
import { answer, openBody, pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { ColleaguesFeedsPage } from './colleagues-feeds-page';
import { FeedsDialog } from './feeds-dialog';

beforeEach(() => chooseLanguage('zh-CN'));

describe('a new calendar feed', () => {
  it.each(['zh-CN', 'en'] as const)('is asked for in the language shown: %s', async (language) => {
    chooseLanguage(language);
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['legal_officer'] }) });
    const showing = show(FeedsDialog);
    await answer('/v1/calendar-feeds', {});
    const screen = await showing;
    screen.all('[role=dialog] button').at(-1)?.click();
    expect(await openBody()).toMatchObject({ language });
  });
});

describe('the feeds of colleagues', () => {
  it('say whose they are, in which language; one of nobody known too', async () => {
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['org_admin'] }) });
    const showing = show(ColleaguesFeedsPage);
    const made = { madeAt: '2026-03-01T00:00:00Z' };
    const feeds = [
      { feedId: 'f1', userName: '赵已离', name: '我的手机', language: 'en', ...made },
      { feedId: 'f2', userName: '', name: '', language: 'zh-CN', ...made },
    ];
    const page = { nextCursor: '', count: 2n, countEstimated: false };
    const found = ListColleaguesFeedsResponse.fromPartial({ feeds, page });
    await answer('/v1/colleagues-calendar-feeds', ListColleaguesFeedsResponse.toJSON(found));
    const screen = await showing;
    const rows = screen.texts('tbody tr');
    for (const text of ['赵已离', '我的手机', '英语']) expect(rows[0]).toContain(text);
    expect(rows[1]).toContain('未记录');
    const labels = screen.all('tbody button').map((one) => one.getAttribute('aria-label'));
    expect(labels).toEqual(['撤销“赵已离 · 我的手机”', '撤销“未命名”']);
  });
});
