import { DOCUMENT } from '@angular/common';
import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  GetListedPartyViewResponse,
  GetListingResponse,
  ListRulesResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import type { PurposeCount } from '@recourse/proto/web/blacklist/v1/listings';
import { path, read } from '../../session/api';
import { load } from '../../session/load';
import { Chip } from '../../ui/chip';
import { formatDay, formatList, today } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { DayPipe, InstantPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { clocksOf, rightsOf } from './listed-text';
import { t } from './listed-words';
import { named } from './listing-text';
import { PaperList } from './paper-list';
import { t as words } from './words';

/**
 * The report that a listed party is shown, to be printed: what is listed and why, on what evidence,
 * its clocks, how to object and correct, and its own words (征信业管理条例 art. 17; PIPL art. 45).
 */
@Component({
  imports: [Chip, DayPipe, InstantPipe, MatButton, PageHeader, PaperList, ProblemPanel],
  templateUrl: './listed-page.html',
  styleUrl: './listed-page.scss',
})
export class ListedPage {
  readonly listingId = input.required<string>();
  readonly #window = inject(DOCUMENT).defaultView;
  protected readonly t = t;
  protected readonly words = words;
  protected readonly text = named;
  readonly #live = { live: [{ noun: 'listing', id: () => this.listingId() }] };
  readonly #viewed = load(
    () =>
      read(
        path`/v1/blacklist/listings/${this.listingId()}/listed-party-view`,
        GetListedPartyViewResponse.fromJSON,
      ),
    this.#live,
  );
  /** Of the listing only the pillars: the rest is what the listed party is entitled to see. */
  readonly #listing = load(
    () => read(path`/v1/blacklist/listings/${this.listingId()}`, GetListingResponse.fromJSON),
    this.#live,
  );
  readonly #rules = load(() => read('/v1/blacklist/rules', ListRulesResponse.fromJSON));
  protected readonly problem = computed(
    () => this.#viewed.problem() ?? this.#listing.problem() ?? this.#rules.problem(),
  );
  protected readonly view = computed(() => this.#viewed.value()?.view);
  protected readonly pillars = computed(() => this.#listing.value()?.listing?.pillars ?? []);
  protected readonly name = computed(() => this.view()?.entry?.name ?? '');
  protected readonly association = computed(() => this.view()?.entry?.associationName ?? '');
  protected readonly aliases = computed(() => formatList(this.view()?.entry?.aliases ?? []));
  protected readonly crumbs = computed(() => [
    { name: words('title'), link: ['/blacklist'] },
    { name: t('crumb'), link: ['/blacklist', this.listingId()] },
  ]);
  protected readonly printedOn = computed(() =>
    t('printedOn', { association: this.association(), day: formatDay(today()) }),
  );
  readonly #figures = computed(() => this.#rules.value()?.rules ?? []);
  protected readonly clocks = computed(() => {
    const view = this.view();
    return view === undefined ? [] : clocksOf(view, this.#figures());
  });
  protected readonly rights = computed(() => {
    const view = this.view();
    return view === undefined ? [] : rightsOf(view, this.#figures());
  });

  protected times(count: PurposeCount): string {
    return t('times', { count: count.count, day: formatDay(count.lastOn) });
  }

  protected reload(): void {
    this.#viewed.reload();
    this.#listing.reload();
    this.#rules.reload();
  }

  protected print(): void {
    this.#window?.print();
  }
}
