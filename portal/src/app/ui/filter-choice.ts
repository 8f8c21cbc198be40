import { booleanAttribute, Component, computed, input, model } from '@angular/core';
import { formatList } from './format';
import { Icon } from './icon';
import { Popover } from './popover';
import { t } from './words';

/** One thing to choose; `name` is in the language now. */
export type Option<Value extends string = string> = { value: Value; name: string };

/** A filter by some of a few values, as a button that says what is chosen. */
@Component({
  selector: 'rc-filter-choice',
  imports: [Icon, Popover],
  template: `
    <rc-popover [label]="label()" [active]="value().length > 0">
      <span trigger class="text">{{ text() }}</span>
      <rc-icon trigger name="expand_more" />
      <div role="group" [attr.aria-label]="label()">
        @for (option of options(); track option.value) {
          <label>
            <input
              [type]="single() ? 'radio' : 'checkbox'"
              [name]="label()"
              [checked]="value().includes(option.value)"
              (change)="turn(option.value)"
            />
            {{ option.name }}
          </label>
        }
      </div>
      @if (value().length > 0) {
        <button type="button" (click)="value.set([])">{{ t('clear') }}</button>
      }
    </rc-popover>
  `,
  styles: `
    .text {
      max-inline-size: 28ch;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 32px;
      padding: 0 8px;
      border-radius: 4px;
      cursor: pointer;
    }
    label:hover {
      background: var(--rc-surface-3);
    }
    input {
      inline-size: 16px;
      block-size: 16px;
      accent-color: var(--rc-primary);
    }
    button {
      min-block-size: 28px;
      border: 0;
      background: none;
      color: var(--rc-primary);
      cursor: pointer;
      text-align: start;
    }
  `,
})
export class FilterChoice<Value extends string> {
  readonly label = input.required<string>();
  readonly options = input.required<readonly Option<Value>[]>();
  readonly value = model.required<readonly Value[]>();
  /** At most one at a time. */
  readonly single = input(false, { transform: booleanAttribute });
  protected readonly t = t;
  protected readonly text = computed(() => {
    const names = this.options()
      .filter((option) => this.value().includes(option.value))
      .map((option) => option.name);
    return names.length === 0 ? this.label() : `${this.label()}: ${formatList(names)}`;
  });

  protected turn(value: Value): void {
    const isIn = this.value().includes(value);
    if (this.single()) this.value.set(isIn ? [] : [value]);
    else {
      this.value.update((values) =>
        isIn ? values.filter((one) => one !== value) : [...values, value],
      );
    }
  }
}
