import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { action } from '../session/action';
import { Dialog } from './dialog';
import { FormRows } from './form-rows';
import type { RowsForm } from './form-values';
import { ProblemPanel } from './problem-panel';
import { rowsState } from './rows-state';
import { t } from './words';

/** A dialog of rows that each have the same fields: claims, parties. At least one row stays. */
@Component({
  selector: 'rc-form-rows-dialog',
  imports: [Dialog, FormRows, MatButton, ProblemPanel],
  template: `
    <rc-dialog size="large" [heading]="form().heading" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-form-rows [of]="rows" />
        @if (send.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!rows.isWhole() || send.busy()"
        (click)="run()"
      >
        {{ t('save') }}
      </button>
    </rc-dialog>
  `,
})
export class FormRowsDialog {
  readonly form = input.required<RowsForm>();
  readonly saved = output();
  readonly closed = output();
  protected readonly rows = rowsState(this.form);
  protected readonly t = t;
  protected readonly send = action((requestId) =>
    this.form().send(this.rows.values(), { newId: '', requestId }),
  );

  protected async run(): Promise<void> {
    await this.send.run();
    if (this.send.problem() === undefined) this.saved.emit();
  }
}
