import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { AgencyOffer } from '@recourse/proto/web/agencies/v1/agencies';
import {
  AwardTenderRequest,
  AwardTenderResponse,
  BidState,
  ListBidsResponse,
} from '@recourse/proto/web/agencies/v1/tenders';
import type { ComparedBid, Tender } from '@recourse/proto/web/agencies/v1/tenders';
import { OfferLimits } from '../placements/offer-limits';
import { termsText } from '../placements/terms-text';
import { t as placementWords } from '../placements/words';
import { action } from '../session/action';
import { Api, path, read } from '../session/api';
import { load } from '../session/load';
import { Chip } from '../ui/chip';
import { Confirm } from '../ui/confirm';
import { formatBps, formatCount, formatMoney, formatMoneyCompact } from '../ui/format';
import { InstantPipe } from '../ui/pipes';
import { ProblemPanel } from '../ui/problem-panel';
import { bidTone } from './tender-text';
import { t } from './words';

type Line = { name: string; value: string; note?: string };

/** The opened bids side by side, the best expected net first, and the award of one of them. */
@Component({
  selector: 'rc-bids-part',
  imports: [Chip, InstantPipe, MatButton, OfferLimits, ProblemPanel],
  templateUrl: './bids-part.html',
  styleUrl: './bids-part.scss',
})
export class BidsPart {
  readonly tender = input.required<Tender>();
  readonly mayAward = input(false);
  readonly awarded = output();
  readonly #api = inject(Api);
  readonly #confirm = inject(Confirm);
  protected readonly t = t;
  protected readonly tone = bidTone;
  protected readonly terms = termsText;
  protected readonly loaded = load(
    () => read(path`/v1/tenders/${this.tender().tenderId}/bids`, ListBidsResponse.fromJSON),
    { live: ['tender', 'placement', 'agency'] },
  );
  /** What still runs or was decided about; what was taken back before says nothing. */
  protected readonly bids = computed(() =>
    this.loaded
      .value()
      ?.bids.filter(({ bid }) =>
        [BidState.STANDING, BidState.WON, BidState.LOST].some((state) => state === bid?.state),
      ),
  );
  protected readonly isDecided = computed(() => this.tender().endedAt !== undefined);
  protected readonly total = computed(() => this.tender().summary?.cases ?? 0);
  protected readonly chosen = linkedSignal(() => {
    const best = this.bids()?.find(({ offer }) => (offer?.placeableCases ?? 0) > 0);
    return best?.bid?.bidId ?? '';
  });
  protected readonly pick = computed(() =>
    this.bids()?.find(({ bid }) => bid !== undefined && bid.bidId === this.chosen()),
  );
  protected readonly awardText = computed(() => {
    const { bid, offer } = this.pick() ?? {};
    if (bid === undefined) return t('awardShort');
    return t('award', { count: offer?.placeableCases ?? 0, agency: bid.agencyName });
  });

  protected readonly send = action((requestId, bidId: string) => {
    const { tenderId } = this.tender();
    return this.#api.post(
      path`/v1/tenders/${tenderId}:award`,
      AwardTenderRequest.toJSON({ tenderId, bidId, requestId }),
      AwardTenderResponse.fromJSON,
      { requestId },
    );
  });

  protected readonly numberOf = (caseId: string): string =>
    this.tender().cases.find((one) => one.caseId === caseId)?.caseNumber ?? caseId;

  /** The best of those that may be given something, when that can be told. */
  protected isBest({ offer }: ComparedBid, at: number): boolean {
    return at === 0 && offer?.placeableNet !== undefined && offer.placeableCases > 0;
  }

  protected linesOf(offer: AgencyOffer): Line[] {
    const { placeableCases: count, placeableNet } = offer;
    const isPart = count > 0 && count < this.total();
    return [
      // By this the bids are ordered, where not all cases can go to the agency.
      ...(isPart ? [{ name: t('expectedOf', { count }), value: formatMoney(placeableNet) }] : []),
      ...offer.byCurrency.flatMap((one) => [
        { name: t('expected'), value: formatMoney(one.expectedNet) },
        { name: t('price'), value: formatMoney(one.price) },
      ]),
      this.#recoveryOf(offer),
      {
        name: t('capacity'),
        value: t('caseCount', { count: offer.capacityLeft }),
      },
      { name: t('amountLeft'), value: formatMoneyCompact(offer.amountLeft) },
      {
        name: t('reports'),
        value: placementWords('of', {
          part: offer.agency?.record?.reportsOnTime ?? 0,
          whole: offer.agency?.record?.reportsDue ?? 0,
        }),
      },
    ];
  }

  #recoveryOf(offer: AgencyOffer): Line {
    const record = offer.agency?.record;
    const sample = formatCount(record?.sample ?? 0n);
    if (record === undefined || record.recoveryHighBps === 0n) {
      return { name: t('recovery'), value: placementWords('tooFew', { sample }) };
    }
    const [low, high] = [record.recoveryLowBps, record.recoveryHighBps].map((bps) =>
      formatBps(Number(bps)),
    );
    return {
      name: t('recovery'),
      value: formatBps(Number(record.recoveryRateBps)),
      note: placementWords('recoveryRange', { low: low ?? '', high: high ?? '', sample }),
    };
  }

  protected async ask(): Promise<void> {
    const { bid, offer } = this.pick() ?? {};
    if (bid === undefined) return;
    const agency = bid.agencyName;
    const count = offer?.placeableCases ?? 0;
    const rest = this.total() - count;
    const text = t('awardText', { count, agency, rest, terms: termsText(bid.terms) });
    const heading = t('awardAsk', { agency });
    if (!(await this.#confirm.ask({ heading, text, action: t('awardShort') }))) return;
    if ((await this.send.run(bid.bidId)) !== undefined) this.awarded.emit();
  }
}
