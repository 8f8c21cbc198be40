import { Component, inject, signal } from '@angular/core';
import {
  CalculateFeesRequest,
  CalculateFeesResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import { action } from '../../session/action';
import { Api } from '../../session/api';
import type { FormField, FormValues } from '../../ui/form-values';
import { MoneyPipe } from '../../ui/pipes';
import { FeeLines } from '../fee-lines';
import { t as law } from '../words';
import { CalculatorForm } from './calculator-form';
import { t } from './words';

/** All court fees of an amount, each step by step. */
@Component({
  selector: 'rc-fees-calculator',
  imports: [CalculatorForm, FeeLines, MoneyPipe],
  template: `
    <rc-calculator-form
      [fields]="fields"
      [busy]="calculate.busy()"
      [problem]="calculate.problem()"
      (edited)="answer.set(undefined)"
      (calculate)="calculate.run($event)"
    />
    <div role="status" class="rc-grid">
      @for (one of answer()?.fees; track one.name) {
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
  readonly #api = inject(Api);
  protected readonly law = law;
  protected readonly answer = signal<CalculateFeesResponse | undefined>(undefined);
  protected readonly fields = (): FormField[] => [
    { id: 'amount', kind: 'money', label: t('claimed'), currency: 'CNY' },
  ];
  protected readonly calculate = action(async (requestId, values: FormValues) => {
    const body = CalculateFeesRequest.toJSON({ amount: values.money('amount') });
    const at = '/v1/calculators/fees:calculate';
    this.answer.set(await this.#api.post(at, body, CalculateFeesResponse.fromJSON, { requestId }));
  });
}
