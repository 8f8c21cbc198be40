import { Component } from '@angular/core';
import {
  CalculateInterestRequest,
  CalculateInterestResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import { today } from '../../ui/format';
import type { FormField, FormValues } from '../../ui/form-values';
import { optionsOf } from '../../ui/options-of';
import { MoneyPipe } from '../../ui/pipes';
import { calculation } from './calculation';
import { CalculatorForm } from './calculator-form';
import { InterestParts } from './interest-parts';
import { t } from './words';

const percent = (
  id: string,
  label: string,
  more: { hint?: string; initial?: number },
): FormField => ({
  id,
  kind: 'percent',
  label,
  ...more,
});

const day = (id: string, label: string, optional = false): FormField => ({
  id,
  kind: 'day',
  label,
  optional,
});

/** What the chosen rate asks for besides. */
function rateFields(kind: string): FormField[] {
  const markup = percent('markupBps', t('markup'), { hint: t('markupHint'), initial: 3000 });
  switch (kind) {
    case 'markup':
      return [markup];
    case 'sale_overdue':
      return [markup, day('breachOn', t('breachOn'), true)];
    case 'fixed':
      return [percent('fixedBps', t('fixed'), {})];
    case 'sme':
      return [{ ...percent('fixedBps', t('agreedRate'), {}), optional: true }];
    default:
      return [];
  }
}

function capFields(cap: string): FormField[] {
  if (cap === '') return [];
  return [
    ...(cap === 'private_lending' ? [day('suedOn', t('suedOn'), true)] : []),
    {
      id: 'charges',
      kind: 'money',
      label: t('charges'),
      hint: t('chargesHint'),
      currency: 'CNY',
      optional: true,
    },
  ];
}

function fields(values: FormValues): FormField[] {
  const kind = values.text('rate');
  const cap = values.text('cap');
  const needsContract = cap === 'private_lending';
  return [
    { id: 'amount', kind: 'money', label: t('principal'), currency: 'CNY' },
    day('fromDay', t('fromDay')),
    { id: 'until', kind: 'day', label: t('until'), initial: today() },
    {
      id: 'rate',
      kind: 'choice',
      label: t('rateKind'),
      options: optionsOf(['lpr', 'markup', 'sale_overdue', 'sme', 'fixed'], t, 'rate.'),
      initial: 'lpr',
    },
    ...rateFields(kind),
    {
      id: 'cap',
      kind: 'choice',
      label: t('cap'),
      options: optionsOf(['private_lending', 'licensed_lender'], t, 'cap.'),
      optional: true,
    },
    ...(needsContract || kind === 'sme'
      ? [day('contractOn', t('contractOn'), !needsContract)]
      : []),
    ...capFields(cap),
  ];
}

const rates: Readonly<Record<string, string>> = {
  lpr: 'lpr',
  markup: 'lpr',
  fixed: 'year',
  sale_overdue: 'sale_overdue',
  sme: 'sme',
};

/** Interest by the LPR, by statute or at a fixed rate, and under a ceiling where there is one. */
@Component({
  selector: 'rc-interest-calculator',
  imports: [CalculatorForm, InterestParts, MoneyPipe],
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
          @if (found.together; as all) {
            <dl class="rc-facts">
              <dt>{{ t('capAsked') }}</dt>
              <dd>{{ all.asked | money }}</dd>
              <dt>{{ t('capCeiling') }}</dt>
              <dd>{{ all.ceiling | money }}</dd>
              <dt>{{ t('capAllowed') }}</dt>
              <dd>{{ all.allowed | money }}</dd>
              <dt>{{ t('capExcess') }}</dt>
              <dd>{{ all.excess | money }}</dd>
            </dl>
          }
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
      const isMarkedUp = kind === 'markup' || kind === 'sale_overdue';
      return CalculateInterestRequest.toJSON({
        amount: values.money('amount'),
        fromDay: values.text('fromDay'),
        until: values.text('until'),
        rate: rates[kind] ?? '',
        markupBps: isMarkedUp ? values.bps('markupBps') : 0,
        fixedBps: kind === 'fixed' || kind === 'sme' ? values.bps('fixedBps') : 0,
        breachOn: kind === 'sale_overdue' ? values.text('breachOn') : '',
        contractOn: values.text('contractOn'),
        cap: values.text('cap'),
        suedOn: values.text('suedOn'),
        charges: values.money('charges'),
      });
    },
    decode: CalculateInterestResponse.fromJSON,
  });
}
