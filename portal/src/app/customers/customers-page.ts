import { Component } from '@angular/core';
import { ListCustomersRequest, ListCustomersResponse } from '@recourse/proto/web/credit/v1/credit';
import type { Customer, PaymentBehaviour } from '@recourse/proto/web/credit/v1/credit';
import { CreditNav } from '../ratings/credit-nav';
import { read } from '../session/api';
import { textFilter } from '../session/list-filter';
import { listExport } from '../session/list-export';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { daysText, trendText } from './behaviour-text';
import { t } from './words';

/** The behaviour a list shows: of the currency with most documents. */
function main(customer: Customer): PaymentBehaviour | undefined {
  return customer.behaviours.toSorted((a, b) =>
    a.receivableCount > b.receivableCount ? -1 : 1,
  )[0];
}

/** The same where something was settled: what it says of paying rests on that alone. */
function settled(customer: Customer): PaymentBehaviour | undefined {
  const found = main(customer);
  return found === undefined || found.settledCount === 0n ? undefined : found;
}

/** The creditor's customers and how they pay. */
@Component({
  imports: [CreditNav, DataTable, PageHeader, SearchBox],
  template: `
    <rc-page-header [heading]="t('title')" />
    <rc-credit-nav />
    <rc-data-table
      name="customers"
      [label]="t('title')"
      [columns]="columns"
      [rows]="customers.value()?.customers"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="customers.value()?.page"
      [exports]="exports"
      [loading]="customers.loading()"
      [problem]="customers.problem()"
      [emptyTitle]="t('emptyTitle')"
      [emptyHint]="t('emptyHint')"
      (retry)="customers.reload()"
    >
      <rc-search-box
        filters
        [label]="t('search')"
        [value]="list.values().query"
        (changed)="list.set({ query: $event })"
      />
    </rc-data-table>
  `,
})
export class CustomersPage {
  protected readonly t = t;
  protected readonly list = listState({ filters: { query: textFilter() }, sort: '-overdue' });
  protected readonly customers = load(
    () =>
      read(
        '/v1/customers',
        ListCustomersResponse.fromJSON,
        ListCustomersRequest.toJSON(
          ListCustomersRequest.fromPartial({
            ...this.list.values(),
            sort: this.list.sort(),
            page: this.list.page(),
          }),
        ),
      ),
    { live: ['customer', 'payment', 'import'] },
  );
  protected readonly columns: Column<Customer>[] = [
    {
      id: 'name',
      title: () => t('name'),
      value: (c) => c.name,
      sort: 'name',
      fixed: true,
      card: 'title',
      note: (c) => c.customerNumber,
      noteTitle: () => t('number'),
    },
    { id: 'region', title: () => t('region'), value: (c) => c.region },
    { id: 'industry', title: () => t('industry'), value: (c) => c.industry },
    {
      id: 'exposure',
      title: () => t('exposure'),
      kind: 'money',
      value: (c) => main(c)?.exposure,
      sort: 'exposure',
      card: 'line',
    },
    {
      id: 'overdue',
      title: () => t('overdue'),
      kind: 'money',
      value: (c) => main(c)?.overdue,
      sort: 'overdue',
      card: 'figure',
    },
    {
      id: 'late',
      title: () => t('lateShare'),
      kind: 'bps',
      // Of settled documents only: without one nothing is known, least of all 0 %.
      value: (c) => settled(c)?.lateShareBps,
      sort: 'late_share',
    },
    {
      id: 'mean',
      title: () => t('meanLate'),
      isFigure: true,
      value: (c) => {
        const found = settled(c);
        return found === undefined ? '–' : daysText(found.meanDaysLateTenths);
      },
    },
    {
      id: 'worst',
      title: () => t('worst'),
      isFigure: true,
      value: (c) => {
        const found = main(c);
        return found === undefined ? undefined : t('days', { days: found.worstDaysLate });
      },
    },
    {
      id: 'trend',
      title: () => t('trend'),
      hidden: true,
      value: (c) => {
        const found = main(c);
        return found === undefined ? undefined : trendText(found);
      },
    },
  ];
  protected readonly exports = listExport(this.customers, 'customers', {
    at: '/v1/customer-exports',
  });
  protected readonly keyOf = (row: Customer): string => row.customerId;
  protected readonly linkOf = (row: Customer): string[] => ['/customers', row.customerId];
}
