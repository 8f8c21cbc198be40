import { Component } from '@angular/core';
import { type NavPage, PageNav } from '../ui/page-nav';
import { t } from './words';

/** The pages of litigation beside each other. */
@Component({
  selector: 'rc-law-nav',
  imports: [PageNav],
  template: `<rc-page-nav [label]="t('nav')" [pages]="pages" />`,
})
export class LawNav {
  protected readonly t = t;
  protected readonly pages: readonly NavPage[] = [
    { link: '/litigation', name: () => t('matters'), exact: true },
    { link: '/litigation/deadlines', name: () => t('deadlines'), exact: false },
    { link: '/litigation/limitation', name: () => t('limitation'), exact: false },
    { link: '/litigation/calculators', name: () => t('calculators'), exact: false },
  ];
}
