import { Component } from '@angular/core';
import { GetStandingResponse } from '@recourse/proto/web/agencies/v1/ranking';
import { read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import { formatDay } from '../ui/format';
import { ProblemPanel } from '../ui/problem-panel';
import { IntervalPlot } from './interval-plot';
import { ScoreLines } from './score-lines';
import { pointsText, suggestionName, suggestionTone } from './score-text';
import { t } from './words';

/** An agency's own place with each creditor that placed cases with it; nobody else's figures. */
@Component({
  selector: 'rc-own-standing',
  imports: [Chip, IntervalPlot, ProblemPanel, ScoreLines],
  template: `
    <h2>{{ t('standing') }}</h2>
    <p class="rc-muted">{{ t('standingHint') }} {{ t('scoreHint') }}</p>
    @if (loaded.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" canRetry (retry)="loaded.reload()" />
    }
    @for (one of loaded.value()?.standings; track one.creditorId) {
      @if (one.own; as own) {
        <section class="rc-card rc-card-body">
          <h3>
            {{ one.creditorName }} · {{ one.month }}
            <rc-chip tone="info">
              {{ t('placeOf', { place: own.place, count: one.agencies }) }}
            </rc-chip>
            <rc-chip [tone]="suggestionTone(own.suggestion)">
              {{ suggestionName(own.suggestion) }}
            </rc-chip>
          </h3>
          <p class="rc-muted">
            {{ t('lead', { first: day(one.firstDay), last: day(one.lastDay) }) }}
          </p>
          <rc-interval-plot
            [label]="
              t('plotOf', {
                name: one.creditorName,
                score: points(own.scoreHundredths),
                low: points(own.scoreLowHundredths),
                high: points(own.scoreHighHundredths),
              })
            "
            [value]="number(own.scoreHundredths)"
            [low]="number(own.scoreLowHundredths)"
            [high]="number(own.scoreHighHundredths)"
          />
          <rc-score-lines [of]="own" />
        </section>
      }
    } @empty {
      @if (!loaded.loading() && loaded.problem() === undefined) {
        <p>{{ t('noStanding') }}</p>
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
      margin-block-start: 24px;
    }
    h3 {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class OwnStanding {
  protected readonly t = t;
  protected readonly points = pointsText;
  protected readonly day = formatDay;
  protected readonly suggestionName = suggestionName;
  protected readonly suggestionTone = suggestionTone;
  protected readonly loaded = load(() => read('/v1/standing', GetStandingResponse.fromJSON), {
    live: ['ranking'],
  });

  protected number(hundredths: bigint): number {
    return Number(hundredths) / 100;
  }
}
