import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Case, ContactAllowance } from '@recourse/proto/web/cases/v1/cases';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { ContactDialog } from './contact-dialog';

/** Each opening is a new visit of the same person: overlays of the one before are gone. */
function opened(caseId: string, allowance?: Case['allowance']): Promise<Screen<ContactDialog>> {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['collector'] }) });
  return show(ContactDialog, {
    of: Case.fromPartial({ caseId, debtorName: '上海宏达', ...(allowance && { allowance }) }),
  });
}

const note = (screen: Screen<ContactDialog>): string | undefined =>
  screen.all('textarea').map((one) => Reflect.get(one, 'value') as string)[0];

const chosen = (screen: Screen<ContactDialog>): string[] => screen.texts('rc-chip-choice label.on');

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  chooseLanguage('zh-CN');
});

describe('a contact that was not saved', () => {
  it('stands there again for its case, and for no other', async () => {
    const first = await opened('c-1');
    expect(first.all('rc-draft-note')).toEqual([]);
    await first.click('rc-chip-choice input[value=CHANNEL_WECHAT]');
    await first.type('textarea', '周五付款');

    const other = await opened('c-2');
    expect([note(other), other.all('rc-draft-note').length]).toEqual(['', 0]);

    const again = await opened('c-1');
    expect(note(again)).toBe('周五付款');
    expect(chosen(again)).toContain('微信');
    await again.click('rc-draft-note button');
    expect(note(again)).toBe('');
    expect(chosen(again)).not.toContain('微信');
    expect(again.all('rc-draft-note')).toEqual([]);
  });
});

/** What the server answers to an attempt on the case. */
async function answered(verdict: object): Promise<Record<string, unknown>> {
  const http = TestBed.inject(HttpTestingController);
  await new Promise((resolve) => setTimeout(resolve));
  const sent = http.expectOne((one) => one.url.startsWith('/v1/cases/c-1/contacts/'));
  sent.flush({ contact: { verdict } });
  await new Promise((resolve) => setTimeout(resolve));
  TestBed.tick();
  return sent.request.body as Record<string, unknown>;
}

const button = 'footer button';

/** Chooses a visit, for which colleagues are asked. */
async function goes(screen: Screen<ContactDialog>): Promise<void> {
  const chosen = screen.click('rc-chip-choice input[value=CHANNEL_VISIT]');
  await answer('/v1/colleagues', { colleagues: [{ name: '蒋涛' }, { name: '何超' }] });
  await chosen;
}

describe('a visit', () => {
  it('is told in its own words, and is three taps once it is known who comes along', async () => {
    const first = await opened('c-1');
    await goes(first);
    expect(first.texts('rc-chip-choice label')).toEqual(
      expect.arrayContaining(['见到人', '没见到人', '他人接待', '地址不对', '蒋涛']),
    );
    await first.click('rc-chip-choice input[value="蒋涛"]');
    await first.click('rc-chip-choice input[value=CONTACT_RESULT_REACHED]');
    await first.click(button);
    expect(await answered({ permitted: true })).toMatchObject({ companion: '蒋涛' });

    const next = await opened('c-1');
    expect(next.all('rc-draft-note')).toEqual([]);
    await goes(next);
    await next.click('rc-chip-choice input[value=CONTACT_RESULT_NO_ANSWER]');
    await next.click(button);
    const body = await answered({ permitted: true });
    expect(body).toMatchObject({ channel: 'CHANNEL_VISIT', companion: '蒋涛' });
  });
});

describe('a contact that is not permitted now', () => {
  const allowance = {
    ...ContactAllowance.fromPartial({ usedToday: 3, limitToday: 3 }),
    nextPermittedAt: '2026-11-24T00:00:00Z',
  };

  it('is stopped before it is made, with when it is allowed again', async () => {
    const screen = await opened('c-1', allowance);
    const [told] = screen.texts('[role=alert]');
    expect(told).toContain('现在不要联系');
    expect(told).toMatch(/今天已联系 3 次（上限 3 次）。2026-11-24 \d\d:00 后可再联系/);
    expect(screen.texts(button)).toEqual(['照实记录']);
  });

  it('is left behind once its attempt is on record', async () => {
    const screen = await opened('c-1', allowance);
    await screen.click('rc-chip-choice input[value=CONTACT_RESULT_NO_ANSWER]');
    await screen.click(button);
    await answered({ permitted: false, nextPermittedAt: '2026-11-24T00:00:00Z' });
    await screen.settle();
    expect(screen.texts(button)).toEqual(['知道了']);
    await screen.click(button);
    expect(sessionStorage.length).toBe(0);
  });
});
