import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  DeadlineState,
  ListDeadlinesRequest,
  ListDeadlinesResponse,
} from '@recourse/proto/web/litigation/v1/deadlines';
import { MatterState } from '@recourse/proto/web/litigation/v1/matters';
import type { Matter, Track } from '@recourse/proto/web/litigation/v1/matters';
import { t as matterWords } from '../litigation/matters/words';
import { capital, inLanguage, procedureName, stageName } from '../litigation/rule-text';
import { read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Tone } from '../ui/chip';
import { formatRelativeDay } from '../ui/format';
import { DayPipe, MoneyPipe } from '../ui/pipes';
import { tabWords } from './tab-words';

/** How near a deadline is: within a week it presses. */
export function nearness(daysLeft: number): Tone {
  if (daysLeft < 0) return 'bad';
  return daysLeft <= 7 ? 'warn' : 'neutral';
}

/** A matter of a case: how far it is, which day presses and what is lost on it. */
@Component({
  selector: 'rc-case-matter',
  imports: [Chip, DayPipe, MoneyPipe, RouterLink],
  template: `
    @let one = matter();
    <header class="rc-row">
      <h2>
        <a [routerLink]="['/litigation', one.matterId]">{{ one.title }}</a>
      </h2>
      <rc-chip tone="neutral">{{ one.number }}</rc-chip>
      <rc-chip [tone]="isOpen() ? 'info' : 'neutral'">{{ state() }}</rc-chip>
    </header>
    <div class="pairs">
      <dl class="rc-facts">
        <dt>{{ t('stage') }}</dt>
        <dd>{{ stage() }}</dd>
        <dt>{{ t('claimedInLaw') }}</dt>
        <dd>{{ one.claimed | money }}</dd>
        <dt>{{ t('recovered') }}</dt>
        <dd class="rc-money-in">{{ one.recovered | money }}</dd>
        <dt>{{ t('spent') }}</dt>
        <dd>{{ one.spent | money }}</dd>
      </dl>
      <dl class="rc-facts">
        <dt>{{ t('nextDeadline') }}</dt>
        <dd>
          @if (deadline(); as next) {
            <a [routerLink]="['/litigation', one.matterId]" [queryParams]="{ tab: 'deadlines' }">
              {{ next.dueDay | day }} {{ title() }}
            </a>
            <rc-chip [tone]="nearness(next.daysLeft)">{{ relative(next.dueDay) }}</rc-chip>
          } @else if (one.nextDeadline !== '') {
            {{ one.nextDeadline | day }}
          } @else {
            {{ t('noDeadline') }}
          }
        </dd>
        @if (deadline(); as next) {
          @if (lost() !== '') {
            <dt>{{ t('rightLost') }}</dt>
            <dd>{{ lost() }}</dd>
          }
          @if (next.atRisk) {
            <dt>{{ t('atRisk') }}</dt>
            <dd>{{ next.atRisk | money }}</dd>
          }
        }
      </dl>
    </div>
    @if (one.unconfirmedDeadlines > 0) {
      <rc-chip tone="warn">{{ t('unconfirmed', { count: one.unconfirmedDeadlines }) }}</rc-chip>
    }
  `,
  styles: `
    :host {
      padding: 0;
    }
  `,
  styleUrl: './part.scss',
})
export class CaseMatter {
  readonly matter = input.required<Matter>();
  readonly tracks = input.required<readonly Track[] | undefined>();
  protected readonly t = tabWords;
  protected readonly nearness = nearness;
  protected readonly relative = formatRelativeDay;
  protected readonly isOpen = computed(() => this.matter().state === MatterState.OPEN);
  protected readonly state = computed(() => {
    const { state, outcome } = this.matter();
    return matterWords.find(this.isOpen() ? state : outcome) ?? matterWords.find(state) ?? '';
  });

  readonly #deadlines = load(
    () => {
      const { matterId, nextDeadline } = this.matter();
      if (nextDeadline === '') return undefined;
      const request = { matterId, states: [DeadlineState.OPEN], page: { size: 1 } };
      return read(
        '/v1/deadlines',
        ListDeadlinesResponse.fromJSON,
        ListDeadlinesRequest.toJSON(ListDeadlinesRequest.fromPartial(request)),
      );
    },
    { live: ['deadline'] },
  );
  protected readonly deadline = computed(() => this.#deadlines.value()?.deadlines[0]);
  protected readonly title = computed(() => {
    const next = this.deadline();
    return next === undefined ? '' : capital(inLanguage(next.titleZh, next.titleEn));
  });
  protected readonly lost = computed(() => {
    const next = this.deadline();
    return next === undefined ? '' : capital(inLanguage(next.rightLostZh, next.rightLostEn));
  });

  /** The proceeding that runs, or the last one, and its stage. */
  protected readonly stage = computed(() => {
    const { proceedings } = this.matter();
    const found = proceedings.findLast((one) => !one.ended) ?? proceedings.at(-1);
    if (found === undefined) return matterWords('noProcedure');
    const { procedure, stage } = found;
    return `${procedureName(procedure)} · ${stageName(this.tracks(), procedure, stage)}`;
  });
}
