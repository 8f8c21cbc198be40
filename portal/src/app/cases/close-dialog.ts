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
import { ChoiceField } from '../ui/choice-field';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './words';

/** Paid is not here: a case is closed as paid by its last payment, never by hand. */
const outcomes = [
  CaseOutcome.SETTLED,
  CaseOutcome.WRITTEN_OFF,
  CaseOutcome.SOLD,
  CaseOutcome.WITHDRAWN,
];

/** Closes a case by hand, with outcome and reason. */
@Component({
  selector: 'rc-close-dialog',
  imports: [ChoiceField, Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog [heading]="t('close')" size="small" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-choice-field [label]="t('outcome')" [options]="options()" [(value)]="outcome" />
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
        {{ t('close') }}
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
  protected readonly outcome = signal<CaseOutcome | undefined>(undefined);
  protected readonly reason = signal('');
  protected readonly options = () =>
    outcomes.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly isWhole = computed(
    () => this.outcome() !== undefined && this.reason().trim().length >= 2,
  );

  protected readonly save = action((requestId) => {
    const { caseId, version } = this.of();
    const request: CloseCaseRequest = {
      caseId,
      outcome: this.outcome() ?? CaseOutcome.WITHDRAWN,
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
