import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  ImportState,
  ListImportsRequest,
  ListImportsResponse,
} from '@recourse/proto/web/cases/v1/imports';
import type { Import } from '@recourse/proto/web/cases/v1/imports';
import { read } from '../session/api';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { PageHeader } from '../ui/page-header';
import { t } from './words';

const tones: Partial<Record<ImportState, 'good' | 'bad' | 'info' | 'neutral'>> = {
  [ImportState.COMMITTED]: 'good',
  [ImportState.FAILED]: 'bad',
  [ImportState.MAPPING]: 'info',
  [ImportState.CHECKED]: 'info',
};

/** Every import of the organisation, newest first; each opens where it stands. */
@Component({
  imports: [Chip, DataTable, DataTableCell, MatButton, PageHeader, RouterLink],
  template: `
    <rc-page-header [heading]="t('listTitle')" [crumbs]="crumbs()">
      <a actions matButton="filled" routerLink="new">{{ t('new') }}</a>
    </rc-page-header>
    <rc-data-table
      name="imports"
      [label]="t('listTitle')"
      [columns]="columns"
      [rows]="imports.value()?.imports"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="imports.value()?.page"
      [loading]="imports.loading()"
      [problem]="imports.problem()"
      (retry)="imports.reload()"
    >
      <ng-template rcCell="state" [rcCellRows]="imports.value()?.imports" let-row>
        <rc-chip [tone]="toneOf(row)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
    </rc-data-table>
  `,
})
export class ImportsPage {
  protected readonly t = t;
  protected readonly list = listState({ filters: {}, sort: '' });
  protected readonly imports = load(
    () =>
      read(
        '/v1/imports',
        ListImportsResponse.fromJSON,
        ListImportsRequest.toJSON({ page: this.list.page() }),
      ),
    { live: ['import'] },
  );
  protected readonly crumbs = () => [{ name: t('receivables'), link: ['/receivables'] }];
  protected readonly columns: Column<Import>[] = [
    {
      id: 'file',
      title: () => t('fileName'),
      value: (i) => i.fileName,
      fixed: true,
      card: 'title',
      note: (i) => i.source,
    },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    { id: 'rows', title: () => t('rows'), kind: 'count', value: (i) => i.analysis?.rowCount },
    { id: 'new', title: () => t('newOnes'), kind: 'count', value: (i) => i.counts?.receivablesNew },
    {
      id: 'changed',
      title: () => t('changed'),
      kind: 'count',
      value: (i) => i.counts?.receivablesChanged,
    },
    { id: 'rejected', title: () => t('rejected'), kind: 'count', value: (i) => i.counts?.rejected },
    { id: 'by', title: () => t('by'), value: (i) => i.createdBy?.name },
    { id: 'at', title: () => t('at'), kind: 'instant', value: (i) => i.createdAt },
  ];
  protected readonly keyOf = (row: Import): string => row.importId;
  protected readonly linkOf = (row: Import): string[] => ['/receivables/imports', row.importId];

  protected toneOf(row: Import): 'good' | 'bad' | 'info' | 'neutral' {
    return tones[row.state] ?? 'neutral';
  }
}
