import { Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { FileRef } from '@recourse/proto/web/type/v1/type';
import { action } from '../../session/action';
import { Api, path } from '../../session/api';
import { BytesPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { t } from './words';

/** Papers beside a message; whoever may not open them is told their names all the same. */
@Component({
  selector: 'rc-paper-list',
  imports: [BytesPipe, MatButton, ProblemPanel],
  template: `
    @if (papers().length > 0) {
      <ul [attr.aria-label]="t('papers')">
        @for (one of papers(); track one.fileId) {
          <li class="rc-row">
            <span>{{ one.fileName }}</span>
            <span class="rc-muted">{{ one.sizeBytes | bytes }}</span>
            @if (canOpen()) {
              <button
                matButton
                type="button"
                [disabled]="download.busy()"
                [attr.aria-label]="t('download') + ' ' + one.fileName"
                (click)="download.run(one)"
              >
                {{ t('download') }}
              </button>
            }
          </li>
        }
      </ul>
    }
    @if (download.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
  `,
})
export class PaperList {
  readonly papers = input.required<readonly FileRef[]>();
  readonly canOpen = input(false);
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly download = action((_requestId, { fileId, fileName }: FileRef) =>
    this.#api.download(path`/v1/files/${fileId}`, fileName),
  );
}
