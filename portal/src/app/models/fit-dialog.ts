import { Component, computed, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { FitModelRequest, FitModelResponse, ModelKind } from '@recourse/proto/web/credit/v1/models';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { FileDrop } from '../ui/file-drop';
import { ProblemPanel } from '../ui/problem-panel';
import { ProgressLine } from '../ui/progress-line';
import { TextField } from '../ui/text-field';
import { uploadTable } from './upload-table';
import { t } from './words';

/** What the service reads at most. */
const maxBytes = 256 * 1024 * 1024;

/** Asks for a fit: on an uploaded table, or on the organisation's own receivables. */
@Component({
  selector: 'rc-fit-dialog',
  imports: [ChoiceField, Dialog, FileDrop, MatButton, ProblemPanel, ProgressLine, TextField],
  templateUrl: './fit-dialog.html',
})
export class FitDialog {
  /** The id of the model being fitted. */
  readonly started = output<string>();
  readonly closed = output();
  readonly #api = inject(Api);
  readonly #modelId = newId();
  readonly #fileId = newId();
  protected readonly t = t;
  protected readonly maxBytes = maxBytes;
  protected readonly name = signal('');
  protected readonly kind = signal<ModelKind | undefined>(ModelKind.SCORECARD);
  protected readonly source = signal<'own' | 'file' | undefined>('own');
  protected readonly file = signal<File | undefined>(undefined);
  protected readonly target = signal('');
  protected readonly bad = signal('');
  protected readonly group = signal('');
  protected readonly folds = signal('');
  protected readonly dropped = signal('');
  protected readonly sent = signal(0);
  protected readonly kinds = computed((): { value: ModelKind; name: string }[] =>
    [ModelKind.SCORECARD, ModelKind.TREES].map((value) => ({ value, name: t.find(value) ?? '' })),
  );
  protected readonly sources = computed((): { value: 'own' | 'file'; name: string }[] => [
    { value: 'own', name: t('ownOutcomes') },
    { value: 'file', name: t('uploaded') },
  ]);
  protected readonly isFolds = computed(() => /^$|^([2-9]|1\d|20)$/.test(this.folds().trim()));
  protected readonly isWhole = computed(
    () =>
      this.name().trim() !== '' &&
      this.kind() !== undefined &&
      this.isFolds() &&
      (this.source() === 'own' || (this.file() !== undefined && this.target().trim() !== '')),
  );

  protected readonly fit = action(async (requestId) => {
    const file = this.source() === 'file' ? this.file() : undefined;
    if (file !== undefined) {
      await uploadTable(this.#api, this.#fileId, file, (sent) => this.sent.set(sent));
    }
    const isFile = file !== undefined;
    const request: FitModelRequest = {
      modelId: this.#modelId,
      name: this.name().trim(),
      kind: this.kind() ?? ModelKind.SCORECARD,
      fileId: isFile ? this.#fileId : '',
      target: isFile ? this.target().trim() : '',
      badValue: isFile ? this.bad().trim() : '',
      group: isFile ? this.group().trim() : '',
      folds: Number(this.folds()),
      droppedColumns: isFile ? namesIn(this.dropped()) : [],
    };
    return this.#api.put(
      path`/v1/credit-models/${this.#modelId}`,
      FitModelRequest.toJSON(request),
      FitModelResponse.fromJSON,
      { requestId },
    );
  });

  protected async start(): Promise<void> {
    if ((await this.fit.run()) !== undefined) this.started.emit(this.#modelId);
  }
}

function namesIn(text: string): string[] {
  return text
    .split(/[,，;；\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
