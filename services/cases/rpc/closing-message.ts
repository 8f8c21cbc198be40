import type { Caller } from '@recourse/kit/caller.ts';
import { type Day, day, daysBetween } from '@recourse/kit/day.ts';
import { divide } from '@recourse/kit/money.ts';
import {
  type Closing,
  type ClosingCase,
  ClosingCaseState,
  ClosingKind,
  ClosingReason,
  ClosingState,
  type SaleTerms,
  type StopLossFigure,
} from '@recourse/proto/cases/v1/closings.ts';
import { decidersOf, hasRole } from '../domain/authority.ts';
import type { Why } from '../domain/rule.ts';
import { evaluate } from '../domain/stop-loss.ts';
import type { Rules } from '../rules/in-force.ts';
import type { ClosingCaseRow } from '../store/closing-cases.ts';
import type { ClosingRow } from '../store/closings.ts';
import { wordOf } from './words.ts';

/** Who looks at closings, and on which day. */
export type ClosingViewer = { caller: Caller; today: Day; rules: Rules };

type Figure = {
  currency: string;
  openMinor: bigint;
  expectedMinor: bigint;
  costMinor: bigint | null | undefined;
  why?: Why;
};

/** What may still come in against the cost to go on; the chance is that of the sum. */
export function stopLossMessage(figure: Figure): StopLossFigure {
  const { currency, openMinor, expectedMinor, costMinor, why } = figure;
  const chance = openMinor > 0n ? divide(expectedMinor * 10_000n, openMinor, 'half-even') : 0n;
  const isKnown = costMinor !== null && costMinor !== undefined;
  return {
    expected: { currency, minor: expectedMinor },
    chanceBps: Number(chance),
    cost: isKnown ? { currency, minor: costMinor } : undefined,
    worthIt: isKnown ? expectedMinor > costMinor : undefined,
    why,
  };
}

function saleMessage(row: ClosingRow): SaleTerms | undefined {
  const { buyerName, buyerIdentifier, currency, priceMinor, agreedOn } = row;
  if (priceMinor === null) return undefined;
  const price = { currency, minor: priceMinor };
  return { buyerName, buyerIdentifier, price, agreedOn: agreedOn ?? '' };
}

/** Nothing is lost by a withdrawal; by a sale what the price does not cover. */
function lossOf({ kind, priceMinor }: ClosingRow, openMinor: bigint): bigint {
  return kind === 'WITHDRAWAL' ? 0n : openMinor - (priceMinor ?? 0n);
}

/** A closing as its viewer sees it, with what they may do with it. */
export function closingMessage(row: ClosingRow, viewer: ClosingViewer): Closing {
  const { currency, kind, state } = row;
  const { authority } = viewer.rules.closings;
  const isWaiting = state === 'PROPOSED';
  const openMinor = isWaiting ? row.openNowMinor : row.openMinor;
  const deciders = isWaiting ? decidersOf({ currency, openMinor }, authority.value) : [];
  const isOwn = row.actor.userId === viewer.caller.userId;
  const decides = hasRole(viewer.caller, deciders);
  const { expectedMinor, costMinor } = row;
  return {
    closingId: row.closingId,
    kind: ClosingKind[kind],
    reason: reasonOf(row.reason),
    note: row.note,
    state: ClosingState[state],
    caseCount: row.caseCount,
    caseId: row.caseId,
    caseNumber: row.caseNumber,
    debtorName: row.debtorName,
    open: { currency, minor: openMinor },
    loss: { currency, minor: lossOf(row, openMinor) },
    received: { currency, minor: row.receivedMinor },
    stopLoss: stopLossMessage({ currency, openMinor: row.openMinor, expectedMinor, costMinor }),
    sale: saleMessage(row),
    deciders,
    lapsesOn: row.lapsesOn,
    proposedAt: row.proposedAt,
    actor: row.actor,
    decidedAt: row.decidedAt ?? undefined,
    decidedBy: row.decidedBy ?? undefined,
    decisionNote: row.decisionNote,
    withdrawnAt: row.withdrawnAt ?? undefined,
    withdrawnBy: row.withdrawnBy ?? undefined,
    withdrawReason: row.withdrawReason,
    mayDecide: decides && !isOwn,
    mayWithdraw: isWaiting && (isOwn || decides),
    version: row.version,
  };
}

function reasonOf(word: string): ClosingReason {
  const named: Readonly<Record<string, ClosingReason>> = ClosingReason;
  return named[word] ?? ClosingReason.UNSPECIFIED;
}

/** The short word of a reason of the contract: `BANKRUPT`. */
export function reasonWord(reason: ClosingReason): string {
  return wordOf(ClosingReason, reason) ?? 'UNSPECIFIED';
}

/** One case of a closing: as it is now while it waits, as it was decided afterwards. */
export function closingCaseMessage(row: ClosingCaseRow, viewer: ClosingViewer): ClosingCase {
  const { currency, itemState, priceMinor } = row;
  const isWaiting = itemState === 'PROPOSED';
  const now = isWaiting ? evaluate(row, viewer.today, viewer.rules.closings.stopLoss) : row;
  const openMinor = isWaiting ? row.openMinor : row.saidOpenMinor;
  const { expectedMinor, costMinor, why } = now;
  return {
    caseId: row.caseId,
    caseNumber: row.number,
    debtorId: row.debtorId,
    debtorName: row.debtorName,
    open: { currency, minor: openMinor },
    daysOverdue: daysBetween(day(row.oldestDueDate), viewer.today),
    stopLoss: stopLossMessage({ currency, openMinor, expectedMinor, costMinor, why }),
    price: priceMinor === null ? undefined : { currency, minor: priceMinor },
    received: { currency, minor: row.receivedMinor },
    state: ClosingCaseState[itemState],
  };
}
