import { Component, computed, input } from '@angular/core';
import {
  ListCustomerRatingsRequest,
  ListCustomerRatingsResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import type { Rating } from '@recourse/proto/web/credit/v1/ratings';
import { path, read } from '../session/api';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Chart } from '../ui/chart';
import type { ChartSpec } from '../ui/chart-spec';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { formatInstant } from '../ui/format';
import { gradeText, gradeTone, termsText } from './reason-text';
import { t } from './words';

/** Earlier ratings of a customer: how the score went, and what each one said. */
@Component({
  selector: 'rc-rating-history',
  imports: [Chart, Chip, DataTable, DataTableCell],
  template: `
    @if (hasLine()) {
      <rc-chart [heading]="t('scoreChart')" [spec]="spec()" [height]="180" />
    }
    <rc-data-table
      name="customer-ratings"
      [label]="t('history')"
      [columns]="columns"
      [rows]="loaded.value()?.ratings"
      [rowKey]="keyOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('historyEmpty')"
      (retry)="loaded.reload()"
    >
      <ng-template rcCell="grade" [rcCellRows]="loaded.value()?.ratings" let-row>
        <rc-chip [tone]="gradeTone(row.grade)">{{ gradeText(row.grade) }}</rc-chip>
      </ng-template>
    </rc-data-table>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 16px;
    }
  `,
})
export class RatingHistory {
  readonly customerId = input.required<string>();
  protected readonly t = t;
  protected readonly gradeText = gradeText;
  protected readonly gradeTone = gradeTone;
  protected readonly list = listState({ filters: {}, sort: '', size: 20, prefix: 'h-' });
  protected readonly loaded = load(
    () =>
      read(
        path`/v1/customers/${this.customerId()}/ratings`,
        ListCustomerRatingsResponse.fromJSON,
        ListCustomerRatingsRequest.toJSON({ customerId: '', page: this.list.page() }),
      ),
    { live: ['rating'] },
  );
  protected readonly hasLine = computed(() => (this.loaded.value()?.ratings.length ?? 0) > 1);
  protected readonly spec = computed((): ChartSpec | undefined => {
    const found = this.loaded.value()?.ratings.toReversed();
    if (found === undefined) return undefined;
    return {
      kind: 'lines',
      categoryName: t('ratedAt'),
      categories: found.map((one) => formatInstant(one.ratedAt)),
      series: [{ name: t('score'), values: found.map((one) => one.score) }],
      unit: 'count',
    };
  });
  protected readonly columns: Column<Rating>[] = [
    { id: 'at', title: () => t('ratedAt'), kind: 'instant', value: (r) => r.ratedAt, fixed: true },
    { id: 'grade', title: () => t('grade'), kind: 'own', card: 'chip' },
    { id: 'score', title: () => t('score'), kind: 'count', value: (r) => r.score },
    { id: 'pd', title: () => t('pd'), kind: 'bps', value: (r) => r.pdBps },
    { id: 'limit', title: () => t('limit'), kind: 'money', value: (r) => r.limit, card: 'figure' },
    { id: 'terms', title: () => t('terms'), value: (r) => termsText(r.terms) },
    { id: 'cause', title: () => t('cause'), value: (r) => t.find(r.cause) ?? '–' },
    { id: 'model', title: () => t('models'), value: (r) => r.modelVersion, hidden: true },
  ];
  protected readonly keyOf = (row: Rating): string => row.ratingId;
}
