import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ListWaitingSettlementsResponse } from '@recourse/proto/web/cases/v1/settlements';
import type { Settlement } from '@recourse/proto/web/cases/v1/settlements';
import { discountText } from '../cases/settlement-text';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { formatCount, formatMoney, formatRelativeDay } from '../ui/format';
import { t } from './words';

/** Who decides settlements, as the contract says. */
const deciding = ['supervisor', 'director', 'general_manager'];

/** At most so many are told here. */
const told = 5;

/** Settlements that wait for this very person's decision; nothing for who has none. */
@Component({
  selector: 'rc-settlements-card',
  imports: [Chip, RouterLink],
  template: `
    @if (waiting().length > 0) {
      <section class="rc-card rc-card-body">
        <div class="rc-row spread">
          <h2>{{ t('settlementsWaiting') }}</h2>
          <span class="rc-muted">{{ t('waitingCount', { count: count() }) }}</span>
        </div>
        <ul>
          @for (one of shown(); track one.settlementId) {
            <li>
              <span class="what">
                <a [routerLink]="['/cases', one.caseId]" [queryParams]="{ tab: 'promises' }">{{
                  one.debtorName
                }}</a>
                <small>{{ textOf(one) }}</small>
              </span>
              <rc-chip [tone]="one.terms?.deeper ? 'warn' : 'neutral'">{{ dayOf(one) }}</rc-chip>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styleUrl: './card.scss',
  host: { '[style.display]': "waiting().length === 0 ? 'none' : null" },
})
export class SettlementsCard {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  readonly #loaded = load(
    () =>
      mayCall(this.#caller(), deciding)
        ? read('/v1/settlements/waiting', ListWaitingSettlementsResponse.fromJSON)
        : undefined,
    { live: ['settlement', 'payment', 'case'] },
  );
  protected readonly waiting = computed(() => this.#loaded.value()?.settlements ?? []);
  protected readonly shown = computed(() => this.waiting().slice(0, told));
  protected readonly count = computed(() => formatCount(this.waiting().length));

  protected textOf({ amount, terms, actor }: Settlement): string {
    const named = { amount: formatMoney(amount), discount: discountText(terms) };
    return t('settlementText', { ...named, name: actor?.name ?? '' });
  }

  protected dayOf({ dueDay }: Settlement): string {
    return formatRelativeDay(dueDay);
  }
}
