import { Component, computed } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  GetAgingRequest,
  GetAgingResponse,
  ListReceivablesRequest,
  ListReceivablesResponse,
  OverdueClass,
} from '@recourse/proto/web/cases/v1/receivables';
import type { Receivable } from '@recourse/proto/web/cases/v1/receivables';
import { listExport } from '../session/list-export';
import { dayFilter, flagFilter, manyFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { read } from '../session/api';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { DateField } from '../ui/date-field';
import { FilterChoice } from '../ui/filter-choice';
import { FlagFilter } from '../ui/flag-filter';
import { formatDay } from '../ui/format';
import { Icon } from '../ui/icon';
import { OverdueChip } from '../ui/overdue-chip';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { AgingTable } from './aging-table';
import { t } from './words';

const classes = Object.values(OverdueClass).filter((one) => one !== OverdueClass.UNSPECIFIED);

/** Who owes what as of any day: the aging on top, the documents below. */
@Component({
  imports: [
    AgingTable,
    DataTable,
    DataTableCell,
    DateField,
    FilterChoice,
    FlagFilter,
    Icon,
    MatButton,
    OverdueChip,
    PageHeader,
    RouterLink,
    SearchBox,
  ],
  templateUrl: './receivables-page.html',
  styles: `
    .agings {
      display: grid;
      gap: 16px;
      margin-block-end: 16px;
    }
    @media (min-width: 1100px) {
      .agings {
        grid-template-columns: repeat(auto-fit, minmax(480px, 1fr));
      }
    }
  `,
})
export class ReceivablesPage {
  protected readonly t = t;
  protected readonly list = listState({
    filters: {
      query: textFilter(),
      overdueClasses: manyFilter(classes),
      asOf: dayFilter(),
      includeSettled: flagFilter(),
      newlyOverdue: flagFilter(),
    },
    sort: 'due_date',
  });

  protected readonly receivables = load(
    () =>
      read(
        '/v1/receivables',
        ListReceivablesResponse.fromJSON,
        ListReceivablesRequest.toJSON(
          ListReceivablesRequest.fromPartial({
            ...this.list.values(),
            overdueClasses: [...this.list.values().overdueClasses],
            sort: this.list.sort(),
            page: this.list.page(),
          }),
        ),
      ),
    { live: ['import', 'payment', 'case'] },
  );

  protected readonly aging = load(
    () =>
      read(
        '/v1/aging',
        GetAgingResponse.fromJSON,
        GetAgingRequest.toJSON(GetAgingRequest.fromPartial({ asOf: this.list.values().asOf })),
      ),
    { live: ['import', 'payment'] },
  );

  protected readonly lead = computed(() => {
    const found = this.aging.value();
    if (found === undefined) return '';
    const count = found.agings.reduce((sum, aging) => sum + aging.count, 0n);
    const debtors = found.agings.reduce((sum, aging) => sum + aging.debtors, 0n);
    return t('lead', { day: formatDay(found.asOf), count, debtors });
  });

  protected readonly classOptions = computed(() =>
    classes.map((value) => ({ value, name: t.find(value) ?? value })),
  );

  protected readonly columns: Column<Receivable>[] = [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (r) => r.debtorName,
      fixed: true,
      card: 'title',
      note: (r) => r.customerNumber,
      noteTitle: () => t('customerNumber'),
    },
    {
      id: 'document',
      title: () => t('document'),
      value: (r) => r.documentNumber,
      sort: 'document_number',
      card: 'line',
    },
    {
      id: 'documentDate',
      title: () => t('documentDate'),
      kind: 'day',
      value: (r) => r.documentDate,
      card: 'none',
    },
    {
      id: 'dueDate',
      title: () => t('dueDate'),
      kind: 'day',
      value: (r) => r.dueDate,
      sort: 'due_date',
    },
    {
      id: 'days',
      title: () => t('days'),
      kind: 'own',
      text: (r) => String(r.daysOverdue),
      card: 'chip',
    },
    { id: 'amount', title: () => t('amount'), kind: 'money', value: (r) => r.amount, card: 'line' },
    {
      id: 'open',
      title: () => t('open'),
      kind: 'money',
      value: (r) => r.open,
      sort: 'open',
      card: 'figure',
    },
    {
      id: 'settledDate',
      title: () => t('settledDate'),
      kind: 'day',
      value: (r) => r.settledDate,
      hidden: true,
    },
    { id: 'terms', title: () => t('terms'), value: (r) => r.paymentTerms, hidden: true },
    { id: 'company', title: () => t('company'), value: (r) => r.companyCode, hidden: true },
  ];

  protected readonly exports = listExport(this.receivables, 'receivables');
  protected readonly keyOf = (row: Receivable): string => row.receivableId;
  protected readonly linkOf = (row: Receivable): string[] | undefined =>
    row.caseId === '' ? undefined : ['/cases', row.caseId];
}
