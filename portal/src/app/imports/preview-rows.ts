import { Component, computed, input } from '@angular/core';
import { PreviewImportRequest, PreviewImportResponse } from '@recourse/proto/web/cases/v1/imports';
import type { Import, PreviewRow } from '@recourse/proto/web/cases/v1/imports';
import { path, read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { ruleText } from './rules';
import { t } from './words';

/** So many rows show whether days, amounts and names are read as meant. */
const rowsShown = 10;

/** The first rows of a file as they would be stored under the confirmed columns and readings. */
@Component({
  selector: 'rc-preview-rows',
  imports: [Chip, DataTable, DataTableCell],
  template: `
    <h2>{{ t('preview') }}</h2>
    <rc-data-table
      name="import-preview"
      [label]="t('preview')"
      [columns]="columns"
      [rows]="loaded.value()?.rows"
      [rowKey]="keyOf"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('previewNone')"
      (retry)="loaded.reload()"
    >
      <ng-template rcCell="findings" [rcCellRows]="loaded.value()?.rows" let-row>
        @if (isRefused(row)) {
          <rc-chip tone="bad">{{ t('rejects') }}</rc-chip>
        } @else if (row.amount === undefined) {
          <rc-chip tone="neutral">{{ t('skipped') }}</rc-chip>
        } @else if (row.findings.length > 0) {
          <rc-chip tone="neutral">{{ t('notice') }}</rc-chip>
        }
        {{ findingsText(row) }}
      </ng-template>
    </rc-data-table>
  `,
  styles: `
    h2 {
      margin: 8px 0;
      font-size: 15px;
    }
  `,
})
export class PreviewRows {
  readonly of = input.required<Import>();
  protected readonly t = t;
  readonly #importId = computed(() => this.of().importId);
  /** Before the columns are confirmed rows cannot be read; which are missing, their step says. */
  readonly #isConfirmed = computed(() => this.of().mapping !== undefined);
  protected readonly loaded = load(
    () => {
      if (!this.#isConfirmed()) return undefined;
      const importId = this.#importId();
      const query = PreviewImportRequest.toJSON({ importId, rows: rowsShown });
      return read(path`/v1/imports/${importId}/preview`, PreviewImportResponse.fromJSON, query);
    },
    { live: [{ noun: 'import', id: () => this.#importId() }] },
  );
  protected readonly columns: Column<PreviewRow>[] = [
    { id: 'row', title: () => t('rowNumber'), kind: 'count', value: (r) => r.row, fixed: true },
    {
      id: 'document',
      title: () => t('documentNumber'),
      value: (r) => r.documentNumber,
      card: 'title',
    },
    {
      id: 'customer',
      title: () => t('customer'),
      // A line that is left out says so here: the last column may lie beyond the edge.
      value: (r) => r.customerName || r.customerNumber || this.findingsText(r),
      note: (r) => (r.customerName === '' ? undefined : r.customerNumber),
    },
    {
      id: 'documentDate',
      title: () => t('IMPORT_FIELD_DOCUMENT_DATE'),
      kind: 'day',
      value: (r) => r.documentDate || undefined,
    },
    {
      id: 'due',
      title: () => t('dueDate'),
      kind: 'day',
      value: (r) => r.dueDate || undefined,
    },
    {
      id: 'amount',
      title: () => t('amount'),
      kind: 'money',
      value: (r) => r.amount,
      card: 'figure',
    },
    {
      id: 'settled',
      title: () => t('IMPORT_FIELD_SETTLED_DATE'),
      kind: 'day',
      value: (r) => r.settledDate || undefined,
    },
    {
      id: 'findings',
      title: () => t('findings'),
      kind: 'own',
      text: (r) => this.findingsText(r),
      card: 'line',
    },
  ];
  protected readonly keyOf = (row: PreviewRow): string => String(row.row);

  /** Totals and notes are left out as well, but nobody has to repair them. */
  protected isRefused(row: PreviewRow): boolean {
    return row.findings.some((one) => one.rejects);
  }

  protected findingsText(row: PreviewRow): string {
    return row.findings.map((one) => `${one.column} ${ruleText(one.rule, one.repair)}`).join(' ');
  }
}
