import { Component, computed, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  CaseState,
  GetCaseResponse,
  Handling,
  ListCasesRequest,
  ListCasesResponse,
} from '@recourse/proto/web/cases/v1/cases';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import { path, read } from '../session/api';
import { dialogUrl } from '../session/dialog-url';
import { textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { OverdueChip } from '../ui/overdue-chip';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { nothingSelected } from '../ui/selection';
import type { Selection } from '../ui/selection';
import { AssignDialog } from './assign-dialog';
import { t as words } from './assign-words';
import { stepText } from './case-text';
import { t } from './words';

/** Open cases worked in-house with who works them; a supervisor gives the selected ones away. */
@Component({
  imports: [AssignDialog, DataTable, DataTableCell, MatButton, OverdueChip, PageHeader, SearchBox],
  template: `
    <rc-page-header [heading]="words('title')" [lead]="words('lead')" [crumbs]="crumbs()" />
    <rc-data-table
      name="assign-cases"
      selectable
      [label]="words('title')"
      [columns]="columns"
      [rows]="cases.value()?.cases"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="cases.value()?.page"
      [loading]="cases.loading()"
      [problem]="cases.problem()"
      [emptyTitle]="t('emptyTitle')"
      (retry)="cases.reload()"
      [(selection)]="selection"
    >
      <rc-search-box
        filters
        [label]="t('search')"
        [value]="list.values().query"
        (changed)="list.set({ query: $event })"
      />
      <ng-template rcCell="days" [rcCellRows]="cases.value()?.cases" let-row>
        <rc-overdue-chip [days]="row.daysOverdue" [overdueClass]="row.overdueClass" />
      </ng-template>
      <button
        bulk
        matButton="filled"
        type="button"
        [disabled]="chosen().length === 0"
        (click)="dialogs.show('assign')"
      >
        {{ words('assignCount', { count: chosen().length }) }}
      </button>
    </rc-data-table>
    @if (dialogs.open() === 'assign' && given().length > 0) {
      <rc-assign-dialog [cases]="given()" (assigned)="done()" (closed)="close()" />
    }
  `,
})
export class AssignPage {
  protected readonly t = t;
  protected readonly words = words;
  protected readonly crumbs = () => [{ name: t('title'), link: ['/cases'] }];
  protected readonly dialogs = dialogUrl(['assign']);
  protected readonly selection = signal<Selection>(nothingSelected);
  protected readonly list = listState({ filters: { query: textFilter() }, sort: '-open' });
  protected readonly cases = load(
    () => {
      const request = {
        ...this.list.values(),
        states: [CaseState.OPEN],
        handlings: [Handling.INTERNAL],
        sort: this.list.sort(),
        page: this.list.page(),
      };
      return read(
        '/v1/cases',
        ListCasesResponse.fromJSON,
        ListCasesRequest.toJSON(ListCasesRequest.fromPartial(request)),
      );
    },
    { live: ['case'] },
  );
  /** The one case that the address names, whichever page of the list it stands on. */
  readonly #named = load(() => {
    const caseId = this.dialogs.open() === 'assign' ? this.dialogs.on() : '';
    return caseId === '' ? undefined : read(path`/v1/cases/${caseId}`, GetCaseResponse.fromJSON);
  });
  /** Selected cases of this page. */
  protected readonly chosen = computed(() => {
    const selection = this.selection();
    const rows = this.cases.value()?.cases ?? [];
    if (selection.kind === 'matching') return rows;
    return rows.filter((row) => selection.keys.has(row.caseId));
  });
  protected readonly given = computed((): readonly Case[] => {
    const named = this.#named.value()?.case;
    return this.dialogs.on() === '' ? this.chosen() : named === undefined ? [] : [named];
  });
  protected readonly columns: Column<Case>[] = [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (c) => c.debtorName,
      sort: 'debtor_name',
      fixed: true,
      card: 'title',
      note: (c) => c.number,
      noteTitle: () => t('number'),
    },
    {
      id: 'assignee',
      title: () => t('assignee'),
      value: (c) => c.assigneeName || words('unassigned'),
      card: 'line',
    },
    { id: 'days', title: () => t('days'), kind: 'own', sort: 'days_overdue', card: 'chip' },
    {
      id: 'open',
      title: () => t('openAmount'),
      kind: 'money',
      value: (c) => c.open,
      sort: 'open',
      card: 'figure',
    },
    { id: 'next', title: () => t('nextAction'), value: (c) => stepText(c.nextAction) },
    { id: 'region', title: () => t('region'), value: (c) => c.region },
    { id: 'industry', title: () => t('industry'), value: (c) => c.industry },
  ];
  protected readonly keyOf = (row: Case): string => row.caseId;
  protected readonly linkOf = (row: Case): string[] => ['/cases', row.caseId];

  protected done(): void {
    this.selection.set(nothingSelected);
    this.close();
  }

  /** Some may be assigned although others were refused, so the list is read again either way. */
  protected close(): void {
    this.dialogs.close();
    this.cases.reload();
  }
}
