import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import {
  BidState,
  CancelTenderRequest,
  CancelTenderResponse,
  GetTenderResponse,
  OpenBidsRequest,
  OpenBidsResponse,
  TenderState,
  WithdrawBidRequest,
  WithdrawBidResponse,
} from '@recourse/proto/web/agencies/v1/tenders';
import type { TenderCase } from '@recourse/proto/web/agencies/v1/tenders';
import { reasonText, termsText } from '../placements/terms-text';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { mayCall } from '../session/caller';
import { dialogUrl } from '../session/dialog-url';
import { load } from '../session/load';
import { Session } from '../session/session';
import { Chip } from '../ui/chip';
import { Confirm } from '../ui/confirm';
import { formatInstant } from '../ui/format';
import { FormDialog } from '../ui/form-dialog';
import type { Form } from '../ui/form-values';
import { ObjectHeader } from '../ui/object-header';
import type { Figure } from '../ui/object-header';
import { InstantPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { BidDialog } from './bid-dialog';
import { BidsPart } from './bids-part';
import { SummaryPart } from './summary-part';
import { bidTone, isBid, openText, tenderTone } from './tender-text';
import { t } from './words';

/** A tender: what is tendered; for its creditor the bids and the award, for an agency its bid. */
@Component({
  imports: [
    BidDialog,
    BidsPart,
    Chip,
    FormDialog,
    InstantPipe,
    MatButton,
    ObjectHeader,
    ProblemPanel,
    RouterLink,
    SummaryPart,
  ],
  templateUrl: './tender-page.html',
  styleUrl: './tender-page.scss',
})
export class TenderPage {
  readonly tenderId = input.required<string>();
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  readonly #caller = inject(Session).caller;
  protected readonly t = t;
  protected readonly tone = tenderTone;
  protected readonly bidTone = bidTone;
  protected readonly terms = termsText;
  protected readonly won = BidState.WON;
  protected readonly lost = BidState.LOST;
  protected readonly dialogs = dialogUrl(['bid', 'cancel']);
  protected readonly crumbs = () => [{ name: t('title'), link: ['/tenders'] }];
  protected readonly loaded = load(
    () => read(path`/v1/tenders/${this.tenderId()}`, GetTenderResponse.fromJSON),
    { live: ['tender', 'tender_bid'] },
  );
  protected readonly tender = computed(() => this.loaded.value()?.tender);
  protected readonly isCreditor = computed(() => this.#caller().orgKind === 'creditor');
  protected readonly isUndecided = computed(() => this.tender()?.endedAt === undefined);
  protected readonly isOpened = computed(() => this.tender()?.openedAt !== undefined);
  protected readonly mayDecide = computed(
    () =>
      this.isUndecided() && mayCall(this.#caller(), ['supervisor', 'director', 'general_manager']),
  );
  protected readonly mayBid = computed(
    () => this.tender()?.state === TenderState.OPEN && mayCall(this.#caller(), ['agency_manager']),
  );
  /** The agency's bid, unless it has taken it back. */
  protected readonly ownBid = computed(() => {
    const own = this.tender()?.ownBid;
    return isBid(own) ? own : undefined;
  });
  protected readonly figures = computed<Figure[]>(() => {
    const found = this.tender();
    if (found === undefined) return [];
    const figures: Figure[] = [
      { name: t('cases'), value: t('caseCount', { count: found.summary?.cases ?? 0 }) },
      { name: t('open'), value: openText(found.summary) },
      { name: t('deadline'), value: formatInstant(found.deadline) },
    ];
    if (found.openedAt !== undefined) {
      figures.push({ name: t('openedAt'), value: formatInstant(found.openedAt) });
    }
    return figures;
  });
  protected readonly result = computed(() => {
    const cases = this.tender()?.cases ?? [];
    const done = cases.filter((one) => one.placementId !== '').length;
    const left = cases.filter((one) => one.reason !== '').length;
    return done === 0 ? undefined : { done, left };
  });

  protected readonly cancelForm = (): Form => ({
    heading: t('cancelTitle'),
    action: t('cancel'),
    fields: () => [{ id: 'reason', kind: 'text', rows: 3, least: 2, label: t('cancelReason') }],
    send: (values, { requestId }) => {
      const tenderId = this.tenderId();
      const request = { tenderId, reason: values.text('reason'), requestId };
      return this.#api.post(
        path`/v1/tenders/${tenderId}:cancel`,
        CancelTenderRequest.toJSON(request),
        CancelTenderResponse.fromJSON,
        { requestId },
      );
    },
  });

  protected readonly opening = action((requestId) => {
    const tenderId = this.tenderId();
    return this.#api.post(
      path`/v1/tenders/${tenderId}/bids:open`,
      OpenBidsRequest.toJSON({ tenderId, requestId }),
      OpenBidsResponse.fromJSON,
      { requestId },
    );
  });
  protected readonly withdrawing = action((requestId, bidId: string) => {
    const tenderId = this.tenderId();
    return this.#api.post(
      path`/v1/tenders/${tenderId}/bids/${bidId}:withdraw`,
      WithdrawBidRequest.toJSON({ tenderId, bidId, requestId }),
      WithdrawBidResponse.fromJSON,
      { requestId },
    );
  });

  protected caseText(one: TenderCase): string {
    if (one.placementId !== '') return t('placed');
    return one.reason === '' ? '' : t('leftOut', { reason: reasonText(one.reason) });
  }

  protected invitedText(): string {
    const found = this.tender();
    const names = found?.agencies.map(({ name }) => name).join(' · ') ?? '';
    return t('invited', { names: found?.openToAll === true ? t('everyFit') : names });
  }

  protected async open(): Promise<void> {
    const question = { heading: t('openAsk'), text: t('openText'), action: t('openBids') };
    if (!(await this.#confirm.ask(question))) return;
    if ((await this.opening.run()) !== undefined) this.loaded.reload();
  }

  protected async withdraw(bidId: string): Promise<void> {
    const question = { heading: t('withdrawAsk'), text: t('withdrawText'), action: t('withdraw') };
    if (!(await this.#confirm.ask(question))) return;
    if ((await this.withdrawing.run(bidId)) !== undefined) this.loaded.reload();
  }

  protected saved(): void {
    this.dialogs.close();
    this.loaded.reload();
  }
}
