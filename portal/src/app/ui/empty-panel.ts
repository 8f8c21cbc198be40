import { Component, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icon-names';

/** What stands where nothing is yet: why, and (as content) what to do about it. */
@Component({
  selector: 'rc-empty-panel',
  imports: [Icon],
  template: `
    <rc-icon [name]="icon()" />
    <h2>{{ heading() }}</h2>
    @if (hint()) {
      <p class="rc-muted">{{ hint() }}</p>
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 6px;
      padding: 48px 16px;
      text-align: center;
    }
    rc-icon {
      --rc-icon-size: 28px;
      color: var(--rc-text-2);
    }
    p {
      max-inline-size: 52ch;
      text-wrap: balance;
      margin-block-end: 8px;
    }
  `,
})
export class EmptyPanel {
  readonly heading = input.required<string>();
  readonly hint = input('');
  readonly icon = input<IconName>('inbox');
}
