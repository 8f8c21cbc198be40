import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListAgenciesResponse } from '@recourse/proto/web/agencies/v1/agencies';
import { PutTenderRequest } from '@recourse/proto/web/agencies/v1/tenders';
import { Case } from '@recourse/proto/web/cases/v1/cases';
import { answer, openBody, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { TenderDialog } from './tender-dialog';

const casesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => Case.fromPartial({ caseId: `case-${at}` }));

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['director'] }) });
});

const publish = 'footer button';
const isOff = (element: HTMLElement | undefined) => element?.hasAttribute('disabled');

describe('a new tender', () => {
  it('is open to all unless agencies are chosen, with a deadline a week ahead', async () => {
    const screen = await show(TenderDialog, { cases: casesOf(2) });
    expect(screen.texts('h2')).toContain('为 2 件案件招标');
    expect(isOff(screen.all(publish)[0])).toBe(true);
    await screen.type('input[type=text]', '华东逾期款');
    await screen.click(publish);
    const sent = PutTenderRequest.fromJSON(await openBody());
    expect(sent).toMatchObject({ title: '华东逾期款', agencyIds: [] });
    expect(sent.caseIds).toEqual(['case-0', 'case-1']);
    const days = (Date.parse(sent.deadline ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6);
    expect(days).toBeLessThan(8);
  });

  it('invites those that are ticked, and waits for one', async () => {
    const screen = await show(TenderDialog, { cases: casesOf(1) });
    await screen.type('input[type=text]', '华东逾期款');
    const select = screen.all('select')[0];
    Reflect.set(select ?? {}, 'value', 'someAgencies');
    select?.dispatchEvent(new Event('change'));
    const agencies = [
      { agencyId: 'near', name: '苏信', acceptsPlacements: true, regions: ['江苏'] },
      { agencyId: 'bare', name: '无照' },
    ];
    const found = ListAgenciesResponse.fromPartial({ agencies });
    await answer('/v1/agencies', ListAgenciesResponse.toJSON(found));
    await screen.settle();
    expect(isOff(screen.all(publish)[0])).toBe(true);
    expect(screen.texts('fieldset label')).toEqual(['苏信 江苏', '无照 暂停承接']);
    await screen.click('input[type=checkbox]');
    await screen.click(publish);
    expect(PutTenderRequest.fromJSON(await openBody()).agencyIds).toEqual(['near']);
  });

  it('is not made of more cases than one takes', async () => {
    const screen = await show(TenderDialog, { cases: casesOf(501) });
    await screen.type('input[type=text]', '全部');
    expect(screen.texts('[role=alert]')).toEqual(['一次招标最多 500 件，请少选一些。']);
    expect(isOff(screen.all(publish)[0])).toBe(true);
  });
});
