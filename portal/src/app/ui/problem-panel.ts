import { booleanAttribute, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Problem } from '../session/problem';
import { problemText } from '../session/problem-words';
import { Icon } from './icon';
import { t } from './words';

/**
 * Says what went wrong and how to go on. `compact` is one line above a form or table; otherwise it
 * stands where the content would be.
 */
@Component({
  selector: 'rc-problem-panel',
  imports: [Icon, MatButton],
  template: `
    <div class="panel" [class.compact]="compact()" role="alert">
      <rc-icon [name]="problem().status === 0 ? 'cloud_off' : 'error'" />
      <div class="words">
        @if (!compact()) {
          <h2>{{ heading() || t('failedTitle') }}</h2>
        }
        <p>{{ text() }}</p>
        @if (problem().requestId) {
          <p class="id">{{ t('requestId', { id: problem().requestId }) }}</p>
        }
      </div>
      @if (canRetry()) {
        <button matButton="outlined" type="button" (click)="retry.emit()">{{ t('retry') }}</button>
      }
    </div>
  `,
  styles: `
    .panel {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 8px;
      padding: 40px 16px;
      text-align: center;
    }
    .panel > rc-icon {
      --rc-icon-size: 28px;
      color: var(--rc-red);
    }
    .words {
      max-inline-size: 56ch;
    }
    .id {
      color: var(--rc-text-2);
      font-size: 12px;
    }
    .compact {
      flex-flow: row wrap;
      padding: 8px 12px;
      border-radius: var(--rc-radius);
      background: var(--rc-red-soft);
      color: var(--rc-red);
      text-align: start;
    }
    .compact > rc-icon {
      --rc-icon-size: 20px;
    }
    .compact .words {
      flex: 1 1 24ch;
      max-inline-size: none;
    }
    .compact .id {
      color: inherit;
    }
  `,
})
export class ProblemPanel {
  readonly problem = input.required<Problem>();
  readonly heading = input('');
  readonly compact = input(false, { transform: booleanAttribute });
  /** Offers the retry button. */
  readonly canRetry = input(false, { transform: booleanAttribute });
  readonly retry = output();
  protected readonly t = t;
  protected readonly text = computed(() => problemText(this.problem()));
}
