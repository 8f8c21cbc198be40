import type {
  AgeCount,
  AmountCount,
  Bid,
  NamedCount,
  Tender,
  TenderSummary,
} from '@recourse/proto/web/agencies/v1/tenders';
import { BidState, TenderState } from '@recourse/proto/web/agencies/v1/tenders';
import { t as placementWords } from '../placements/words';
import type { Tone } from '../ui/chip';
import { formatMoney } from '../ui/format';
import { t } from './words';

const tones: Partial<Record<TenderState, Tone>> = {
  [TenderState.OPEN]: 'info',
  [TenderState.CLOSED]: 'watch',
  [TenderState.AWARDED]: 'good',
};

const bidTones: Partial<Record<BidState, Tone>> = {
  [BidState.STANDING]: 'info',
  [BidState.WON]: 'good',
};

export function tenderTone(state: TenderState): Tone {
  return tones[state] ?? 'neutral';
}

export function bidTone(state: BidState): Tone {
  return bidTones[state] ?? 'neutral';
}

/** Whether an agency's bid is still in the running or was; what was taken back is none. */
export function isBid(bid: Bid | undefined): bid is Bid {
  return bid !== undefined && bid.state !== BidState.WITHDRAWN && bid.state !== BidState.REPLACED;
}

/** What stands of the agency's own bid, in one word. */
export function ownBidText({ ownBid }: Tender): string {
  return isBid(ownBid) ? (t.find(ownBid.state) ?? '') : t('noBid');
}

/** Sums of all currencies, the one of most cases first. */
export function openText(summary: TenderSummary | undefined): string {
  return (summary?.openByCurrency ?? []).map((amount) => formatMoney(amount)).join(' + ');
}

/** One line of a distribution: what, how many, and its part of all for a bar. */
export type Spread = { name: string; cases: number; part: number };

function ageName({ fromDaysOverdue: from, toDaysOverdue: to }: AgeCount): string {
  return to === 0
    ? placementWords('daysFrom', { from })
    : placementWords('daysBetween', { from, to });
}

function amountName({ fromAmount, toAmount }: AmountCount): string {
  const from = formatMoney(fromAmount);
  if (toAmount === undefined) return placementWords('amountFrom', { from });
  const to = formatMoney(toAmount);
  return fromAmount?.minor === 0n
    ? placementWords('amountBelow', { to })
    : placementWords('amountBetween', { from, to });
}

function wordName({ name }: NamedCount): string {
  return name === '' ? t('unknown') : (t.find(name) ?? name);
}

/** How the tendered cases spread, each distribution with its name. */
export function spreads(summary: TenderSummary): { title: string; lines: Spread[] }[] {
  const all = Math.max(1, summary.cases);
  const linesOf = <T extends { cases: number }>(
    rows: readonly T[],
    nameOf: (row: T) => string,
  ): Spread[] =>
    rows.map((row) => ({ name: nameOf(row), cases: row.cases, part: row.cases / all }));
  return [
    { title: t('ages'), lines: linesOf(summary.ages, ageName) },
    { title: t('amounts'), lines: linesOf(summary.amounts, amountName) },
    { title: t('tiers'), lines: linesOf(summary.tiers, wordName) },
    { title: t('regions'), lines: linesOf(summary.regions, wordName) },
    { title: t('sectors'), lines: linesOf(summary.sectors, wordName) },
  ];
}
