import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Problem } from '../session/problem';
import { Dialog } from '../ui/dialog';
import { ProblemPanel } from '../ui/problem-panel';
import { TextField } from '../ui/text-field';
import { t } from './words';

/** Asks for the reason of a refusal or recall before it is sent. */
@Component({
  selector: 'rc-answer-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog size="small" [heading]="heading()" (closed)="closed.emit()">
      <div class="rc-stack">
        <rc-text-field [rows]="3" [label]="t('reason')" [(value)]="reason" />
        @if (problem(); as failed) {
          <rc-problem-panel compact [problem]="failed" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || busy()"
        (click)="confirmed.emit(reason().trim())"
      >
        {{ confirm() }}
      </button>
    </rc-dialog>
  `,
})
export class AnswerDialog {
  readonly heading = input.required<string>();
  readonly confirm = input.required<string>();
  readonly busy = input(false);
  readonly problem = input<Problem>();
  readonly confirmed = output<string>();
  readonly closed = output();
  protected readonly t = t;
  protected readonly reason = signal('');
  protected readonly isWhole = computed(() => this.reason().trim().length >= 2);
}
