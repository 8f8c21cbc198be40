import { Component, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { SettleWarningRequest, SettleWarningResponse } from '@recourse/proto/web/credit/v1/ratings';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './words';

/** Says what was done about a warning, which takes it off the list. */
@Component({
  selector: 'rc-settle-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog size="small" [heading]="t('settleTitle')" (closed)="closed.emit()">
      <p>{{ text() }}</p>
      <rc-text-field [rows]="3" [label]="t('settleNote')" [(value)]="note" />
      @if (settle.problem(); as problem) {
        <rc-problem-panel compact [problem]="problem" />
      }
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="note().trim().length < 2 || settle.busy()"
        (click)="send()"
      >
        {{ t('settle') }}
      </button>
    </rc-dialog>
  `,
})
export class SettleDialog {
  readonly warningId = input.required<string>();
  /** The warning in words. */
  readonly text = input('');
  readonly settled = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly note = signal('');
  protected readonly settle = action((requestId) => {
    const warningId = this.warningId();
    const request: SettleWarningRequest = { warningId, requestId, note: this.note().trim() };
    return this.#api.post(
      path`/v1/credit-warnings/${warningId}:settle`,
      SettleWarningRequest.toJSON(request),
      SettleWarningResponse.fromJSON,
      { requestId },
    );
  });

  protected async send(): Promise<void> {
    if ((await this.settle.run()) !== undefined) this.settled.emit();
  }
}
