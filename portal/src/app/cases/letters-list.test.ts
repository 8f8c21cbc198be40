import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  DeliveryOutcome,
  Letter,
  LetterKind,
  LetterMeans,
  LetterState,
  Signer,
} from '@recourse/proto/web/cases/v1/letters';
import { Party } from '@recourse/proto/web/cases/v1/work';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { LettersList } from './letters-list';

const letters = [
  Letter.fromPartial({
    letterId: 'a',
    kind: LetterKind.DEMAND,
    party: Party.GUARANTOR,
    addressee: '王某',
    means: LetterMeans.EMS,
    trackingNumber: '1234567890123',
    sentOn: '2026-11-02',
    state: LetterState.SIGNED,
    verdict: { permitted: true, rule: 'permitted' },
    deliveries: [
      {
        deliveryId: 'd',
        outcome: DeliveryOutcome.SIGNED,
        on: '2026-11-04',
        signer: Signer.MAIL_ROOM,
        proof: { fileId: 'f', fileName: '回执.pdf' },
      },
    ],
  }),
  Letter.fromPartial({
    letterId: 'b',
    kind: LetterKind.RECONCILIATION,
    party: Party.DEBTOR,
    addressee: '苏州华成',
    means: LetterMeans.EMAIL,
    sentOn: '2026-11-09',
    state: LetterState.SENT,
    verdict: { permitted: true, rule: 'permitted' },
  }),
  Letter.fromPartial({
    letterId: 'c',
    kind: LetterKind.LAWYERS_LETTER,
    party: Party.DEBTOR,
    addressee: '苏州华成',
    means: LetterMeans.COURIER,
    sentOn: '2026-11-10',
    state: LetterState.NOT_PERMITTED,
    verdict: { permitted: false, rule: 'daily_limit' },
  }),
];

@Component({
  imports: [LettersList],
  template: `
    <rc-letters-list
      [letters]="letters"
      [maySettle]="true"
      [mayDownload]="true"
      (settle)="asked = $event.letterId"
    />
  `,
})
class Page {
  protected readonly letters = letters;
  asked = '';
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('letters of a case', () => {
  it('say to whom, by what means, and what proves that they arrived', async () => {
    const screen = await show(Page);
    const [signed, sent, held] = screen.texts('article');
    expect(signed).toContain('催款函');
    expect(signed).toContain('保证人 王某');
    expect(signed).toContain('EMS 1234567890123');
    expect(signed).toContain('收发部门');
    expect(signed).toContain('下载 回执.pdf');
    expect(sent).toContain('对账函');
    expect(held).toContain('未获许可');
    expect(held).toContain('当天联系次数已用完');
  });

  it('take a delivery only while nothing has settled them', async () => {
    const screen = await show(Page);
    const buttons = screen.all('header button');
    expect(buttons.map((one) => one.getAttribute('aria-label'))).toEqual([
      '登记送达 对账函 2026-11-09',
    ]);
    await screen.click('header button');
    expect(screen.page.asked).toBe('b');
  });

  it('are read in English as well', async () => {
    chooseLanguage('en');
    const screen = await show(Page);
    expect(screen.texts('article').join()).toContain('Statement of account');
    expect(screen.texts('article').join()).toContain('Guarantor 王某');
  });
});
