import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  EndPersonWatchRequest,
  EndPersonWatchResponse,
  ListPersonWatchesRequest,
  ListPersonWatchesResponse,
  WatchState,
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
import { FlagFilter } from '../../ui/flag-filter';
import { ProblemPanel } from '../../ui/problem-panel';
import { drafters } from '../listings/roles';
import { WatchDialog } from './watch-dialog';
import { t } from './watch-words';

const tones: Readonly<Record<WatchState, Tone>> = {
  [WatchState.UNSPECIFIED]: 'neutral',
  [WatchState.WATCHED]: 'good',
  [WatchState.CONSENT_NEEDED]: 'warn',
  [WatchState.OVER]: 'watch',
  [WatchState.ENDED]: 'neutral',
};

/** Associations that are not asked, by name. */
function lacking({ notCovered }: PersonWatch): string {
  return notCovered.map(({ name }) => name).join(t('and'));
}

/** Customers that are natural persons and agreed to be looked up every night. */
@Component({
  selector: 'rc-person-watches',
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    FlagFilter,
    MatButton,
    ProblemPanel,
    RouterLink,
    WatchDialog,
  ],
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
    @if (waiting(); as count) {
      <p class="waiting" role="status">{{ t('waiting', { count }) }}</p>
    }
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
      <rc-flag-filter
        filters
        [label]="t('withEnded')"
        [value]="list.values().ended"
        (changed)="list.set({ ended: $event })"
      />
      <ng-template rcCell="state" [rcCellRows]="watches.value()?.watches" let-row>
        <rc-chip [tone]="tones[row.state]">{{ t.find(row.state) }}</rc-chip>
        @if (needsConsent(row)) {
          <p class="rc-muted">{{ t('notAsked', { names: lacking(row) }) }}</p>
        }
      </ng-template>
      <ng-template rcCell="actions" [rcCellRows]="watches.value()?.watches" let-row>
        <a matButton [routerLink]="['/customers', row.customerId]">{{ t('openCustomer') }}</a>
        @if (mayWatch() && needsConsent(row)) {
          <button matButton type="button" (click)="dialogs.show('watch', row.customerId)">
            {{ t('renew') }}
          </button>
        }
        @if (mayWatch() && !isEnded(row)) {
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
      <rc-watch-dialog
        [customerId]="dialogs.on()"
        [customerName]="renewed()"
        [associations]="watches.value()?.associations ?? []"
        (saved)="saved()"
        (closed)="dialogs.close()"
      />
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
    .waiting {
      font-weight: 600;
    }
  `,
})
export class PersonWatches {
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly tones = tones;
  protected readonly lacking = lacking;
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
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      card: 'chip',
      text: (w) => {
        const state = t.find(w.state) ?? '';
        return this.needsConsent(w) ? `${state} ${t('notAsked', { names: lacking(w) })}` : state;
      },
    },
    { id: 'consented', title: () => t('consentedOn'), kind: 'day', value: (w) => w.consentedOn },
    { id: 'until', title: () => t('until'), kind: 'day', value: (w) => w.until },
    {
      id: 'compared',
      title: () => t('comparedBy'),
      value: (w) => {
        if (this.isEnded(w)) return '–';
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

  /** Living watches on any page that wait for a new consent; undefined when there are none. */
  protected readonly waiting = computed(() => {
    const count = Number(this.watches.value()?.consentNeeded ?? 0n);
    return count === 0 ? undefined : count;
  });
  /** The name of the person whose consent is recorded anew. */
  protected readonly renewed = computed(() => {
    const all = this.watches.value()?.watches ?? [];
    return all.find(({ customerId }) => customerId === this.dialogs.on())?.name ?? '';
  });

  protected isEnded({ state }: PersonWatch): boolean {
    return state === WatchState.ENDED;
  }

  protected needsConsent({ state }: PersonWatch): boolean {
    return state === WatchState.CONSENT_NEEDED;
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
