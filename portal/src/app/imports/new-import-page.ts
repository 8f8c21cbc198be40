import { Component, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { CreateImportRequest, CreateImportResponse } from '@recourse/proto/web/cases/v1/imports';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { newId } from '../session/new-id';
import { explain } from '../session/problem-words';
import { FileDrop } from '../ui/file-drop';
import { PageHeader } from '../ui/page-header';
import { ProblemPanel } from '../ui/problem-panel';
import { ProgressLine } from '../ui/progress-line';
import { TextField } from '../ui/text-field';
import { Wizard } from '../ui/wizard';
import { WizardStep } from '../ui/wizard-step';
import { importSteps } from './steps';
import { t } from './words';

/** The server refuses more; said before the upload instead of after it. */
const maxBytes = 512 * 1024 * 1024;

/** First step: the file. It is uploaded and named, then the import's own page goes on. */
@Component({
  imports: [FileDrop, PageHeader, ProblemPanel, ProgressLine, TextField, Wizard, WizardStep],
  template: `
    <rc-page-header [heading]="t('title')" [crumbs]="crumbs()" />
    <rc-wizard [steps]="steps()" [at]="0">
      <rc-wizard-step>
        <div class="rc-stack">
          <rc-text-field [label]="t('source')" [hint]="t('sourceHint')" [(value)]="source" />
          @if (send.busy()) {
            <rc-progress-line
              [stage]="t('uploading', { name: fileName() })"
              [done]="sent()"
              [total]="total()"
            />
          } @else {
            <rc-file-drop
              accept=".csv,.txt,.xlsx,.xls,.htm,.html,.xml"
              [label]="t('dropTitle')"
              [hint]="t('dropHint')"
              [maxBytes]="maxBytes"
              (picked)="upload($event)"
            />
          }
          @if (send.problem(); as problem) {
            <rc-problem-panel compact [problem]="problem" />
          }
        </div>
      </rc-wizard-step>
    </rc-wizard>
  `,
})
export class NewImportPage {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  protected readonly t = t;
  protected readonly maxBytes = maxBytes;
  protected readonly source = signal('');
  protected readonly fileName = signal('');
  protected readonly sent = signal(0);
  protected readonly total = signal(0);
  protected readonly steps = () => importSteps();
  protected readonly crumbs = () => [{ name: t('receivables'), link: ['/receivables'] }];
  protected readonly explain = explain(t);

  protected readonly send = action(async (requestId, file: File) => {
    const uploadId = newId();
    const importId = newId();
    await this.#api.upload(
      path`/v1/uploads/${uploadId}`,
      file,
      (json) => json,
      (sent, total) => {
        this.sent.set(sent);
        this.total.set(total);
      },
    );
    const body = CreateImportRequest.toJSON({ importId, uploadId, source: this.source() });
    const at = path`/v1/imports/${importId}`;
    await this.#api.put(at, body, CreateImportResponse.fromJSON, { requestId });
    return importId;
  });

  protected async upload(file: File): Promise<void> {
    this.fileName.set(file.name);
    this.total.set(file.size);
    const importId = await this.send.run(file);
    if (importId !== undefined) await this.#router.navigate(['/receivables/imports', importId]);
  }
}
