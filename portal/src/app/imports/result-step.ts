import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { ImportState } from '@recourse/proto/web/cases/v1/imports';
import type { Import } from '@recourse/proto/web/cases/v1/imports';
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
      <div class="rc-row">
        @if (isCommitted()) {
          <a matButton="filled" routerLink="/receivables">{{ t('seeReceivables') }}</a>
          <a matButton="outlined" routerLink="/cases" [queryParams]="{ dialog: 'open' }">
            {{ t('openCases') }}
          </a>
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

  protected readonly heading = computed(() => {
    switch (this.of().state) {
      case ImportState.COMMITTED:
        return t('committed');
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
