import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { mayCall } from '../session/caller';
import { Session } from '../session/session';
import { t } from './words';

/** Who may look at models: the contract's access of `ListModels`. */
export const modelReaders = [
  'credit_manager',
  'director',
  'general_manager',
  'auditor',
  'creditor:org_admin',
];

/** The pages of customers' credit, one beside the other. */
@Component({
  selector: 'rc-credit-nav',
  imports: [RouterLink, RouterLinkActive],
  template: `
    <nav [attr.aria-label]="t('nav')">
      @for (page of pages(); track page.link) {
        <a
          [routerLink]="page.link"
          routerLinkActive="active"
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="{ exact: page.link === '/customers' }"
        >
          {{ page.name }}
        </a>
      }
    </nav>
  `,
  styles: `
    nav {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-block-end: 12px;
    }
    a {
      display: flex;
      align-items: center;
      min-block-size: 32px;
      padding: 0 10px;
      border-radius: var(--rc-radius);
      color: var(--rc-text-2);
      text-decoration: none;
    }
    a:hover {
      background: var(--rc-surface-3);
    }
    .active {
      background: var(--rc-primary-soft);
      color: var(--rc-on-primary-soft);
      font-weight: 600;
    }
  `,
})
export class CreditNav {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly pages = computed(() => [
    { name: t('customers'), link: '/customers' },
    { name: t('ratings'), link: '/customers/ratings' },
    { name: t('warnings'), link: '/customers/warnings' },
    { name: t('admissions'), link: '/customers/admissions' },
    ...(mayCall(this.#caller(), modelReaders)
      ? [{ name: t('models'), link: '/customers/models' }]
      : []),
    { name: t('policy'), link: '/customers/policy' },
  ]);
}
