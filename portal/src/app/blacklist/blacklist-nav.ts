import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Session } from '../session/session';
import { t } from './words';

/** A creditor's pages of the blacklist beside each other; an association has its places instead. */
@Component({
  selector: 'rc-blacklist-nav',
  imports: [RouterLink, RouterLinkActive],
  template: `
    @if (isCreditor()) {
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
    }
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
export class BlacklistNav {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly pages = [
    { link: '/blacklist', name: () => t('listings'), exact: true },
    { link: '/blacklist/screening', name: () => t('screening'), exact: false },
    { link: '/blacklist/bulk', name: () => t('bulk'), exact: false },
    { link: '/blacklist/alerts', name: () => t('alerts'), exact: false },
  ];
}
