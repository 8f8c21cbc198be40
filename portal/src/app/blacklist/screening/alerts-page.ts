import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  AlertState,
  ListAlertsRequest,
  ListAlertsResponse,
} from '@recourse/proto/web/blacklist/v1/screening';
import type { Alert } from '@recourse/proto/web/blacklist/v1/screening';
import { Api, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { dialogUrl } from '../../session/dialog-url';
import { oneFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { Chip } from '../../ui/chip';
import type { Tone } from '../../ui/chip';
import type { Column } from '../../ui/column';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { FilterChoice } from '../../ui/filter-choice';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { namedValues, optionsOf } from '../../ui/options-of';
import { PageHeader } from '../../ui/page-header';
import { BlacklistNav } from '../blacklist-nav';
import { drafters } from '../listings/roles';
import { t as shared } from '../words';
import { NightLooks } from './night-looks';
import { settleForm } from './settle-form';
import { t } from './words';

const states = namedValues(AlertState);
const tones: Partial<Record<AlertState, Tone>> = {
  [AlertState.POSSIBLE]: 'watch',
  [AlertState.CONFIRMED]: 'warn',
  [AlertState.CLEARED]: 'good',
};

/** Present customers that are, or only may be, listed; a like name is verified before anything. */
@Component({
  imports: [
    BlacklistNav,
    Chip,
    DataTable,
    DataTableCell,
    FilterChoice,
    FormDialog,
    MatButton,
    NightLooks,
    PageHeader,
  ],
  template: `
    <rc-page-header [heading]="t('alerts')" [lead]="t('alertsLead')" />
    <rc-blacklist-nav />
    <rc-data-table
      name="alerts"
      [label]="t('alerts')"
      [columns]="columns"
      [rows]="alerts.value()?.alerts"
      [rowKey]="keyOf"
      [state]="list"
      [page]="alerts.value()?.page"
      [loading]="alerts.loading()"
      [problem]="alerts.problem()"
      [emptyTitle]="t('noAlerts')"
      (retry)="alerts.reload()"
    >
      <rc-filter-choice
        filters
        single
        [label]="t('state')"
        [options]="options()"
        [value]="chosen()"
        (valueChange)="choose($event[0])"
      />
      <ng-template rcCell="state" [rcCellRows]="alerts.value()?.alerts" let-row>
        <rc-chip [tone]="tone(row)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
      <ng-template rcCell="settle" [rcCellRows]="alerts.value()?.alerts" let-row>
        @if (row.state === 'ALERT_STATE_POSSIBLE' && maySettle()) {
          <button
            matButton
            type="button"
            [attr.aria-label]="t('settleTitle', { name: row.customerName })"
            (click)="dialogs.show('settle', row.alertId)"
          >
            {{ t('settle') }}
          </button>
        }
      </ng-template>
    </rc-data-table>
    <rc-night-looks />
    @if (form(); as one) {
      <rc-form-dialog [form]="one" (saved)="saved()" (closed)="dialogs.close()" />
    }
  `,
})
export class AlertsPage {
  readonly #api = inject(Api);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly dialogs = dialogUrl(['settle']);
  protected readonly maySettle = computed(() => mayCall(this.#caller(), drafters));
  protected readonly list = listState({ filters: { state: oneFilter(states) }, sort: '' });
  protected readonly alerts = load(
    () => {
      const state = this.list.values().state ?? AlertState.UNSPECIFIED;
      const request = { state, page: this.list.page() };
      return read(
        '/v1/blacklist/alerts',
        ListAlertsResponse.fromJSON,
        ListAlertsRequest.toJSON(ListAlertsRequest.fromPartial(request)),
      );
    },
    { live: ['customer', 'listing'] },
  );
  protected readonly options = () => optionsOf(states, t);
  protected readonly chosen = computed((): AlertState[] => {
    const { state } = this.list.values();
    return state === undefined ? [] : [state];
  });
  protected readonly columns: Column<Alert>[] = [
    {
      id: 'customer',
      title: () => t('customer'),
      value: (a) => a.customerName,
      fixed: true,
      card: 'title',
      note: (a) => a.creditCode,
    },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    {
      id: 'entry',
      title: () => t('entry'),
      value: (a) => a.hit?.entry?.name,
      note: (a) => shared.find(a.hit?.entry?.category ?? ''),
    },
    { id: 'score', title: () => t('score'), kind: 'count', value: (a) => a.hit?.score },
    { id: 'note', title: () => t('note'), value: (a) => a.note },
    { id: 'at', title: () => t('foundAt'), kind: 'relative-instant', value: (a) => a.foundAt },
    { id: 'settle', title: () => t('settle'), kind: 'own' },
  ];
  protected readonly keyOf = (row: Alert): string => row.alertId;

  protected readonly form = computed((): Form | undefined => {
    const alerts = this.alerts.value()?.alerts ?? [];
    const alert = alerts.find((one) => one.alertId === this.dialogs.on());
    if (alert === undefined || this.dialogs.open() !== 'settle') return undefined;
    return settleForm(this.#api, alert);
  });

  protected tone(row: Alert): Tone {
    return tones[row.state] ?? 'neutral';
  }

  protected choose(value: string | undefined): void {
    this.list.set({ state: states.find((one) => one === value) });
  }

  protected saved(): void {
    this.dialogs.close();
    this.alerts.reload();
  }
}
