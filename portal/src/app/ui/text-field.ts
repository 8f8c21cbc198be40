import { booleanAttribute, Component, computed, input, model } from '@angular/core';
import { Field, InputControl } from './field';
import { shownError } from './field-error';
import type { ControlError } from './field-error';

/** One line or, with `rows`, several lines of text. Also a control of signal forms. */
@Component({
  selector: 'rc-text-field',
  imports: [Field, InputControl],
  template: `
    <rc-field [label]="label()" [hint]="hint()" [error]="wrong()" [optional]="optional()">
      @if (rows() > 1) {
        <textarea
          rcInput
          [rows]="rows()"
          [value]="value()"
          [disabled]="disabled()"
          [placeholder]="placeholder()"
          (input)="onInput($event)"
          (blur)="touched.set(true)"
        ></textarea>
      } @else {
        <input
          rcInput
          [class.with-unit]="unit()"
          [type]="type()"
          [value]="value()"
          [disabled]="disabled()"
          [placeholder]="placeholder()"
          (input)="onInput($event)"
          (blur)="touched.set(true)"
        />
      }
      @if (unit()) {
        <span unit>{{ unit() }}</span>
      }
    </rc-field>
  `,
  styles: `
    [unit] {
      position: absolute;
      inset-inline-end: 11px;
      color: var(--rc-text-2);
      font-size: 12.5px;
      pointer-events: none;
    }
    .with-unit {
      padding-inline-end: 4.5em;
    }
  `,
})
export class TextField {
  readonly label = input.required<string>();
  readonly value = model('');
  readonly hint = input('');
  readonly unit = input('');
  readonly placeholder = input('');
  readonly type = input<'text' | 'tel' | 'email'>('text');
  readonly rows = input(1);
  readonly error = input<string>();
  readonly errors = input<readonly ControlError[]>([]);
  readonly touched = model(false);
  readonly disabled = input(false, { transform: booleanAttribute });
  readonly optional = input(false, { transform: booleanAttribute });
  protected readonly wrong = computed(() =>
    shownError(this.error(), this.errors(), this.touched()),
  );

  protected onInput(event: Event): void {
    const { target } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
      this.value.set(target.value);
    }
  }
}
