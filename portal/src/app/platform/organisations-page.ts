import { Component } from '@angular/core';
import {
  ListOrganisationsRequest,
  ListOrganisationsResponse,
  OrganisationState,
} from '@recourse/proto/web/platform/v1/directory';
import type { Organisation } from '@recourse/proto/web/platform/v1/directory';
import { read } from '../session/api';
import { manyFilter, oneFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { t } from './directory-words';
import { organisationTone } from './organisation-tones';

const kinds = ['creditor', 'agency', 'association', 'platform'] as const;
const states = Object.values(OrganisationState).filter(
  (one) => one !== OrganisationState.UNSPECIFIED,
);

/** Every organisation of the platform, as the identity provider keeps them. */
@Component({
  imports: [Chip, DataTable, DataTableCell, FilterChoice, PageHeader, SearchBox],
  template: `
    <rc-page-header [heading]="t('title')" [lead]="t('lead')" />
    <rc-data-table
      name="organisations"
      [label]="t('title')"
      [columns]="columns"
      [rows]="loaded.value()?.organisations"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('none')"
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
        single
        [label]="t('kind')"
        [options]="kindOptions()"
        [value]="kind()"
        (valueChange)="list.set({ kind: $event[0] })"
      />
      <rc-filter-choice
        filters
        [label]="t('state')"
        [options]="stateOptions()"
        [value]="list.values().states"
        (valueChange)="list.set({ states: $event })"
      />
      <ng-template rcCell="state" [rcCellRows]="loaded.value()?.organisations" let-row>
        <rc-chip [tone]="tone(row.state)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
    </rc-data-table>
  `,
})
export class OrganisationsPage {
  protected readonly t = t;
  protected readonly tone = organisationTone;
  protected readonly list = listState({
    filters: { query: textFilter(), kind: oneFilter(kinds), states: manyFilter(states) },
    sort: '',
  });
  protected readonly loaded = load(() => {
    const { query, kind = '', states: wanted } = this.list.values();
    const filter = { query, kind, states: [...wanted] };
    return read(
      '/v1/organisations',
      ListOrganisationsResponse.fromJSON,
      ListOrganisationsRequest.toJSON({ filter, page: this.list.page() }),
    );
  });
  protected readonly kind = () => {
    const { kind } = this.list.values();
    return kind === undefined ? [] : [kind];
  };
  protected readonly kindOptions = () => kinds.map((value) => ({ value, name: t(value) }));
  protected readonly stateOptions = () =>
    states.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly columns: Column<Organisation>[] = [
    {
      id: 'name',
      title: () => t('name'),
      value: (o) => o.name,
      note: (o) => o.reason || undefined,
      fixed: true,
      card: 'title',
    },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    { id: 'kind', title: () => t('kind'), value: (o) => t.find(o.kind) ?? o.kind },
    { id: 'users', title: () => t('users'), kind: 'count', value: (o) => o.users },
    { id: 'since', title: () => t('since'), kind: 'day', value: (o) => o.since || undefined },
  ];
  protected readonly keyOf = (row: Organisation): string => row.orgId;
  protected readonly linkOf = (row: Organisation): string[] => ['/organisations', row.orgId];
}
