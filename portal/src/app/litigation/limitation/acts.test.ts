import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  Debt,
  LimitationClock,
  LimitationState,
} from '@recourse/proto/web/litigation/v1/limitation';
import { pageProviders } from '../../../testing/answers';
import { Api } from '../../session/api';
import { chooseLanguage } from '../../session/language';
import { initialOf } from '../../ui/form-values';
import type { Form } from '../../ui/form-values';
import { today } from '../../ui/format';
import { addDays } from '../../ui/parse-day';
import { actForm, actPlace, isLetter } from './acts';
import { isEnded, leftText } from './clock-text';

const debt = (act: string, matterIds: string[] = []): Debt =>
  Debt.fromPartial({
    debtId: 'd',
    caseId: 'c',
    debtorName: '无锡金德',
    matterIds,
    clock: { nextAct: { act } },
  });

/** What stands in a form's field before anybody writes. */
function initial(form: Form | undefined, id: string): unknown {
  const none = { text: () => '', money: () => undefined, bps: () => 0, whole: () => 0 };
  const values = { ...none, flag: () => false, file: () => undefined };
  const field = form?.fields(values).find((one) => one.id === id);
  return field === undefined ? undefined : initialOf(field);
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('the next act of a clock', () => {
  it.each([
    ['letter_demand', '/litigation/limitation/d', { dialog: 'act' }],
    ['signed_acknowledgement', '/litigation/limitation/d', { dialog: 'act' }],
    ['suit', '/litigation', { dialog: 'open', on: 'c' }],
    ['payment_order', '/litigation', { dialog: 'open', on: 'c' }],
  ])('%s is one click away', (act, link, query) => {
    const place = actPlace(debt(act));
    expect([place?.link.join('/'), place?.query]).toEqual([link, query]);
  });

  it('of enforcement is in its matter, and nowhere without one', () => {
    expect(actPlace(debt('apply_for_enforcement', ['m']))?.link).toEqual(['/litigation', 'm']);
    expect(actPlace(debt('apply_for_enforcement'))).toBeUndefined();
    expect(actPlace(debt(''))).toBeUndefined();
  });

  it('is a letter by what carries it, or an event with proof that holds', () => {
    const api = TestBed.inject(Api);
    const posted = actForm(api, debt('letter_demand'));
    expect(initial(posted, 'means')).toBe('LETTER_MEANS_EMS');
    expect(posted?.hint).toContain('送达才重新起算');
    expect([isLetter(debt('letter_demand')), isLetter(debt('suit'))]).toEqual([true, false]);
    expect(initial(actForm(api, debt('data_message_demand')), 'means')).toBe('LETTER_MEANS_EMAIL');
    const signed = actForm(api, debt('signed_acknowledgement'));
    expect(initial(signed, 'kind')).toBe('repayment_plan');
    expect(initial(signed, 'grade')).toBe('PROOF_GRADE_PROVEN');
    expect(actForm(api, debt('suit'))).toBeUndefined();
  });
});

describe('a clock that has run out', () => {
  const clock = (state: LimitationState, expiresOn: string, daysLeft: number): LimitationClock =>
    LimitationClock.fromPartial({ state, expiresOn, daysLeft });

  it('says how long ago, not that no days are left', () => {
    const over = clock(LimitationState.EXPIRED, addDays(today(), -12), 0);
    expect([isEnded(over), leftText(over)]).toEqual([true, '已过 12 天']);
    const running = clock(LimitationState.RUNNING, addDays(today(), 21), 21);
    expect([isEnded(running), leftText(running)]).toEqual([false, '21 天']);
  });
});
