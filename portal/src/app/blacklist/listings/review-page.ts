import { Component } from '@angular/core';
import {
  ListListingsRequest,
  ListListingsResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import { read } from '../../session/api';
import { oneFilter, textFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { PageHeader } from '../../ui/page-header';
import { SearchBox } from '../../ui/search-box';
import { StatTile } from '../../ui/stat-tile';
import { ListingsTable } from './listings-table';
import { t } from './words';

const steps = ['serve_notice', 'answer_dispute', 'decide', 'wait', 'review'] as const;

/** How many listings wait for one step: one row is read, its page tells the count. */
function countOf(step: string) {
  return load(
    () =>
      read(
        '/v1/blacklist/listings',
        ListListingsResponse.fromJSON,
        ListListingsRequest.toJSON(
          ListListingsRequest.fromPartial({ nextStep: step, page: { size: 1 } }),
        ),
      ),
    { live: ['listing'] },
  );
}

/** What waits for the association, by step: the stewards' day begins here. */
@Component({
  imports: [ListingsTable, PageHeader, SearchBox, StatTile],
  template: `
    <rc-page-header [heading]="t('review')" [lead]="t('reviewLead')" />
    <div class="rc-grid tiles">
      @for (tile of tiles; track tile.step) {
        <rc-stat-tile
          link="/review"
          [name]="t.find('next.' + tile.step) ?? ''"
          [value]="tile.count.value()?.page?.count?.toString()"
          [tone]="tile.step === list.values().step ? 'warn' : 'neutral'"
          [query]="{ step: tile.step }"
        />
      }
    </div>
    <rc-listings-table
      name="review"
      [loaded]="listings"
      [state]="list"
      [ofAssociation]="true"
      [emptyTitle]="t('emptyReview')"
      (retry)="listings.reload()"
    >
      <rc-search-box
        [label]="t('search')"
        [value]="list.values().query"
        (changed)="list.set({ query: $event })"
      />
    </rc-listings-table>
  `,
  styles: `
    .tiles {
      --rc-column: 150px;
      margin-block-end: 16px;
    }
  `,
})
export class ReviewPage {
  protected readonly t = t;
  protected readonly tiles = steps.map((step) => ({ step, count: countOf(step) }));
  protected readonly list = listState({
    filters: { query: textFilter(), step: oneFilter(steps) },
    sort: '',
  });
  protected readonly listings = load(
    () => {
      const { query, step } = this.list.values();
      return read(
        '/v1/blacklist/listings',
        ListListingsResponse.fromJSON,
        ListListingsRequest.toJSON(
          ListListingsRequest.fromPartial({
            query,
            nextStep: step ?? '',
            waiting: true,
            page: this.list.page(),
          }),
        ),
      );
    },
    { live: ['listing'] },
  );
}
