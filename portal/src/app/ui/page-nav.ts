import { Component, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';

/** One of the pages that stand beside each other; `exact` where its address begins the others'. */
export type NavPage = { link: string; name: () => string; exact: boolean };

/** Pages of one noun beside each other; where one stands is said and underlined. */
@Component({
  selector: 'rc-page-nav',
  imports: [RouterLink, RouterLinkActive],
  template: `
    <nav [attr.aria-label]="label()">
      @for (page of pages(); track page.link) {
        <a
          [routerLink]="page.link"
          routerLinkActive="active"
          [routerLinkActiveOptions]="{ exact: page.exact }"
          ariaCurrentWhenActive="page"
        >
          {{ page.name() }}
        </a>
      }
    </nav>
  `,
  styles: `
    nav {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 20px;
      margin-block-end: 16px;
      border-block-end: 1px solid var(--rc-line);
    }
    a {
      padding-block: 8px;
      border-block-end: 2px solid transparent;
      color: var(--rc-text-2);
      text-decoration: none;
    }
    a:hover {
      color: var(--rc-text);
    }
    a.active {
      border-color: var(--rc-primary);
      color: var(--rc-text);
      font-weight: 600;
    }
  `,
})
export class PageNav {
  readonly label = input.required<string>();
  readonly pages = input.required<readonly NavPage[]>();
}
