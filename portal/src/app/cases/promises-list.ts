import { Component, input } from '@angular/core';
import { PromiseState } from '@recourse/proto/web/cases/v1/work';
import type { PaymentPromise } from '@recourse/proto/web/cases/v1/work';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { t } from './words';

const tones: Partial<Record<PromiseState, 'good' | 'warn' | 'bad' | 'info'>> = {
  [PromiseState.KEPT]: 'good',
  [PromiseState.PARTLY_KEPT]: 'warn',
  [PromiseState.BROKEN]: 'bad',
};

/** Colour of what became of a promise; the word always stands beside it. */
export function promiseTone(state: PromiseState): 'good' | 'warn' | 'bad' | 'info' {
  return tones[state] ?? 'info';
}

/** Promises with what came of them. */
@Component({
  selector: 'rc-promises-list',
  imports: [Chip, DataTable, DataTableCell],
  template: `
    <rc-data-table
      name="promises"
      [label]="t('promises')"
      [columns]="columns"
      [rows]="promises()"
      [rowKey]="keyOf"
      [emptyTitle]="t('noPromises')"
    >
      <ng-template rcCell="state" [rcCellRows]="promises()" let-row>
        <rc-chip [tone]="tone(row.state)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
    </rc-data-table>
  `,
})
export class PromisesList {
  readonly promises = input.required<readonly PaymentPromise[] | undefined>();
  protected readonly t = t;
  protected readonly tone = promiseTone;
  protected readonly columns: Column<PaymentPromise>[] = [
    {
      id: 'due',
      title: () => t('dueDay'),
      kind: 'day',
      value: (p) => p.dueDay,
      fixed: true,
      card: 'title',
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
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
  ];
  protected readonly keyOf = (row: PaymentPromise): string => row.promiseId;
}
