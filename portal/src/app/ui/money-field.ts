import { booleanAttribute, Component, computed, input, linkedSignal, model } from '@angular/core';
import { Field, InputControl } from './field';
import { shownError } from './field-error';
import type { ControlError } from './field-error';
import { formatMoney } from './format';
import type { MoneyValue } from './format';
import { parseMoney } from './parse-money';
import { t } from './words';

/** An amount in one currency. Takes `1,234.50` and `1.2万`; writes it out on leaving. */
@Component({
  selector: 'rc-money-field',
  imports: [Field, InputControl],
  template: `
    <rc-field [label]="label()" [hint]="hint()" [error]="wrong()" [optional]="optional()">
      <span class="currency" aria-hidden="true">{{ currency() }}</span>
      <input
        rcInput
        type="text"
        inputmode="decimal"
        autocomplete="off"
        [value]="text()"
        [disabled]="disabled()"
        (input)="onInput($event)"
        (blur)="onLeave()"
      />
    </rc-field>
  `,
  styles: `
    input {
      padding-inline-start: 52px;
      font-variant-numeric: tabular-nums;
      text-align: end;
    }
    .currency {
      position: absolute;
      inset-inline-start: 11px;
      color: var(--rc-text-2);
      font-size: 12.5px;
    }
  `,
})
export class MoneyField {
  readonly label = input.required<string>();
  readonly currency = input.required<string>();
  /** Undefined while the field is empty or cannot be read. */
  readonly value = model<MoneyValue | undefined>(undefined);
  readonly hint = input('');
  readonly error = input<string>();
  readonly errors = input<readonly ControlError[]>([]);
  readonly touched = model(false);
  readonly disabled = input(false, { transform: booleanAttribute });
  readonly optional = input(false, { transform: booleanAttribute });

  /** What stands in the field; a value that comes from outside is written out. */
  protected readonly text = linkedSignal<MoneyValue | undefined, string>({
    source: this.value,
    computation: (value, before) => {
      if (value === undefined) return before?.value ?? '';
      const read = parseMoney(before?.value ?? '', value.currency);
      const same = 'minor' in read && read.minor === value.minor;
      return same ? (before?.value ?? '') : formatMoney(value, true);
    },
  });
  protected readonly wrong = computed(() => {
    const read = parseMoney(this.text(), this.currency());
    if (this.touched() && this.text().trim() !== '' && 'wrong' in read) {
      return read.wrong === 'form' ? t('moneyWrong') : t('moneyDigits', { digits: read.most });
    }
    return shownError(this.error(), this.errors(), this.touched());
  });

  protected onInput(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.text.set(event.target.value);
    const read = parseMoney(event.target.value, this.currency());
    this.value.set('minor' in read ? { currency: this.currency(), minor: read.minor } : undefined);
  }

  protected onLeave(): void {
    const value = this.value();
    if (value !== undefined) this.text.set(formatMoney(value, true));
    this.touched.set(true);
  }
}
