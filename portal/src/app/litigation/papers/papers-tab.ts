import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Procedure } from '@recourse/proto/web/litigation/v1/matters';
import type { Matter } from '@recourse/proto/web/litigation/v1/matters';
import {
  DocumentKind,
  DrawDocumentRequest,
  DrawDocumentResponse,
  ListDocumentsResponse,
} from '@recourse/proto/web/litigation/v1/papers';
import type { Document as Paper } from '@recourse/proto/web/litigation/v1/papers';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { dialogUrl } from '../../session/dialog-url';
import { load } from '../../session/load';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { namedValues, optionsOf } from '../../ui/options-of';
import { ProblemPanel } from '../../ui/problem-panel';
import { conditionFields, conditionsHint, conditionsOf } from '../matters/begin-fields';
import { procedureName } from '../rule-text';
import { t } from './words';

const kinds = namedValues(DocumentKind);

/** Documents drawn up from the matter as Word files, each version kept. */
@Component({
  selector: 'rc-papers-tab',
  imports: [DataTable, DataTableCell, FormDialog, MatButton, ProblemPanel],
  template: `
    @if (mayWork()) {
      <div>
        <button matButton="filled" type="button" (click)="dialogs.show('draw')">
          {{ t('draw') }}
        </button>
      </div>
    }
    @if (download.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
    <rc-data-table
      name="matter-documents"
      [label]="t('documents')"
      [columns]="columns"
      [rows]="loaded.value()?.documents"
      [rowKey]="keyOf"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('emptyTitle')"
      [emptyHint]="t('emptyHint')"
      (retry)="loaded.reload()"
    >
      <ng-template rcCell="file" [rcCellRows]="loaded.value()?.documents" let-row>
        <button
          matButton
          type="button"
          [disabled]="download.busy()"
          [attr.aria-label]="t('download') + ' ' + nameOf(row)"
          (click)="download.run(row)"
        >
          {{ t('download') }}
        </button>
      </ng-template>
    </rc-data-table>
    @if (form(); as one) {
      <rc-form-dialog size="medium" [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
  `,
  styleUrl: '../matters/tab.scss',
})
export class PapersTab {
  readonly matter = input.required<Matter>();
  readonly mayWork = input(false);
  readonly #api = inject(Api);
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['draw']);
  protected readonly loaded = load(
    () =>
      read(path`/v1/matters/${this.matter().matterId}/documents`, ListDocumentsResponse.fromJSON),
    { live: ['matter'] },
  );
  protected readonly form = computed(() =>
    this.mayWork() && this.dialogs.open() === 'draw' ? this.#drawing() : undefined,
  );
  protected readonly columns: Column<Paper>[] = [
    {
      id: 'kind',
      title: () => t('kind'),
      value: (d) => t.find(d.kind),
      fixed: true,
      card: 'title',
      note: (d) => t('version', { number: d.number }),
    },
    {
      id: 'blanks',
      title: () => t('note'),
      value: (d) =>
        d.blanks.length === 0 ? t('noBlanks') : t('blanks', { count: d.blanks.length }),
    },
    { id: 'at', title: () => t('drawnAt'), kind: 'instant', value: (d) => d.drawnAt },
    { id: 'by', title: () => t('drawnBy'), value: (d) => d.actor?.name },
    { id: 'template', title: () => t('template'), value: (d) => d.templateVersion, hidden: true },
    { id: 'file', title: () => t('file'), kind: 'own' },
  ];
  protected readonly keyOf = (row: Paper): string => row.documentId;

  protected readonly download = action((_requestId, paper: Paper) => {
    const { fileId, fileName } = paper.file ?? { fileId: '', fileName: '' };
    return this.#api.download(path`/v1/files/${fileId}`, fileName);
  });

  #drawing(): Form {
    const { matterId, proceedings } = this.matter();
    const running = proceedings.map((one) => ({
      value: one.proceedingId,
      name: `${procedureName(one.procedure)} ${one.court}`,
    }));
    return {
      heading: t('drawTitle'),
      action: t('draw'),
      fields: (values) => [
        {
          id: 'kind',
          kind: 'choice',
          label: t('kind'),
          options: optionsOf(kinds, t),
          ...conditionsHint(this.#asksConditions(values.text('kind'))),
        },
        ...(this.#asksConditions(values.text('kind')) ? conditionFields() : []),
        {
          id: 'proceedingId',
          kind: 'choice',
          label: t('proceeding'),
          options: running,
          optional: true,
          initial: running.at(-1)?.value,
        },
        {
          id: 'facts',
          kind: 'text',
          label: t('facts'),
          hint: t('factsHint'),
          rows: 8,
          optional: true,
        },
      ],
      send: (values, { newId, requestId }) => {
        const body: DrawDocumentRequest = {
          matterId,
          documentId: newId,
          kind: kinds.find((one) => one === values.text('kind')) ?? DocumentKind.UNSPECIFIED,
          facts: values.text('facts'),
          proceedingId: values.text('proceedingId'),
          ...(this.#asksConditions(values.text('kind'))
            ? { conditions: conditionsOf(values) }
            : {}),
        };
        return this.#api.put(
          path`/v1/matters/${matterId}/documents/${newId}`,
          DrawDocumentRequest.toJSON(body),
          DrawDocumentResponse.fromJSON,
          { requestId },
        );
      },
    };
  }

  /** An application for a payment order says what its proceeding was begun with. */
  #asksConditions(kind: string): boolean {
    if (kind !== DocumentKind.PAYMENT_ORDER_APPLICATION) return false;
    const { proceedings } = this.matter();
    const order = proceedings.findLast((one) => one.procedure === Procedure.PAYMENT_ORDER);
    return order?.conditions === undefined;
  }

  protected nameOf(paper: Paper): string {
    return `${t.find(paper.kind) ?? ''} ${t('version', { number: paper.number })}`;
  }

  protected saved(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
