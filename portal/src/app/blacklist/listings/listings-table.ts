import { Component, computed, input, output } from '@angular/core';
import type { Listing, ListListingsResponse } from '@recourse/proto/web/blacklist/v1/listings';
import type { Loaded } from '../../session/load';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import type { TableState } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { named, nextText, stateTone } from './listing-text';
import { t } from './words';

/** Listings as rows; what has to be done next stands beside the state. Slot: filters. */
@Component({
  selector: 'rc-listings-table',
  imports: [Chip, DataTable, DataTableCell],
  template: `
    <rc-data-table
      [name]="name()"
      [label]="t('title')"
      [columns]="columns()"
      [rows]="loaded().value()?.listings"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="state()"
      [page]="loaded().value()?.page"
      [loading]="loaded().loading()"
      [problem]="loaded().problem()"
      [emptyTitle]="emptyTitle()"
      [emptyHint]="emptyHint()"
      (retry)="retry.emit()"
    >
      <ng-container filters><ng-content /></ng-container>
      <ng-template rcCell="state" [rcCellRows]="loaded().value()?.listings" let-row>
        <rc-chip [tone]="tone(row)">{{ text(row.state) }}</rc-chip>
        @if (row.disputed) {
          <rc-chip tone="watch">{{ t('disputed') }}</rc-chip>
        }
      </ng-template>
    </rc-data-table>
  `,
})
export class ListingsTable {
  readonly name = input.required<string>();
  readonly loaded = input.required<Loaded<ListListingsResponse>>();
  readonly state = input.required<TableState>();
  readonly ofAssociation = input(false);
  readonly emptyTitle = input('');
  readonly emptyHint = input('');
  readonly retry = output();
  protected readonly t = t;
  protected readonly text = named;
  protected readonly columns = computed((): Column<Listing>[] => [
    {
      id: 'name',
      title: () => t('name'),
      value: (l) => l.name,
      fixed: true,
      card: 'title',
      note: (l) => l.creditCode,
    },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    {
      id: 'next',
      title: () => t('nextStep'),
      value: (l) => nextText(l) || '–',
      card: 'figure',
    },
    { id: 'due', title: () => t('due'), kind: 'relative-day', value: (l) => l.nextDue },
    {
      id: 'category',
      title: () => t('category'),
      value: (l) => named(l.category),
      note: (l) => named(l.amountBand),
      noteTitle: () => t('band'),
    },
    this.ofAssociation()
      ? { id: 'reporter', title: () => t('reporter'), value: (l) => l.reporterName }
      : { id: 'association', title: () => t('association'), value: (l) => l.associationName },
    { id: 'published', title: () => t('published'), kind: 'day', value: (l) => l.publishedOn },
    {
      id: 'expires',
      title: () => t('expires'),
      kind: 'day',
      value: (l) => l.expiresOn,
      hidden: true,
    },
  ]);
  protected readonly keyOf = (row: Listing): string => row.listingId;
  protected readonly linkOf = (row: Listing): string[] => ['/blacklist', row.listingId];

  protected tone(row: Listing): Tone {
    return stateTone(row.state);
  }
}
