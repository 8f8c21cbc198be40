import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  GetListingResponse,
  ListingState,
  SubmitListingRequest,
  SubmitListingResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import { action } from '../../session/action';
import { Api, path, read } from '../../session/api';
import { mayCall } from '../../session/caller';
import { dialogUrl } from '../../session/dialog-url';
import { load } from '../../session/load';
import { Session } from '../../session/session';
import { Chip } from '../../ui/chip';
import { Confirm } from '../../ui/confirm';
import { FormDialog } from '../../ui/form-dialog';
import type { Form } from '../../ui/form-values';
import { formatDay } from '../../ui/format';
import { ObjectHeader } from '../../ui/object-header';
import type { Figure } from '../../ui/object-header';
import { DayPipe, InstantPipe } from '../../ui/pipes';
import { ProblemPanel } from '../../ui/problem-panel';
import { DisputeThread } from './dispute-thread';
import { EvidencePillars } from './evidence-pillars';
import { detailText, historyText } from './history-text';
import { ListedView } from './listed-view';
import { formOf } from './listing-dialogs';
import type { DialogName } from './listing-dialogs';
import { named, nextText, stateTone } from './listing-text';
import { NoticeClock } from './notice-clock';
import { drafters, issuers } from './roles';
import { mayDo } from './steps';
import { t } from './words';

const handers = [
  'legal_officer',
  'credit_manager',
  'director',
  'general_manager',
  'creditor:org_admin',
];

/** One listing: what is reported and proved, who was told, what they say, who decided. */
@Component({
  imports: [
    Chip,
    DayPipe,
    DisputeThread,
    EvidencePillars,
    FormDialog,
    InstantPipe,
    ListedView,
    MatButton,
    NoticeClock,
    ObjectHeader,
    ProblemPanel,
    RouterLink,
  ],
  templateUrl: './listing-page.html',
  styleUrl: './listing-page.scss',
})
export class ListingPage {
  readonly listingId = input.required<string>();
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly text = named;
  protected readonly historyText = historyText;
  protected readonly detailText = detailText;
  protected readonly dialogs = dialogUrl([
    'evidence',
    'serve',
    'decide',
    'withdraw',
    'return',
    'remove',
    'statement',
    'protect',
    'review',
    'dispute',
    'reply',
    'answer',
  ]);
  protected readonly crumbs = () => [{ name: t('title'), link: ['/blacklist'] }];
  protected readonly loaded = load(
    () => read(path`/v1/blacklist/listings/${this.listingId()}`, GetListingResponse.fromJSON),
    { live: [{ noun: 'listing', id: () => this.listingId() }] },
  );
  protected readonly listing = computed(() => this.loaded.value()?.listing);
  protected readonly tone = computed(() =>
    stateTone(this.listing()?.state ?? ListingState.UNSPECIFIED),
  );
  protected readonly next = computed(() => {
    const listing = this.listing();
    return listing === undefined ? '' : nextText(listing);
  });
  protected readonly isSteward = computed(() => mayCall(this.#caller(), ['steward']));
  protected readonly mayIssue = computed(() => mayCall(this.#caller(), issuers));
  protected readonly isReporter = computed(
    () => this.#caller().orgId === this.listing()?.reporterId,
  );
  protected readonly may = computed(() =>
    mayDo(this.listing(), {
      isDrafter: this.isReporter() && mayCall(this.#caller(), drafters),
      isHander: this.isReporter() && mayCall(this.#caller(), handers),
      isSteward: this.isSteward(),
      userId: this.#caller().userId,
    }),
  );
  protected readonly figures = computed((): Figure[] => {
    const listing = this.listing();
    if (listing === undefined) return [];
    return [
      { name: t('category'), value: named(listing.category) },
      { name: t('band'), value: named(listing.amountBand) },
      {
        name: t('nextStep'),
        value: this.next() || '–',
        ...(listing.nextDue === '' ? {} : { hint: `${t('due')} ${formatDay(listing.nextDue)}` }),
      },
      { name: t('expires'), value: formatDay(listing.expiresOn) },
    ];
  });

  protected readonly form = computed((): Form | undefined => {
    const listing = this.listing();
    const open = this.dialogs.open();
    if (listing === undefined || open === undefined) return undefined;
    return formOf(open, this.#api, listing, {
      on: this.dialogs.on(),
      isSteward: this.isSteward(),
    });
  });

  protected readonly submit = action((requestId) => {
    const listing = this.listing();
    const listingId = this.listingId();
    const body = { listingId, requestId, expectedVersion: listing?.version ?? 0n };
    return this.#api.post(
      path`/v1/blacklist/listings/${listingId}:submit`,
      SubmitListingRequest.toJSON(body),
      SubmitListingResponse.fromJSON,
      { requestId },
    );
  });

  protected async askSubmit(): Promise<void> {
    const said = { heading: t('submit'), text: t('submitHint'), action: t('submit') };
    if (!(await this.#confirm.ask(said))) return;
    if ((await this.submit.run()) !== undefined) this.loaded.reload();
  }

  protected show(name: DialogName, on = ''): void {
    if (on === '') this.dialogs.show(name);
    else this.dialogs.show(name, on);
  }

  protected saved(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
