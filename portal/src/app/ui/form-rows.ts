import { booleanAttribute, Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { FormBody } from './form-body';
import type { FormValue } from './form-values';
import type { RowsState } from './rows-state';
import { t } from './words';

/** Any number of rows of the same fields, each in a frame of its own, with its name. */
@Component({
  selector: 'rc-form-rows',
  imports: [FormBody, MatButton],
  host: { '[class.compact]': 'compact()' },
  template: `
    @if (of().spec(); as spec) {
      @for (row of of().drawn(); track row.id; let index = $index) {
        <fieldset>
          <legend>{{ spec.rowName(index + 1) }}</legend>
          <rc-form-body
            [fields]="row.fields"
            [read]="row.read"
            (changed)="set(row.id, $event.id, $event.value)"
          />
          @if (spec.addName && of().drawn().length > (spec.least ?? 1)) {
            <button matButton type="button" (click)="remove(row.id)">
              {{ t('removeRow', { name: spec.rowName(index + 1) }) }}
            </button>
          }
        </fieldset>
      }
      @if (spec.addName; as name) {
        <div>
          <button matButton="outlined" type="button" (click)="add()">{{ name }}</button>
        </div>
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--rc-gap);
    }
    fieldset {
      min-inline-size: 0;
      margin: 0;
      padding: 8px 16px 16px;
      border: 1px solid var(--rc-line);
      border-radius: var(--rc-radius-large);
      background: var(--rc-surface);
    }
    legend {
      padding-inline: 4px;
      font-weight: 620;
    }
    rc-form-body {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(var(--rc-column, 260px), 100%), 1fr));
      align-items: start;
    }
    fieldset > button {
      margin-block-start: 8px;
    }
    @media (width >= 640px) {
      :host(.compact) {
        gap: 4px;
      }
      :host(.compact) fieldset {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: start;
        column-gap: 8px;
        padding-block: 2px 6px;
      }
      :host(.compact) fieldset > button {
        margin-block-start: 22px;
      }
    }
  `,
})
export class FormRows {
  readonly of = input.required<RowsState>();
  /** Rows of two or three short fields: what takes one away stands beside them. */
  readonly compact = input(false, { transform: booleanAttribute });
  readonly edited = output();
  protected readonly t = t;

  protected add(): void {
    this.of().add();
    this.edited.emit();
  }

  protected remove(id: string): void {
    this.of().remove(id);
    this.edited.emit();
  }

  protected set(id: string, field: string, value: FormValue): void {
    this.of().set(id, field, value);
    this.edited.emit();
  }
}
