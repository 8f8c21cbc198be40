import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Admission, AdmissionProposal } from '@recourse/proto/web/credit/v1/ratings';
import { openBody, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { DecideDialog } from './decide-dialog';

const of = Admission.fromPartial({
  admissionId: 'a',
  proposal: AdmissionProposal.ADMIT,
  limit: { currency: 'CNY', minor: 100_000n },
  version: 3n,
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('a decision that is being made', () => {
  it('stays as chosen, of the version that was seen, when the request is read again', async () => {
    const screen = await show(DecideDialog, { of });
    const [select] = screen.all('rc-choice-field select');
    if (select === undefined) throw new Error('there is no choice');
    Reflect.set(select, 'value', 'refuse');
    select.dispatchEvent(new Event('change'));
    await screen.settle();
    await screen.type('textarea', '资料不实');
    screen.fixture.componentRef.setInput('of', Admission.fromPartial({ ...of, version: 4n }));
    await screen.settle();
    screen.all('[role=dialog] button').at(-1)?.click();
    const body = await openBody();
    expect(body).toMatchObject({ note: '资料不实', expectedVersion: '3' });
    expect(Reflect.get(Object(body), 'admit') ?? false).toBe(false);
  });

  it('before the blacklist has answered is sent with a tick and the reason alone', async () => {
    const screen = await show(DecideDialog, { of });
    const button = () => screen.all('[role=dialog] button').at(-1) as HTMLButtonElement;
    await screen.type('textarea', '多年客户');
    expect(button().disabled).toBe(true);
    const boxes = screen.all('input[type=checkbox]');
    expect(screen.texts('label.check').at(-1)).toContain('查询未完成');
    boxes.at(-1)?.click();
    await screen.settle();
    expect(button().disabled).toBe(false);
    button().click();
    expect(await openBody()).toMatchObject({ admit: true, withoutLookUp: true });
  });

  it('after it has answered asks for neither', async () => {
    const lookUp = { verdict: 'clear', lookUpId: 'l' };
    const screen = await show(DecideDialog, { of: Admission.fromPartial({ ...of, lookUp }) });
    expect(screen.texts('label.check').join(' ')).not.toContain('查询未完成');
    screen.all('[role=dialog] button').at(-1)?.click();
    const body = await openBody();
    expect(Reflect.get(Object(body), 'withoutLookUp') ?? false).toBe(false);
  });
});
