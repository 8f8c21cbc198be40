import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { CodeVerdict, GetCustomerResponse } from '@recourse/proto/web/credit/v1/credit';
import { path, read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import { formatMoney } from '../ui/format';
import { ObjectHeader } from '../ui/object-header';
import { BpsPipe, CountPipe, DayPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { daysText, trendText } from './behaviour-text';
import { t } from './words';

/** One customer: who they are and, per currency, how they pay. */
@Component({
  imports: [BpsPipe, Chip, CountPipe, DayPipe, MatButton, ObjectHeader, ProblemPanel, RouterLink],
  templateUrl: './customer-page.html',
  styles: `
    .sides {
      display: grid;
      gap: 16px;
    }
    @media (min-width: 960px) {
      .sides {
        grid-template-columns: 2fr 1fr;
        align-items: start;
      }
    }
    dl {
      display: grid;
      grid-template-columns: max-content 1fr;
      gap: 8px 16px;
      margin: 0;
    }
    dt {
      color: var(--rc-text-2);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    h2 {
      font-size: 15px;
      margin: 0 0 12px;
    }
  `,
})
export class CustomerPage {
  readonly customerId = input.required<string>();
  protected readonly t = t;
  protected readonly days = daysText;
  protected readonly trend = trendText;
  protected readonly crumbs = () => [{ name: t('title'), link: ['/customers'] }];
  protected readonly loaded = load(
    () => read(path`/v1/customers/${this.customerId()}`, GetCustomerResponse.fromJSON),
    { live: ['customer', 'payment', 'import'] },
  );
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
}
