import type { Caller } from '@recourse/kit/caller.ts';
import type { Day } from '@recourse/kit/day.ts';
import { divide } from '@recourse/kit/money.ts';
import {
  type Settlement,
  SettlementState,
  type SettlementTerms,
} from '@recourse/proto/cases/v1/settlements.ts';
import { type Assessment, assess, discountBps } from '../domain/settlement.ts';
import type { Rules } from '../rules/in-force.ts';
import type { SettlementRow } from '../store/settlements.ts';

/** Who looks at settlements, and on which day. */
export type Viewer = { caller: Caller; today: Day; rules: Rules };

/** What is told of an assessment; policy, grade and who decides are no business of an agency. */
export function termsMessage(
  currency: string,
  assessment: Assessment,
  { caller }: Pick<Viewer, 'caller'>,
): SettlementTerms {
  const { openMinor, discountMinor, suggestion } = assessment;
  const told = {
    open: { currency, minor: openMinor },
    discount: { currency, minor: discountMinor },
    discountBps: assessment.discountBps,
  };
  if (caller.orgKind === 'agency') return untold(told);
  return {
    ...told,
    suggestedBps: suggestion.mostBps,
    suggestedAmount: { currency, minor: suggestion.leastMinor },
    deeper: assessment.isDeeper,
    deciders: [...assessment.deciders],
    why: suggestion.why,
  };
}

function untold(told: Pick<SettlementTerms, 'open' | 'discount' | 'discountBps'>): SettlementTerms {
  return {
    ...told,
    suggestedBps: 0,
    suggestedAmount: undefined,
    deeper: false,
    deciders: [],
    why: undefined,
  };
}

/** What a proposal means on the case as it is now. */
export function assessmentOf(row: SettlementRow, { today, rules }: Omit<Viewer, 'caller'>) {
  const { currency, caseOpenMinor, oldestDueDate, grade, amountMinor } = row;
  const claimed = { currency, openMinor: caseOpenMinor, oldestDueDate, grade };
  return assess(claimed, amountMinor, today, rules.settlements);
}

/** Of what was decided: as it was then. */
function pastTerms(row: SettlementRow, { caller }: Viewer): SettlementTerms {
  const { currency, openMinor, amountMinor, suggestedBps } = row;
  const discount = openMinor - amountMinor;
  const told = {
    open: { currency, minor: openMinor },
    discount: { currency, minor: discount },
    discountBps: discountBps(openMinor, amountMinor),
  };
  if (caller.orgKind === 'agency') return untold(told);
  const most = divide(openMinor * BigInt(suggestedBps), 10_000n, 'down');
  const suggestedAmount = { currency, minor: openMinor - most };
  return { ...untold(told), suggestedBps, suggestedAmount, deeper: discount > most };
}

/** A settlement as its viewer sees it, with what they may do with it. */
export function settlementMessage(row: SettlementRow, viewer: Viewer): Settlement {
  const { currency, amountMinor, receivedMinor } = row;
  const { userId, roles } = viewer.caller;
  const isWaiting = row.state === 'PROPOSED' && row.caseState === 'OPEN';
  const assessment = isWaiting ? assessmentOf(row, viewer) : undefined;
  const isOwn = row.actor.userId === userId;
  const { levels } = viewer.rules.settlements.authority.value;
  const decides = assessment?.deciders.some((role) => roles.includes(role)) === true;
  const isLevel = levels.some(({ role }) => roles.includes(role));
  return {
    settlementId: row.settlementId,
    caseId: row.caseId,
    caseNumber: row.caseNumber,
    debtorName: row.debtorName,
    amount: { currency, minor: amountMinor },
    dueDay: row.dueDay,
    reason: row.reason,
    state: SettlementState[row.state],
    terms:
      assessment === undefined
        ? pastTerms(row, viewer)
        : termsMessage(currency, assessment, viewer),
    proposedAt: row.proposedAt,
    actor: row.actor,
    decidedAt: row.decidedAt ?? undefined,
    decidedBy: row.decidedBy ?? undefined,
    decisionNote: row.decisionNote,
    received: { currency, minor: receivedMinor },
    left: { currency, minor: receivedMinor < amountMinor ? amountMinor - receivedMinor : 0n },
    fulfilledOn: row.fulfilledOn ?? '',
    withdrawnAt: row.withdrawnAt ?? undefined,
    withdrawnBy: row.withdrawnBy ?? undefined,
    withdrawReason: row.withdrawReason,
    mayDecide: decides && !isOwn,
    mayWithdraw: isWaiting && (isOwn || isLevel),
  };
}
