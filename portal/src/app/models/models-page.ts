import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { ListModelsRequest, ListModelsResponse } from '@recourse/proto/web/credit/v1/models';
import type { CreditModel } from '@recourse/proto/web/credit/v1/models';
import { CreditNav } from '../ratings/credit-nav';
import { read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { explain } from '../session/problem-words';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { PageHeader } from '../ui/page-header';
import { FitDialog } from './fit-dialog';
import { shareText, stateTone } from './model-text';
import { t } from './words';

/** Models fitted on outcomes, and which of them rates customers. */
@Component({
  imports: [Chip, CreditNav, DataTable, DataTableCell, FitDialog, MatButton, PageHeader],
  template: `
    <rc-page-header [heading]="t('title')" [lead]="t('lead')">
      @if (mayFit()) {
        <button actions matButton="filled" type="button" (click)="dialogs.show('fit')">
          {{ t('fit') }}
        </button>
      }
    </rc-page-header>
    <rc-credit-nav />
    <rc-data-table
      name="credit-models"
      [label]="t('title')"
      [columns]="columns"
      [rows]="loaded.value()?.models"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('emptyTitle')"
      [emptyHint]="t('emptyHint')"
      (retry)="loaded.reload()"
    >
      <ng-template rcCell="state" [rcCellRows]="loaded.value()?.models" let-row>
        <rc-chip [tone]="stateTone(row.state)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
    </rc-data-table>
    @if (dialogs.open() === 'fit' && mayFit()) {
      <rc-fit-dialog (started)="open($event)" (closed)="dialogs.close()" />
    }
  `,
})
export class ModelsPage {
  readonly #caller = inject(Session).caller;
  readonly #router = inject(Router);
  protected readonly t = t;
  protected readonly explain = explain(t);
  protected readonly stateTone = stateTone;
  protected readonly dialogs = dialogUrl(['fit']);
  protected readonly list = listState({ filters: {}, sort: '' });
  protected readonly loaded = load(
    () =>
      read(
        '/v1/credit-models',
        ListModelsResponse.fromJSON,
        ListModelsRequest.toJSON({ page: this.list.page() }),
      ),
    { live: ['job'] },
  );
  protected readonly mayFit = computed(() =>
    mayCall(this.#caller(), ['credit_manager', 'director']),
  );
  protected readonly columns: Column<CreditModel>[] = [
    { id: 'name', title: () => t('name'), value: (m) => m.name, fixed: true, card: 'title' },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    { id: 'kind', title: () => t('kind'), value: (m) => t.find(m.kind) },
    { id: 'auc', title: () => t('auc'), value: (m) => shareText(m.figures?.aucMillionths) },
    { id: 'ks', title: () => t('ks'), value: (m) => shareText(m.figures?.ksMillionths) },
    {
      id: 'records',
      title: () => t('records'),
      kind: 'count',
      value: (m) => m.figures?.recordCount,
    },
    {
      id: 'by',
      title: () => t('fittedBy'),
      value: (m) => m.fittedBy?.name,
    },
    {
      id: 'asked',
      title: () => t('askedAt'),
      kind: 'relative-instant',
      value: (m) => m.askedAt,
    },
  ];
  protected readonly keyOf = (row: CreditModel): string => row.modelId;
  protected readonly linkOf = (row: CreditModel): string[] => ['/customers/models', row.modelId];

  protected open(modelId: string): void {
    void this.#router.navigate(['/customers/models', modelId]);
  }
}
