import { Component, computed, input } from '@angular/core';
import type { RankedAgency, RankingLine } from '@recourse/proto/web/agencies/v1/ranking';
import { formatBps, formatCount } from '../ui/format';
import { MoneyPipe } from '../ui/pipes';
import { componentName, effectText, figureText, pointsText, reasonText } from './score-text';
import { t } from './words';

/** An agency's score line by line, from the base to the sum, and the money behind it. */
@Component({
  selector: 'rc-score-lines',
  imports: [MoneyPipe],
  template: `
    <p class="rc-muted">{{ t('linesHint') }}</p>
    <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="t('lines')">
      <table class="rc-lines">
        <thead>
          <tr>
            <th scope="col">{{ t('component') }}</th>
            <th scope="col" class="rc-number">{{ t('observed') }}</th>
            <th scope="col" class="rc-number">{{ t('expected') }}</th>
            <th scope="col" class="rc-number">{{ t('sample') }}</th>
            <th scope="col" class="rc-number">{{ t('index') }}</th>
            <th scope="col" class="rc-number">{{ t('interval') }}</th>
            <th scope="col" class="rc-number">{{ t('weight') }}</th>
            <th scope="col" class="rc-number">{{ t('effect') }}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" colspan="7">{{ t('base') }}</th>
            <td class="rc-number">50.00</td>
          </tr>
          @for (line of of().lines; track line.component) {
            <tr>
              <th scope="row">{{ name(line.component) }}</th>
              @if (line.recorded) {
                <td class="rc-number">{{ figure(line, line.observed) }}</td>
                <td class="rc-number">{{ figure(line, line.expected) }}</td>
                <td class="rc-number">{{ count(line.sample) }}</td>
                <td class="rc-number">{{ index(line.indexBps) }}</td>
                <td class="rc-number">
                  {{ index(line.indexLowBps) }} – {{ index(line.indexHighBps) }}
                </td>
                <td class="rc-number">{{ bps(line.weightBps) }}</td>
                <td class="rc-number" [class]="line.effectHundredths < 0 ? 'rc-bad' : 'rc-good'">
                  {{ effect(line.effectHundredths) }}
                </td>
              } @else {
                <td colspan="6" class="rc-muted">{{ t('notRecorded') }}</td>
                <td class="rc-number">–</td>
              }
            </tr>
          }
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="7">{{ t('score') }}</th>
            <td class="rc-number">{{ points(of().scoreHundredths) }}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    @if (reasons().length > 0) {
      <p>{{ t('suggestion') }}: {{ reasons().join('; ') }}</p>
    }
    @if (of().recoveries.length > 0) {
      <h3>{{ t('recoveries') }}</h3>
      <div class="rc-scroll" tabindex="0" role="region" [attr.aria-label]="t('recoveries')">
        <table class="rc-lines">
          <thead>
            <tr>
              <th scope="col">{{ t('currency') }}</th>
              <th scope="col" class="rc-number">{{ t('cases') }}</th>
              <th scope="col" class="rc-number">{{ t('placed') }}</th>
              <th scope="col" class="rc-number">{{ t('recovered') }}</th>
              <th scope="col" class="rc-number">{{ t('expectedMoney') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (one of of().recoveries; track one.currency) {
              <tr>
                <th scope="row">{{ one.currency }}</th>
                <td class="rc-number">{{ count(one.cases) }}</td>
                <td class="rc-number">{{ one.placed | money: 'bare' }}</td>
                <td class="rc-number">{{ one.recovered | money: 'bare' }}</td>
                <td class="rc-number">{{ one.expected | money: 'bare' }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
  `,
})
export class ScoreLines {
  readonly of = input.required<RankedAgency>();
  protected readonly t = t;
  protected readonly name = componentName;
  protected readonly figure = figureText;
  protected readonly effect = effectText;
  protected readonly points = pointsText;
  protected readonly count = formatCount;
  protected readonly bps = formatBps;
  protected readonly reasons = computed(() => this.of().suggestionReasons.map(reasonText));

  protected index(bps: RankingLine['indexBps']): string {
    return formatBps(Math.round(Number(bps) / 10) * 10);
  }
}
