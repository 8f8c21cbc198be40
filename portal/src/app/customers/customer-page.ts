import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatTab, MatTabContent, MatTabGroup } from '@angular/material/tabs';
import { RouterLink } from '@angular/router';
import { CodeVerdict, GetCustomerResponse } from '@recourse/proto/web/credit/v1/credit';
import { drafters } from '../blacklist/listings/roles';
import { RatingHistory } from '../ratings/rating-history';
import { RatingPanel } from '../ratings/rating-panel';
import { path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { oneFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { formatMoney, formatZone } from '../ui/format';
import { ObjectHeader } from '../ui/object-header';
import { ProblemPanel } from '../ui/problem-panel';
import { BehaviourTab } from './behaviour-tab';
import { CreditFileTab } from './credit-file-tab';
import { t as f } from './file-words';
import { StatementsTab } from './statements-tab';
import { t } from './words';

const tabs = ['rating', 'file', 'statements', 'behaviour', 'history'] as const;

/** One customer: what it is worth in credit and why, its file, how it pays. */
@Component({
  imports: [
    BehaviourTab,
    Chip,
    CreditFileTab,
    MatButton,
    MatTab,
    MatTabContent,
    MatTabGroup,
    ObjectHeader,
    ProblemPanel,
    RatingHistory,
    RatingPanel,
    RouterLink,
    StatementsTab,
  ],
  templateUrl: './customer-page.html',
  styles: `
    .tab {
      padding: 16px;
    }
    dd rc-chip {
      white-space: normal;
    }
  `,
})
export class CustomerPage {
  readonly customerId = input.required<string>();
  protected readonly t = t;
  protected readonly f = f;
  protected readonly zone = formatZone;
  protected readonly crumbs = () => [{ name: t('title'), link: ['/customers'] }];
  readonly #state = listState({ filters: { tab: oneFilter(tabs) }, sort: '' });
  protected readonly tabAt = computed(() => tabs.indexOf(this.#state.values().tab ?? 'rating'));
  protected readonly loaded = load(
    () => read(path`/v1/customers/${this.customerId()}`, GetCustomerResponse.fromJSON),
    { live: ['customer', 'payment', 'import'] },
  );
  readonly #caller = inject(Session).caller;
  protected readonly mayScreen = computed(() => mayCall(this.#caller(), drafters));
  protected readonly customer = computed(() => this.loaded.value()?.customer);
  protected readonly warns = computed(() => {
    const verdict = this.customer()?.creditCodeVerdict;
    return verdict === CodeVerdict.CHECK_FAILS || verdict === CodeVerdict.MALFORMED;
  });
  protected readonly figures = computed(() =>
    (this.customer()?.behaviours ?? []).flatMap((behaviour) => [
      { name: `${t('exposure')} ${behaviour.currency}`, value: formatMoney(behaviour.exposure) },
      { name: `${t('overdue')} ${behaviour.currency}`, value: formatMoney(behaviour.overdue) },
    ]),
  );

  protected chooseTab(at: number): void {
    const tab = tabs[at];
    if (at !== this.tabAt() && tab !== undefined) this.#state.set({ tab });
  }
}
