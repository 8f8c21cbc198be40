import { Component, inject, signal } from '@angular/core';
import {
  CalculateDoubleInterestRequest,
  CalculateDoubleInterestResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import { action } from '../../session/action';
import { Api } from '../../session/api';
import { today } from '../../ui/format';
import type { FormField, FormValues } from '../../ui/form-values';
import { MoneyPipe } from '../../ui/pipes';
import { CalculatorForm } from './calculator-form';
import { InterestParts } from './interest-parts';
import { RuleList } from './rule-list';
import { t } from './words';

const numbers = [1, 2, 3, 4, 5] as const;

function paymentFields(count: number): FormField[] {
  return numbers.slice(0, count).flatMap((number): FormField[] => [
    {
      id: `amount${number}`,
      kind: 'money',
      label: `${t('payment', { number })} ${t('paymentAmount')}`,
      currency: 'CNY',
    },
    {
      id: `on${number}`,
      kind: 'day',
      label: `${t('payment', { number })} ${t('paymentOn')}`,
    },
  ]);
}

/** 加倍部分: 1.75 of ten thousand a day on what is unpaid of the judgment debt. */
@Component({
  selector: 'rc-double-interest-calculator',
  imports: [CalculatorForm, InterestParts, MoneyPipe, RuleList],
  template: `
    <rc-calculator-form
      [fields]="fields"
      [busy]="calculate.busy()"
      [problem]="calculate.problem()"
      (edited)="answer.set(undefined)"
      (calculate)="calculate.run($event)"
    />
    <div role="status">
      @if (answer(); as found) {
        <section class="rc-card rc-card-body">
          <h2>
            {{ t('doubleResult') }} <span class="rc-figure">{{ found.interest | money }}</span>
          </h2>
          <rc-interest-parts [parts]="found.parts" [total]="found.interest" />
          <p>{{ t('unpaid') }} {{ found.unpaid | money }}</p>
          <rc-rule-list [why]="found.why" />
        </section>
      }
    </div>
  `,
  styleUrl: './calculator.scss',
})
export class DoubleInterestCalculator {
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly answer = signal<CalculateDoubleInterestResponse | undefined>(undefined);
  protected readonly fields = (values: FormValues): FormField[] => [
    { id: 'amount', kind: 'money', label: t('judgmentDebt'), currency: 'CNY' },
    { id: 'performBy', kind: 'day', label: t('performBy') },
    { id: 'until', kind: 'day', label: t('until'), initial: today() },
    {
      id: 'payments',
      kind: 'choice',
      label: t('payments'),
      options: [
        { value: '0', name: t('none') },
        ...numbers.map((number) => ({ value: String(number), name: String(number) })),
      ],
      initial: '0',
    },
    ...paymentFields(values.whole('payments')),
  ];
  protected readonly calculate = action(async (requestId, values: FormValues) => {
    const payments = numbers.slice(0, values.whole('payments')).map((number) => ({
      amount: values.money(`amount${number}`),
      on: values.text(`on${number}`),
    }));
    const body = CalculateDoubleInterestRequest.toJSON({
      amount: values.money('amount'),
      performBy: values.text('performBy'),
      until: values.text('until'),
      payments,
    });
    const at = '/v1/calculators/double-interest:calculate';
    const decode = CalculateDoubleInterestResponse.fromJSON;
    this.answer.set(await this.#api.post(at, body, decode, { requestId }));
  });
}
