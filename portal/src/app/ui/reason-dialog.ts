import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { action } from '../session/action';
import { Dialog } from './dialog';
import { ProblemPanel } from './problem-panel';
import { TextField } from './text-field';
import { t } from './words';

/** What is decided, in words, and how it is sent; gives what to say when it was done. */
export type Deciding = {
  heading: string;
  text: string;
  action: string;
  send(requestId: string, reason: string): Promise<string>;
};

/** Says what a decision does to whom, takes the reason, and does it. */
@Component({
  selector: 'rc-reason-dialog',
  imports: [Dialog, MatButton, ProblemPanel, TextField],
  template: `
    <rc-dialog size="small" [heading]="deciding().heading" (closed)="closed.emit()">
      <div class="rc-stack">
        <p>{{ deciding().text }}</p>
        <rc-text-field [rows]="3" [label]="t('reasonKept')" [(value)]="reason" />
        @if (decide.problem(); as problem) {
          <rc-problem-panel compact [problem]="problem" />
        }
      </div>
      <button
        actions
        matButton="filled"
        type="button"
        [disabled]="!isWhole() || decide.busy()"
        (click)="send()"
      >
        {{ deciding().action }}
      </button>
    </rc-dialog>
  `,
})
export class ReasonDialog {
  readonly deciding = input.required<Deciding>();
  /** In words, what was done. */
  readonly decided = output<string>();
  readonly closed = output();
  protected readonly t = t;
  protected readonly reason = signal('');
  /** The contract asks for three signs. */
  protected readonly isWhole = computed(() => this.reason().trim().length >= 3);
  protected readonly decide = action((requestId) =>
    this.deciding().send(requestId, this.reason().trim()),
  );

  protected async send(): Promise<void> {
    const said = await this.decide.run();
    if (said !== undefined) this.decided.emit(said);
  }
}
