import type { Day } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { EventOf } from '@recourse/kit/events.ts';
import { CaseOutcome } from '@recourse/proto/cases/v1/cases.ts';
import type { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import {
  decideSettlements,
  type SettlementDecision,
  type SettlementRecord,
} from '../domain/settlement-decision.ts';
import { saveClosed } from './cases.ts';
import { receiptsSince } from './promises.ts';
import type { Settled } from './settling.ts';
import {
  freeUnsettled,
  saveSettlementDecisions,
  type SettlementRow,
  settlementsOf,
} from './settlements.ts';
import { type Happening, note } from './timeline.ts';

type Changed = { settlement: SettlementRow; decision: SettlementDecision };

/**
 * Decides the settlements of cases anew from the money that stands, and writes and notes those that
 * came out otherwise than before; one that is fulfilled closes its case as settled. The cases' rows
 * are locked by the caller.
 */
export async function settleSettlements(
  tx: Tx,
  caseIds: readonly string[],
  today: Day,
  at: Temporal.Instant,
): Promise<Settled> {
  const settlements = await settlementsOf(tx, caseIds);
  if (settlements.length === 0) return new Map();
  const changed = await changesOf(tx, settlements, today);
  if (changed.length === 0) return new Map();
  await saveSettlementDecisions(
    tx,
    changed.map((one) => one.decision),
    at,
  );
  const turned = changed.filter(({ settlement, decision }) => settlement.state !== decision.state);
  await note(tx, at, turned.map(happening));
  const told = new Map<string, EventOf<CasesEvent>[]>();
  for (const { settlement, decision } of turned) {
    const { caseId } = settlement;
    const news = [settlementNews(settlement, decision.state)];
    if (decision.state === 'FULFILLED') news.push(...(await closeOpen(tx, settlement, at)));
    told.set(caseId, [...(told.get(caseId) ?? []), ...news]);
  }
  return told;
}

async function changesOf(
  tx: Tx,
  settlements: readonly SettlementRow[],
  today: Day,
): Promise<Changed[]> {
  const byId = new Map(settlements.map((one) => [one.settlementId, one]));
  const receipts = await receiptsOf(tx, settlements);
  const byCase = Map.groupBy(settlements, (one) => one.caseId);
  return [...byCase].flatMap(([caseId, own]) =>
    decideSettlements(own.map(recordOf), receipts.get(caseId) ?? [], today).flatMap(
      (decision): Changed[] => {
        const settlement = byId.get(decision.settlementId);
        return settlement === undefined || isSame(settlement, decision)
          ? []
          : [{ settlement, decision }];
      },
    ),
  );
}

async function receiptsOf(tx: Tx, settlements: readonly SettlementRow[]) {
  const approved = settlements.filter((one) => one.receivableIds !== null);
  const from = approved.map((one) => one.decidedOn ?? '').toSorted()[0];
  if (from === undefined) return new Map();
  const caseIds = [...new Set(approved.map((one) => one.caseId))];
  const receipts = await receiptsSince(tx, caseIds, from);
  const read = receipts.map((one) => ({
    ...one,
    recordedAt: Temporal.Instant.from(one.recordedAt),
  }));
  return Map.groupBy(read, (one) => one.caseId);
}

function recordOf(row: SettlementRow): SettlementRecord {
  const { decidedOn, decidedAt, receivableIds } = row;
  const isApproved = receivableIds !== null && decidedOn !== null && decidedAt !== null;
  return {
    ...row,
    approved: isApproved ? { on: decidedOn, at: Temporal.Instant.from(decidedAt) } : undefined,
  };
}

function isSame(settlement: SettlementRow, decision: SettlementDecision): boolean {
  return (
    settlement.state === decision.state &&
    settlement.receivedMinor === decision.receivedMinor &&
    (settlement.fulfilledOn ?? undefined) === decision.fulfilledOn
  );
}

/** A reversed payment may leave a settlement waiting for its money again. */
const words: Readonly<Record<string, string>> = {
  APPROVED: 'settlement_approved_again',
  FULFILLED: 'settlement_fulfilled',
  LAPSED: 'settlement_lapsed',
  WITHDRAWN: 'settlement_withdrawn',
};

function happening({ settlement, decision }: Changed): Happening {
  const { caseId, settlementId, currency, amountMinor, dueDay } = settlement;
  return {
    caseId,
    kind: 'settlement',
    what: words[decision.state] ?? '',
    actor: undefined,
    amount: { currency, minor: amountMinor },
    facts: { settlement_id: settlementId, due_day: dueDay },
  };
}

/** That a settlement came into a state. */
export function settlementNews(
  settlement: Pick<
    SettlementRow,
    'caseId' | 'settlementId' | 'debtorId' | 'currency' | 'amountMinor'
  >,
  state: string,
): EventOf<CasesEvent> {
  const { caseId, settlementId, debtorId, currency, amountMinor: minor } = settlement;
  const value = { caseId, settlementId, debtorId, amount: { currency, minor }, state };
  return { $case: 'settlementChanged', value };
}

/** A case that was open until its settlement was fulfilled; one that was paid in full is closed. */
async function closeOpen(
  tx: Tx,
  settlement: SettlementRow,
  at: Temporal.Instant,
): Promise<EventOf<CasesEvent>[]> {
  const { caseId, caseState, receivableIds } = settlement;
  if (caseState === 'CLOSED') return [];
  await freeUnsettled(tx, caseId, receivableIds ?? []);
  return closeAsSettled(tx, settlement, at);
}

/**
 * Closes a case as by hand, as settled: what is left open stays with it. Notes it and gives back
 * what is to be told.
 */
export async function closeAsSettled(
  tx: Tx,
  { caseId, debtorId, settlementId }: { caseId: string; debtorId: string; settlementId: string },
  at: Temporal.Instant,
): Promise<EventOf<CasesEvent>[]> {
  await saveClosed(tx, caseId, { outcome: 'SETTLED', at });
  const facts = { outcome: 'SETTLED', settlement_id: settlementId };
  await note(tx, at, [{ caseId, kind: 'case', what: 'case_closed', actor: undefined, facts }]);
  const outcome = CaseOutcome.SETTLED;
  return [{ $case: 'caseClosed', value: { caseId, debtorId, outcome } }];
}
