import { Component, computed, effect, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { ListExport } from '../session/list-export';
import { ProblemPanel } from './problem-panel';
import { ProgressLine } from './progress-line';
import { t } from './words';

/** An export by the server: how far it is, cancel, what went wrong. Else it takes no room. */
@Component({
  selector: 'rc-list-export-line',
  imports: [MatButton, ProblemPanel, ProgressLine],
  template: `
    @if (of().problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" canRetry (retry)="of().again()" />
      <button matButton type="button" (click)="of().cancel()">{{ t('cancel') }}</button>
    } @else if (of().progress(); as far) {
      <rc-progress-line [stage]="far.stage" [done]="far.done" [total]="far.total" />
      <button matButton type="button" (click)="of().cancel()">{{ t('cancel') }}</button>
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
export class ListExportLine {
  readonly of = input.required<ListExport>();
  protected readonly t = t;
  protected readonly isOpen = computed(
    () => this.of().progress() !== undefined || this.of().problem() !== undefined,
  );
  protected readonly said = computed(() => {
    const rows = this.of().saved();
    return rows === undefined ? '' : t('exported', { count: rows });
  });

  constructor() {
    effect(() => {
      const of = this.of();
      untracked(() => void of.resume());
    });
  }
}
