import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { ImportState } from '@recourse/proto/web/cases/v1/imports';
import type { Import } from '@recourse/proto/web/cases/v1/imports';
import { GetAgingResponse } from '@recourse/proto/web/cases/v1/receivables';
import { caseOpeners } from '../cases/openers';
import { overdueSum } from '../receivables/overdue-sum';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { load } from '../session/load';
import { Session } from '../session/session';
import { formatCount } from '../ui/format';
import { StatTile } from '../ui/stat-tile';
import { ruleText } from './rules';
import { t } from './words';

/** Last step: what came of it, and the way on or back. */
@Component({
  selector: 'rc-result-step',
  imports: [MatButton, RouterLink, StatTile],
  template: `
    <div class="rc-stack" [attr.data-state]="of().state">
      <h2>{{ heading() }}</h2>
      @if (isFailed()) {
        <p>{{ failure() }}</p>
      } @else if (of().counts; as counts) {
        <div class="tiles">
          <rc-stat-tile [name]="t('newOnes')" [value]="format(counts.receivablesNew)" />
          <rc-stat-tile [name]="t('changed')" [value]="format(counts.receivablesChanged)" />
          <rc-stat-tile [name]="t('unchanged')" [value]="format(counts.receivablesUnchanged)" />
          <rc-stat-tile [name]="t('customersSeen')" [value]="format(counts.customersSeen)" />
          <rc-stat-tile [name]="t('rejected')" [value]="format(counts.rejected)" />
        </div>
      }
      @if (overdue() !== '') {
        <p>{{ t('overdueNow', { amount: overdue() }) }}</p>
      }
      <div class="rc-row">
        @if (isCommitted()) {
          @if (overdue() !== '' && mayOpen()) {
            <a matButton="filled" routerLink="/cases" [queryParams]="{ dialog: 'open' }">
              {{ t('openCases') }}
            </a>
            <a matButton="outlined" routerLink="/receivables">{{ t('seeReceivables') }}</a>
          } @else {
            <a matButton="filled" routerLink="/receivables">{{ t('seeReceivables') }}</a>
          }
          <a matButton routerLink="/customers/ratings">{{ t('seeRatings') }}</a>
          <button matButton type="button" [disabled]="busy()" (click)="undo.emit()">
            {{ t('undo') }}
          </button>
        } @else {
          <a matButton="filled" routerLink="/receivables/imports/new">
            {{ isFailed() ? t('tryAgain') : t('again') }}
          </a>
        }
      </div>
    </div>
  `,
  styles: `
    .tiles {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
      gap: 12px;
    }
    h2 {
      font-size: 18px;
      margin: 0;
    }
  `,
})
export class ResultStep {
  readonly of = input.required<Import>();
  readonly busy = input(false);
  readonly undo = output();
  protected readonly t = t;
  protected readonly format = formatCount;
  protected readonly isFailed = computed(() => this.of().state === ImportState.FAILED);
  protected readonly isCommitted = computed(() => this.of().state === ImportState.COMMITTED);

  readonly #caller = inject(Session).caller;
  protected readonly mayOpen = computed(() => mayCall(this.#caller(), caseOpeners));
  /** How much of the whole book is overdue once this is written: what to do next. */
  readonly #aging = load(
    () => (this.isCommitted() ? read('/v1/aging', GetAgingResponse.fromJSON) : undefined),
    { live: ['import', 'payment'] },
  );
  protected readonly overdue = computed(() => overdueSum(this.#aging.value()));

  protected readonly heading = computed(() => {
    const { state, counts } = this.of();
    switch (state) {
      case ImportState.COMMITTED:
        return t('committedCount', {
          count: (counts?.receivablesNew ?? 0n) + (counts?.receivablesChanged ?? 0n),
          customers: counts?.customersSeen ?? 0n,
        });
      case ImportState.UNDONE:
        return t('undone');
      case ImportState.CANCELLED:
        return t('cancelled');
      default:
        return t('failed');
    }
  });

  protected readonly failure = computed(() => {
    const { failureReason, failureFacts } = this.of();
    const facts = Object.entries(failureFacts).map(([name, value]) => `${name}: ${value}`);
    return [ruleText(failureReason, failureReason), ...facts].join(' · ');
  });
}
