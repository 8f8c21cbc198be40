import { Component, signal } from '@angular/core';
import { form, FormField, required } from '@angular/forms/signals';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { ChoiceField } from './choice-field';
import { DateField } from './date-field';
import { addDays } from './parse-day';
import { formatDay, today } from './format';
import type { MoneyValue } from './format';
import { MoneyField } from './money-field';
import { TextField } from './text-field';

beforeEach(() => chooseLanguage('zh-CN'));

@Component({
  imports: [DateField],
  template: `<rc-date-field label="日期" min="2026-01-01" max="2099-12-31" [(value)]="day" />`,
})
class DatePage {
  readonly day = signal('');
}

describe('a date field', () => {
  it('says at once which day was meant, and writes it out on leaving', async () => {
    const screen = await show(DatePage);
    const tomorrow = addDays(today(), 1);
    await screen.type('input[type=text]', '明天', false);
    expect(screen.page.day()).toBe(tomorrow);
    expect(screen.texts('.hint')[0]).toContain(formatDay(tomorrow));
    await screen.type('input[type=text]', '+7');
    expect(screen.all('input[type=text]')[0]).toHaveProperty('value', addDays(today(), 7));
  });

  it.each([
    ['someday', '无法识别，例如 明天、+7、2026-12-01', ''],
    ['2025-12-31', '不能早于 2026-01-01', '2025-12-31'],
    ['2100-01-01', '不能晚于 2099-12-31', '2100-01-01'],
  ])('says what to do about "%s"', async (text, says, value) => {
    const screen = await show(DatePage);
    await screen.type('input[type=text]', text);
    expect(screen.texts('.error')).toEqual([says]);
    expect(screen.page.day()).toBe(value);
    const control = screen.all('input[type=text]')[0];
    expect(control?.getAttribute('aria-invalid')).toBe('true');
    expect(control?.getAttribute('aria-describedby')).toBe(screen.all('.error')[0]?.id);
  });

  it('shows a day that comes from outside', async () => {
    const screen = await show(DatePage);
    screen.page.day.set('2026-12-01');
    await screen.settle();
    expect(screen.all('input[type=text]')[0]).toHaveProperty('value', '2026-12-01');
  });
});

@Component({
  imports: [MoneyField],
  template: `<rc-money-field label="金额" currency="CNY" [(value)]="amount" />`,
})
class MoneyPage {
  readonly amount = signal<MoneyValue | undefined>({ currency: 'CNY', minor: 100n });
}

describe('a money field', () => {
  it('writes an amount out and takes one in short', async () => {
    const screen = await show(MoneyPage);
    expect(screen.all('input')[0]).toHaveProperty('value', '1.00');
    await screen.type('input', '1.2万', false);
    expect(screen.page.amount()).toEqual({ currency: 'CNY', minor: 1200000n });
    expect(screen.all('input')[0]).toHaveProperty('value', '1.2万');
    await screen.type('input', '1.2万');
    expect(screen.all('input')[0]).toHaveProperty('value', '12,000.00');
  });

  it.each([
    ['abc', '请输入金额，例如 1,234.50'],
    ['1.234', '最多 2 位小数'],
  ])('says what to do about "%s", and has no value', async (text, says) => {
    const screen = await show(MoneyPage);
    await screen.type('input', text);
    expect(screen.texts('.error')).toEqual([says]);
    expect(screen.page.amount()).toBeUndefined();
    expect(screen.all('input')[0]).toHaveProperty('value', text);
  });
});

@Component({
  imports: [ChoiceField, FormField, TextField],
  template: `
    <rc-text-field label="备注" hint="不超过 100 字" [formField]="form.note" />
    <rc-choice-field label="币种" [options]="options" [(value)]="currency" />
  `,
})
class FormPage {
  readonly model = signal({ note: '' });
  readonly form = form(this.model, (at) => required(at.note, { message: '请填写备注' }));
  readonly options = [
    { value: 'CNY', name: '人民币' },
    { value: 'USD', name: '美元' },
  ] as const;
  readonly currency = signal<'CNY' | 'USD' | undefined>(undefined);
}

describe('a control of a signal form', () => {
  it('shows the form’s words only after the person left it', async () => {
    const screen = await show(FormPage);
    expect(screen.texts('.hint')).toEqual(['不超过 100 字']);
    await screen.type('rc-text-field input', '');
    expect(screen.texts('.error')).toEqual(['请填写备注']);
    await screen.type('rc-text-field input', '已联系');
    expect(screen.page.model()).toEqual({ note: '已联系' });
    expect(screen.texts('.error')).toEqual([]);
  });

  it('has a label that names it', async () => {
    const screen = await show(FormPage);
    const labels = screen.all('label').map((label) => label.getAttribute('for'));
    expect(labels).toEqual([screen.all('input')[0]?.id, screen.all('select')[0]?.id]);
  });
});

describe('a choice', () => {
  it('starts without one and gives what is chosen', async () => {
    const screen = await show(FormPage);
    const select = screen.all('select')[0];
    expect(select).toHaveProperty('value', '');
    Reflect.set(select ?? {}, 'value', 'USD');
    select?.dispatchEvent(new Event('change'));
    await screen.settle();
    expect(screen.page.currency()).toBe('USD');
  });
});
