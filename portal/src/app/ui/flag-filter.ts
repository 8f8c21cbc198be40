import { Component, input, output } from '@angular/core';

/** One yes-or-no filter of a list. */
@Component({
  selector: 'rc-flag-filter',
  template: `
    <label>
      <input type="checkbox" [checked]="value()" (change)="tell($event)" />
      {{ label() }}
    </label>
  `,
  styles: `
    label {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-block-size: var(--rc-control);
    }
  `,
})
export class FlagFilter {
  readonly label = input.required<string>();
  readonly value = input.required<boolean>();
  readonly changed = output<boolean>();

  protected tell({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.changed.emit(target.checked);
  }
}
