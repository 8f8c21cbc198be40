import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  ListingState,
  ListListingsRequest,
  ListListingsResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import { Category } from '@recourse/proto/web/blacklist/v1/subject';
import { read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { oneFilter, textFilter } from '../../session/list-filter';
import { listState } from '../../session/list-state';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { FilterChoice } from '../../ui/filter-choice';
import { namedValues } from '../../ui/options-of';
import { PageHeader } from '../../ui/page-header';
import { SearchBox } from '../../ui/search-box';
import { BlacklistNav } from '../blacklist-nav';
import { t as shared } from '../words';
import { named } from './listing-text';
import { ListingsTable } from './listings-table';
import { drafters } from './roles';
import { t } from './words';

const states = namedValues(ListingState);
const categories = namedValues(Category);
/** A creditor's own reports, or all of an association. */
@Component({
  imports: [
    BlacklistNav,
    FilterChoice,
    ListingsTable,
    MatButton,
    PageHeader,
    RouterLink,
    SearchBox,
  ],
  template: `
    <rc-page-header [heading]="isCreditor() ? shared('listings') : t('title')">
      @if (mayDraft()) {
        <a actions matButton="filled" routerLink="/blacklist/new">{{ t('list') }}</a>
      }
    </rc-page-header>
    <rc-blacklist-nav />
    <rc-listings-table
      name="listings"
      [loaded]="listings"
      [state]="list"
      [ofAssociation]="!isCreditor()"
      [emptyTitle]="t('emptyTitle')"
      [emptyHint]="t('emptyHint')"
      (retry)="listings.reload()"
    >
      <rc-search-box
        [label]="t('search')"
        [value]="list.values().query"
        (changed)="list.set({ query: $event })"
      />
      <rc-filter-choice
        single
        [label]="t('state')"
        [options]="stateOptions()"
        [value]="one(list.values().state)"
        (valueChange)="list.set({ state: stateIn($event[0]) })"
      />
      <rc-filter-choice
        single
        [label]="t('category')"
        [options]="categoryOptions()"
        [value]="one(list.values().category)"
        (valueChange)="list.set({ category: categoryIn($event[0]) })"
      />
    </rc-listings-table>
  `,
})
export class ListingsPage {
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly shared = shared;
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly mayDraft = computed(
    () => this.isCreditor() && mayCall(this.#caller(), drafters),
  );
  protected readonly list = listState({
    filters: { query: textFilter(), state: oneFilter(states), category: oneFilter(categories) },
    sort: '',
  });
  protected readonly listings = load(
    () => {
      const { query, state, category } = this.list.values();
      const request = {
        query,
        state: state ?? ListingState.UNSPECIFIED,
        category: category ?? Category.UNSPECIFIED,
        page: this.list.page(),
      };
      return read(
        '/v1/blacklist/listings',
        ListListingsResponse.fromJSON,
        ListListingsRequest.toJSON(ListListingsRequest.fromPartial(request)),
      );
    },
    { live: ['listing'] },
  );
  protected readonly stateOptions = () => states.map((value) => ({ value, name: named(value) }));
  protected readonly categoryOptions = () =>
    categories.map((value) => ({ value, name: named(value) }));

  protected one(value: string | undefined): string[] {
    return value === undefined ? [] : [value];
  }

  protected stateIn(value: string | undefined): ListingState | undefined {
    return states.find((state) => state === value);
  }

  protected categoryIn(value: string | undefined): Category | undefined {
    return categories.find((category) => category === value);
  }
}
