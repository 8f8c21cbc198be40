import { Component, input, model } from '@angular/core';
import { newElementId } from '../ui/element-id';
import type { Person } from './known-people';

/** One of the people of an organisation, with what each is there; a radio group to the keyboard. */
@Component({
  selector: 'rc-person-choice',
  template: `
    <fieldset>
      <legend>{{ label() }}</legend>
      @for (one of people(); track one.userId) {
        <label>
          <input
            type="radio"
            [name]="name"
            [value]="one.userId"
            [checked]="one.userId === value()"
            (change)="value.set(one.userId)"
          />
          <span>{{ one.name }}</span>
          <span class="rc-muted">{{ one.note }}</span>
        </label>
      } @empty {
        <p class="rc-muted">{{ none() }}</p>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      max-block-size: min(320px, 45dvh);
      margin: 0;
      padding: 4px 8px;
      overflow-y: auto;
      border: 1px solid var(--rc-line);
      border-radius: var(--rc-radius);
    }
    legend {
      padding: 0 4px;
      color: var(--rc-text-2);
      font-size: 12.5px;
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 36px;
      padding: 0 8px;
      border-radius: var(--rc-radius);
      cursor: pointer;
    }
    label:hover,
    label:focus-within {
      background: var(--rc-surface-3);
    }
    .rc-muted {
      overflow-wrap: anywhere;
    }
    p {
      margin: 8px;
    }
    input {
      flex: none;
      inline-size: 16px;
      block-size: 16px;
      accent-color: var(--rc-primary);
    }
  `,
})
export class PersonChoice {
  readonly label = input.required<string>();
  readonly people = input.required<readonly Person[]>();
  /** Said where there is nobody. */
  readonly none = input('');
  readonly value = model<string | undefined>(undefined);
  protected readonly name = newElementId('person');
}
