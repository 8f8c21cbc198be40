import { Component, computed, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListParkedEventsRequest,
  ListParkedEventsResponse,
  ParkedState,
} from '@recourse/proto/web/platform/v1/platform';
import type { ParkedEvent, ParkedFilter } from '@recourse/proto/web/platform/v1/platform';
import { path, read } from '../session/api';
import { dialogUrl } from '../session/dialog-url';
import { manyFilter, textFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { nothingSelected } from '../ui/selection';
import type { Selection } from '../ui/selection';
import { type ChosenEvents, DecideDialog } from './decide-dialog';
import { refreshEvery } from './refresh';
import { ServiceChoice } from './service-choice';
import { type ServiceName, serviceUrl } from './services';
import { parkedTone } from './state-tone';
import { t } from './words';

const states = Object.values(ParkedState).filter((one) => one !== ParkedState.UNSPECIFIED);

/** Events of one service that wait for a decision, some or all of which are decided at once. */
@Component({
  imports: [
    Chip,
    DataTable,
    DataTableCell,
    DecideDialog,
    FilterChoice,
    MatButton,
    PageHeader,
    ServiceChoice,
  ],
  templateUrl: './parked-page.html',
})
export class ParkedPage {
  protected readonly t = t;
  protected readonly tone = parkedTone;
  protected readonly dialogs = dialogUrl(['retry', 'discard']);
  protected readonly service = serviceUrl();
  protected readonly list = listState({
    filters: { states: manyFilter(states), type: textFilter(), reason: textFilter() },
    sort: '',
  });
  protected readonly selection = signal<Selection>(nothingSelected);
  protected readonly said = signal('');
  /** Without a choice of states the list is what waits for a decision. */
  readonly #filter = computed<ParkedFilter>(
    () => {
      const { states: chosen, type, reason } = this.list.values();
      const wanted = chosen.length > 0 ? [...chosen] : [ParkedState.PARKED];
      return { consumer: '', type, reason, states: wanted };
    },
    // A dialog in the address is no other question.
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  protected readonly loaded = load(() => {
    const service = this.service.name();
    return read(
      path`/v1/platform/${service}/parked-events`,
      ListParkedEventsResponse.fromJSON,
      ListParkedEventsRequest.toJSON({
        service,
        filter: this.#filter(),
        page: this.list.page(),
      }),
    );
  });
  protected readonly chosen = computed<ChosenEvents>(() => {
    const selection = this.selection();
    if (selection.kind === 'some') {
      const eventIds = [...selection.keys];
      return { eventIds, filter: undefined, count: eventIds.length };
    }
    const count = Number(this.loaded.value()?.page?.count ?? 0n);
    return { eventIds: [], filter: this.#filter(), count };
  });
  protected readonly verb = computed(() =>
    this.chosen().count > 0 ? this.dialogs.open() : undefined,
  );
  protected readonly stateOptions = () =>
    states.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly typeOptions = computed(() => this.#seen((one) => one.type));
  protected readonly reasonOptions = computed(() => this.#seen((one) => one.reason));
  protected readonly columns: Column<ParkedEvent>[] = [
    { id: 'type', title: () => t('eventType'), value: (e) => e.type, fixed: true, card: 'title' },
    { id: 'state', title: () => t('state'), kind: 'own', card: 'chip' },
    {
      id: 'reason',
      title: () => t('reason'),
      value: (e) => e.reason,
      note: (e) => e.detail || undefined,
    },
    { id: 'consumer', title: () => t('consumer'), value: (e) => e.consumer },
    { id: 'attempts', title: () => t('attempts'), kind: 'count', value: (e) => e.attempts },
    {
      id: 'lastFailed',
      title: () => t('lastFailedAt'),
      kind: 'instant',
      value: (e) => e.lastFailedAt,
    },
    {
      id: 'firstFailed',
      title: () => t('firstFailedAt'),
      kind: 'instant',
      value: (e) => e.firstFailedAt,
      hidden: true,
    },
    { id: 'org', title: () => t('organisation'), value: (e) => e.orgId, hidden: true },
  ];
  protected readonly keyOf = (row: ParkedEvent): string => row.eventId;
  protected readonly linkOf = (row: ParkedEvent): string[] => [
    '/parked',
    this.service.name(),
    row.eventId,
  ];

  constructor() {
    refreshEvery(15, () => this.loaded.reload());
  }

  protected show(service: ServiceName): void {
    this.selection.set(nothingSelected);
    this.said.set('');
    this.service.show(service);
  }

  protected decided(words: string): void {
    this.said.set(words);
    this.selection.set(nothingSelected);
    this.dialogs.close();
    this.loaded.reload();
  }

  /** Values on this page, and the one that is filtered by. */
  #seen(valueOf: (event: ParkedEvent) => string): { value: string; name: string }[] {
    const values = (this.loaded.value()?.events ?? []).map(valueOf);
    return [...new Set(values)].toSorted().map((value) => ({ value, name: value }));
  }
}
