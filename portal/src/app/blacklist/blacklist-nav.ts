import { Component, computed, inject } from '@angular/core';
import { Session } from '../session/session';
import { type NavPage, PageNav } from '../ui/page-nav';
import { t } from './words';

/** A creditor's pages of the blacklist beside each other; an association has its places instead. */
@Component({
  selector: 'rc-blacklist-nav',
  imports: [PageNav],
  template: `
    @if (isCreditor()) {
      <rc-page-nav [label]="t('nav')" [pages]="pages" />
    }
  `,
})
export class BlacklistNav {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly pages: readonly NavPage[] = [
    { link: '/blacklist', name: () => t('listings'), exact: true },
    { link: '/blacklist/screening', name: () => t('screening'), exact: false },
    { link: '/blacklist/bulk', name: () => t('bulk'), exact: false },
    { link: '/blacklist/alerts', name: () => t('alerts'), exact: false },
  ];
}
