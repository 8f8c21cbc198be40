import { Component, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ActivateModelRequest, ActivateModelResponse } from '@recourse/proto/web/credit/v1/models';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './words';

/** The second pair of eyes puts a model to use. */
@Component({
  selector: 'rc-activate-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog size="small" [heading]="t('activateTitle')" (closed)="closed.emit()">
      <p>{{ t('activateText') }}</p>
      <rc-text-field optional [rows]="2" [label]="t('note')" [(value)]="note" />
      @if (activate.problem(); as problem) {
        <rc-problem-panel compact [problem]="problem" />
      }
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="activate.busy()"
        (click)="send()"
      >
        {{ t('activate') }}
      </button>
    </rc-dialog>
  `,
})
export class ActivateDialog {
  readonly modelId = input.required<string>();
  readonly activated = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly note = signal('');
  protected readonly activate = action((requestId) => {
    const request: ActivateModelRequest = {
      modelId: this.modelId(),
      requestId,
      note: this.note().trim(),
    };
    return this.#api.post(
      path`/v1/credit-models/${request.modelId}:activate`,
      ActivateModelRequest.toJSON(request),
      ActivateModelResponse.fromJSON,
      { requestId },
    );
  });

  protected async send(): Promise<void> {
    if ((await this.activate.run()) !== undefined) this.activated.emit();
  }
}
