import { Component, input, output } from '@angular/core';
import { chooseDensity, densities, density } from './density';
import { Icon } from './icon';
import { Popover } from './popover';
import { t } from './words';

export type ColumnLine = { id: string; title: string; isShown: boolean; isFixed: boolean };

/** Which columns a table shows, in which order, and how high its rows are. */
@Component({
  selector: 'rc-column-chooser',
  imports: [Icon, Popover],
  template: `
    <rc-popover [label]="t('columnsTitle')" [buttonLabel]="t('columns')" look="icon">
      <rc-icon trigger name="view_column" />
      <ul>
        @for (line of lines(); track line.id; let first = $first; let last = $last) {
          <li>
            <label>
              <input
                type="checkbox"
                [checked]="line.isShown"
                [disabled]="line.isFixed"
                (change)="shown.emit(line.id)"
              />
              {{ line.title }}
            </label>
            <button
              type="button"
              [disabled]="first"
              [attr.aria-label]="t('columnUp', { name: line.title })"
              (click)="moved.emit({ id: line.id, by: -1 })"
            >
              <rc-icon name="arrow_upward" />
            </button>
            <button
              type="button"
              [disabled]="last"
              [attr.aria-label]="t('columnDown', { name: line.title })"
              (click)="moved.emit({ id: line.id, by: 1 })"
            >
              <rc-icon name="arrow_downward" />
            </button>
            <button
              type="button"
              [disabled]="!line.isShown"
              [attr.aria-label]="t('columnNarrower', { name: line.title })"
              (click)="widened.emit({ id: line.id, by: -24 })"
            >
              <rc-icon name="chevron_left" />
            </button>
            <button
              type="button"
              [disabled]="!line.isShown"
              [attr.aria-label]="t('columnWider', { name: line.title })"
              (click)="widened.emit({ id: line.id, by: 24 })"
            >
              <rc-icon name="chevron_right" />
            </button>
          </li>
        }
      </ul>
      <fieldset>
        <legend>{{ t('density') }}</legend>
        @for (one of densities; track one) {
          <label>
            <input
              type="radio"
              name="density"
              [checked]="one === density()"
              (change)="chooseDensity(one)"
            />
            {{ t(one) }}
          </label>
        }
      </fieldset>
      <button type="button" class="reset" (click)="reset.emit()">{{ t('columnsReset') }}</button>
    </rc-popover>
  `,
  styles: `
    li {
      --rc-icon-size: 16px;
      display: flex;
      align-items: center;
      min-block-size: 32px;
    }
    label {
      display: flex;
      flex: 1;
      align-items: center;
      gap: 8px;
      padding-inline-end: 16px;
    }
    button {
      display: grid;
      place-items: center;
      min-inline-size: 28px;
      min-block-size: 28px;
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--rc-text-2);
      cursor: pointer;
    }
    button:hover:enabled {
      background: var(--rc-surface-3);
    }
    button:disabled {
      opacity: 0.3;
      cursor: default;
    }
    fieldset {
      display: flex;
      align-items: center;
      min-block-size: 32px;
      border: 0;
      padding: 0;
    }
    legend {
      float: inline-start;
      padding-inline-end: 16px;
      color: var(--rc-text-2);
    }
    .reset {
      padding: 4px 8px;
      color: var(--rc-primary);
    }
    input {
      inline-size: 16px;
      block-size: 16px;
      accent-color: var(--rc-primary);
    }
  `,
})
export class ColumnChooser {
  readonly lines = input.required<readonly ColumnLine[]>();
  readonly shown = output<string>();
  readonly moved = output<{ id: string; by: 1 | -1 }>();
  /** By pixels; the way to a width for who does not drag. */
  readonly widened = output<{ id: string; by: number }>();
  readonly reset = output();
  protected readonly t = t;
  protected readonly densities = densities;
  protected readonly density = density;
  protected readonly chooseDensity = chooseDensity;
}
