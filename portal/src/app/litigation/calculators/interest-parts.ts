import { Component, input } from '@angular/core';
import type { InterestPart } from '@recourse/proto/web/litigation/v1/calculators';
import type { Why } from '@recourse/proto/web/litigation/v1/matters';
import type { MoneyValue } from '../../ui/format';
import { DayPipe, MoneyPipe } from '../../ui/pipes';
import { ratePercent } from './rate-text';
import { RuleList } from './rule-list';
import { t } from './words';

/** Interest stretch by stretch, with its rules; the parts add up to the whole, to the fen. */
@Component({
  selector: 'rc-interest-parts',
  imports: [DayPipe, MoneyPipe, RuleList],
  template: `
    <h2>
      {{ heading() }} <span class="rc-figure">{{ total() | money }}</span>
    </h2>
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
    <ng-content />
    <rc-rule-list [why]="why()" />
  `,
  styles: `
    h2 {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 4px 16px;
      margin-block-end: 8px;
    }
  `,
})
export class InterestParts {
  readonly heading = input.required<string>();
  readonly parts = input.required<readonly InterestPart[]>();
  readonly total = input.required<MoneyValue | undefined>();
  readonly why = input.required<readonly Why[]>();
  protected readonly t = t;

  protected rateOf(part: InterestPart): string {
    const rate = ratePercent(part.rateE8);
    return part.per === 'day' ? t('perDay', { rate }) : t('perYear', { rate });
  }
}
