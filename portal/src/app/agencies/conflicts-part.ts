import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListConflictsRequest,
  ListConflictsResponse,
} from '@recourse/proto/web/agencies/v1/conflicts';
import type { Conflict } from '@recourse/proto/web/agencies/v1/conflicts';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { everyPage } from '../session/every-page';
import { flagFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FlagFilter } from '../ui/flag-filter';
import { FormDialog } from '../ui/form-dialog';
import type { Form } from '../ui/form-values';
import { declareForm, declarers, withdrawForm } from './conflict-forms';
import { t } from './conflict-words';

const stateText = (one: Conflict): string =>
  one.withdrawnAt === undefined ? t('stands') : t('withdrawn');

const byText = (one: Conflict): string => (one.byAgency ? t('byAgency') : t('byUs'));

const columns: Column<Conflict>[] = [
  {
    id: 'name',
    title: () => t('name'),
    value: (c) => c.name,
    fixed: true,
    card: 'title',
    note: (c) => c.note,
    noteTitle: () => t('note'),
  },
  { id: 'state', title: () => t('state'), kind: 'own', card: 'chip', text: stateText },
  { id: 'kind', title: () => t('kind'), value: (c) => t.find(c.kind) },
  { id: 'code', title: () => t('code'), value: (c) => c.creditCode },
  { id: 'by', title: () => t('by'), value: (c) => `${c.declaredBy?.name ?? ''} ${byText(c)}` },
  { id: 'declared', title: () => t('declaredAt'), kind: 'instant', value: (c) => c.declaredAt },
  {
    id: 'withdrawn',
    title: () => t('withdrawnAt'),
    kind: 'instant',
    value: (c) => c.withdrawnAt,
    hidden: true,
  },
  { id: 'why', title: () => t('withdrawReason'), value: (c) => c.withdrawReason, hidden: true },
  { id: 'actions', title: () => t('actions'), kind: 'own' },
];

/** Whose debts an agency is not given: what it declares itself, and what the creditor does. */
@Component({
  selector: 'rc-conflicts',
  imports: [Chip, DataTable, DataTableCell, FlagFilter, FormDialog, MatButton],
  template: `
    <div class="rc-row head">
      <h2>{{ t('title') }}</h2>
      @if (mayDeclare()) {
        <button matButton="outlined" type="button" (click)="dialogs.show('conflict')">
          {{ t('declare') }}
        </button>
      }
    </div>
    <p class="rc-muted">{{ isOwn() ? t('ownLead') : t('lead') }}</p>
    <rc-data-table
      name="conflicts"
      [label]="t('title')"
      [columns]="columns"
      [rows]="conflicts.value()?.conflicts"
      [rowKey]="keyOf"
      [state]="list"
      [page]="conflicts.value()?.page"
      [pages]="every"
      [loading]="conflicts.loading()"
      [problem]="conflicts.problem()"
      [emptyTitle]="t('none')"
      (retry)="conflicts.reload()"
    >
      <rc-flag-filter
        filters
        [label]="t('withWithdrawn')"
        [value]="list.values().withdrawn"
        (changed)="list.set({ withdrawn: $event })"
      />
      <ng-template rcCell="state" [rcCellRows]="conflicts.value()?.conflicts" let-row>
        <rc-chip [tone]="row.withdrawnAt === undefined ? 'warn' : 'neutral'">
          {{ stateText(row) }}
        </rc-chip>
      </ng-template>
      <ng-template rcCell="actions" [rcCellRows]="conflicts.value()?.conflicts" let-row>
        @if (mayWithdraw(row)) {
          <button
            matButton
            type="button"
            [attr.aria-label]="t('withdrawTitle', { name: row.name })"
            (click)="dialogs.show('withdraw', row.conflictId)"
          >
            {{ t('withdraw') }}
          </button>
        }
      </ng-template>
    </rc-data-table>
    @if (form(); as one) {
      <rc-form-dialog size="medium" [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
  `,
  styles: `
    :host {
      display: block;
      margin-block-start: 24px;
    }
    .head {
      justify-content: space-between;
    }
  `,
})
export class ConflictsPart {
  readonly agencyId = input.required<string>();
  readonly agencyName = input('');
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly stateText = stateText;
  protected readonly columns = columns;
  protected readonly dialogs = dialogUrl(['conflict', 'withdraw']);
  protected readonly isOwn = computed(() => this.#caller().orgId === this.agencyId());
  protected readonly mayDeclare = computed(() => mayCall(this.#caller(), declarers));
  protected readonly list = listState({
    filters: { withdrawn: flagFilter() },
    sort: '',
    size: 20,
    prefix: 'k-',
  });
  protected readonly conflicts = load(
    () =>
      read(
        path`/v1/agencies/${this.agencyId()}/conflicts`,
        ListConflictsResponse.fromJSON,
        ListConflictsRequest.toJSON(
          ListConflictsRequest.fromPartial({
            withWithdrawn: this.list.values().withdrawn,
            page: this.list.page(),
          }),
        ),
      ),
    { live: ['conflict'] },
  );
  protected readonly every = everyPage(this.conflicts, (answer) => answer.conflicts);
  protected readonly keyOf = (row: Conflict): string => row.conflictId;

  protected readonly form = computed((): Form | undefined => {
    const dialog = this.dialogs.open();
    if (dialog === 'conflict' && this.mayDeclare()) {
      return declareForm(this.#api, { agencyId: this.agencyId(), name: this.agencyName() });
    }
    const all = this.conflicts.value()?.conflicts ?? [];
    const one = all.find(({ conflictId }) => conflictId === this.dialogs.on());
    if (dialog !== 'withdraw' || one === undefined || !this.mayWithdraw(one)) return undefined;
    return withdrawForm(this.#api, one);
  });

  /** Each side its own: what the agency says, a creditor cannot take back, and the other way. */
  protected mayWithdraw(one: Conflict): boolean {
    return this.mayDeclare() && one.withdrawnAt === undefined && one.byAgency === this.isOwn();
  }

  protected saved(): void {
    this.dialogs.close();
    this.conflicts.reload();
  }
}
