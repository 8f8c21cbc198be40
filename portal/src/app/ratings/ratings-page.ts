import { Component, computed } from '@angular/core';
import {
  Grade,
  ListRatingsRequest,
  ListRatingsResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import type { RatedCustomer } from '@recourse/proto/web/credit/v1/ratings';
import { read } from '../session/api';
import { listExport } from '../session/list-export';
import { flagFilter, manyFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Chart } from '../ui/chart';
import type { ChartSpec, ChartTone } from '../ui/chart-spec';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FlagFilter } from '../ui/flag-filter';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { CreditNav } from './credit-nav';
import { gradeText, gradeTone } from './reason-text';
import { t } from './words';

const grades = Object.values(Grade).filter((one) => /^GRADE_(?:A|B|C|D)/.test(one));

const chartTones: Readonly<Record<string, ChartTone>> = {
  good: 'good',
  info: 'primary',
  watch: 'watch',
  warn: 'warn',
  bad: 'bad',
};

/** The portfolio by present rating: how many customers and how much stands in each grade. */
@Component({
  imports: [
    Chart,
    Chip,
    CreditNav,
    DataTable,
    DataTableCell,
    FilterChoice,
    FlagFilter,
    PageHeader,
    SearchBox,
  ],
  template: `
    <rc-page-header [heading]="t('ratings')" />
    <rc-credit-nav />
    <div class="rc-grid charts">
      <rc-chart [heading]="t('gradeChart')" [spec]="counts()" [height]="170" />
      <rc-chart [heading]="t('exposureChart')" [spec]="exposures()" [height]="170" />
    </div>
    <rc-data-table
      name="ratings"
      [label]="t('ratings')"
      [columns]="columns"
      [rows]="loaded.value()?.customers"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [exports]="exports"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('emptyTitle')"
      [emptyHint]="t('emptyHint')"
      (retry)="loaded.reload()"
    >
      <rc-search-box
        filters
        [label]="t('search')"
        [value]="list.values().query"
        (changed)="list.set({ query: $event })"
      />
      <rc-filter-choice
        filters
        [label]="t('grade')"
        [options]="gradeOptions"
        [value]="list.values().grades"
        (valueChange)="list.set({ grades: $event })"
      />
      <rc-flag-filter
        filters
        [label]="t('overOnly')"
        [value]="list.values().overLimit"
        (changed)="list.set({ overLimit: $event })"
      />
      <ng-template rcCell="grade" [rcCellRows]="loaded.value()?.customers" let-row>
        <rc-chip [tone]="gradeTone(row.grade)">{{ gradeText(row.grade) }}</rc-chip>
        @if (row.overLimit) {
          <rc-chip tone="bad">{{ t('over') }}</rc-chip>
        }
      </ng-template>
    </rc-data-table>
  `,
  styles: `
    .charts {
      margin-block-end: 16px;
    }
  `,
})
export class RatingsPage {
  protected readonly t = t;
  protected readonly gradeText = gradeText;
  protected readonly gradeTone = gradeTone;
  protected readonly gradeOptions = grades.map((value) => ({ value, name: gradeText(value) }));
  protected readonly list = listState({
    filters: { query: textFilter(), grades: manyFilter(grades), overLimit: flagFilter() },
    sort: '-pd',
  });
  protected readonly loaded = load(
    () =>
      read(
        '/v1/ratings',
        ListRatingsResponse.fromJSON,
        ListRatingsRequest.toJSON(
          ListRatingsRequest.fromPartial({
            ...this.list.values(),
            grades: [...this.list.values().grades],
            sort: this.list.sort(),
            page: this.list.page(),
          }),
        ),
      ),
    { live: ['rating', 'customer'] },
  );
  readonly #byGrade = computed(() => {
    const found = this.loaded.value();
    return found === undefined ? undefined : new Map(found.grades.map((one) => [one.grade, one]));
  });
  readonly #frame = computed(() => ({
    kind: 'bars' as const,
    categoryName: t('grade'),
    categories: grades.map(gradeText),
  }));
  readonly #tones = grades.map((grade) => chartTones[gradeTone(grade)] ?? 'muted');
  protected readonly counts = computed((): ChartSpec | undefined => {
    const found = this.#byGrade();
    if (found === undefined) return undefined;
    const values = grades.map((grade) => Number(found.get(grade)?.count ?? 0n));
    return {
      ...this.#frame(),
      series: [{ name: t('count'), values, tones: this.#tones }],
      unit: 'count',
    };
  });
  protected readonly exposures = computed((): ChartSpec | undefined => {
    const found = this.#byGrade();
    if (found === undefined) return undefined;
    const values = grades.map((grade) => found.get(grade)?.exposure);
    return {
      ...this.#frame(),
      series: [{ name: t('exposure'), values, tones: this.#tones }],
      unit: 'money',
    };
  });
  protected readonly columns: Column<RatedCustomer>[] = [
    {
      id: 'name',
      title: () => t('name'),
      value: (r) => r.name,
      note: (r) => r.customerNumber,
      sort: 'name',
      fixed: true,
      card: 'title',
    },
    {
      id: 'grade',
      title: () => t('grade'),
      kind: 'own',
      text: (r) => gradeText(r.grade),
      card: 'chip',
    },
    { id: 'pd', title: () => t('pd'), kind: 'bps', value: (r) => r.pdBps, sort: 'pd' },
    { id: 'score', title: () => t('score'), kind: 'count', value: (r) => r.score, sort: 'score' },
    {
      id: 'exposure',
      title: () => t('exposure'),
      kind: 'money',
      value: (r) => r.exposure,
      sort: 'exposure',
      card: 'figure',
    },
    { id: 'limit', title: () => t('limit'), kind: 'money', value: (r) => r.limit },
    {
      id: 'warnings',
      title: () => t('warningCount'),
      kind: 'count',
      value: (r) => r.warningCount,
    },
    {
      id: 'review',
      title: () => t('reviewOn'),
      kind: 'day',
      value: (r) => r.reviewOn,
      sort: 'review_on',
    },
    { id: 'region', title: () => t('region'), value: (r) => r.region, hidden: true },
    { id: 'industry', title: () => t('industry'), value: (r) => r.industry, hidden: true },
  ];
  protected readonly exports = listExport(this.loaded, 'ratings', { at: '/v1/customer-exports' });
  protected readonly keyOf = (row: RatedCustomer): string => row.customerId;
  protected readonly linkOf = (row: RatedCustomer): string[] => ['/customers', row.customerId];
}
