import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from './icon';
import { pageTitle } from './page-title';

/** A step of the way to a page below the second level. */
export type Crumb = { name: string; link: string | readonly (string | number)[] };

/**
 * The head of a list or plain page: its one `h1`, which also names the tab, a line below it, and
 * the page's actions at the end (`<button actions …>`).
 */
@Component({
  selector: 'rc-page-header',
  imports: [Icon, RouterLink],
  template: `
    @if (crumbs().length > 0) {
      <nav class="crumbs">
        @for (crumb of crumbs(); track crumb.name) {
          <a [routerLink]="crumb.link">{{ crumb.name }}</a>
          <rc-icon name="chevron_right" />
        }
      </nav>
    }
    <div class="line">
      <div class="words">
        <h1 tabindex="-1">{{ heading() }}</h1>
        @if (lead()) {
          <p class="rc-muted">{{ lead() }}</p>
        }
      </div>
      <div class="actions"><ng-content select="[actions]" /></div>
    </div>
    <ng-content />
  `,
  styles: `
    :host {
      display: block;
      margin-block-end: 16px;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      justify-content: space-between;
      gap: 8px 16px;
    }
    .words {
      min-inline-size: 0;
    }
    h1:focus {
      outline: none;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .actions:empty {
      display: none;
    }
    .crumbs {
      --rc-icon-size: 16px;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px;
      margin-block-end: 4px;
      color: var(--rc-text-2);
    }
    .crumbs a {
      color: inherit;
      text-decoration: none;
    }
    .crumbs a:hover {
      text-decoration: underline;
    }
  `,
})
export class PageHeader {
  readonly heading = input.required<string>();
  readonly lead = input('');
  readonly crumbs = input<readonly Crumb[]>([]);

  constructor() {
    pageTitle(this.heading);
  }
}
