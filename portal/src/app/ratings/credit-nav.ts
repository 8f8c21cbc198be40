import { Component, computed, inject } from '@angular/core';
import { mayCall } from '../session/caller';
import { Session } from '../session/session';
import { type NavPage, PageNav } from '../ui/page-nav';
import { t } from './words';

/** Who may look at models: the contract's access of `ListModels`. */
export const modelReaders = [
  'credit_manager',
  'director',
  'general_manager',
  'auditor',
  'creditor:org_admin',
];

/** Who may write a policy: the contract's access of `PutCreditPolicy`. */
export const policyWriters = ['credit_manager', 'director', 'creditor:org_admin'];

/** The pages of customers' credit, one beside the other. */
@Component({
  selector: 'rc-credit-nav',
  imports: [PageNav],
  template: `<rc-page-nav [label]="t('nav')" [pages]="pages()" />`,
})
export class CreditNav {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly pages = computed((): NavPage[] => [
    { name: () => t('customers'), link: '/customers', exact: true },
    { name: () => t('ratings'), link: '/customers/ratings', exact: false },
    { name: () => t('warnings'), link: '/customers/warnings', exact: false },
    { name: () => t('admissions'), link: '/customers/admissions', exact: false },
    ...(mayCall(this.#caller(), modelReaders)
      ? [{ name: () => t('models'), link: '/customers/models', exact: false }]
      : []),
    { name: () => t('policy'), link: '/customers/policy', exact: false },
  ]);
}
