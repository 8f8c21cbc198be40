import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { initialOf } from '../../ui/form-values';
import type { FormField, FormValue } from '../../ui/form-values';
import { t } from './words';

function shownText(field: FormField, value: FormValue): string {
  const text = typeof value === 'string' ? value : '';
  if (field.kind !== 'choice') return text || '–';
  return field.options.find((option) => option.value === text)?.name ?? '–';
}

/** A draft that somebody else saved meanwhile: where the two differ, and whose is to stand. */
@Component({
  selector: 'rc-draft-conflict',
  imports: [MatButton],
  template: `
    <div role="alert" class="rc-stack">
      <h2>{{ t('conflict') }}</h2>
      <p>{{ t('conflictHint') }}</p>
      @if (differences().length > 0) {
        <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="t('conflict')">
          <table class="rc-lines">
            <thead>
              <tr>
                <td></td>
                <th scope="col">{{ t('theirs') }}</th>
                <th scope="col">{{ t('mine') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (one of differences(); track one.label) {
                <tr>
                  <th scope="row">{{ one.label }}</th>
                  <td>{{ one.theirs }}</td>
                  <td>{{ one.mine }}</td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      } @else {
        <p class="rc-muted">{{ t('conflictSame') }}</p>
      }
      <div class="rc-row">
        <button matButton="outlined" type="button" (click)="takeTheirs.emit()">
          {{ t('takeTheirs') }}
        </button>
        <button matButton="filled" type="button" [disabled]="busy()" (click)="keepMine.emit()">
          {{ t('keepMine') }}
        </button>
      </div>
    </div>
  `,
  styles: `
    .rc-stack {
      padding: 12px;
      border: 1px solid var(--rc-orange);
      border-radius: var(--rc-radius);
    }
    td {
      white-space: normal;
    }
  `,
})
export class DraftConflict {
  /** The fields as the version that was saved meanwhile holds them. */
  readonly theirs = input.required<readonly FormField[]>();
  readonly mine = input.required<(id: string) => FormValue>();
  readonly busy = input(false);
  readonly takeTheirs = output();
  readonly keepMine = output();
  protected readonly t = t;
  protected readonly differences = computed(() =>
    this.theirs()
      .map((field) => ({
        label: field.label,
        theirs: shownText(field, initialOf(field)),
        mine: shownText(field, this.mine()(field.id)),
      }))
      .filter((one) => one.theirs !== one.mine),
  );
}
