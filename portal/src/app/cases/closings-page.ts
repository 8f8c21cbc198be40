import { Component, computed } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  ClosingKind,
  ClosingState,
  ListClosingsRequest,
  ListClosingsResponse,
} from '@recourse/proto/web/cases/v1/closings';
import type { Closing } from '@recourse/proto/web/cases/v1/closings';
import { read } from '../session/api';
import { everyPage } from '../session/every-page';
import { manyFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { closingTone, subjectText } from './closing-text';
import { closingWords as t } from './closing-words';
import { t as caseWords } from './words';

const states = Object.values(ClosingState).filter((one) => one !== ClosingState.UNSPECIFIED);
const kinds = Object.values(ClosingKind).filter((one) => one !== ClosingKind.UNSPECIFIED);

/** What was proposed to be written off, withdrawn or sold, and what became of it. */
@Component({
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    FilterChoice,
    MatButton,
    PageHeader,
    RouterLink,
    SearchBox,
  ],
  template: `
    <rc-page-header [heading]="t('title')" [lead]="lead()" [crumbs]="crumbs()">
      <a actions matButton routerLink="/cases">{{ t('toCases') }}</a>
    </rc-page-header>
    <rc-data-table
      name="closings"
      [label]="t('title')"
      [columns]="columns"
      [rows]="rows()"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [pages]="every"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('empty')"
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
        [label]="t('kind')"
        [options]="options.kinds()"
        [value]="list.values().kinds"
        (valueChange)="list.set({ kinds: $event })"
      />
      <rc-filter-choice
        filters
        [label]="t('state')"
        [options]="options.states()"
        [value]="list.values().states"
        (valueChange)="list.set({ states: $event })"
      />
      <ng-template rcCell="state" [rcCellRows]="rows()" let-row>
        <rc-chip [tone]="tone(row.state)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
    </rc-data-table>
  `,
})
export class ClosingsPage {
  protected readonly t = t;
  protected readonly tone = closingTone;
  protected readonly crumbs = () => [{ name: caseWords('title'), link: ['/cases'] }];
  protected readonly list = listState({
    filters: { query: textFilter(), kinds: manyFilter(kinds), states: manyFilter(states) },
    sort: '',
  });
  protected readonly loaded = load(
    () => {
      const { query, kinds: ofKinds, states: inStates } = this.list.values();
      const asked = { query, kinds: [...ofKinds], states: [...inStates], page: this.list.page() };
      const request = ListClosingsRequest.toJSON(ListClosingsRequest.fromPartial(asked));
      return read('/v1/closings', ListClosingsResponse.fromJSON, request);
    },
    { live: ['closing', 'payment'] },
  );
  protected readonly rows = computed(() => this.loaded.value()?.closings);
  protected readonly every = everyPage(this.loaded, (answer) => answer.closings);
  protected readonly lead = computed(() => {
    const count = this.loaded.value()?.page?.count;
    return count === undefined ? '' : t('lead', { count });
  });
  protected readonly options = {
    kinds: () => kinds.map((value) => ({ value, name: t.find(value) ?? value })),
    states: () => states.map((value) => ({ value, name: t.find(value) ?? value })),
  };
  protected readonly keyOf = (row: Closing): string => row.closingId;
  protected readonly linkOf = (row: Closing): string[] => ['/cases/closings', row.closingId];
  protected readonly columns: Column<Closing>[] = [
    {
      id: 'subject',
      title: () => t('subject'),
      value: subjectText,
      fixed: true,
      card: 'title',
      note: (row) => row.sale?.buyerName ?? row.caseNumber,
      noteTitle: () => t('buyerName'),
    },
    { id: 'kind', title: () => t('kind'), value: (row) => t.find(row.kind) },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      text: (row) => t.find(row.state),
      card: 'chip',
    },
    {
      id: 'open',
      title: () => t('open'),
      kind: 'money',
      value: (row) => row.open,
      card: 'figure',
    },
    { id: 'loss', title: () => t('loss'), kind: 'money', value: (row) => row.loss },
    { id: 'reason', title: () => t('reason'), value: (row) => t.find(row.reason) },
    {
      id: 'proposed',
      title: () => t('proposedBy'),
      kind: 'instant',
      value: (row) => row.proposedAt,
      note: (row) => row.actor?.name,
      noteTitle: () => t('proposedBy'),
    },
  ];
}
