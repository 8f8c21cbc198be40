import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { ExportProgress } from '../session/list-export';
import type { Problem } from '../session/problem';
import { ProblemPanel } from './problem-panel';
import { ProgressLine } from './progress-line';
import { t } from './words';

/** An export under way, by whoever writes it: how far it is, cancel, what went wrong. */
@Component({
  selector: 'rc-export-line',
  imports: [MatButton, ProblemPanel, ProgressLine],
  template: `
    @if (problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" canRetry (retry)="again.emit()" />
      <button matButton type="button" (click)="cancelled.emit()">{{ t('cancel') }}</button>
    } @else if (progress(); as far) {
      <rc-progress-line
        [stage]="far.stage"
        [done]="far.done"
        [total]="far.total"
        [perSecond]="far.perSecond ?? 0"
      />
      <button matButton type="button" (click)="cancelled.emit()">{{ t('cancel') }}</button>
    }
    <span class="rc-hidden" role="status">{{ said() }}</span>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 12px;
      position: relative;
    }
    :host(.running) {
      padding: 8px 12px;
      border-block-end: 1px solid var(--rc-line);
    }
    rc-progress-line,
    rc-problem-panel {
      flex: 1;
    }
  `,
  host: { '[class.running]': 'isOpen()' },
})
export class ExportLine {
  readonly progress = input<ExportProgress | undefined>();
  readonly problem = input<Problem | undefined>();
  /** What screen readers are told when it has ended. */
  readonly said = input('');
  readonly again = output();
  readonly cancelled = output();
  protected readonly t = t;
  protected readonly isOpen = computed(
    () => this.progress() !== undefined || this.problem() !== undefined,
  );
}
