import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { LineMark } from '@recourse/proto/web/agencies/v1/commission';
import type { CommissionLine } from '@recourse/proto/web/agencies/v1/commission';
import type { ListExport } from '../session/list-export';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import type { TablePage, TableState } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { MoneyPipe } from '../ui/pipes';
import { formatBps } from '../ui/format';
import { isOneRate, termText } from './term-text';
import { t } from './words';

const tones: Partial<Record<LineMark, 'good' | 'warn'>> = {
  [LineMark.TICKED]: 'good',
  [LineMark.HELD]: 'warn',
};

/** Commission lines with payment and term in sight, ticked or held where that is allowed. */
@Component({
  selector: 'rc-lines-table',
  imports: [Chip, DataTable, DataTableCell, MatButton, MoneyPipe, RouterLink],
  template: `
    <rc-data-table
      name="commission-lines"
      [label]="t('lines')"
      [columns]="columns()"
      [rows]="lines()"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="state()"
      [page]="page()"
      [exports]="exports()"
    >
      <ng-template rcCell="payment" [rcCellRows]="lines()" let-row>
        @if (row.paymentId) {
          <a
            [routerLink]="['/cases', row.caseId]"
            [queryParams]="{ tab: 'ledger', payment: row.paymentId }"
          >
            {{ row.payment | money }}
          </a>
        } @else {
          –
        }
      </ng-template>
      <ng-template rcCell="rate" [rcCellRows]="lines()" let-row>
        {{ rateOf(row) }}
        <small class="rule">{{ ruleOf(row) }}</small>
      </ng-template>
      <ng-template rcCell="mark" [rcCellRows]="lines()" let-row>
        @if (mayMark()) {
          <span class="marks">
            <button
              matButton="outlined"
              type="button"
              [disabled]="row.mark === ticked || waiting().has(row.lineId)"
              (click)="mark.emit({ line: row, to: ticked })"
            >
              {{ t('tick') }}
            </button>
            <button
              matButton
              type="button"
              [disabled]="row.mark === held || waiting().has(row.lineId)"
              (click)="mark.emit({ line: row, to: held })"
            >
              {{ t('hold') }}
            </button>
          </span>
        }
        <rc-chip [tone]="tone(row.mark)">{{ t.find(row.mark) }}</rc-chip>
        @if (row.holdReason !== '') {
          <span class="rc-muted">{{ row.holdReason }}</span>
        }
      </ng-template>
    </rc-data-table>
  `,
  styles: `
    .rule {
      display: block;
      min-width: 180px;
      max-width: 320px;
      color: var(--rc-text-2);
      white-space: normal;
    }
    .marks {
      display: inline-flex;
      gap: 4px;
      margin-inline-end: 8px;
    }
  `,
})
export class LinesTable {
  readonly lines = input.required<readonly CommissionLine[] | undefined>();
  readonly isAgency = input(false);
  readonly mayMark = input(false);
  /** Where lines come by the page; a statement has all of its own at once. */
  readonly state = input<TableState>();
  readonly page = input<TablePage>();
  readonly exports = input<ListExport>();
  /** Lines by id whose mark is on its way. */
  readonly waiting = input<ReadonlyMap<string, unknown>>(new Map());
  readonly mark = output<{ line: CommissionLine; to: LineMark }>();
  protected readonly t = t;
  protected readonly ticked = LineMark.TICKED;
  protected readonly held = LineMark.HELD;
  protected readonly columns = computed<Column<CommissionLine>[]>(() => [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (l) => l.debtorName,
      fixed: true,
      card: 'title',
      note: (l) => l.caseNumber,
    },
    this.isAgency()
      ? { id: 'creditor', title: () => t('creditor'), value: (l) => l.creditorName, hidden: true }
      : { id: 'agency', title: () => t('agency'), value: (l) => l.agencyName, hidden: true },
    { id: 'kind', title: () => t('kind'), value: (l) => t.find(l.kind) },
    { id: 'receivedOn', title: () => t('receivedOn'), kind: 'day', value: (l) => l.receivedOn },
    { id: 'payment', title: () => t('payment'), kind: 'money', value: (l) => l.payment },
    {
      id: 'rate',
      title: () => t('rate'),
      kind: 'own',
      text: (l) => `${this.rateOf(l)} ${this.ruleOf(l)}`,
    },
    {
      id: 'commission',
      title: () => t('commission'),
      kind: 'money',
      value: (l) => l.commission,
      card: 'figure',
    },
    { id: 'vat', title: () => t('vat'), kind: 'money', value: (l) => l.vat },
    {
      id: 'mark',
      title: () => t('mark'),
      kind: 'own',
      text: (l) => t.find(l.mark),
      card: 'chip',
    },
  ]);
  /** Several rates stand in the rule; then no one of them is the rate. */
  protected readonly rateOf = (line: CommissionLine): string =>
    isOneRate(line) ? formatBps(line.rateBps) : '';

  protected readonly ruleOf = (line: CommissionLine): string =>
    termText(line.term, line.payment?.currency ?? '');

  protected readonly keyOf = (row: CommissionLine): string => row.lineId;

  protected readonly linkOf = (row: CommissionLine): string[] => ['/cases', row.caseId];

  protected tone(mark: LineMark): 'good' | 'warn' | 'neutral' {
    return tones[mark] ?? 'neutral';
  }
}
