import { Component } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { t } from './words';

/** The pages of litigation beside each other; where one stands is said and underlined. */
@Component({
  selector: 'rc-law-nav',
  imports: [RouterLink, RouterLinkActive],
  template: `
    <nav [attr.aria-label]="t('nav')">
      @for (page of pages; track page.link) {
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
export class LawNav {
  protected readonly t = t;
  protected readonly pages = [
    { link: '/litigation', name: () => t('matters'), exact: true },
    { link: '/litigation/deadlines', name: () => t('deadlines'), exact: false },
    { link: '/litigation/limitation', name: () => t('limitation'), exact: false },
    { link: '/litigation/calculators', name: () => t('calculators'), exact: false },
  ];
}
