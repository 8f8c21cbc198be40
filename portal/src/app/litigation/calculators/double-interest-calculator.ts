import { Component } from '@angular/core';
import {
  CalculateDoubleInterestRequest,
  CalculateDoubleInterestResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import { today } from '../../ui/format';
import type { FormField, FormRowsSpec } from '../../ui/form-values';
import { MoneyPipe } from '../../ui/pipes';
import { calculation } from './calculation';
import { CalculatorForm } from './calculator-form';
import { InterestParts } from './interest-parts';
import { t } from './words';

const payments = (): FormRowsSpec => ({
  rowName: (number) => t('payment', { number }),
  addName: t('addPayment'),
  least: 0,
  rows: [],
  fields: () => [
    { id: 'amount', kind: 'money', label: t('paymentAmount'), currency: 'CNY' },
    { id: 'on', kind: 'day', label: t('paymentOn') },
  ],
});

/** 加倍部分: 1.75 of ten thousand a day on what is unpaid of the judgment debt. */
@Component({
  selector: 'rc-double-interest-calculator',
  imports: [CalculatorForm, InterestParts, MoneyPipe],
  template: `
    <rc-calculator-form [of]="calculation" />
    <div role="status">
      @if (calculation.answer(); as found) {
        <section class="rc-card rc-card-body">
          <rc-interest-parts
            [heading]="t('doubleResult')"
            [parts]="found.parts"
            [total]="found.interest"
            [why]="found.why"
          >
            <p>{{ t('unpaid') }} {{ found.unpaid | money }}</p>
          </rc-interest-parts>
        </section>
      }
    </div>
  `,
  styleUrl: './calculator.scss',
})
export class DoubleInterestCalculator {
  protected readonly t = t;
  protected readonly calculation = calculation({
    at: () => '/v1/calculators/double-interest:calculate',
    fields: (): FormField[] => [
      { id: 'amount', kind: 'money', label: t('judgmentDebt'), currency: 'CNY' },
      { id: 'performBy', kind: 'day', label: t('performBy') },
      { id: 'until', kind: 'day', label: t('until'), initial: today() },
    ],
    rows: payments,
    body: (values, rows) =>
      CalculateDoubleInterestRequest.toJSON({
        amount: values.money('amount'),
        performBy: values.text('performBy'),
        until: values.text('until'),
        payments: rows.map((row) => ({ amount: row.money('amount'), on: row.text('on') })),
      }),
    decode: CalculateDoubleInterestResponse.fromJSON,
  });
}
