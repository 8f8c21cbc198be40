import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { CreditDocument } from '@recourse/proto/web/credit/v1/ratings';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { newId } from '../session/new-id';
import { ChoiceField } from '../ui/choice-field';
import { Chip } from '../ui/chip';
import { FileDrop } from '../ui/file-drop';
import { ProblemPanel } from '../ui/problem-panel';
import { t } from './file-words';

const kinds = ['licence', 'statement', 'contract', 'bureau_report', 'court_record', 'other'];
const maxBytes = 20 * 1024 * 1024;

/** Papers of a customer's file: uploaded at once, kept with the file when it is saved. */
@Component({
  selector: 'rc-documents-part',
  imports: [ChoiceField, Chip, FileDrop, MatButton, ProblemPanel],
  template: `
    <h2>{{ t('documents') }}</h2>
    <ul>
      @for (one of documents(); track one.fileId) {
        <li>
          <rc-chip>{{ t.find('kind.' + one.kind) ?? one.kind }}</rc-chip>
          <button matButton type="button" [disabled]="open.busy()" (click)="open.run(one)">
            {{ one.name }}
          </button>
          @if (mayWrite()) {
            <button
              matButton
              type="button"
              [attr.aria-label]="t('removeNamed', { name: one.name })"
              (click)="remove(one)"
            >
              {{ t('remove') }}
            </button>
          }
        </li>
      } @empty {
        <li class="rc-muted">{{ t('noDocuments') }}</li>
      }
    </ul>
    @if (mayWrite()) {
      <rc-choice-field [label]="t('documentKind')" [options]="options()" [(value)]="kind" />
      <rc-file-drop
        accept=".pdf,.png,.jpg,.jpeg,.csv,.xlsx,.docx"
        [label]="t('addDocument')"
        [maxBytes]="maxBytes"
        (picked)="add($event)"
      />
    }
    @if (problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
      min-block-size: 36px;
    }
  `,
})
export class DocumentsPart {
  readonly documents = input.required<readonly CreditDocument[]>();
  readonly mayWrite = input(false);
  readonly changed = output<CreditDocument[]>();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly maxBytes = maxBytes;
  protected readonly kind = signal<string | undefined>('other');
  protected readonly options = computed(() =>
    kinds.map((value) => ({ value, name: t.find(`kind.${value}`) ?? value })),
  );
  readonly #upload = action(async (_requestId, file: File) => {
    const fileId = newId();
    await this.#api.upload(
      path`/v1/uploads/${fileId}`,
      file,
      (json) => json,
      () => undefined,
    );
    return fileId;
  });
  protected readonly open = action((_requestId, one: CreditDocument) =>
    this.#api.download(path`/v1/files/${one.fileId}`, one.name).then(() => true),
  );
  protected readonly problem = computed(() => this.#upload.problem() ?? this.open.problem());

  protected async add(file: File): Promise<void> {
    const fileId = await this.#upload.run(file);
    if (fileId === undefined) return;
    const one = { fileId, name: file.name.slice(0, 200), kind: this.kind() ?? 'other' };
    this.changed.emit([...this.documents(), one]);
  }

  protected remove(one: CreditDocument): void {
    this.changed.emit(this.documents().filter((other) => other !== one));
  }
}
