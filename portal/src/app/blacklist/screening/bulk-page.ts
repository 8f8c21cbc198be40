import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListBulkScreensRequest,
  ListBulkScreensResponse,
  PutBulkScreenRequest,
  PutBulkScreenResponse,
} from '@recourse/proto/web/blacklist/v1/screening';
import type { BulkScreen } from '@recourse/proto/web/blacklist/v1/screening';
import { Purpose } from '@recourse/proto/web/blacklist/v1/subject';
import { uploadFile } from '../../litigation/upload';
import { Api, path, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { dialogUrl } from '../../session/dialog-url';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { namedValues, optionsOf } from '../../ui/options-of';
import { PageHeader } from '../../ui/page-header';
import { BlacklistNav } from '../blacklist-nav';
import { drafters } from '../listings/roles';
import { t as shared } from '../words';
import { t } from './words';

const purposes = namedValues(Purpose);
const mostBytes = 10_000_000;

/** Files screened row by row as jobs, newest first. */
@Component({
  imports: [BlacklistNav, DataTable, FormDialog, MatButton, PageHeader],
  template: `
    <rc-page-header [heading]="t('bulk')" [lead]="t('bulkLead')">
      @if (mayAsk()) {
        <button actions matButton="filled" type="button" (click)="dialogs.show('start')">
          {{ t('start') }}
        </button>
      }
    </rc-page-header>
    <rc-blacklist-nav />
    <rc-data-table
      name="bulk-screens"
      [label]="t('bulk')"
      [columns]="columns"
      [rows]="bulks.value()?.bulks"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="bulks.value()?.page"
      [loading]="bulks.loading()"
      [problem]="bulks.problem()"
      [emptyTitle]="t('noBulks')"
      (retry)="bulks.reload()"
    />
    @if (form(); as one) {
      <rc-form-dialog [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
  `,
})
export class BulkPage {
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['start']);
  protected readonly mayAsk = computed(() => mayCall(this.#caller(), drafters));
  protected readonly list = listState({ filters: {}, sort: '' });
  protected readonly bulks = load(
    () =>
      read(
        '/v1/blacklist/bulk-screens',
        ListBulkScreensResponse.fromJSON,
        ListBulkScreensRequest.toJSON(
          ListBulkScreensRequest.fromPartial({ page: this.list.page() }),
        ),
      ),
    { live: ['job'] },
  );
  protected readonly columns: Column<BulkScreen>[] = [
    {
      id: 'file',
      title: () => t('file'),
      value: (b) => b.file?.fileName ?? shared.find(b.purpose),
      fixed: true,
      card: 'title',
      note: (b) => shared.find(b.purpose),
    },
    { id: 'state', title: () => t('state'), value: (b) => t.find(b.state), card: 'chip' },
    {
      id: 'progress',
      title: () => t('progress'),
      value: (b) => `${b.progress?.done ?? 0n} / ${b.progress?.total ?? 0n}`,
    },
    { id: 'clear', title: () => t('clear'), kind: 'count', value: (b) => b.clear },
    { id: 'possible', title: () => t('possible'), kind: 'count', value: (b) => b.possible },
    { id: 'listed', title: () => t('listed'), kind: 'count', value: (b) => b.listed },
    { id: 'invalid', title: () => t('invalid'), kind: 'count', value: (b) => b.invalid },
    { id: 'at', title: () => t('askedAt'), kind: 'relative-instant', value: (b) => b.askedAt },
  ];
  protected readonly keyOf = (row: BulkScreen): string => row.bulkId;
  protected readonly linkOf = (row: BulkScreen): string[] => ['/blacklist/bulk', row.bulkId];

  protected readonly form = computed((): Form | undefined =>
    this.mayAsk() && this.dialogs.open() === 'start' ? startForm(this.#api) : undefined,
  );

  protected saved(): void {
    this.dialogs.close();
    this.bulks.reload();
  }
}

function startForm(api: Api): Form {
  return {
    heading: t('bulk'),
    hint: t('bulkColumns'),
    action: t('start'),
    fields: () => [
      { id: 'purpose', kind: 'choice', label: t('purpose'), options: optionsOf(purposes, shared) },
      { id: 'file', kind: 'file', label: t('file'), accept: '.csv', maxBytes: mostBytes },
    ],
    send: async (values, { newId, requestId }) => {
      const file = values.file('file');
      if (file === undefined) return undefined;
      const body: PutBulkScreenRequest = {
        bulkId: newId,
        purpose: purposes.find((one) => one === values.text('purpose')) ?? Purpose.UNSPECIFIED,
        uploadId: await uploadFile(api, file),
        rows: [],
      };
      const at = path`/v1/blacklist/bulk-screens/${newId}`;
      const sent = PutBulkScreenRequest.toJSON(body);
      return api.put(at, sent, PutBulkScreenResponse.fromJSON, { requestId });
    },
  };
}
