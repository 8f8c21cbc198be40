import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Case } from '@recourse/proto/web/cases/v1/cases';
import { openBody, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PromiseDialog } from './promise-dialog';

const of = Case.fromPartial({
  caseId: 'c',
  open: { currency: 'CNY', minor: 48_230_000n },
  contacts: [{ name: '王敏' }],
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('a promise that is being written', () => {
  it('stays as it is written when the case is read again', async () => {
    const screen = await show(PromiseDialog, { of });
    await screen.type('rc-money-field input', '50,000.00');
    await screen.type('rc-date-field input', '2026-12-01');
    const open = { currency: 'CNY', minor: 48_230_000n };
    screen.fixture.componentRef.setInput('of', Case.fromPartial({ ...of, open, version: 2n }));
    await screen.settle();
    screen.all('[role=dialog] button').at(-1)?.click();
    expect(await openBody()).toMatchObject({
      amount: { currency: 'CNY', minor: '5000000' },
      promisedBy: '王敏',
    });
  });
});
