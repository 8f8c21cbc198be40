import { Component } from '@angular/core';
import {
  CheckSmallClaimRequest,
  CheckSmallClaimResponse,
} from '@recourse/proto/web/litigation/v1/calculators';
import type { Why } from '@recourse/proto/web/litigation/v1/matters';
import { today } from '../../ui/format';
import type { FormField } from '../../ui/form-values';
import { MoneyPipe } from '../../ui/pipes';
import { calculation } from './calculation';
import { CalculatorForm } from './calculator-form';
import { RuleList } from './rule-list';
import { t } from './words';

/** Whether an amount is a small claim, from the province's average wage of the year before. */
@Component({
  selector: 'rc-small-claims-calculator',
  imports: [CalculatorForm, MoneyPipe, RuleList],
  template: `
    <rc-calculator-form [of]="calculation" />
    <div role="status">
      @if (calculation.answer(); as found) {
        <section class="rc-card rc-card-body">
          <h2>{{ t.find('verdict.' + found.verdict) ?? found.verdict }}</h2>
          @if (found.mandatoryUpTo) {
            <dl class="rc-facts">
              <dt>{{ t('mandatoryUpTo') }}</dt>
              <dd>{{ found.mandatoryUpTo | money }}</dd>
              <dt>{{ t('agreedUpTo') }}</dt>
              <dd>{{ found.byAgreementUpTo | money }}</dd>
              <dt>{{ t('wageUsed', { year: found.wageYear + '' }) }}</dt>
              <dd>{{ found.wage | money }}</dd>
            </dl>
          }
          <rc-rule-list [why]="rulesOf(found)" />
        </section>
      }
    </div>
  `,
  styleUrl: './calculator.scss',
})
export class SmallClaimsCalculator {
  protected readonly t = t;
  /** The article, and the notice that published the ceilings where there is one. */
  protected readonly rulesOf = ({ why, wageWhy }: CheckSmallClaimResponse): Why[] =>
    [why, wageWhy].filter((one) => one !== undefined);
  protected readonly calculation = calculation({
    at: () => '/v1/calculators/small-claims:check',
    fields: (): FormField[] => [
      { id: 'amount', kind: 'money', label: t('claimed'), currency: 'CNY' },
      { id: 'province', kind: 'text', label: t('province') },
      { id: 'on', kind: 'day', label: t('on'), initial: today() },
      {
        id: 'wage',
        kind: 'money',
        label: t('wage'),
        hint: t('wageHint'),
        currency: 'CNY',
        optional: true,
      },
    ],
    body: (values) =>
      CheckSmallClaimRequest.toJSON({
        amount: values.money('amount'),
        province: values.text('province'),
        on: values.text('on'),
        wage: values.money('wage'),
      }),
    decode: CheckSmallClaimResponse.fromJSON,
  });
}
