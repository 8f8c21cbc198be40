import { Component } from '@angular/core';
import {
  CalculateFeesRequest,
  CalculateFeesResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import type { FormField } from '../../ui/form-values';
import { MoneyPipe } from '../../ui/pipes';
import { FeeLines } from '../fee-lines';
import { t as law } from '../words';
import { calculation } from './calculation';
import { CalculatorForm } from './calculator-form';
import { t } from './words';

/** All court fees of an amount, each step by step. */
@Component({
  selector: 'rc-fees-calculator',
  imports: [CalculatorForm, FeeLines, MoneyPipe],
  template: `
    <rc-calculator-form [of]="calculation" />
    <div role="status" class="rc-grid">
      @for (one of calculation.answer()?.fees; track one.name) {
        @if (one.fee; as fee) {
          <section class="rc-card rc-card-body">
            <h2>
              {{ law.find('fee.' + one.name) ?? one.name }}
              <span class="rc-figure">{{ fee.exact | money }}</span>
            </h2>
            <rc-fee-lines [fee]="fee" />
          </section>
        }
      }
    </div>
  `,
  styleUrl: './calculator.scss',
})
export class FeesCalculator {
  protected readonly law = law;
  protected readonly calculation = calculation({
    at: () => '/v1/calculators/fees:calculate',
    fields: (): FormField[] => [
      { id: 'amount', kind: 'money', label: t('claimed'), currency: 'CNY' },
    ],
    body: (values) => CalculateFeesRequest.toJSON({ amount: values.money('amount') }),
    decode: CalculateFeesResponse.fromJSON,
  });
}
