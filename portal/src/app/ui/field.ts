import { booleanAttribute, Component, computed, Directive, inject, input } from '@angular/core';
import { newElementId } from './element-id';
import { t } from './words';

/**
 * Label above, control, hint or error below:
 *
 *     <rc-field [label]="t('note')" [error]="noteError()"><textarea rcInput></textarea></rc-field>
 *
 * `rcInput` ties the control to its label and messages. A unit: `<span unit>天</span>`.
 */
@Component({
  selector: 'rc-field',
  template: `
    <label [attr.for]="controlId" [class.spoken]="quiet()">
      {{ label() }}
      @if (optional()) {
        <span class="optional">{{ t('optional') }}</span>
      }
    </label>
    <div class="box"><ng-content /><ng-content select="[unit]" /></div>
    @if (error(); as text) {
      <p class="error" [id]="messageId">{{ text }}</p>
    } @else if (hint()) {
      <p class="hint" [id]="messageId">{{ hint() }}</p>
    }
  `,
  styleUrl: './field.scss',
})
export class Field {
  readonly label = input.required<string>();
  readonly hint = input<string | undefined>('');
  /** What is wrong, as words that say the repair. */
  readonly error = input<string | undefined>('');
  readonly optional = input(false, { transform: booleanAttribute });
  /** The label is for screen readers alone: in a table, the head of the column says it. */
  readonly quiet = input(false, { transform: booleanAttribute });
  readonly controlId = newElementId('field');
  readonly messageId = `${this.controlId}-message`;
  readonly isWrong = computed(() => (this.error() ?? '') !== '');
  readonly hasMessage = computed(() => this.isWrong() || (this.hint() ?? '') !== '');
  protected readonly t = t;
}

/** A native control in the portal's form; inside an `rc-field` it is tied to its words. */
@Directive({
  selector: 'input[rcInput], select[rcInput], textarea[rcInput]',
  host: {
    class: 'rc-input',
    '[id]': 'field?.controlId ?? ownId',
    '[attr.aria-invalid]': 'field?.isWrong() ? true : null',
    '[attr.aria-describedby]': 'field?.hasMessage() ? field?.messageId : null',
  },
})
export class InputControl {
  protected readonly field = inject(Field, { optional: true });
  protected readonly ownId = newElementId('control');
}
