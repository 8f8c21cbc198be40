import { Component, computed } from '@angular/core';
import type { ListMonth } from '@recourse/proto/web/blacklist/v1/insight';
import {
  GetListInsightRequest,
  GetListInsightResponse,
} from '@recourse/proto/web/blacklist/v1/insight';
import { read } from '../../session/api';
import { oneFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Chart } from '../../ui/chart';
import { ChoiceField } from '../../ui/choice-field';
import { formatBps, formatCount, formatDay } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { ProblemPanel } from '../../ui/problem-panel';
import { StatTile } from '../../ui/stat-tile';
import { categoryRows, disputeBars, endRows, flowBars, lookBars } from './list-insight-charts';
import { t } from './words';

const spans = ['6', '12', '24'] as const;
type Span = (typeof spans)[number];
const usualSpan: Span = '12';

type Count = Exclude<keyof ListMonth, 'month'>;

/** How the association keeps its list: how much, how fast, and how often the listed were right. */
@Component({
  imports: [Chart, ChoiceField, PageHeader, ProblemPanel, StatTile],
  templateUrl: './list-insight-page.html',
  styles: `
    .filters {
      max-inline-size: 240px;
      margin-block-end: 16px;
    }
    .tiles {
      --rc-column: 170px;
      margin-block-end: 16px;
    }
    .charts {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr));
      align-items: start;
      gap: 16px;
    }
    .note {
      max-inline-size: 90ch;
      margin-block: 8px 0;
      font-size: 12.5px;
    }
  `,
})
export class ListInsightPage {
  protected readonly t = t;
  protected readonly list = listState({ filters: { months: oneFilter(spans) }, sort: '' });
  protected readonly span = computed(() => this.list.values().months ?? usualSpan);
  protected readonly spanOptions = computed(() =>
    spans.map((value) => ({ value, name: t('lastMonths', { count: value }) })),
  );
  protected readonly loaded = load(
    () =>
      read(
        '/v1/blacklist/insight',
        GetListInsightResponse.fromJSON,
        GetListInsightRequest.toJSON({ months: Number(this.span()) }),
      ),
    { live: ['listing'] },
  );
  protected readonly found = this.loaded.value;
  protected readonly lead = computed(() => {
    const period = this.found()?.period;
    if (period === undefined) return '';
    return t('lead', { first: formatDay(period.firstDay), last: formatDay(period.lastDay) });
  });

  protected readonly flow = computed(() => this.#drawn((one) => flowBars(one.months)));
  protected readonly disputes = computed(() => this.#drawn((one) => disputeBars(one.months)));
  protected readonly looks = computed(() => this.#drawn((one) => lookBars(one.months)));
  protected readonly categories = computed(() =>
    this.#drawn((one) => categoryRows(one.categories)),
  );
  protected readonly ends = computed(() => this.#drawn((one) => endRows(one.ends)));

  protected readonly figures = computed(() => {
    const found = this.found();
    if (found === undefined) return undefined;
    const [upheld, answered] = [this.#sum('upheld'), this.#sum('answered')];
    return {
      published: formatCount(found.published),
      waiting: formatCount(found.waiting),
      toPublish: this.#days(found.medianDaysToPublish),
      toAnswer: this.#days(found.medianDaysToAnswer),
      answerHint: t('daysToAnswerHint', {
        late: formatCount(this.#sum('answeredLate')),
        overdue: formatCount(found.overdueAnswers),
      }),
      isLate: found.overdueAnswers > 0n,
      upheld: answered === 0n ? '–' : formatBps(Number((upheld * 10_000n) / answered)),
      upheldHint: t('upheldHint', { upheld: formatCount(upheld), answered: formatCount(answered) }),
    };
  });

  protected chooseSpan(span: Span | undefined): void {
    this.list.set({ months: span === usualSpan ? undefined : span });
  }

  #drawn<T>(draw: (found: GetListInsightResponse) => T): T | undefined {
    const found = this.found();
    return found && draw(found);
  }

  #sum(what: Count): bigint {
    return (this.found()?.months ?? []).reduce((sum, month) => sum + month[what], 0n);
  }

  #days(days: number | undefined): string {
    return days === undefined ? '–' : t('days', { days: formatCount(days) });
  }
}
