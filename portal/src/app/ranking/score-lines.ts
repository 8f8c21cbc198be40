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
    <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('lines')">
      <table>
        <thead>
          <tr>
            <th scope="col">{{ t('component') }}</th>
            <th scope="col" class="end">{{ t('observed') }}</th>
            <th scope="col" class="end">{{ t('expected') }}</th>
            <th scope="col" class="end">{{ t('sample') }}</th>
            <th scope="col" class="end">{{ t('index') }}</th>
            <th scope="col" class="end">{{ t('interval') }}</th>
            <th scope="col" class="end">{{ t('weight') }}</th>
            <th scope="col" class="end">{{ t('effect') }}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" colspan="7">{{ t('base') }}</th>
            <td class="end">50.00</td>
          </tr>
          @for (line of of().lines; track line.component) {
            <tr>
              <th scope="row">{{ name(line.component) }}</th>
              @if (line.recorded) {
                <td class="end">{{ figure(line, line.observed) }}</td>
                <td class="end">{{ figure(line, line.expected) }}</td>
                <td class="end">{{ count(line.sample) }}</td>
                <td class="end">{{ index(line.indexBps) }}</td>
                <td class="end">{{ index(line.indexLowBps) }} – {{ index(line.indexHighBps) }}</td>
                <td class="end">{{ bps(line.weightBps) }}</td>
                <td class="end" [class]="line.effectHundredths < 0 ? 'bad' : 'good'">
                  {{ effect(line.effectHundredths) }}
                </td>
              } @else {
                <td colspan="6" class="rc-muted">{{ t('notRecorded') }}</td>
                <td class="end">–</td>
              }
            </tr>
          }
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="7">{{ t('score') }}</th>
            <td class="end">{{ points(of().scoreHundredths) }}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    @if (reasons().length > 0) {
      <p>{{ t('suggestion') }}: {{ reasons().join('; ') }}</p>
    }
    @if (of().recoveries.length > 0) {
      <h3>{{ t('recoveries') }}</h3>
      <div class="scroll" tabindex="0" role="region" [attr.aria-label]="t('recoveries')">
        <table>
          <thead>
            <tr>
              <th scope="col">{{ t('currency') }}</th>
              <th scope="col" class="end">{{ t('cases') }}</th>
              <th scope="col" class="end">{{ t('placed') }}</th>
              <th scope="col" class="end">{{ t('recovered') }}</th>
              <th scope="col" class="end">{{ t('expectedMoney') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (one of of().recoveries; track one.currency) {
              <tr>
                <th scope="row">{{ one.currency }}</th>
                <td class="end">{{ count(one.cases) }}</td>
                <td class="end">{{ one.placed | money: 'bare' }}</td>
                <td class="end">{{ one.recovered | money: 'bare' }}</td>
                <td class="end">{{ one.expected | money: 'bare' }}</td>
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
    .scroll {
      overflow-x: auto;
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
    }
    th,
    td {
      padding: 6px 8px;
      text-align: start;
      font-weight: 400;
      white-space: nowrap;
    }
    thead th {
      color: var(--rc-text-2);
      font-size: 12.5px;
    }
    tbody tr {
      border-block-start: 1px solid var(--rc-line);
    }
    tfoot th,
    tfoot td {
      border-block-start: 1px solid var(--rc-line-strong);
      font-weight: 620;
    }
    .end {
      text-align: end;
    }
    .good {
      color: var(--rc-green);
    }
    .bad {
      color: var(--rc-red);
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
