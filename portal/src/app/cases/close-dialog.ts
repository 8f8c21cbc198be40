import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  CaseOutcome,
  CloseCaseRequest,
  CloseCaseResponse,
} from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { action } from '../session/action';
import { Api, path } from '../session/api';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { closingWords } from './closing-words';
import { t } from './words';

/**
 * Closes a case by hand as settled, with a reason. It is closed as paid by its last payment alone,
 * and what gives it up is approved by somebody else.
 */
@Component({
  selector: 'rc-close-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog [heading]="words('closeSettled')" size="small" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-text-field [rows]="3" [label]="t('closeReason')" [(value)]="reason" />
        @if (save.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || save.busy()"
        (click)="send()"
      >
        {{ words('closeSettled') }}
      </button>
    </rc-dialog>
  `,
})
export class CloseDialog {
  readonly of = input.required<Case>();
  readonly saved = output();
  readonly closed = output();
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly words = closingWords;
  protected readonly reason = signal('');
  protected readonly isWhole = computed(() => this.reason().trim().length >= 2);

  protected readonly save = action((requestId) => {
    const { caseId, version } = this.of();
    const request: CloseCaseRequest = {
      caseId,
      outcome: CaseOutcome.SETTLED,
      reason: this.reason().trim(),
      expectedVersion: version,
      requestId,
    };
    const at = path`/v1/cases/${caseId}:close`;
    return this.#api.post(at, CloseCaseRequest.toJSON(request), CloseCaseResponse.fromJSON, {
      requestId,
    });
  });

  protected async send(): Promise<void> {
    if ((await this.save.run()) !== undefined) this.saved.emit();
  }
}
