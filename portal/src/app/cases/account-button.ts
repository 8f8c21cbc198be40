import { Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ExportAccountResponse } from '@recourse/proto/web/cases/v1/work';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { language } from '../session/language';
import { ProblemPanel } from '../ui/problem-panel';
import { accountWords } from './account-words';

/** Downloads what a debtor is asked to confirm, in the language of the screen. */
@Component({
  selector: 'rc-account-button',
  imports: [MatButton, ProblemPanel],
  template: `
    <button
      matButton="outlined"
      type="button"
      [disabled]="download.busy()"
      (click)="download.run()"
    >
      {{ t('download') }}
    </button>
    @if (download.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
  `,
  styles: `
    :host {
      display: block;
      margin-block-end: 12px;
    }
  `,
})
export class AccountButton {
  readonly caseId = input.required<string>();
  readonly #api = inject(Api);
  protected readonly t = accountWords;
  protected readonly download = action(async () => {
    const at = path`/v1/cases/${this.caseId()}/account/file`;
    const asked = { language: language() };
    const { file } = await this.#api.get(at, ExportAccountResponse.fromJSON, asked);
    if (file !== undefined) await this.#api.download(path`/v1/files/${file.fileId}`, file.fileName);
    return true;
  });
}
