import { Component, input } from '@angular/core';
import type { InterestPart } from '@recourse/proto/web/litigation/v1/calculators';
import type { MoneyValue } from '../../ui/format';
import { DayPipe, MoneyPipe } from '../../ui/pipes';
import { ratePercent } from './rate-text';
import { t } from './words';

/** Interest stretch by stretch; the parts add up to the whole, to the fen of the last rounding. */
@Component({
  selector: 'rc-interest-parts',
  imports: [DayPipe, MoneyPipe],
  template: `
    <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="t('result')">
      <table class="rc-lines">
        <thead>
          <tr>
            <th scope="col">{{ t('from') }}</th>
            <th scope="col">{{ t('to') }}</th>
            <th scope="col" class="rc-number">{{ t('days') }}</th>
            <th scope="col" class="rc-number">{{ t('base') }}</th>
            <th scope="col" class="rc-number">{{ t('rate') }}</th>
            <th scope="col" class="rc-number">{{ t('partInterest') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (part of parts(); track $index) {
            <tr>
              <td>{{ part.fromDay | day }}</td>
              <td>{{ part.toDay | day }}</td>
              <td class="rc-number">{{ part.days }}</td>
              <td class="rc-number">{{ part.base | money: 'bare' }}</td>
              <td class="rc-number">{{ rateOf(part) }}</td>
              <td class="rc-number">{{ part.interest | money: 'bare' }}</td>
            </tr>
          }
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="5">{{ t('total') }}</th>
            <td class="rc-number">{{ total() | money }}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    <p class="rc-muted">{{ t('interestNote') }}</p>
  `,
})
export class InterestParts {
  readonly parts = input.required<readonly InterestPart[]>();
  readonly total = input.required<MoneyValue | undefined>();
  protected readonly t = t;

  protected rateOf(part: InterestPart): string {
    const rate = ratePercent(part.rateE8);
    return part.per === 'day' ? t('perDay', { rate }) : t('perYear', { rate });
  }
}
