import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ListColleaguesFeedsRequest,
  ListColleaguesFeedsResponse,
  RevokeCalendarFeedRequest,
  RevokeCalendarFeedResponse,
} from '@recourse/proto/web/litigation/v1/deadlines';
import type { CalendarFeed } from '@recourse/proto/web/litigation/v1/deadlines';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { t as frame } from '../../shell/words';
import type { Column } from '../../ui/column';
import { Confirm } from '../../ui/confirm';
import { DataTable } from '../../ui/data-table';
import { DataTableCell } from '../../ui/data-table-cell';
import { formatLanguage } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { ProblemPanel } from '../../ui/problem-panel';
import { t } from './words';

/** The calendar feeds of all people of the organisation, for its administrator to revoke. */
@Component({
  imports: [DataTable, DataTableCell, MatButton, PageHeader, ProblemPanel],
  template: `
    <rc-page-header
      [heading]="t('colleaguesFeeds')"
      [lead]="t('colleaguesFeedsLead')"
      [crumbs]="crumbs()"
    />
    @if (revoke.problem(); as failed) {
      <rc-problem-panel compact [problem]="failed" />
    }
    <rc-data-table
      name="calendar-feeds"
      [label]="t('colleaguesFeeds')"
      [columns]="columns"
      [rows]="feeds.value()?.feeds"
      [rowKey]="keyOf"
      [state]="list"
      [page]="feeds.value()?.page"
      [loading]="feeds.loading()"
      [problem]="feeds.problem()"
      [emptyTitle]="t('noFeeds')"
      (retry)="feeds.reload()"
    >
      <ng-template rcCell="actions" [rcCellRows]="feeds.value()?.feeds" let-row>
        <button
          matButton
          type="button"
          [disabled]="revoke.busy()"
          [attr.aria-label]="t('revokeNamed', { name: named(row) })"
          (click)="ask(row)"
        >
          {{ t('revoke') }}
        </button>
      </ng-template>
    </rc-data-table>
  `,
})
export class ColleaguesFeedsPage {
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  protected readonly t = t;
  protected readonly crumbs = () => [{ name: frame('place.settings'), link: '/settings' }];
  protected readonly list = listState({ filters: {}, sort: '' });
  protected readonly feeds = load(() =>
    read(
      '/v1/colleagues-calendar-feeds',
      ListColleaguesFeedsResponse.fromJSON,
      ListColleaguesFeedsRequest.toJSON({ page: this.list.page() }),
    ),
  );
  protected readonly columns: Column<CalendarFeed>[] = [
    {
      id: 'person',
      title: () => t('feedPerson'),
      value: (f) => f.userName || t('feedPersonUnknown'),
      fixed: true,
      card: 'title',
      note: (f) => f.name || t('unnamed'),
    },
    { id: 'language', title: () => t('feedLanguage'), value: (f) => formatLanguage(f.language) },
    { id: 'made', title: () => t('feedMade'), kind: 'instant', value: (f) => f.madeAt },
    { id: 'actions', title: () => t('actions'), kind: 'own' },
  ];
  protected readonly keyOf = (row: CalendarFeed): string => row.feedId;

  protected readonly revoke = action((requestId, feedId: string) =>
    this.#api.post(
      path`/v1/calendar-feeds/${feedId}:revoke`,
      RevokeCalendarFeedRequest.toJSON({ feedId, requestId }),
      RevokeCalendarFeedResponse.fromJSON,
      { requestId },
    ),
  );

  protected named({ name, userName }: CalendarFeed): string {
    return [userName, name || t('unnamed')].filter((text) => text !== '').join(' · ');
  }

  protected async ask(feed: CalendarFeed): Promise<void> {
    const wanted = await this.#confirm.ask({
      heading: t('revokeNamed', { name: this.named(feed) }),
      text: t('revokeText'),
      action: t('revoke'),
      danger: true,
    });
    if (!wanted || (await this.revoke.run(feed.feedId)) === undefined) return;
    this.feeds.reload();
  }
}
