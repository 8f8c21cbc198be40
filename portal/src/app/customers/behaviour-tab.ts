import { Component, input } from '@angular/core';
import type { Customer, PaymentBehaviour } from '@recourse/proto/web/credit/v1/credit';
import { BpsPipe, CountPipe, DayPipe } from '../ui/pipes';
import { daysText, trendText } from './behaviour-text';
import { t } from './words';

/** How a customer pays, per currency. */
@Component({
  selector: 'rc-behaviour-tab',
  imports: [BpsPipe, CountPipe, DayPipe],
  template: `
    @for (behaviour of of().behaviours; track behaviour.currency) {
      <section>
        <h2>{{ t('behaviour', { currency: behaviour.currency }) }}</h2>
        <dl class="rc-facts">
          <dt>{{ t('count') }}</dt>
          <dd>{{ behaviour.receivableCount | count }}</dd>
          <dt>{{ t('settled') }}</dt>
          <dd>{{ behaviour.settledCount | count }}</dd>
          <dt>{{ t('lateShare') }}</dt>
          <dd>{{ (isKnown(behaviour) ? behaviour.lateShareBps : undefined) | bps }}</dd>
          <dt>{{ t('meanLate') }}</dt>
          <dd>{{ isKnown(behaviour) ? days(behaviour.meanDaysLateTenths) : '–' }}</dd>
          <dt>{{ t('worst') }}</dt>
          <dd>{{ days(behaviour.worstDaysLate * 10) }}</dd>
          <dt>{{ t('trend') }}</dt>
          <dd>{{ trend(behaviour) }}</dd>
          <dt>{{ t('disputed') }}</dt>
          <dd>{{ behaviour.disputedCount | count }}</dd>
          <dt>{{ t('lastSettled') }}</dt>
          <dd>{{ behaviour.lastSettledDate | day }}</dd>
        </dl>
        <p class="rc-muted">{{ t('behaviourHint') }}</p>
      </section>
    } @empty {
      <p class="rc-muted">{{ t('noBehaviour') }}</p>
    }
  `,
  styles: `
    :host,
    section {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
  `,
})
export class BehaviourTab {
  readonly of = input.required<Customer>();
  protected readonly t = t;
  protected readonly days = daysText;
  protected readonly trend = trendText;

  /** Shares and means are of what was settled; of nothing they would say 0 %. */
  protected isKnown(behaviour: PaymentBehaviour): boolean {
    return behaviour.settledCount > 0n;
  }
}
