import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  ListTendersRequest,
  ListTendersResponse,
  TenderState,
} from '@recourse/proto/web/agencies/v1/tenders';
import type { Tender } from '@recourse/proto/web/agencies/v1/tenders';
import { read } from '../session/api';
import { everyPage } from '../session/every-page';
import { manyFilter } from '../session/list-filter';
import { listState } from '../session/list-state';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import type { Column } from '../ui/column';
import { DataTable } from '../ui/data-table';
import { DataTableCell } from '../ui/data-table-cell';
import { FilterChoice } from '../ui/filter-choice';
import { PageHeader } from '../ui/page-header';
import { bidTone, isBid, openText, ownBidText, tenderTone } from './tender-text';
import { t } from './words';

const states = Object.values(TenderState).filter((one) => one !== TenderState.UNSPECIFIED);

/** A creditor's tenders, or those that an agency is invited to or that are open to it. */
@Component({
  imports: [Chip, DataTable, DataTableCell, FilterChoice, MatButton, PageHeader, RouterLink],
  template: `
    <rc-page-header [heading]="t('title')" [lead]="lead()">
      <ng-container ngProjectAs="[actions]">
        @if (isCreditor()) {
          <a matButton routerLink="/agencies">{{ t('agencies') }}</a>
          <a matButton routerLink="/cases" [queryParams]="{ handlings: 'HANDLING_INTERNAL' }">
            {{ t('toCases') }}
          </a>
        }
      </ng-container>
    </rc-page-header>
    <rc-data-table
      name="tenders"
      [label]="t('title')"
      [columns]="columns()"
      [rows]="rows()"
      [rowKey]="keyOf"
      [rowLink]="linkOf"
      [state]="list"
      [page]="tenders.value()?.page"
      [pages]="every"
      [loading]="tenders.loading()"
      [problem]="tenders.problem()"
      [emptyTitle]="isCreditor() ? t('emptyCreditor') : t('emptyAgency')"
      [emptyHint]="isCreditor() ? t('emptyCreditorHint') : ''"
      (retry)="tenders.reload()"
    >
      <rc-filter-choice
        filters
        [label]="t('state')"
        [options]="stateOptions()"
        [value]="list.values().states"
        (valueChange)="list.set({ states: $event })"
      />
      <ng-template rcCell="state" [rcCellRows]="rows()" let-row>
        <rc-chip [tone]="tone(row.state)">{{ t.find(row.state) }}</rc-chip>
      </ng-template>
      <ng-template rcCell="ownBid" [rcCellRows]="rows()" let-row>
        @if (isBid(row.ownBid)) {
          <rc-chip [tone]="bidTone(row.ownBid.state)">{{ t.find(row.ownBid.state) }}</rc-chip>
        } @else {
          {{ t('noBid') }}
        }
      </ng-template>
    </rc-data-table>
  `,
})
export class TendersPage {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly tone = tenderTone;
  protected readonly bidTone = bidTone;
  protected readonly isBid = isBid;
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly list = listState({ filters: { states: manyFilter(states) }, sort: '' });
  protected readonly tenders = load(
    () => {
      const request = ListTendersRequest.fromPartial({
        states: [...this.list.values().states],
        page: this.list.page(),
      });
      const query = ListTendersRequest.toJSON(request);
      return read('/v1/tenders', ListTendersResponse.fromJSON, query);
    },
    { live: ['tender', 'tender_bid'] },
  );
  protected readonly rows = computed(() => this.tenders.value()?.tenders);
  protected readonly every = everyPage(this.tenders, (answer) => answer.tenders);
  protected readonly lead = computed(() => {
    const count = this.tenders.value()?.page?.count;
    return count === undefined ? '' : t('lead', { count });
  });
  protected readonly stateOptions = () =>
    states.map((value) => ({ value, name: t.find(value) ?? value }));
  protected readonly keyOf = (row: Tender): string => row.tenderId;
  protected readonly linkOf = (row: Tender): string[] => ['/tenders', row.tenderId];

  protected readonly columns = computed<Column<Tender>[]>(() => [
    {
      id: 'name',
      title: () => t('name'),
      value: (row) => row.title,
      fixed: true,
      card: 'title',
      ...(this.isCreditor()
        ? {}
        : { note: (row: Tender) => row.creditorName, noteTitle: () => t('creditor') }),
    },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      text: (row) => t.find(row.state),
      card: 'chip',
    },
    { id: 'cases', title: () => t('cases'), kind: 'count', value: (row) => row.summary?.cases },
    {
      id: 'open',
      title: () => t('open'),
      isFigure: true,
      value: (row) => openText(row.summary),
      card: 'figure',
    },
    { id: 'deadline', title: () => t('deadline'), kind: 'instant', value: (row) => row.deadline },
    this.isCreditor()
      ? { id: 'bids', title: () => t('bids'), kind: 'count', value: (row) => row.bids }
      : { id: 'ownBid', title: () => t('ownBid'), kind: 'own', text: ownBidText, card: 'chip' },
    {
      id: 'publishedAt',
      title: () => t('publishedAt'),
      kind: 'instant',
      value: (row) => row.publishedAt,
      hidden: true,
    },
  ]);
}
