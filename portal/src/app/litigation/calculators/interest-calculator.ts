import { Component } from '@angular/core';
import {
  CalculateInterestRequest,
  CalculateInterestResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import { today } from '../../ui/format';
import type { FormField, FormValues } from '../../ui/form-values';
import { optionsOf } from '../../ui/options-of';
import { calculation } from './calculation';
import { CalculatorForm } from './calculator-form';
import { InterestParts } from './interest-parts';
import { t } from './words';

function fields(values: FormValues): FormField[] {
  const kind = values.text('rate');
  return [
    { id: 'amount', kind: 'money', label: t('principal'), currency: 'CNY' },
    { id: 'fromDay', kind: 'day', label: t('fromDay') },
    { id: 'until', kind: 'day', label: t('until'), initial: today() },
    {
      id: 'rate',
      kind: 'choice',
      label: t('rateKind'),
      options: optionsOf(['lpr', 'markup', 'fixed'], t, 'rate.'),
      initial: 'lpr',
    },
    ...(kind === 'markup'
      ? [
          {
            id: 'markupBps',
            kind: 'percent' as const,
            label: t('markup'),
            hint: t('markupHint'),
            initial: 3000,
          },
        ]
      : []),
    ...(kind === 'fixed' ? [{ id: 'fixedBps', kind: 'percent' as const, label: t('fixed') }] : []),
  ];
}

/** Interest at the one-year LPR as it changed, with a mark-up, or at a fixed rate. */
@Component({
  selector: 'rc-interest-calculator',
  imports: [CalculatorForm, InterestParts],
  template: `
    <rc-calculator-form [of]="calculation" />
    <div role="status">
      @if (calculation.answer(); as found) {
        <section class="rc-card rc-card-body">
          <rc-interest-parts
            [heading]="t('result')"
            [parts]="found.parts"
            [total]="found.interest"
            [why]="found.why"
          >
            @if (found.provisional) {
              <p class="rc-muted">{{ t('provisional') }}</p>
            }
          </rc-interest-parts>
        </section>
      }
    </div>
  `,
  styleUrl: './calculator.scss',
})
export class InterestCalculator {
  protected readonly t = t;
  protected readonly calculation = calculation({
    at: () => '/v1/calculators/interest:calculate',
    fields,
    body: (values) => {
      const kind = values.text('rate');
      return CalculateInterestRequest.toJSON({
        amount: values.money('amount'),
        fromDay: values.text('fromDay'),
        until: values.text('until'),
        markupBps: kind === 'markup' ? values.bps('markupBps') : 0,
        fixedBps: kind === 'fixed' ? values.bps('fixedBps') : 0,
      });
    },
    decode: CalculateInterestResponse.fromJSON,
  });
}
