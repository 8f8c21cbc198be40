import { Component, input, output } from '@angular/core';
import { ChoiceField } from './choice-field';
import { DateField } from './date-field';
import { Field, InputControl } from './field';
import { FileDrop } from './file-drop';
import { bpsIn, wholeIn } from './form-values';
import type { FormField, FormValue } from './form-values';
import { formatBytes } from './format';
import type { MoneyValue } from './format';
import { MoneyField } from './money-field';
import { TextField } from './text-field';
import { t } from './words';

/** Fields given as data, each drawn by the field component of its kind. It keeps no values. */
@Component({
  selector: 'rc-form-body',
  imports: [ChoiceField, DateField, Field, FileDrop, InputControl, MoneyField, TextField],
  templateUrl: './form-body.html',
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--rc-gap);
    }
    .flag {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 28px;
    }
    .flag input {
      inline-size: 18px;
      block-size: 18px;
      flex: none;
    }
  `,
})
export class FormBody {
  readonly fields = input.required<readonly FormField[]>();
  readonly read = input.required<(id: string) => FormValue>();
  readonly errorOf = input<(id: string) => string | undefined>(() => undefined);
  readonly changed = output<{ id: string; value: FormValue }>();
  protected readonly t = t;

  protected textOf(id: string): string {
    const value = this.read()(id);
    return typeof value === 'string' ? value : '';
  }

  protected moneyOf(id: string): MoneyValue | undefined {
    const value = this.read()(id);
    return typeof value === 'object' && 'minor' in value ? value : undefined;
  }

  protected fileOf(id: string): string {
    const value = this.read()(id);
    return value instanceof File ? `${value.name} · ${formatBytes(value.size)}` : '';
  }

  /** What is wrong with a number, once something stands in its field. */
  protected wrongOf(field: FormField): string {
    const said = this.errorOf()(field.id);
    if (said !== undefined) return said;
    const text = this.textOf(field.id);
    if (text === '') return '';
    if (field.kind === 'percent' && bpsIn(text) === undefined) return t('percentWrong');
    if (field.kind === 'whole' && wholeIn(text, field.max) === undefined) {
      return t('wholeWrong', { max: field.max });
    }
    return '';
  }

  protected set(id: string, value: FormValue): void {
    this.changed.emit({ id, value });
  }

  protected onTime(id: string, event: Event): void {
    const { target } = event;
    if (target instanceof HTMLInputElement) this.set(id, target.value);
  }

  protected onFlag(id: string, event: Event): void {
    const { target } = event;
    if (target instanceof HTMLInputElement) this.set(id, target.checked);
  }
}
