import { Component } from '@angular/core';
import {
  CalculateDoubleInterestRequest,
  CalculateDoubleInterestResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import { today } from '../../ui/format';
import type { FormField, FormRowsSpec, FormValues } from '../../ui/form-values';
import { optionsOf } from '../../ui/options-of';
import { MoneyPipe } from '../../ui/pipes';
import { calculation } from './calculation';
import { CalculatorForm } from './calculator-form';
import { InterestParts } from './interest-parts';
import { t } from './words';

const kinds = ['payment', 'instalment', 'stay'] as const;
const days = (from: string, to: string): FormField[] => [
  { id: 'fromDay', kind: 'day', label: from },
  { id: 'toDay', kind: 'day', label: to },
];

/** What changes the doubled part: money paid, a part that falls due later, days of a stay. */
const entries = (): FormRowsSpec => ({
  rowName: (number) => t('entry', { number }),
  addName: t('addEntry'),
  least: 0,
  rows: [],
  fields: (values) => [
    {
      id: 'kind',
      kind: 'choice',
      label: t('entryKind'),
      options: optionsOf(kinds, t, 'entry.'),
      initial: 'payment',
    },
    ...(values.text('kind') === 'stay'
      ? days(t('stayFrom'), t('stayTo'))
      : ([
          { id: 'amount', kind: 'money', label: t('paymentAmount'), currency: 'CNY' },
          {
            id: 'on',
            kind: 'day',
            label: values.text('kind') === 'instalment' ? t('performBy') : t('paymentOn'),
          },
        ] satisfies FormField[])),
  ],
});

const ofKind = (rows: readonly FormValues[], kind: (typeof kinds)[number]): FormValues[] =>
  rows.filter((row) => row.text('kind') === kind);

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
    rows: entries,
    body: (values, rows) =>
      CalculateDoubleInterestRequest.toJSON({
        amount: values.money('amount'),
        performBy: values.text('performBy'),
        until: values.text('until'),
        payments: ofKind(rows, 'payment').map((row) => ({
          amount: row.money('amount'),
          on: row.text('on'),
        })),
        further: ofKind(rows, 'instalment').map((row) => ({
          amount: row.money('amount'),
          performBy: row.text('on'),
        })),
        stays: ofKind(rows, 'stay').map((row) => ({
          fromDay: row.text('fromDay'),
          toDay: row.text('toDay'),
        })),
      }),
    decode: CalculateDoubleInterestResponse.fromJSON,
  });
}
