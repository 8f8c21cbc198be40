import { booleanAttribute, Component, computed, input, model } from '@angular/core';
import { Field, InputControl } from './field';
import { shownError } from './field-error';
import type { ControlError } from './field-error';
import type { Option } from './filter-choice';
import { t } from './words';

/** One of some options, in a native list that every phone and screen reader knows. */
@Component({
  selector: 'rc-choice-field',
  imports: [Field, InputControl],
  template: `
    <rc-field
      [label]="label()"
      [hint]="hint()"
      [error]="wrong()"
      [optional]="optional()"
      [quiet]="quiet()"
    >
      <select
        rcInput
        [disabled]="disabled()"
        (change)="onChange($event)"
        (blur)="touched.set(true)"
      >
        <option value="" [selected]="value() === undefined">
          {{ placeholder() || t('choose') }}
        </option>
        @for (option of options(); track option.value) {
          <option [value]="option.value" [selected]="option.value === value()">
            {{ option.name }}
          </option>
        }
      </select>
    </rc-field>
  `,
})
export class ChoiceField<Value extends string> {
  readonly label = input.required<string>();
  readonly options = input.required<readonly Option<Value>[]>();
  readonly value = model<Value | undefined>(undefined);
  readonly hint = input('');
  readonly placeholder = input('');
  readonly error = input<string>();
  readonly errors = input<readonly ControlError[]>([]);
  readonly touched = model(false);
  readonly disabled = input(false, { transform: booleanAttribute });
  readonly optional = input(false, { transform: booleanAttribute });
  readonly quiet = input(false, { transform: booleanAttribute });
  protected readonly t = t;
  protected readonly wrong = computed(() =>
    shownError(this.error(), this.errors(), this.touched()),
  );

  protected onChange(event: Event): void {
    const { target } = event;
    if (!(target instanceof HTMLSelectElement)) return;
    this.value.set(this.options().find((option) => option.value === target.value)?.value);
  }
}
