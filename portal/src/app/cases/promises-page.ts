import { Component, computed, inject } from '@angular/core';
import { PromiseState } from '@recourse/proto/web/cases/v1/work';
import type { PaymentPromise } from '@recourse/proto/web/cases/v1/work';
import { dayFilter, manyFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { loadPromises } from './promises';
import { promiseTone } from './promises-list';
import { t } from './words';

const states = Object.values(PromiseState).filter((one) => one !== PromiseState.UNSPECIFIED);

/** Promises of all cases in sight, due first: what the first page counts, one by one. */
@Component({
  imports: [Chip, DataTable, DataTableCell, FilterChoice, PageHeader],
  template: `
    <rc-page-header [heading]="t('allPromises')" [crumbs]="crumbs()" />
    <rc-data-table
      name="all-promises"
      [label]="t('allPromises')"
      [columns]="columns"
      [rows]="loaded.value()?.promises"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('noPromises')"
      (retry)="loaded.reload()"
    >
      <rc-filter-choice
        filters
        [label]="t('state')"
        [options]="stateOptions()"
        [value]="list.values().states"
        (valueChange)="list.set({ states: $event })"
      />
      <ng-template rcCell="state" [rcCellRows]="loaded.value()?.promises" let-row>
        <rc-chip [tone]="tone(row.state)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
    </rc-data-table>
  `,
})
export class PromisesPage {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly tone = promiseTone;
  protected readonly crumbs = computed(() => [
    { name: this.#caller().orgKind === 'creditor' ? t('title') : t('myTitle'), link: ['/cases'] },
  ]);
  protected readonly list = listState({
    filters: { states: manyFilter(states), dueFrom: dayFilter(), dueTo: dayFilter() },
    sort: '',
  });
  protected readonly loaded = loadPromises(() => {
    const { states: chosen, ...span } = this.list.values();
    return { ...span, states: [...chosen], page: this.list.page() };
  });
  protected readonly stateOptions = () =>
    states.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly columns: Column<PaymentPromise>[] = [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (p) => p.debtorName,
      fixed: true,
      card: 'title',
      note: (p) => p.caseNumber,
      noteTitle: () => t('number'),
    },
    { id: 'due', title: () => t('dueDay'), kind: 'day', value: (p) => p.dueDay },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      text: (p) => t.find(p.state),
      card: 'chip',
    },
    {
      id: 'amount',
      title: () => t('amount'),
      kind: 'money',
      value: (p) => p.amount,
      card: 'figure',
    },
    { id: 'received', title: () => t('recovered'), kind: 'money', value: (p) => p.received },
    { id: 'by', title: () => t('promisedBy'), value: (p) => p.promisedBy },
  ];
  protected readonly keyOf = (row: PaymentPromise): string => row.promiseId;
  protected readonly linkOf = (row: PaymentPromise): string[] => ['/cases', row.caseId];
}
