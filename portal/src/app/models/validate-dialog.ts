import { Component, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ValidateModelRequest, ValidateModelResponse } from '@recourse/proto/web/credit/v1/models';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { newId } from '../session/new-id';
import { Dialog } from '../ui/dialog';
import { FileDrop } from '../ui/file-drop';
import { ProblemPanel } from '../ui/problem-panel';
import { uploadTable } from './upload-table';
import { t } from './words';

/** Measures a model on a table that took no part in its fit; a job, so the result comes later. */
@Component({
  selector: 'rc-validate-dialog',
  imports: [Dialog, FileDrop, MatButton, ProblemPanel],
  template: `
    <rc-dialog size="small" [heading]="t('validateTitle')" (closed)="closed.emit()">
      <p class="rc-muted">{{ t('validateHint') }}</p>
      <rc-file-drop
        accept=".csv,.txt,.arff"
        [label]="file() ? t('fileChosen', { name: file()?.name ?? '' }) : t('file')"
        [maxBytes]="maxBytes"
        (picked)="file.set($event)"
      />
      @if (validate.problem(); as problem) {
        <rc-problem-panel compact [problem]="problem" />
      }
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="file() === undefined || validate.busy()"
        (click)="send()"
      >
        {{ t('validate') }}
      </button>
    </rc-dialog>
  `,
})
export class ValidateDialog {
  readonly modelId = input.required<string>();
  readonly asked = output();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #fileId = newId();
  protected readonly t = t;
  protected readonly maxBytes = 256 * 1024 * 1024;
  protected readonly file = signal<File | undefined>(undefined);
  protected readonly validate = action(async (requestId, file: File) => {
    const [modelId, fileId] = [this.modelId(), this.#fileId];
    await uploadTable(this.#api, fileId, file, () => undefined);
    return this.#api.post(
      path`/v1/credit-models/${modelId}:validate`,
      ValidateModelRequest.toJSON({ modelId, requestId, fileId }),
      ValidateModelResponse.fromJSON,
      { requestId },
    );
  });

  protected async send(): Promise<void> {
    const file = this.file();
    if (file === undefined) return;
    if ((await this.validate.run(file)) !== undefined) this.asked.emit();
  }
}
