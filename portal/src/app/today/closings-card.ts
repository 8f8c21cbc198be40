import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ListWaitingClosingsResponse } from '@recourse/proto/web/cases/v1/closings';
import type { Closing } from '@recourse/proto/web/cases/v1/closings';
import { closingDeciders, subjectText } from '../cases/closing-text';
import { closingWords } from '../cases/closing-words';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { formatCount, formatMoney, formatRelativeDay } from '../ui/format';
import { t } from './words';

/** At most so many are told here. */
const told = 5;

/** Write-offs, withdrawals and sales that wait for this very person's decision. */
@Component({
  selector: 'rc-closings-card',
  imports: [Chip, RouterLink],
  template: `
    @if (waiting().length > 0) {
      <section class="rc-card rc-card-body">
        <div class="rc-row spread">
          <h2>{{ t('closingsWaiting') }}</h2>
          <a routerLink="/cases/closings" [queryParams]="{ states: 'CLOSING_STATE_PROPOSED' }">{{
            t('waitingCount', { count: count() })
          }}</a>
        </div>
        <ul>
          @for (one of shown(); track one.closingId) {
            <li>
              <span class="what">
                <a [routerLink]="['/cases/closings', one.closingId]">{{ subjectText(one) }}</a>
                <small>{{ textOf(one) }}</small>
              </span>
              <rc-chip tone="neutral">{{ dayOf(one) }}</rc-chip>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styleUrl: './card.scss',
  host: { '[style.display]': "waiting().length === 0 ? 'none' : null" },
})
export class ClosingsCard {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly subjectText = subjectText;
  readonly #loaded = load(
    () =>
      mayCall(this.#caller(), closingDeciders)
        ? read('/v1/closings/waiting', ListWaitingClosingsResponse.fromJSON)
        : undefined,
    { live: ['closing', 'payment', 'case'] },
  );
  protected readonly waiting = computed(() => this.#loaded.value()?.closings ?? []);
  protected readonly shown = computed(() => this.waiting().slice(0, told));
  protected readonly count = computed(() => formatCount(this.waiting().length));

  protected textOf({ kind, open, actor }: Closing): string {
    const named = { kind: closingWords.find(kind) ?? '', open: formatMoney(open) };
    return t('closingText', { ...named, name: actor?.name ?? '' });
  }

  protected dayOf({ lapsesOn }: Closing): string {
    return formatRelativeDay(lapsesOn);
  }
}
