import {
  booleanAttribute,
  Component,
  computed,
  input,
  linkedSignal,
  model,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { Field, InputControl } from './field';
import { shownError } from './field-error';
import type { ControlError } from './field-error';
import { formatDay, formatWeekday, today } from './format';
import { Icon } from './icon';
import { parseDay } from './parse-day';
import { t } from './words';

/** A day. Takes what people write (`明天`, `+7`, `12-01`) and says at once which day that is. */
@Component({
  selector: 'rc-date-field',
  imports: [Field, Icon, InputControl],
  template: `
    <rc-field [label]="label()" [hint]="says()" [error]="wrong()" [optional]="optional()">
      <input
        rcInput
        type="text"
        autocomplete="off"
        [value]="text()"
        [disabled]="disabled()"
        [placeholder]="placeholder()"
        (input)="onInput($event)"
        (blur)="onLeave()"
      />
      <button
        type="button"
        [disabled]="disabled()"
        [attr.aria-label]="t('openCalendar')"
        (click)="openCalendar()"
      >
        <rc-icon name="calendar_month" />
      </button>
      <input
        #calendar
        class="calendar"
        type="date"
        tabindex="-1"
        aria-hidden="true"
        [value]="value()"
        [min]="min()"
        [max]="max()"
        (change)="onPick()"
      />
    </rc-field>
  `,
  styles: `
    input[rcInput] {
      padding-inline-end: 40px;
    }
    button {
      position: absolute;
      inset-inline-end: 4px;
      display: grid;
      place-items: center;
      inline-size: 28px;
      block-size: 28px;
      padding: 0;
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--rc-text-2);
      cursor: pointer;
    }
    button:hover {
      background: var(--rc-surface-3);
    }
    .calendar {
      position: absolute;
      inset: auto 4px 0 auto;
      inline-size: 1px;
      block-size: 1px;
      padding: 0;
      border: 0;
      opacity: 0;
      pointer-events: none;
    }
  `,
})
export class DateField {
  readonly label = input.required<string>();
  /** `YYYY-MM-DD`; empty while the field is empty or cannot be read. */
  readonly value = model('');
  /** First and last day allowed, `YYYY-MM-DD`. */
  readonly min = input('');
  readonly max = input('');
  readonly hint = input('');
  readonly error = input<string>();
  readonly errors = input<readonly ControlError[]>([]);
  readonly touched = model(false);
  readonly disabled = input(false, { transform: booleanAttribute });
  readonly optional = input(false, { transform: booleanAttribute });
  protected readonly calendar = viewChild.required<ElementRef<HTMLInputElement>>('calendar');
  protected readonly t = t;

  protected readonly text = linkedSignal<string, string>({
    source: this.value,
    computation: (value, before) => {
      const written = before?.value ?? '';
      return value === (parseDay(written, today()) ?? '') ? written : value;
    },
  });
  protected readonly placeholder = computed(() => t('dateHint'));
  protected readonly says = computed(() => {
    const day = this.value();
    return day === '' ? this.hint() : `${formatDay(day)} ${formatWeekday(day)}`;
  });
  protected readonly wrong = computed(() => {
    if (this.touched()) {
      const own = this.#ownError();
      if (own !== '') return own;
    }
    return shownError(this.error(), this.errors(), this.touched());
  });

  #ownError(): string {
    const day = this.value();
    if (day === '') return this.text().trim() === '' ? '' : t('dateWrong');
    if (this.min() !== '' && day < this.min()) {
      return t('dateTooEarly', { day: formatDay(this.min()) });
    }
    if (this.max() !== '' && day > this.max()) {
      return t('dateTooLate', { day: formatDay(this.max()) });
    }
    return '';
  }

  protected onInput(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.text.set(event.target.value);
    this.value.set(parseDay(event.target.value, today()) ?? '');
  }

  protected onLeave(): void {
    if (this.value() !== '') this.text.set(this.value());
    this.touched.set(true);
  }

  protected openCalendar(): void {
    this.calendar().nativeElement.showPicker();
  }

  protected onPick(): void {
    this.value.set(this.calendar().nativeElement.value);
    this.text.set(this.value());
    this.touched.set(true);
  }
}
