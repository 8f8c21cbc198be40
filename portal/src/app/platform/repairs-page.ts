import { Component } from '@angular/core';
import {
  ListRepairsRequest,
  ListRepairsResponse,
  RepairAction,
} from '@recourse/proto/web/platform/v1/platform';
import type { Repair } from '@recourse/proto/web/platform/v1/platform';
import { path, read } from '../session/api';
import { manyFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { ServiceChoice } from './service-choice';
import { serviceUrl } from './services';
import { t } from './words';

const actions = Object.values(RepairAction).filter((one) => one !== RepairAction.UNSPECIFIED);

/** What people of the platform did to events and jobs of one service. */
@Component({
  imports: [DataTable, FilterChoice, PageHeader, ServiceChoice],
  template: `
    <rc-page-header [heading]="t('repairs')" [lead]="t('repairsLead')" [crumbs]="crumbs()" />
    <rc-service-choice [value]="service.name()" (valueChange)="service.show($event)" />
    <rc-data-table
      name="repairs"
      [label]="t('repairs')"
      [columns]="columns"
      [rows]="loaded.value()?.repairs"
      [rowKey]="keyOf"
      [state]="list"
      [page]="loaded.value()?.page"
      [loading]="loaded.loading()"
      [problem]="loaded.problem()"
      [emptyTitle]="t('noRepairs')"
      (retry)="loaded.reload()"
    >
      <rc-filter-choice
        filters
        [label]="t('action')"
        [options]="actionOptions()"
        [value]="list.values().actions"
        (valueChange)="list.set({ actions: $event })"
      />
    </rc-data-table>
  `,
})
export class RepairsPage {
  protected readonly t = t;
  protected readonly service = serviceUrl();
  protected readonly crumbs = () => [{ name: t('audit'), link: '/audit' }];
  protected readonly list = listState({ filters: { actions: manyFilter(actions) }, sort: '' });
  protected readonly actionOptions = () =>
    actions.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly loaded = load(() => {
    const service = this.service.name();
    const filter = { actions: [...this.list.values().actions], subjectId: '' };
    return read(
      path`/v1/platform/${service}/repairs`,
      ListRepairsResponse.fromJSON,
      ListRepairsRequest.toJSON({ service, filter, page: this.list.page() }),
    );
  });
  protected readonly columns: Column<Repair>[] = [
    {
      id: 'action',
      title: () => t('action'),
      value: (r) => t.find(r.action) ?? r.action,
      fixed: true,
      card: 'title',
    },
    {
      id: 'subject',
      title: () => t('subject'),
      value: (r) => r.subject,
      note: (r) => r.subjectId,
    },
    { id: 'failure', title: () => t('failure'), value: (r) => r.failure },
    { id: 'reason', title: () => t('why'), value: (r) => r.reason },
    { id: 'by', title: () => t('by'), value: (r) => r.by?.name },
    { id: 'at', title: () => t('at'), kind: 'instant', value: (r) => r.at },
  ];
  protected readonly keyOf = (row: Repair): string => row.repairId;
}
