import { ClosingKind, ClosingReason, ClosingState } from '@recourse/proto/web/cases/v1/closings';
import type { Closing, StopLossFigure } from '@recourse/proto/web/cases/v1/closings';
import type { Tone } from '../ui/chip';
import { formatBps, formatCount, formatInstant, formatMoney } from '../ui/format';
import { closingWords as t } from './closing-words';

/** Who proposes to give cases up, as the contract says. */
export const closingProposers = [
  'collector',
  'supervisor',
  'director',
  'general_manager',
  'credit_manager',
  'legal_officer',
];

/** Who decides, as the contract says. */
export const closingDeciders = ['collector', 'supervisor', 'director', 'general_manager'];

/** As many cases as one proposal takes (`max_items` of the contract). */
export const mostClosed = 200;

/** Reasons of a kind, as the server takes them. */
export const closingReasons: Readonly<Partial<Record<ClosingKind, readonly ClosingReason[]>>> = {
  [ClosingKind.WRITE_OFF]: [
    ClosingReason.BANKRUPT,
    ClosingReason.DEREGISTERED,
    ClosingReason.LOST_CONTACT,
    ClosingReason.NO_ASSETS,
    ClosingReason.TIME_BARRED,
    ClosingReason.LONG_OVERDUE,
    ClosingReason.NOT_WORTH_IT,
    ClosingReason.OTHER,
  ],
  [ClosingKind.WITHDRAWAL]: [
    ClosingReason.BILLED_WRONGLY,
    ClosingReason.DISPUTE_UPHELD,
    ClosingReason.RELATIONSHIP,
    ClosingReason.HANDED_OVER,
    ClosingReason.OTHER,
  ],
  [ClosingKind.SALE]: [ClosingReason.PORTFOLIO, ClosingReason.NOT_WORTH_IT, ClosingReason.OTHER],
};

const tones: Partial<Record<ClosingState, Tone>> = {
  [ClosingState.PROPOSED]: 'warn',
  [ClosingState.APPROVED]: 'info',
  [ClosingState.REFUSED]: 'bad',
};

export function closingTone(state: ClosingState): Tone {
  return tones[state] ?? 'neutral';
}

/** The debtor, or the first of several and how many there are. */
export function subjectText({ debtorName, caseCount }: Closing): string {
  if (caseCount === 1) return debtorName;
  return t('others', { name: debtorName, count: formatCount(caseCount) });
}

/** What may come in, and how much of what is open that is. */
export function expectedText(figure: StopLossFigure | undefined): string {
  if (figure === undefined) return '';
  return `${formatMoney(figure.expected)} · ${formatBps(figure.chanceBps)}`;
}

export function costText(figure: StopLossFigure | undefined): string {
  return figure?.cost === undefined ? t('costUnknown') : formatMoney(figure.cost);
}

/** What speaks for or against it in words, and which; undefined while the cost is unknown. */
export type Verdict = { text: string; isFor: boolean };

/** Whether it is worth going on. */
export function worthOf(figure: StopLossFigure | undefined): Verdict | undefined {
  if (figure?.worthIt === undefined) return undefined;
  return { text: figure.worthIt ? t('worthIt') : t('notWorthIt'), isFor: figure.worthIt };
}

/** Of a sale whether the price is more than what would be left by going on. */
export function closingVerdict({ stopLoss, sale }: Closing): Verdict | undefined {
  const price = sale?.price?.minor;
  const [expected, cost] = [stopLoss?.expected?.minor, stopLoss?.cost?.minor];
  if (price === undefined) return worthOf(stopLoss);
  if (expected === undefined || cost === undefined) return undefined;
  const isFor = price >= expected - cost;
  return { text: isFor ? t('priceAbove') : t('priceBelow'), isFor };
}

/** Who did something when, and what they said of it. */
export function closingSaid(
  name: string | undefined,
  at: string | undefined,
  text: string,
): string {
  const by = { name: name ?? '', at: formatInstant(at) };
  return text === '' ? t('byAt', by) : t('said', { ...by, text });
}

/** How a proposal was withdrawn; empty when it was not. */
export function closingEnding({ withdrawnAt, withdrawnBy, withdrawReason }: Closing): string {
  if (withdrawnAt === undefined) return '';
  return withdrawnBy === undefined
    ? t('endedDay', { at: formatInstant(withdrawnAt) })
    : closingSaid(withdrawnBy.name, withdrawnAt, withdrawReason);
}
