import { Component, computed, input } from '@angular/core';
import type { GetRatingResponse } from '@recourse/proto/web/credit/v1/ratings';
import { Chip } from '../ui/chip';
import { formatBps, formatMoney } from '../ui/format';
import { t } from './words';

/** What a customer owes against its limit, as a bar and in words. */
@Component({
  selector: 'rc-limit-bar',
  imports: [Chip],
  template: `
    <div class="rc-track-words">
      <span>{{ text() }}</span>
      @if (of().overLimit) {
        <rc-chip tone="bad">{{ over() }}</rc-chip>
      } @else if (hasLimit()) {
        <span class="rc-figure">{{ used() }}</span>
      }
    </div>
    <div
      class="rc-track"
      role="meter"
      aria-valuemin="0"
      aria-valuemax="100"
      [attr.aria-label]="t('used')"
      [attr.aria-valuenow]="percent()"
      [attr.aria-valuetext]="text()"
    >
      <div
        [class.near]="percent() >= 90"
        [class.over]="of().overLimit"
        [style.inline-size.%]="percent()"
      ></div>
    </div>
  `,
  styles: `
    .near {
      background: var(--rc-area-amber);
    }
    .over {
      background: var(--rc-area-red);
    }
  `,
})
export class LimitBar {
  readonly of = input.required<GetRatingResponse>();
  protected readonly t = t;
  protected readonly hasLimit = computed(() => (this.of().rating?.limit?.minor ?? 0n) > 0n);
  protected readonly used = computed(() => formatBps(this.of().usedBps));
  protected readonly percent = computed(() => {
    if (this.of().overLimit) return 100;
    return Math.min(100, Math.round(this.of().usedBps / 100));
  });
  protected readonly text = computed(() => {
    const { exposure, rating } = this.of();
    if (!this.hasLimit()) return `${t('noLimit')} · ${t('exposure')} ${formatMoney(exposure)}`;
    return t('usedOf', { exposure: formatMoney(exposure), limit: formatMoney(rating?.limit) });
  });
  protected readonly over = computed(() => {
    const { exposure, rating } = this.of();
    const limit = rating?.limit;
    if (exposure === undefined || limit === undefined || exposure.currency !== limit.currency) {
      return t('over');
    }
    const minor = exposure.minor - limit.minor;
    return t('overText', { amount: formatMoney({ currency: limit.currency, minor }) });
  });
}
