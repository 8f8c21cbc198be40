import { Component, input } from '@angular/core';
import type { Fee, FeeLine } from '@recourse/proto/web/litigation/v1/matters';
import { formatMoney } from '../ui/format';
import { BpsPipe, MoneyPipe } from '../ui/pipes';
import { articlesIn, sourceText } from './rule-text';
import { t } from './words';

/** A court fee step by step: what each bracket gives adds up to the fee. */
@Component({
  selector: 'rc-fee-lines',
  imports: [BpsPipe, MoneyPipe],
  template: `
    @let one = fee();
    <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="t('derivation')">
      <table class="rc-lines">
        <caption class="rc-hidden">
          {{
            t('derivation')
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">{{ t('feeStep') }}</th>
            <th scope="col">{{ t('feeRange') }}</th>
            <th scope="col" class="rc-number">{{ t('feeBase') }}</th>
            <th scope="col" class="rc-number">{{ t('feeRate') }}</th>
            <th scope="col" class="rc-number">{{ t('feeAmount') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (line of one.lines; track $index) {
            <tr>
              <td>{{ t.find('step.' + line.step) ?? line.step }}</td>
              <td>{{ rangeOf(line) }}</td>
              <td class="rc-number">{{ line.base ? (line.base | money: 'bare') : '' }}</td>
              <td class="rc-number">{{ line.rateBps > 0 ? (line.rateBps | bps) : '' }}</td>
              <td class="rc-number">{{ line.amount | money: 'bare' }}</td>
            </tr>
          }
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="4">{{ t('total') }}</th>
            <td class="rc-number">{{ one.exact | money }}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    @if (shares(); as text) {
      <p>{{ text }}</p>
    }
    <p class="rc-muted">{{ notes() }}</p>
    <p class="rc-muted">{{ source() }}</p>
  `,
  styles: `
    p {
      margin-block-start: 6px;
      font-size: 12.5px;
    }
  `,
})
export class FeeLines {
  readonly fee = input.required<Fee>();
  protected readonly t = t;
  protected readonly source = (): string => sourceText(this.fee().why);

  protected rangeOf(line: FeeLine): string {
    const above = line.above === undefined ? '' : t('over', { amount: formatMoney(line.above) });
    const upTo = line.upTo === undefined ? '' : t('upTo', { amount: formatMoney(line.upTo) });
    return `${above} ${upTo}`.trim();
  }

  /** Who bears what, once the outcome is known. */
  protected shares(): string {
    const { shares } = this.fee();
    if (shares === undefined) return '';
    const { claimant, defendant, refund, basis } = shares;
    const amount = (one: typeof claimant): string => (one === undefined ? '' : formatMoney(one));
    const said = t('shares', {
      claimant: amount(claimant),
      defendant: amount(defendant),
      refund: amount(refund),
      basis: articlesIn(basis),
    });
    const notes = [
      said,
      shares.assumed ? t('sharesAssumed') : '',
      shares.agreed ? t('sharesAgreed') : '',
    ];
    return notes.filter((note) => note !== '').join(' · ');
  }

  protected notes(): string {
    const fee = this.fee();
    const notes = [
      fee.prepaid ? t('prepaid') : t('notPrepaid'),
      t.find(`borne.${fee.borneBy}`) ?? '',
      fee.rounded === undefined || fee.rounded.minor === fee.exact?.minor
        ? ''
        : t('feeRounded', { amount: formatMoney(fee.rounded) }),
      fee.payWithinDays > 0 ? t('payWithin', { days: fee.payWithinDays }) : '',
    ];
    return notes.filter((note) => note !== '').join(' · ');
  }
}
