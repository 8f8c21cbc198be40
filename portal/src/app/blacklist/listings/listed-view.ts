import { Component, computed, input } from '@angular/core';
import { GetListedPartyViewResponse } from '@recourse/proto/web/blacklist/v1/listings';
import type { PurposeCount } from '@recourse/proto/web/blacklist/v1/listings';
import { path, read } from '../../session/api';
import { load } from '../../session/load';
import { formatDay } from '../../ui/format';
import { DayPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { named } from './listing-text';
import { t } from './words';

/** The listing as the listed party is shown it: facts, rights, how often it was looked up. */
@Component({
  selector: 'rc-listed-view',
  imports: [DayPipe, ProblemPanel],
  template: `
    @if (loaded.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" canRetry (retry)="loaded.reload()" />
    }
    @if (view(); as one) {
      <dl class="rc-facts">
        <dt>{{ t('name') }}</dt>
        <dd>{{ one.entry?.name }} {{ one.entry?.creditCode }}</dd>
        <dt>{{ t('category') }}</dt>
        <dd>{{ text(one.entry?.category ?? '') }}</dd>
        <dt>{{ t('band') }}</dt>
        <dd>{{ text(one.entry?.amountBand ?? '') }}</dd>
        <dt>{{ t('conduct') }}</dt>
        <dd>{{ one.entry?.conductFrom | day }} – {{ one.entry?.conductUntil | day }}</dd>
        @if (one.objectBy !== '') {
          <dt>{{ t('notice') }}</dt>
          <dd>{{ one.objectBy | day }}</dd>
        }
        <dt>{{ t('evidence') }}</dt>
        <dd>{{ kinds() || '–' }}</dd>
        <dt>{{ t('lookedUp') }}</dt>
        <dd>
          @for (count of one.lookUps; track count.purpose) {
            <span>{{ text(count.purpose) }} {{ times(count) }}</span>
          } @empty {
            {{ t('neverLooked') }}
          }
        </dd>
        <dt>{{ t('rights') }}</dt>
        <dd>{{ rights() }}</dd>
      </dl>
    }
  `,
  styles: `
    dd span {
      display: block;
    }
  `,
})
export class ListedView {
  readonly listingId = input.required<string>();
  protected readonly t = t;
  protected readonly text = named;
  protected readonly loaded = load(
    () =>
      read(
        path`/v1/blacklist/listings/${this.listingId()}/listed-party-view`,
        GetListedPartyViewResponse.fromJSON,
      ),
    { live: ['listing'] },
  );
  protected readonly view = computed(() => this.loaded.value()?.view);
  protected readonly kinds = computed(() =>
    (this.view()?.evidence ?? []).map((one) => named(one.kind)).join(' · '),
  );
  protected readonly rights = computed(() =>
    (this.view()?.rights ?? []).map((one) => t.find(`right.${one}`) ?? one).join(' · '),
  );

  protected times(count: PurposeCount): string {
    return t('timesOf', { count: count.count, day: formatDay(count.lastOn) });
  }
}
