import { Component, input } from '@angular/core';
import { Icon } from './icon';

/**
 * Something a person should know before going on: what to look at again (`warn`), or what keeps
 * them from it (`bad`). What went wrong is said by `rc-problem-panel` instead.
 */
@Component({
  selector: 'rc-notice',
  imports: [Icon],
  template: `
    <rc-icon [name]="tone() === 'bad' ? 'error' : 'warning'" />
    <div class="words"><ng-content /></div>
  `,
  host: { '[class.bad]': "tone() === 'bad'", role: 'status' },
  styles: `
    :host {
      display: flex;
      align-items: flex-start;
      gap: 8px 12px;
      padding: 8px 12px;
      border-radius: var(--rc-radius);
      background: var(--rc-amber-soft);
      color: var(--rc-text);
    }
    :host(.bad) {
      background: var(--rc-red-soft);
    }
    rc-icon {
      --rc-icon-size: 20px;

      flex: none;
      color: var(--rc-amber);
    }
    :host(.bad) rc-icon {
      color: var(--rc-red);
    }
    .words {
      display: flex;
      flex-direction: column;
      gap: 4px;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class Notice {
  readonly tone = input<'warn' | 'bad'>('warn');
}
