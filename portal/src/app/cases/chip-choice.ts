import { Component, input, model } from '@angular/core';
import { newElementId } from '../ui/element-id';
import type { Option } from '../ui/filter-choice';

/** One of a few, each big enough for a thumb; a radio group to keyboard and screen reader. */
@Component({
  selector: 'rc-chip-choice',
  template: `
    <fieldset>
      <legend>{{ label() }}</legend>
      @for (option of options(); track option.value) {
        <label [class.on]="option.value === value()">
          <input
            type="radio"
            [name]="name"
            [value]="option.value"
            [checked]="option.value === value()"
            (change)="value.set(option.value)"
          />
          {{ option.name }}
        </label>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0;
      margin-block-end: 6px;
      color: var(--rc-text-2);
      font-size: 12.5px;
    }
    label {
      display: inline-flex;
      align-items: center;
      min-block-size: 36px;
      padding-inline: 14px;
      border: 1px solid var(--rc-line-strong);
      border-radius: 18px;
      cursor: pointer;
    }
    label.on {
      background: var(--rc-primary-soft);
      border-color: var(--rc-primary);
      color: var(--rc-on-primary-soft);
    }
    label:focus-within {
      outline: 2px solid var(--rc-primary);
      outline-offset: 2px;
    }
    input {
      position: absolute;
      opacity: 0;
      inline-size: 1px;
      block-size: 1px;
    }
  `,
})
export class ChipChoice<Value extends string> {
  readonly label = input.required<string>();
  readonly options = input.required<readonly Option<Value>[]>();
  readonly value = model<Value | undefined>(undefined);
  protected readonly name = newElementId('choice');
}
