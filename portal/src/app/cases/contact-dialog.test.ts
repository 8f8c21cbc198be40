import { TestBed } from '@angular/core/testing';
import { Case } from '@recourse/proto/web/cases/v1/cases';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { ContactDialog } from './contact-dialog';

/** Each opening is a new visit of the same person: overlays of the one before are gone. */
function opened(caseId: string): Promise<Screen<ContactDialog>> {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['collector'] }) });
  return show(ContactDialog, { of: Case.fromPartial({ caseId, debtorName: '上海宏达' }) });
}

const note = (screen: Screen<ContactDialog>): string | undefined =>
  screen.all('textarea').map((one) => Reflect.get(one, 'value') as string)[0];

const chosen = (screen: Screen<ContactDialog>): string[] => screen.texts('rc-chip-choice label.on');

beforeEach(() => {
  sessionStorage.clear();
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
