import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  ListAgenciesRequest,
  ListAgenciesResponse,
} from '@recourse/proto/web/agencies/v1/agencies';
import type { Agency } from '@recourse/proto/web/agencies/v1/agencies';
import { conditionsText, ratesText } from '../placements/terms-text';
import { read } from '../session/api';
import { everyPage } from '../session/every-page';
import { textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { intervalText, recoveryText, reportsText } from './record-text';
import { t } from './words';

/** Every agency that publishes itself, with what was measured of it here. */
@Component({
  imports: [Chip, DataTable, DataTableCell, MatButton, PageHeader, RouterLink, SearchBox],
  template: `
    <rc-page-header [heading]="t('title')" [lead]="t('lead')">
      <a actions matButton routerLink="/ranking">{{ t('ranking') }}</a>
      <a actions matButton routerLink="/placements">{{ t('placements') }}</a>
      <a actions matButton routerLink="/tenders">{{ t('tenders') }}</a>
      <a actions matButton routerLink="/reports">{{ t('reportsPlace') }}</a>
      <a actions matButton routerLink="/commission">{{ t('statements') }}</a>
    </rc-page-header>
    <rc-data-table
      name="agencies"
      [label]="t('title')"
      [columns]="columns"
      [rows]="agencies.value()?.agencies"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="agencies.value()?.page"
      [pages]="every"
      [loading]="agencies.loading()"
      [problem]="agencies.problem()"
      [emptyTitle]="t('emptyTitle')"
      (retry)="agencies.reload()"
    >
      <rc-search-box
        filters
        [label]="t('search')"
        [value]="list.values().query"
        (changed)="list.set({ query: $event })"
      />
      <ng-template rcCell="open" [rcCellRows]="agencies.value()?.agencies" let-row>
        <rc-chip [tone]="row.acceptsPlacements ? 'good' : 'bad'">
          {{ row.acceptsPlacements ? t('open') : t('suspended') }}
        </rc-chip>
      </ng-template>
    </rc-data-table>
  `,
})
export class AgenciesPage {
  protected readonly t = t;
  protected readonly list = listState({ filters: { query: textFilter() }, sort: '' });
  protected readonly agencies = load(
    () =>
      read(
        '/v1/agencies',
        ListAgenciesResponse.fromJSON,
        ListAgenciesRequest.toJSON(
          ListAgenciesRequest.fromPartial({ ...this.list.values(), page: this.list.page() }),
        ),
      ),
    { live: ['agency', 'placement'] },
  );
  protected readonly columns: Column<Agency>[] = [
    {
      id: 'name',
      title: () => t('name'),
      value: (a) => a.name,
      fixed: true,
      card: 'title',
      note: (a) => a.sectors.join(' · '),
    },
    {
      id: 'recovery',
      title: () => t('recovery'),
      value: (a) => recoveryText(a.record),
      isFigure: true,
      noteTitle: () => t('intervalTitle'),
      card: 'figure',
      note: (a) => intervalText(a.record),
    },
    { id: 'active', title: () => t('active'), kind: 'count', value: (a) => a.activeCases },
    { id: 'capacity', title: () => t('capacity'), kind: 'count', value: (a) => a.capacityCases },
    {
      id: 'reports',
      title: () => t('reports'),
      isFigure: true,
      value: (a) => reportsText(a.record),
    },
    { id: 'regions', title: () => t('regions'), value: (a) => a.regions.join(' · '), hidden: true },
    {
      id: 'terms',
      title: () => t('terms'),
      value: (a) => ratesText(a.listTerms),
      note: (a) => conditionsText(a.listTerms) || undefined,
      noteTitle: () => t('conditions'),
    },
    {
      id: 'open',
      title: () => t('state'),
      kind: 'own',
      text: (a) => (a.acceptsPlacements ? t('open') : t('suspended')),
      card: 'chip',
    },
  ];
  protected readonly every = everyPage(this.agencies, (answer) => answer.agencies);
  protected readonly keyOf = (row: Agency): string => row.agencyId;
  protected readonly linkOf = (row: Agency): string[] => ['/agencies', row.agencyId];
}
