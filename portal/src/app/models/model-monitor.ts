import { Component, computed, input } from '@angular/core';
import type { MonitorModelResponse } from '@recourse/proto/web/credit/v1/models';
import { Chart } from '../ui/chart';
import { formatCount } from '../ui/format';
import { StatTile } from '../ui/stat-tile';
import { calibrationSpec, shareText } from './model-text';
import { t } from './words';

/** How a model does since it was put to use. */
@Component({
  selector: 'rc-model-monitor',
  imports: [Chart, StatTile],
  template: `
    <h2>{{ t('monitor') }}</h2>
    <div class="tiles">
      <rc-stat-tile [name]="t('rated')" [value]="count(of().ratedCount)" />
      <rc-stat-tile
        [name]="t('verdict')"
        [tone]="of().verdict === 'shifted' ? 'bad' : of().verdict === 'watch' ? 'warn' : ''"
        [value]="t.find('verdict.' + of().verdict) ?? of().verdict"
        [hint]="t('psi') + ' ' + share(of().psiMillionths)"
      />
      <rc-stat-tile [name]="t('outcomes')" [value]="outcomes()" [hint]="window()" />
      <rc-stat-tile
        [name]="t('monitorAuc')"
        [value]="of().aucMillionths === 0 ? t('tooFew') : share(of().aucMillionths)"
      />
      @if (hasRunning()) {
        <rc-stat-tile [name]="t('running')" [value]="running()" [hint]="t('runningHint')" />
      }
    </div>
    @if (of().calibration.length > 0) {
      <rc-chart [heading]="t('calibration')" [spec]="calibration()" [height]="180" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    .tiles {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(160px, 1fr));
      gap: 12px;
    }
  `,
})
export class ModelMonitor {
  readonly of = input.required<MonitorModelResponse>();
  protected readonly t = t;
  protected readonly share = shareText;
  protected readonly count = formatCount;
  protected readonly calibration = computed(() => calibrationSpec(this.of().calibration));
  protected readonly outcomes = computed(() => {
    const { outcomeCount: count, outcomeBadCount: bad } = this.of();
    return t('outcomesOf', { count, bad });
  });
  protected readonly hasRunning = computed(() => this.of().runningCount > 0n);
  protected readonly running = computed(() => {
    const { runningCount: count, runningBadCount: bad } = this.of();
    return t('runningOf', { count, bad });
  });
  /** What is counted, and until when it is waited for. */
  protected readonly window = computed(() => {
    const { ofReceivables, lateDays: days } = this.of();
    return t(ofReceivables ? 'receivablesWindow' : 'customersWindow', { days });
  });
}
