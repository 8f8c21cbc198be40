import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  EndPersonWatchRequest,
  EndPersonWatchResponse,
  ListPersonWatchesRequest,
  ListPersonWatchesResponse,
} from '@recourse/proto/web/blacklist/v1/screening';
import type { PersonWatch } from '@recourse/proto/web/blacklist/v1/screening';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { dialogUrl } from '../../session/dialog-url';
import { flagFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { Confirm } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { today } from '../../ui/format';
import { ProblemPanel } from '../../ui/problem-panel';
import { drafters } from '../listings/roles';
import { WatchDialog } from './watch-dialog';
import { t } from './watch-words';

type State = 'watched' | 'over' | 'ended';

const tones: Readonly<Record<State, Tone>> = { watched: 'good', over: 'watch', ended: 'neutral' };

/** Ended is told before over: who withdrew is not watched, whatever the days say. */
function stateOf({ endedAt, until }: PersonWatch): State {
  if (endedAt !== undefined) return 'ended';
  return until < today() ? 'over' : 'watched';
}

/** Customers that are natural persons and agreed to be looked up every night. */
@Component({
  selector: 'rc-person-watches',
  imports: [Chip, DataTable, DataTableCell, MatButton, ProblemPanel, RouterLink, WatchDialog],
  template: `
    <div class="rc-row head">
      <h2>{{ t('title') }}</h2>
      @if (mayWatch()) {
        <button matButton="outlined" type="button" (click)="dialogs.show('watch')">
          {{ t('record') }}
        </button>
      }
    </div>
    <p class="rc-muted">{{ t('lead') }}</p>
    @if (end.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
    <rc-data-table
      name="person-watches"
      [label]="t('title')"
      [columns]="columns"
      [rows]="watches.value()?.watches"
      [rowKey]="keyOf"
      [state]="list"
      [page]="watches.value()?.page"
      [loading]="watches.loading()"
      [problem]="watches.problem()"
      [emptyTitle]="t('none')"
      (retry)="watches.reload()"
    >
      <label filters class="flag">
        <input type="checkbox" [checked]="list.values().ended" (change)="onEnded($event)" />
        {{ t('withEnded') }}
      </label>
      <ng-template rcCell="state" [rcCellRows]="watches.value()?.watches" let-row>
        <rc-chip [tone]="tone(row)">{{ t(state(row)) }}</rc-chip>
      </ng-template>
      <ng-template rcCell="actions" [rcCellRows]="watches.value()?.watches" let-row>
        <a matButton [routerLink]="['/customers', row.customerId]">{{ t('openCustomer') }}</a>
        @if (mayWatch() && state(row) !== 'ended') {
          <button
            matButton
            type="button"
            [disabled]="end.busy()"
            [attr.aria-label]="t('endTitle', { name: row.name })"
            (click)="ask(row)"
          >
            {{ t('end') }}
          </button>
        }
      </ng-template>
    </rc-data-table>
    @if (mayWatch() && dialogs.open() === 'watch') {
      <rc-watch-dialog (saved)="saved()" (closed)="dialogs.close()" />
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
    .flag {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-block-size: var(--rc-control);
    }
  `,
})
export class PersonWatches {
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly state = stateOf;
  protected readonly dialogs = dialogUrl(['watch']);
  /** Looking a person up and watching one are of the same roles. */
  protected readonly mayWatch = computed(() => mayCall(this.#caller(), drafters));
  protected readonly list = listState({
    filters: { ended: flagFilter() },
    sort: '',
    size: 20,
    prefix: 'w-',
  });
  protected readonly watches = load(() =>
    read(
      '/v1/blacklist/person-watches',
      ListPersonWatchesResponse.fromJSON,
      ListPersonWatchesRequest.toJSON(
        ListPersonWatchesRequest.fromPartial({
          includeEnded: this.list.values().ended,
          page: this.list.page(),
        }),
      ),
    ),
  );
  protected readonly columns: Column<PersonWatch>[] = [
    {
      id: 'name',
      title: () => t('name'),
      // What the person is found by is deleted with the end.
      value: (w) => w.name || '–',
      fixed: true,
      card: 'title',
      note: (w) => w.consentReference,
    },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    { id: 'consented', title: () => t('consentedOn'), kind: 'day', value: (w) => w.consentedOn },
    { id: 'until', title: () => t('until'), kind: 'day', value: (w) => w.until },
    {
      id: 'compared',
      title: () => t('comparedBy'),
      value: (w) => {
        if (stateOf(w) === 'ended') return '–';
        return w.hasIdNumber ? t('byNumber') : t('byName');
      },
    },
    {
      id: 'screened',
      title: () => t('screenedAt'),
      kind: 'relative-instant',
      value: (w) => w.screenedAt,
    },
    { id: 'by', title: () => t('by'), value: (w) => w.actor?.name },
    { id: 'actions', title: () => t('actions'), kind: 'own' },
  ];
  protected readonly keyOf = (row: PersonWatch): string => row.customerId;

  protected readonly end = action((requestId, customerId: string) =>
    this.#api.post(
      path`/v1/blacklist/person-watches/${customerId}:end`,
      EndPersonWatchRequest.toJSON({ customerId, requestId }),
      EndPersonWatchResponse.fromJSON,
      { requestId },
    ),
  );

  protected tone(row: PersonWatch): Tone {
    return tones[stateOf(row)];
  }

  protected onEnded({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.list.set({ ended: target.checked });
  }

  protected async ask({ customerId, name }: PersonWatch): Promise<void> {
    const isSure = await this.#confirm.ask({
      heading: t('endTitle', { name }),
      text: t('endText'),
      action: t('end'),
      danger: true,
    });
    if (!isSure) return;
    await this.end.run(customerId);
    if (this.end.problem() === undefined) this.watches.reload();
  }

  protected saved(): void {
    this.dialogs.close();
    this.watches.reload();
  }
}
